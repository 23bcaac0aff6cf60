"""Reviews from a table, by a description of its columns. Columns that are not named in it are never looked into."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from storefront.importers import records, tables, values
from storefront.importers.cells import Cells, known_by
from storefront.importers.incoming import GTIN, HANDLE, ID, SKU, URL, Incoming, Options, Parsed
from storefront.importers.tables import Row, Table
from storefront.importers.values import Unfit
from storefront.problems import Problem
from storefront.vocabulary.imported import ImportedReview, ReviewStatus

# Which of a table's columns name its product, the most telling first.
NAMES = (GTIN, SKU, HANDLE, ID, URL)


class Columns(Struct, frozen=True, kw_only=True):
    """A platform's table: the heading of each thing that is read, and what its words for a status mean.

    `must` are the things that a table cannot be without; of `one_of` it needs one.
    """

    platform: str
    headings: Mapping[str, tuple[str, ...]]
    must: tuple[str, ...]
    one_of: tuple[str, ...]
    statuses: Mapping[str, ReviewStatus] = {}


def read(columns: Columns, data: bytes, file: str, options: Options) -> Parsed:
    """All reviews of a table. Raises `ProblemsFound` when it is not one of this platform's."""
    table = tables.read(data, file)
    reader = _Reader(columns, table, options)
    for row in table.rows:
        reader.read(row)
    return Parsed(
        reviews=tuple(reader.reviews),
        problems=(*table.broken, *reader.problems),
        rows=len(table.rows) + len(table.broken),
        refused=len(table.rows) - len(reader.reviews) + len(table.broken),
        aggregator=columns.platform,
        unread=reader.unread(),
    )


class _Reader(Cells):
    """Reads row by row and keeps what is wrong."""

    def __init__(self, columns: Columns, table: Table, options: Options) -> None:
        super().__init__(table, columns.platform, columns.headings, columns.must, columns.one_of)
        self.columns, self.options = columns, options
        self.reviews: list[Incoming] = []
        self.problems: list[Problem] = []

    def read(self, row: Row) -> None:
        self.take(row)
        names = tuple((key, name) for key in NAMES if (name := values.line(self.cell(key))))
        if not names:
            hint = f"Write it under {' or '.join(self.named(key) for key in self.columns.one_of)}."
            self.wrong("", Unfit("missing-key", "this row does not say which product it is about", hint))
        review = self.review()
        if review and not self.unfit:
            place = self.table.place(row, None)
            title = values.line(self.cell("product"))
            self.reviews.append(Incoming(names=names, title=title, review=review, place=place))
        self.problems += self.unfit

    def review(self) -> ImportedReview | None:
        given: dict[str, Any] = {
            "date": self.taken("date", self.day),
            "reviewer": values.name(self.cell("reviewer")) or values.initialled(self.cell("full_name")),
            "rating": self.taken("rating", values.rating),
            "title": values.line(self.cell("title")),
            "body": values.words(self.cell("body")),
            "verification": records.verified(by=self.columns.platform) if values.yes(self.cell("verified")) else None,
            "status": self.taken("status", self.status),
            "reply": self.reply(),
        }
        if self.unfit:
            return None
        review = records.made(given)
        if isinstance(review, ImportedReview):
            return structs.replace(review, id=self.cell("review_id").strip())
        for key, unfit in review:
            self.wrong(key, unfit)
        return None

    def reply(self) -> dict[str, Any] | None:
        text = values.words(self.cell("reply"))
        if not text:
            return None
        dated = self.taken("reply_date", self.day) if self.cell("reply_date").strip() else None
        return {"text": text} | ({"date": dated} if dated else {})

    def day(self, text: str) -> str:
        return values.day(text, self.options.today, day_first=self.options.day_first)

    def status(self, text: str) -> str:
        word = known_by(text)
        if not word and "status" not in self.columns.must:
            return ReviewStatus.PUBLISHED
        if word not in self.columns.statuses:
            known = ", ".join(sorted(self.columns.statuses))
            message = f"{values.quoted(text)} is no status that {self.columns.platform} writes"
            raise Unfit("bad-value", message, f"Known are: {known}.")
        return self.columns.statuses[word]
