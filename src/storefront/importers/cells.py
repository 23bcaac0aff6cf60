"""Cells: a table's columns found by their headings, and its rows read cell by cell, with a place for what is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from storefront.importers.tables import Row, Table
from storefront.importers.values import Unfit
from storefront.problems import Place, Problem, ProblemsFound

Value = TypeVar("Value")
_NOT_TOLD_APART = re.compile(r"[\s_*-]+")


def known_by(heading: str) -> str:
    """A heading as it is compared: case, spaces, underscores, hyphens, a star and Google's prefix do not matter."""
    return _NOT_TOLD_APART.sub("", heading.casefold().removeprefix("g:"))


class Cells:
    """A table's rows, one after the other; `unfit` keeps what is wrong with the row at hand.

    `headings` names the columns of each thing that is read, `must` the things that a table cannot be without; of
    `one_of` it needs one. Raises `ProblemsFound` with all columns that are missing.
    """

    def __init__(
        self,
        table: Table,
        platform: str,
        headings: Mapping[str, Sequence[str]],
        must: Sequence[str],
        one_of: Sequence[str],
    ) -> None:
        self.table, self.headings = table, headings
        self.at = self._found(platform, must, one_of)
        self.row = Row((), 0)
        self.unfit: list[Problem] = []

    def _found(self, platform: str, must: Sequence[str], one_of: Sequence[str]) -> dict[str, int]:
        """Where each thing stands."""
        headings = [known_by(heading) for heading in self.table.headings]
        at = {}
        for key, spellings in self.headings.items():
            places = [headings.index(known) for known in map(known_by, spellings) if known in headings]
            if places:
                at[key] = places[0]
        missing = [self.named(key) for key in must if key not in at]
        if one_of and not any(key in at for key in one_of):
            missing.append(" or ".join(self.named(key) for key in one_of))
        if missing:
            hint = f"See that it is an export of {platform}, and that --from says so."
            place = Place(self.table.file, 1, 1)
            raise ProblemsFound(
                [Problem("missing-key", f"there is no column {heading}", place, hint) for heading in missing]
            )
        return at

    def named(self, key: str) -> str:
        """What a thing's column is called."""
        return self.headings[key][0]

    def take(self, row: Row) -> None:
        """Go on to a row."""
        self.row, self.unfit = row, []

    def cell(self, key: str) -> str:
        """What stands in the row for a thing; nothing where there is no such column."""
        column = self.at.get(key)
        return "" if column is None else self.row.cells[column]

    def wrong(self, key: str, unfit: Unfit) -> None:
        """Keep what is wrong with a cell; with the row, where the thing has no column."""
        place = self.table.place(self.row, self.at.get(key))
        self.unfit.append(Problem(unfit.code, unfit.message, place, unfit.hint))

    def taken(self, key: str, reading: Callable[[str], Value]) -> Value | None:
        """A cell's value; what is wrong with it is kept."""
        try:
            return reading(self.cell(key))
        except Unfit as unfit:
            self.wrong(key, unfit)
            return None

    def unread(self) -> tuple[str, ...]:
        """The columns that nothing is taken from."""
        return tuple(each for i, each in enumerate(self.table.headings) if each and i not in self.at.values())
