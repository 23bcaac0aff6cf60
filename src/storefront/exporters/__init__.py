"""Exporters: what a site holds, as the files that other programs read. Pure, and the same bytes every time."""
