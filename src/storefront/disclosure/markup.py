"""The markup of a shop link and of a code: badges first, then the anchor or the code, in one element.

It is made here and nowhere else, and themes receive it whole.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from storefront.disclosure.choose import Label, Wording
from storefront.vocabulary.common import Relationship


def shop_link(shown: Sequence[Label], url: str, text: str, thing: str, attributes: str, wording: Wording) -> Markup:
    """Badges and anchor as one element, in this order. `thing` is added for those who hear the link alone.

    `attributes` are what `links.anchor_attributes` gives.
    """
    mark = wording.mark if any(label.relationship is Relationship.AFFILIATE for label in shown) else ""
    return Markup(  # noqa: S704  each value is escaped
        f'<span class="shop">{_badges(shown)}<a class="buy" href="{escape(url)}" {attributes}>{escape(text)}'
        f'<span class="vh">: {escape(thing)}</span>{escape(mark)}</a></span>'
    )


def promo_code(shown: Sequence[Label], code: str) -> Markup:
    """Badges and code as one element, in this order."""
    return Markup(f'<span class="promo">{_badges(shown)}<code>{escape(code)}</code></span>')  # noqa: S704  escaped


def _badges(shown: Sequence[Label]) -> str:
    if not shown:
        return ""
    each = "".join(f'<span class="badge badge--{label.relationship}">{escape(label.text)}</span> ' for label in shown)
    return f'<span class="badges">{each}</span>'
