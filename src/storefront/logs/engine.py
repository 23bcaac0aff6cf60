"""DuckDB, embedded: bounded memory, no network, and nothing of a log left behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storefront.problems import EnvironmentFailure

MEMORY = "512MB"  # what DuckDB may hold; past that it writes to the folder it is given
MISSING = 'reports need a package more: pip install "storefront[measure]"'


def duckdb() -> Any:
    """The library. Raises `EnvironmentFailure` where it is not installed."""
    try:
        import duckdb as library
    except ModuleNotFoundError as error:
        if error.name != "duckdb":
            raise
        raise EnvironmentFailure(MISSING) from None
    return library


@contextmanager
def opened(beside: Path) -> Iterator[Any]:
    """A connection. What does not fit into memory lies in a folder in `beside` meanwhile, for this user's eyes only."""
    library = duckdb()
    room = tempfile.mkdtemp(prefix=".working-", dir=beside)
    try:
        config = {
            "memory_limit": MEMORY,
            "temp_directory": room,
            "threads": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with library.connect(":memory:", config=config) as connection:
            connection.execute("SET preserve_insertion_order = false; SET TimeZone = 'UTC'")
            yield connection
    finally:
        shutil.rmtree(room, ignore_errors=True)


def text(value: str) -> str:
    """A text as a literal of SQL."""
    return "'" + value.replace("\0", "").replace("'", "''") + "'"
