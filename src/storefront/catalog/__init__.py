"""The catalog: records joined into facts, judged at the clock, each fact complete in itself."""
