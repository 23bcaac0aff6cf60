"""What all views are."""

from markupsafe import Markup
from msgspec import Struct

Html = Markup


class View(Struct, frozen=True, kw_only=True, gc=False):
    """Base of all views."""
