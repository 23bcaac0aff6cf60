"""How deployed files are answered: the media type with its charset, and the plan's word on caches."""

from storefront.deploy.store import Serving
from storefront.hosting.media_types import media_type
from storefront.hosting.security import ASK, KEEP
from storefront.hosting.values import FIXED

# All text of ours is UTF-8. JSON has no such parameter (RFC 8259 §11): it is UTF-8 by definition.
WRITTEN = ("text/", "application/atom+xml", "application/xml", "image/svg+xml")


def serving(path: str) -> Serving:
    """How the file at a path of the output is to be answered."""
    kind = media_type(path)
    charset = "; charset=utf-8" if kind.startswith(WRITTEN) else ""
    return Serving(f"{kind}{charset}", (KEEP if path.startswith(FIXED) else ASK)[1])
