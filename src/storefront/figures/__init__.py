"""Figures: what networks, shops and platforms counted, imported from their tables into private Parquet files."""
