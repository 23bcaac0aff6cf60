"""What an anchor to a shop says of itself to browsers, search engines and networks."""

from functools import lru_cache

from markupsafe import escape


def rel(*, commercial: bool) -> str:
    """The anchor's rel. Never noreferrer: networks need to see the referring site."""
    return "sponsored nofollow noopener" if commercial else "nofollow noopener"


@lru_cache(maxsize=64)
def anchor_attributes(*, commercial: bool, referrer_policy: str | None = None) -> str:
    """`rel`, and `referrerpolicy` where a network demands one, ready to stand in an anchor's tag."""
    policy = f' referrerpolicy="{escape(referrer_policy)}"' if referrer_policy else ""
    return f'rel="{rel(commercial=commercial)}"{policy}'
