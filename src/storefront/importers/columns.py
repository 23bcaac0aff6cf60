"""Reviews from a table, by a description of its columns. Columns that are not named in it are never looked into."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct, structs

from storefront.importers import records, tables, values
from storefront.importers.incoming import GTIN, HANDLE, ID, SKU, URL, Incoming, Options, Parsed
from storefront.importers.tables import Row, Table
from storefront.importers.values import Unfit
from storefront.problems import Place, Problem, ProblemsFound
from storefront.vocabulary.imported import ImportedReview, ReviewStatus

# Which of a table's columns name its product, the most telling first.
NAMES = (GTIN, SKU, HANDLE, ID, URL)
Value = TypeVar("Value")
_NOT_TOLD_APART = re.compile(r"[\s_*-]+")


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
        unread=tuple(heading for i, heading in enumerate(table.headings) if heading and i not in reader.at.values()),
    )


def known_by(heading: str) -> str:
    """A heading as it is compared: case, spaces, underscores, hyphens, a star and Google's prefix do not matter."""
    return _NOT_TOLD_APART.sub("", heading.casefold().removeprefix("g:"))


class _Reader:
    """Reads row by row and keeps what is wrong."""

    def __init__(self, columns: Columns, table: Table, options: Options) -> None:
        self.columns, self.table, self.options = columns, table, options
        self.reviews: list[Incoming] = []
        self.problems: list[Problem] = []
        self.at = self._found()
        self.row = Row((), 0)
        self.unfit: list[Problem] = []

    def _found(self) -> dict[str, int]:
        """Where each thing stands. Raises `ProblemsFound` with all columns that are missing."""
        headings = [known_by(heading) for heading in self.table.headings]
        at = {}
        for key, spellings in self.columns.headings.items():
            places = [headings.index(known) for known in map(known_by, spellings) if known in headings]
            if places:
                at[key] = places[0]
        missing = [self._named(key) for key in self.columns.must if key not in at]
        if not any(key in at for key in self.columns.one_of):
            missing.append(" or ".join(self._named(key) for key in self.columns.one_of))
        if missing:
            hint = f"See that it is an export of {self.columns.platform}, and that --from says so."
            place = Place(self.table.file, 1, 1)
            raise ProblemsFound(
                [Problem("missing-key", f"there is no column {heading}", place, hint) for heading in missing]
            )
        return at

    def _named(self, key: str) -> str:
        return self.columns.headings[key][0]

    def cell(self, key: str) -> str:
        """What stands in a row for a thing; nothing where there is no such column."""
        column = self.at.get(key)
        return "" if column is None else self.row.cells[column]

    def wrong(self, key: str, unfit: Unfit) -> None:
        place = self.table.place(self.row, self.at.get(key))
        self.unfit.append(Problem(unfit.code, unfit.message, place, unfit.hint))

    def taken(self, key: str, reading: Callable[[str], Value]) -> Value | None:
        """A cell's value; what is wrong with it is kept."""
        try:
            return reading(self.cell(key))
        except Unfit as unfit:
            self.wrong(key, unfit)
            return None

    def read(self, row: Row) -> None:
        self.row, self.unfit = row, []
        names = tuple((key, name) for key in NAMES if (name := values.line(self.cell(key))))
        if not names:
            hint = f"Write it under {' or '.join(self._named(key) for key in self.columns.one_of)}."
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
