"""A site with every tie in every market: a creator for each market and language, whose list has a thing for each tie.

Names of brands and shops are short here; the demo, which `test_disclosure` measures, has long ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from building import build, picture, write
from checking import NOW
from storefront import locales
from storefront.disclosure.packs import LABELLED, names, shipped
from storefront.gather import gather
from storefront.pages import views
from storefront.vocabulary.common import Relationship

BRAND = "Acme"
TEMPLATES = frozenset({"vanity.html", "list.html", "post.html", "posts.html", "product.html", "reviews.html"})
# Markets in two languages: their audiences read either, and Canada's guidelines want theirs (CA-04).
SPLIT = {"be": ("nl", "fr"), "ca": ("en", "fr")}
# Several ties on one thing, and a thing that no shop has, so that its labels stand alone. Twelve things in all: a
# storefront shows no more of one list.
TOGETHER, UNSOLD = "together", "unsold"
RARELY_ALONE = [Relationship.EXCHANGE, Relationship.THANKED]
TIES: dict[str, list[Relationship]] = {
    **{relationship.value: [relationship] for relationship in LABELLED if relationship not in RARELY_ALONE},
    TOGETHER: [Relationship.GIFTED, Relationship.AMBASSADOR],
    UNSOLD: [Relationship.GIFTED, *RARELY_ALONE],
}
NOTE = "Four winters in the rain, and its seams are still dry when I come home."
WHY = "It is on in ten seconds, with cold hands as well."
# What was received for a review of the thing, by the tie that it makes.
INCENTIVES = {
    "paid": "money",
    "affiliate": "commission",
    "gifted": "product",
    "loaned": "loan",
    "discount_code": "code",
    "invited": "event",
    "employee": "employment",
    "family": "family",
}
PHOTO = {"src": "media/photo.jpg", "alt": "A grey coat on a hook"}


class Row(NamedTuple):
    """A market and the language of its pages: one creator."""

    market: str
    language: str

    @property
    def handle(self) -> str:
        return f"{self.market}-{self.language}"

    @property
    def locale(self) -> str:
        """In the market's own language, also where no pages can be made in it."""
        pack = shipped(self.market)
        own = self.language if self.market in SPLIT else _languages(self.market)[0]
        return f"{own}-{(*pack.covers, 'IE')[0]}"


def rows() -> list[Row]:
    """Every market that ships, once in each language that it is split into."""
    return [
        Row(market, language)
        for market in names()
        for language in SPLIT.get(market, (locales.language_of(_languages(market)[0]),))
    ]


def _languages(market: str) -> list[str]:
    """The languages of a market, its own before English, and those first in which pages can be made."""
    return sorted(shipped(market).texts, key=lambda each: (each == "en", each not in locales.languages()))


@dataclass(frozen=True)
class Matrix:
    """A built matrix: the folder of its pages, and what each page with labels was made of."""

    output: Path
    sheets: dict[str, views.Sheet]


def make(root: Path, theme: str, creators: Sequence[Row] = ()) -> Matrix:
    """Build the site with a theme, for some creators or for all."""
    creators = creators or rows()
    folders = ["products", *(f"influencers/{row.handle}" for row in creators)]
    pictures = {f"content/{folder}/media/photo.jpg": picture((400, 500)) for folder in folders}
    write(root, {**{name: yaml.safe_dump(data) for name, data in _files(theme, creators).items()}, **pictures})
    build(root)
    made = {page.path: page.make(page.inputs) for page in gather(root, NOW).pages}
    shown = {path: each for path, each in made.items() if isinstance(each, views.Sheet)}
    return Matrix(root / "site", {path: each for path, each in shown.items() if each.template in TEMPLATES})


def _files(theme: str, creators: Sequence[Row]) -> dict[str, Any]:
    site = {"title": "Every Tie", "url": "https://ties.example", "locale": "en-GB", "markets": list(names())}
    network = {"network": "awin", "program": {"advertiser": "1234"}}
    return {
        "content/site.yaml": {**site, "theme": theme, "timezone": "Europe/London"},
        "content/brands/acme.yaml": {"name": BRAND},
        "content/merchants/plain.yaml": {"name": "Plainshop", "url": "https://plain.example"},
        "content/merchants/tracked.yaml": {"name": "Trackshop", "url": "https://tracked.example", **network},
        **{f"content/products/{_product(name)}.yaml": _thing(name) for name in TIES},
        **{name: data for row in creators for name, data in _of_creator(row).items()},
    }


def _product(name: str) -> str:
    return f"coat-{name}".replace("_", "-")


def _thing(name: str) -> dict[str, Any]:
    merchant = "tracked" if name in {"affiliate", TOGETHER} else "plain"
    offer = {"merchant": merchant, "link": f"https://{merchant}.example/{name}", "price": "69.00 GBP"}
    sold = {} if name == UNSOLD else {"offers": [{**offer, "as_of": "2026-11-20"}]}
    return {"title": f"A coat: {name}", "brand": "acme", "category": "Coats", "images": [PHOTO], **sold}


def _of_creator(row: Row) -> dict[str, Any]:
    folder, code = f"content/influencers/{row.handle}", f"{row.handle.replace('-', '').upper()}10"
    profile = {
        "name": f"Kim {row.market.upper()}",
        "locale": row.locale,
        "markets": [row.market],
        "affiliate": {"awin": {"publisher": "77"}},
        "promos": {code: {"merchant": "plain", "percent_off": 10}},
    }
    post = {"date": "2026-11-15", "title": "In the rain", "caption": NOTE, "media": [PHOTO], "relationship": "paid"}
    tagged = [
        {"product": _product(TOGETHER), "at": [0.5, 0.4], "note": WHY, "relationship": list(map(str, TIES[TOGETHER]))},
        {"product": _product("affiliate"), "at": [0.2, 0.7]},
    ]
    return {
        f"{folder}/profile.yaml": profile,
        f"{folder}/lists/ties.yaml": {"title": "Ties", "items": [_item(name, code) for name in TIES]},
        f"{folder}/posts/rain.yaml": {**post, "products": tagged},
        **{f"{folder}/reviews/{_product(name)}.yaml": _review(name) for name in INCENTIVES},
    }


def _item(name: str, code: str) -> dict[str, Any]:
    # A commission and a code make their ties themselves.
    said = [str(each) for each in TIES[name] if each not in {Relationship.AFFILIATE, Relationship.DISCOUNT_CODE}]
    promo = {"promo": code} if name in {Relationship.DISCOUNT_CODE, TOGETHER} else {}
    about = {"note": NOTE, "why": WHY, "badge": "Top pick"}
    return {"product": _product(name), "relationship": said or "purchased", **about, **promo}


def _review(name: str) -> dict[str, Any]:
    provenance = name if name in {"paid", "gifted", "loaned"} else "purchased"
    said = {"date": "2026-10-01", "rating": 3.5, "title": "Dry", "body": NOTE, "pros": [WHY], "aspects": {"Warmth": 4}}
    return {"product": _product(name), **said, "provenance": provenance, "incentive": {"kind": INCENTIVES[name]}}
