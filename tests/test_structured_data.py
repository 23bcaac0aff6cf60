"""Everything that structured data says of a page can be read on it, on every kind of page that has any.

Google asks for that (developers.google.com/search/docs/appearance/structured-data/sd-policies). Readers see words,
figures, days and pictures; that addresses lead somewhere is tested with the whole site.
"""

import json
import re
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import html_of

UNSEEN = "script, style, template, noscript, head, [hidden]"
# Of these a reader sees something else than the value: a link, an order, the page that she is on, or all there is.
OF_FORM = {"@type", "@context", "position", "url", "item", "sameAs", "numberOfItems", "offerCount"}
CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}
KINDS = {
    "WebSite", "ProfilePage", "CollectionPage", "ItemList", "BreadcrumbList", "SocialMediaPosting", "Product", "Review",
    "AggregateRating", "Offer", "AggregateOffer", "Brand", "Person", "ImageObject",
}  # fmt: skip


def close(text):
    """A text without white space, which markup adds and takes."""
    return "".join(text.split())


class Read:
    """What can be read on a page."""

    def __init__(self, tree):
        self.days = {node.attributes["datetime"] for node in tree.css("time[datetime]")}
        pictures = [node.attributes for node in tree.css("body img, body source")]
        self.media = " ".join(each.get(key) or "" for each in pictures for key in ("src", "srcset"))
        self.states = tree.css(".offer__state")
        for node in tree.css(UNSEEN):
            node.decompose()
        self.text = close(tree.body.text())
        apart = tree.body.text(separator=" ")
        self.figures = {each.replace(",", ".") for each in re.findall(r"\d+(?:[.,]\d+)?", apart)}
        self.digits = {re.sub(r"\D", "", each) for each in re.findall(r"\d[\d.,\s\u202f\u00a0]*", self.text)}
        self.special = {
            "datePublished": lambda day: day in self.days,
            "image": self.pictures,
            "contentUrl": self.pictures,
            "ratingValue": self.counts,
            "ratingCount": self.counts,
            "price": self.costs,
            "lowPrice": self.costs,
            "highPrice": self.costs,
            "priceCurrency": lambda code: code in self.text or CURRENCIES[code] in self.text,
            # a link to the shop says that the thing is there; whatever else is said in words
            "availability": lambda state: state.endswith("/InStock") or bool(self.states),
        }

    def pictures(self, address):
        return address.rpartition("/")[2] in self.media

    def counts(self, figure):
        return f"{figure:g}" in self.figures

    def costs(self, amount):
        cents = amount.replace(".", "")
        return any(each.startswith((cents, cents.removesuffix("00"))) for each in self.digits)

    def shows(self, key, value):
        """Whether a value can be seen."""
        look = self.special.get(key)
        return look(value) if look else close(str(value)) in self.text


def nodes_in(value):
    """Every node of plain data."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes_in(each)


def told_of(html):
    return [json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def unseen_on(html):
    """What the structured data of a page says and the page does not show: type, key and value."""
    told, page = told_of(html), Read(LexborHTMLParser(html))
    for node in nodes_in(told):
        for key, value in node.items():
            for each in value if isinstance(value, list) else [value]:
                if key not in OF_FORM and not isinstance(each, dict) and not page.shows(key, each):
                    yield node.get("@type"), key, each


def test_nothing_is_said_that_the_page_does_not_show(demo):
    found = {page: unseen for page, html in html_of(demo.output).items() if (unseen := list(unseen_on(html)))}
    assert found == {}


def test_all_kinds_of_structured_data_are_looked_at(demo):
    kinds = Counter(node.get("@type") for html in html_of(demo.output).values() for node in nodes_in(told_of(html)))
    assert kinds.keys() >= KINDS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"ratingCount":', '"ratingCount":7'),
        ('"reviewBody":"', '"reviewBody":"Best ever. '),
        ('"price":"', '"price":"9'),
        ('"datePublished":"20', '"datePublished":"19'),
        (".webp", "x.webp"),
    ],
)
def test_what_is_said_beyond_the_page_is_found(demo, old, new):
    pages = [path.read_text(encoding="utf-8") for path in sorted(demo.output.glob("products/*/index.html"))]
    for html in pages:
        script, rest = re.search(r"<script.*?</script>", html).group(), html
        if old in script:
            assert list(unseen_on(html)) == []
            assert list(unseen_on(rest.replace(script, script.replace(old, new))))
            return
    pytest.fail(f"no product of the demo says {old}")
