"""The markup of a shop link and of a code: badges first, then the anchor or the code, in one element.

It is made here and nowhere else, and themes receive it whole.
"""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from storefront.disclosure.choose import Label, Wording
from storefront.escaping import escaped, safe
from storefront.vocabulary.common import Relationship


def shop_link(shown: Sequence[Label], url: str, text: str, thing: str, attributes: str, wording: Wording) -> Markup:
    """Badges and anchor as one element, in this order. `thing` is added for those who hear the link alone.

    `attributes` are what `links.anchor_attributes` gives.
    """
    badges, affiliate = _badges(tuple(shown))
    mark = escaped(wording.mark) if affiliate and wording.mark else ""
    return safe(
        f'<span class="shop">{badges}<a class="buy" href="{escaped(url)}" {attributes}>{escaped(text)}'
        f'<span class="vh">: {escaped(thing)}</span>{mark}</a></span>'
    )


def promo_code(shown: Sequence[Label], code: str) -> Markup:
    """Badges and code as one element, in this order."""
    badges, _ = _badges(tuple(shown))
    return safe(f'<span class="promo">{badges}<code>{escaped(code)}</code></span>')


@lru_cache(maxsize=4096)
def _badges(shown: tuple[Label, ...]) -> tuple[str, bool]:
    """The badges as one element, and whether one of them is for an affiliate link."""
    if not shown:
        return "", False
    each = "".join(f'<span class="badge badge--{label.relationship}">{escaped(label.text)}</span> ' for label in shown)
    return f'<span class="badges">{each}</span>', any(label.relationship is Relationship.AFFILIATE for label in shown)
