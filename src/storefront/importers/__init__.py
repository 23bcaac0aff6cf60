"""Importers: from the files of other platforms to content. Each format is a pure function from bytes to values."""
