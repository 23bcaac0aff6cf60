"""Disclosure: the words that each market's law wants, put beside and before every shop link.

`packs` holds the markets as data, `rules` judges texts, `choose` picks the words of a page, `markup` writes
them before the link, `own` reads the packs of a site.
"""

from storefront.disclosure.choose import (
    STRENGTH,
    Label,
    Wording,
    judges,
    labels,
    strongest_first,
    wording,
)
from storefront.disclosure.markup import promo_code, shop_link
from storefront.disclosure.own import OwnPacks, of_site
from storefront.disclosure.packs import LABELLED, UNPAID, Pack, Rule, Texts, everywhere, find, packs, unknown_hint

__all__ = [
    "LABELLED",
    "STRENGTH",
    "UNPAID",
    "Label",
    "OwnPacks",
    "Pack",
    "Rule",
    "Texts",
    "Wording",
    "everywhere",
    "find",
    "judges",
    "labels",
    "of_site",
    "packs",
    "promo_code",
    "shop_link",
    "strongest_first",
    "unknown_hint",
    "wording",
]
