"""Everything that structured data says of a page can be read on it, on every kind of page that has any.

Google asks for that (developers.google.com/search/docs/appearance/structured-data/sd-policies, "content that is
visible to users"). Readers see words, figures, days, pictures and links; addresses of the page itself stand in its head.
"""

import json
import re
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import html_of

UNSEEN = "script, style, template, noscript, head, [hidden]"
# Of these a reader sees something else than the value: a picture, a link, an order, or the page that she is on.
OF_FORM = {"@type", "@context", "position", "url", "item", "image", "sameAs"}
COUNTED = {"numberOfItems", "offerCount"}
FIGURES = {"ratingValue", "ratingCount"}
PRICES = {"price", "lowPrice", "highPrice"}
CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}


def close(text):
    """A text without white space, which markup adds and takes."""
    return "".join(text.split())


class Read:
    """What can be read on a page."""

    def __init__(self, tree):
        self.days = {node.attributes["datetime"] for node in tree.css("time[datetime]")}
        self.links = {node.attributes["href"] for node in tree.css("body a[href]")}
        self.media = " ".join(
            filter(None, (node.attributes.get("srcset") for node in tree.css("body img, body source")))
        )
        self.media += " ".join(filter(None, (node.attributes.get("src") for node in tree.css("body img"))))
        self.states = tree.css(".offer__state")
        for node in tree.css(UNSEEN):
            node.decompose()
        self.text = close(tree.body.text())
        self.figures = {
            each.replace(",", ".") for each in re.findall(r"\d+(?:[.,]\d+)?", tree.body.text(separator=" "))
        }
        self.digits = {re.sub(r"\D", "", each) for each in re.findall(r"\d[\d.,\s\u202f\u00a0]*", self.text)}

    def shows(self, key, value, node):
        """Whether a value can be seen."""
        if key == "datePublished":
            return value in self.days
        if key in FIGURES:
            return f"{value:g}" in self.figures
        if key in PRICES:
            cents = value.replace(".", "")
            return any(each.startswith((cents, cents.removesuffix("00"))) for each in self.digits)
        if key == "priceCurrency":
            return value in self.text or CURRENCIES[value] in self.text
        if key == "availability":  # a link to the shop says that it is there; whatever else is said in words
            return value.endswith("/InStock") or bool(self.states)
        if key in COUNTED:
            return key != "numberOfItems" or value == len(node["itemListElement"])
        return close(str(value)) in self.text


def nodes_in(value):
    """Every node of plain data."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes_in(each)


def told_of(html):
    return [json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def unseen_on(html):
    """What the structured data of a page says and the page does not show, by type and key."""
    told, page = told_of(html), Read(LexborHTMLParser(html))
    for node in nodes_in(told):
        for key, value in node.items():
            for each in value if isinstance(value, list) else [value]:
                if key == "image" and not any(part in page.media for part in [each.rpartition("/")[2]]):
                    yield node.get("@type"), key, each
                if key not in OF_FORM and not isinstance(each, dict | list) and not page.shows(key, each, node):
                    yield node.get("@type"), key, each


def test_nothing_is_said_that_the_page_does_not_show(demo):
    found = {page: unseen for page, html in html_of(demo.output).items() if (unseen := list(unseen_on(html)))}
    assert found == {}


def test_all_kinds_of_structured_data_are_looked_at(demo):
    kinds = Counter(node.get("@type") for html in html_of(demo.output).values() for node in nodes_in(told_of(html)))
    assert kinds.keys() >= {
        "WebSite", "ProfilePage", "CollectionPage", "ItemList", "BreadcrumbList", "SocialMediaPosting", "Product", "Review",
        "AggregateRating", "Offer", "AggregateOffer", "Brand", "Person",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"ratingCount":', '"ratingCount":7'),
        ('"reviewBody":"', '"reviewBody":"Best ever. '),
        ('"price":"', '"price":"9'),
    ],
)
def test_what_is_said_beyond_the_page_is_found(demo, old, new):
    pages = [path.read_text(encoding="utf-8") for path in sorted(demo.output.glob("products/*/index.html"))]
    html = next(each for each in pages if old in each)
    assert list(unseen_on(html)) == []
    assert [key for _, key, _ in unseen_on(html.replace(old, new))]
