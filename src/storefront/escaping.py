"""Text as HTML by MarkupSafe's C function alone: 0.1 µs, where its `escape` takes 0.8 to wrap the result in Python."""

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

try:
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:  # no compiled MarkupSafe for this machine
    from markupsafe._native import _escape_inner as escaped

__all__ = ["escaped", "safe"]

# Markup of what has been escaped, without asking what it is.
safe: Callable[[str], Markup] = partial(str.__new__, Markup)
