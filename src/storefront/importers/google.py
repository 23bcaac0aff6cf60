"""Google's product-review feed (developers.google.com/product-review-feeds/schema), versions 2.2 to 2.4.

Who wrote under which account or order (`reviewer_id`, `transaction_id`), where from (`review_country`) and pictures
are not read.
"""

import re
from typing import Any

from msgspec import structs

from storefront.importers import records, values, xml
from storefront.importers.incoming import ASIN, GTIN, MPN, SKU, URL, Incoming, Options, Parsed
from storefront.importers.values import Unfit
from storefront.importers.xml import Element
from storefront.problems import Place, Problem
from storefront.vocabulary.imported import ImportedReview, ReviewStatus

# Where in a product its names stand, the most telling first.
NAMES = (
    (GTIN, ("product_ids", "gtins", "gtin")),
    (SKU, ("product_ids", "skus", "sku")),
    (MPN, ("product_ids", "mpns", "mpn")),
    (ASIN, ("product_ids", "asins", "asin")),
    (URL, ("product_url",)),
)
LONGEST = 300  # characters of one line of content
METHODS = frozenset({"unsolicited", "post_fulfillment"})
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
ELEMENTS = {"date": "review_timestamp", "body": "content", "reviewer": "reviewer", "rating": "ratings"}


def read(data: bytes, file: str, options: Options) -> Parsed:
    """All reviews of a feed. Raises `ProblemsFound` when it is too large."""
    reader = _Reader(file, options)
    ended = xml.read(data, file, "review", reader.read)
    root = reader.root
    if ended is None and not (root and root.all("feed")) and not reader.rows:
        hint = "See that it is a product-review feed, and that --from says so."
        ended = Problem("unreadable", "there is no review in this file", Place(file), hint)
    problems = (*reader.problems, *([ended] if ended else ()))
    return Parsed(
        reviews=tuple(reader.reviews),
        problems=problems,
        rows=reader.rows + bool(ended),
        refused=reader.rows - len(reader.reviews) + bool(ended),
        publisher=reader.publisher(),
        aggregator=reader.named("aggregator"),
    )


class _Reader:
    """Reads review by review and keeps what is wrong."""

    def __init__(self, file: str, options: Options) -> None:
        self.file, self.options = file, options
        self.root: Element | None = None
        self.rows = 0
        self.reviews: list[Incoming] = []
        self.problems: list[Problem] = []
        self.wrong: list[Problem] = []

    def named(self, who: str) -> str | None:
        name = values.line(self.root.first("feed", who, "name")) if self.root else ""
        return name[:LONGEST].strip() or None

    def publisher(self) -> str | None:
        return self.named("publisher")

    def read(self, element: Element, root: Element) -> None:
        self.root, self.wrong = root, []
        self.rows += 1
        names = tuple(
            (kind, text)
            for product in element.all("products", "product")
            for kind, path in NAMES
            for each in product.all(*path)
            if (text := values.line(each.text))
        )
        if not names:
            hint = "It needs a product_url, or a gtin, sku, mpn or asin."
            self.tell(Unfit("missing-key", "this review does not say which product it is about", hint), element)
        review = self.review(element)
        if review and not self.wrong:
            title = values.line(element.first("products", "product", "product_name"))
            self.reviews.append(Incoming(names=names, title=title, review=review, place=element.place))
        self.problems += self.wrong

    def tell(self, unfit: Unfit, element: Element) -> None:
        self.wrong.append(Problem(unfit.code, unfit.message, element.place, unfit.hint))

    def review(self, element: Element) -> ImportedReview | None:
        language = element.first("review_language")
        method = element.first("collection_method")
        checked = TRUTHS.get(element.first("is_verified_purchase"))
        by = self.named("aggregator") or self.publisher()
        given: dict[str, Any] = {
            "date": self.day(element),
            "reviewer": self.reviewer(element),
            "rating": self.rating(element),
            "title": values.line(element.first("title")),
            "body": values.words(element.first("content")),
            "pros": [text for each in element.all("pros", "pro") if (text := values.line(each.text))],
            "cons": [text for each in element.all("cons", "con") if (text := values.line(each.text))],
            "language": language if _LANGUAGE.fullmatch(language) else None,
            "verification": records.verified(by=by) if checked else None,
            "collection_method": method if method in METHODS else None,
            "status": ReviewStatus.SPAM if TRUTHS.get(element.first("is_spam")) else ReviewStatus.PUBLISHED,
        }
        incentivized = TRUTHS.get(element.first("is_incentivized_review"))
        given |= {} if incentivized is None else {"incentivized": str(incentivized).lower()}
        if self.wrong:
            return None
        review = records.made(given)
        if isinstance(review, ImportedReview):
            return structs.replace(review, id=element.first("review_id"))
        for key, unfit in review:
            self.tell(unfit, next(iter(element.all(ELEMENTS.get(key, key))), element))
        return None

    def day(self, element: Element) -> str | None:
        try:
            return values.day(element.first("review_timestamp"), self.options.today, day_first=self.options.day_first)
        except Unfit as unfit:
            self.tell(unfit, next(iter(element.all("review_timestamp")), element))
            return None

    def reviewer(self, element: Element) -> str | None:
        found = next(iter(element.all("reviewer", "name")), None)
        if found is None or TRUTHS.get(found.attributes.get("is_anonymous", "")):
            return None
        return values.name(found.text)

    def rating(self, element: Element) -> str | None:
        found = next(iter(element.all("ratings", "overall")), None)
        if found is None:
            return None
        scale = (found.attributes.get("min", "1"), found.attributes.get("max", "5"))
        try:
            if scale != ("1", "5"):
                values.refuse_scale(*scale)
            return values.rating(found.text)
        except Unfit as unfit:
            self.tell(unfit, found)
            return None
