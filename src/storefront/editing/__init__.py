"""Editing: YAML of content as a tree that keeps every comment, to be put in order, added to, and written again."""

from storefront.editing.order import in_order
from storefront.editing.reading import Unreadable, read
from storefront.editing.tree import Document, Entry, Mapping, Scalar, Sequence, append, drop, find, made, put
from storefront.editing.writing import written

__all__ = [
    "Document",
    "Entry",
    "Mapping",
    "Scalar",
    "Sequence",
    "Unreadable",
    "append",
    "drop",
    "find",
    "in_order",
    "made",
    "put",
    "read",
    "written",
]
