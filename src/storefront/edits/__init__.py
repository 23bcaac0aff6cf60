"""Edits: what a small edit changes, made from the few records that bear on it. Where it may change more, all is made.

A slice of a site is the records that some of its pages read. The same checks, the same join and the same plan run over
the slice as over the whole, once with the records as they were and once as they are. In a site held in memory with the
content of a thousand creators, an edit takes 20 to 40 ms of CPU so, and 2.3 s where everything is read and joined.
"""
