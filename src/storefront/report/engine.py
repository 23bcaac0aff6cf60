"""The engine that answers: DuckDB in this process over the Parquet files, or any other that Ibis speaks to.

The queries in `report.queries` are Ibis expressions and know nothing of it.
"""

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storefront.figures import store
from storefront.figures.kinds import KINDS
from storefront.problems import EnvironmentFailure

if TYPE_CHECKING:
    import ibis

HITS = "hits"
MEMORY, WORKING = "1GB", ".working"
TABLES = (HITS, *KINDS)


def _bounds(root: Path) -> dict[str, Any]:
    """DuckDB in little memory, with a place of its own for what does not fit, and without anything from the network."""
    return {
        "memory_limit": MEMORY,
        "temp_directory": str(store.folder(root) / WORKING),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


class Engine:
    """The measured tables of a site; `None` for one of which nothing was ever measured."""

    def __init__(self, root: Path, url: str = "") -> None:
        """Open them: by DuckDB, else by the engine at an Ibis URL such as `clickhouse://host:9000/database`.

        There a table of the same name is taken as it is, and the files of one that is missing are read into it.

        Raises `EnvironmentFailure` where a package is missing or the engine does not answer, and `ProblemsFound` for
        damaged files.
        """
        try:
            import ibis
            import pyarrow  # noqa: F401, ICN001  Ibis gives its answers by it
        except ImportError:
            raise EnvironmentFailure(store.MISSING) from None
        try:
            self._connection: Any = ibis.connect(url) if url else ibis.duckdb.connect(**_bounds(root))
            there = set(self._connection.list_tables()) if url else set()
        except Exception as error:  # noqa: BLE001  whatever a driver raises
            words = str(error).strip().partition("\n")[0]
            raise EnvironmentFailure(f"the engine does not answer: {words}") from None
        self._tables = {name: self._table(name, root, there) for name in TABLES}

    def _table(self, name: str, root: Path, there: set[str]) -> "ibis.Table | None":
        if name in there:
            return self._connection.table(name)
        files = store.files(root, name)
        if not files:
            return None
        for file in files:
            store.facts(file)  # refuses what is damaged
        if self._connection.name == "duckdb":
            return self._connection.read_parquet(files, table_name=name)
        tables = [self._connection.read_parquet(file, table_name=f"{name}_{i}") for i, file in enumerate(files)]
        while len(tables) > 1:  # in pairs: an expression as deep as there are files is more than Ibis can write
            pairs = zip_longest(tables[::2], tables[1::2])
            tables = [one if other is None else one.union(other) for one, other in pairs]
        return tables[0]

    def table(self, name: str) -> "ibis.Table | None":
        """A table by its name."""
        return self._tables[name]
