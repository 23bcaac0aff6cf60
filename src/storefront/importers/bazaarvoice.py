"""Bazaarvoice's standard client feed, whose shape its native import has too: products, and in each its reviews.

Its schema is not public. The names of elements are those that programs in public repositories write and read in feeds
of the versions 5.6 to 14.8; what none of them agrees on is not read. Accounts, e-mail addresses, places and pictures
are not read either.
"""

import re
from typing import Any

from msgspec import structs

from storefront.importers import records, values, xml
from storefront.importers.cells import known_by
from storefront.importers.incoming import ID, URL, Incoming, Options, Parsed
from storefront.importers.values import Unfit
from storefront.importers.xml import Element
from storefront.problems import Place, Problem
from storefront.vocabulary.imported import ImportedReview, ReviewStatus

PLATFORM = "Bazaarvoice"
STATUSES = {
    "approved": ReviewStatus.PUBLISHED,
    "submitted": ReviewStatus.PENDING,
    "pending": ReviewStatus.PENDING,
    "rejected": ReviewStatus.REJECTED,
}
# What the feed knows of a review beyond its own elements; only a plain yes counts.
INCENTIVIZED, PURCHASED = "incentivizedreview", "verifiedpurchaser"
RANGE = "5"  # the scale of a rating that names none
_LOCALE = re.compile(r"([a-z]{2,3})(?:_([A-Z]{2}))?")
ELEMENTS = {"date": "SubmissionTime", "body": "ReviewText", "reviewer": "UserProfileReference", "title": "Title"}


def read(data: bytes, file: str, options: Options) -> Parsed:
    """All reviews of a feed. Raises `ProblemsFound` when it is too large."""
    reader = _Reader(options)
    ended = xml.read(data, file, "Review", reader.read)
    if ended is None and not reader.rows:
        hint = "See that it is a standard client feed with its reviews, and that --from says so."
        ended = Problem("unreadable", "there is no review in this file", Place(file), hint)
    return Parsed(
        reviews=tuple(reader.reviews),
        problems=(*reader.problems, *([ended] if ended else ())),
        rows=reader.rows + bool(ended),
        refused=reader.rows - len(reader.reviews) + bool(ended),
        aggregator=PLATFORM,
    )


def _around(root: Element) -> Element | None:
    """The product in which a review stands: the last that was opened."""
    here: Element | None = root
    while here and here.name != "Product":
        here = here.inner[-1] if here.inner else None
    return here


class _Reader:
    """Reads review by review and keeps what is wrong."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.rows = 0
        self.reviews: list[Incoming] = []
        self.problems: list[Problem] = []
        self.wrong: list[Problem] = []

    def read(self, element: Element, root: Element) -> None:
        self.wrong = []
        self.rows += 1
        product = _around(root)
        names = self.names(product) if product else ()
        if not names:
            self.tell(Unfit("missing-key", "this review stands in no product", "Export the file again."), element)
        review = self.review(element)
        if review and not self.wrong:
            title = values.line(product.first("Name")) if product else ""
            self.reviews.append(Incoming(names=names, title=title, review=review, place=element.place))
        self.problems += self.wrong

    def names(self, product: Element) -> tuple[tuple[str, str], ...]:
        """What the product goes by: the shop's own id of it, and its address there."""
        told = [(ID, product.first("ExternalId")), (ID, product.attributes.get("id", ""))]
        told.append((URL, product.first("ProductPageUrl")))
        return tuple(dict.fromkeys((kind, text) for kind, each in told if (text := values.line(each))))

    def tell(self, unfit: Unfit, element: Element) -> None:
        self.wrong.append(Problem(unfit.code, unfit.message, element.place, unfit.hint))

    def review(self, element: Element) -> ImportedReview | None:
        known = _known(element)
        locale = _LOCALE.fullmatch(element.first("DisplayLocale"))
        given: dict[str, Any] = {
            "date": self.day(element, "SubmissionTime"),
            "reviewer": self.reviewer(element),
            "rating": self.rating(element),
            "title": values.line(element.first("Title")),
            "body": values.words(element.first("ReviewText")),
            "language": "-".join(filter(None, locale.groups())) if locale else None,
            "verification": records.verified(by=PLATFORM) if values.yes(known.get(PURCHASED, "")) else None,
            "status": self.status(element),
            "reply": self.reply(element),
        }
        if INCENTIVIZED in known:
            given["incentivized"] = str(values.yes(known[INCENTIVIZED])).lower()
        if self.wrong:
            return None
        review = records.made(given)
        if isinstance(review, ImportedReview):
            return structs.replace(review, id=element.attributes.get("id", "").strip())
        for key, unfit in review:
            self.tell(unfit, next(iter(element.all(ELEMENTS.get(key, key))), element))
        return None

    def day(self, element: Element, *path: str) -> str | None:
        try:
            return values.day(element.first(*path), self.options.today, day_first=self.options.day_first)
        except Unfit as unfit:
            self.tell(unfit, next(iter(element.all(*path)), element))
            return None

    def reviewer(self, element: Element) -> str | None:
        who = next(iter(element.all("UserProfileReference")), None)
        if who is None or values.yes(who.first("Anonymous")):
            return None
        return values.name(who.first("DisplayName"))

    def rating(self, element: Element) -> str | None:
        found = next(iter(element.all("Rating")), None)
        if found is None:
            return None
        highest = element.first("RatingRange") or RANGE
        try:
            if highest != RANGE:
                values.refuse_scale("1", highest)
            return values.rating(found.text)
        except Unfit as unfit:
            self.tell(unfit, found)
            return None

    def status(self, element: Element) -> ReviewStatus:
        """What became of it; a feed that says nothing holds what was shown."""
        if values.yes(element.attributes.get("removed", "")):
            return ReviewStatus.HIDDEN
        told = element.first("ModerationStatus")
        known = STATUSES.get(known_by(told))
        if told and known is None:
            message = f"{values.quoted(told)} is no status that {PLATFORM} writes"
            hint = f"Known are: {', '.join(sorted(STATUSES))}."
            self.tell(Unfit("bad-value", message, hint), element.all("ModerationStatus")[0])
        return known or ReviewStatus.PUBLISHED

    def reply(self, element: Element) -> dict[str, str] | None:
        """The shop's first answer."""
        answer = next(iter(element.all("ClientResponses", "ClientResponse")), None)
        text = values.words(answer.first("Response")) if answer else ""
        if not (answer and text):
            return None
        dated = self.day(answer, "Date") if answer.first("Date") else None
        return {"text": text} | ({"date": dated} if dated else {})


def _known(element: Element) -> dict[str, str]:
    """What the feed knows of a review, by the name of the dimension."""
    return {
        known_by(each.first("ContextDataDimension", "ExternalId")): each.first("ExternalId") or each.first("Label")
        for each in element.all("ContextDataValues", "ContextDataValue")
    }
