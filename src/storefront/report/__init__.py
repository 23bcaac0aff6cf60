"""Reports: what was measured, as tables of plain data, and the forms in which they are given out."""
