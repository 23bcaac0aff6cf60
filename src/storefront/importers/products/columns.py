"""Products from a table, by a description of its columns. Columns that are not named in it are never looked into."""

from collections.abc import Mapping

from msgspec import Struct

from storefront.importers import tables
from storefront.importers.cells import Cells
from storefront.importers.products.goods import Options, Parsed
from storefront.importers.products.making import Making
from storefront.importers.tables import Row, Table
from storefront.links import Registry


class Columns(Struct, frozen=True, kw_only=True):
    """A platform's table: the heading of each thing that is read. Several headings count in their order."""

    platform: str
    headings: Mapping[str, tuple[str, ...]]
    must: tuple[str, ...] = ("title", "link")


def read(columns: Columns, data: bytes, file: str, options: Options, networks: Registry) -> Parsed:
    """All products of a table. Raises `ProblemsFound` when it is not one of this platform's."""
    table = tables.read(data, file)
    reader = _Reader(columns, table, options, networks)
    for row in table.rows:
        reader.read(row)
    refused = len(table.rows) - len(reader.goods) + len(table.broken)
    return Parsed(
        goods=tuple(reader.goods),
        problems=(*table.broken, *reader.problems),
        rows=len(table.rows) + len(table.broken),
        refused=refused,
        unread=reader.unread(),
    )


class _Reader(Cells, Making):
    """Reads row by row and keeps what is wrong."""

    def __init__(self, columns: Columns, table: Table, options: Options, networks: Registry) -> None:
        Cells.__init__(self, table, columns.platform, columns.headings, columns.must, ())
        Making.__init__(self, options, networks)

    def read(self, row: Row) -> None:
        self.take(row)
        self.keep(self.table.place(row, None))
        self.problems += self.unfit
