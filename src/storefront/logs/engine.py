"""DuckDB, embedded: bounded memory, no network, and nothing of a log left behind."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storefront.problems import EnvironmentFailure

WORKING = ".working-"
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
    """A connection. What does not fit into memory lies in a folder in `beside` meanwhile, for this user's eyes only.

    What a process has left there that was killed is deleted.
    """
    library = duckdb()
    for left in beside.glob(f"{WORKING}*"):
        if not _is_running(left.name.removeprefix(WORKING).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    room = tempfile.mkdtemp(prefix=f"{WORKING}{os.getpid()}-", dir=beside)
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


def message_of(error: Exception) -> str:
    """What an error of DuckDB says, in a line."""
    return str(error).splitlines()[0]


def unless_of_room(error: Exception, file: Path, into: Path) -> None:
    """Raise `EnvironmentFailure` where DuckDB lacked memory to read a file, or room on the disk that it wrote to."""
    if isinstance(error, duckdb().OutOfMemoryException):
        raise EnvironmentFailure(f"not enough room for {file}: {message_of(error)}") from None
    for code in (errno.ENOSPC, errno.EDQUOT):
        if os.strerror(code) in str(error):
            raise EnvironmentFailure(f"{os.strerror(code)}: {into}") from None


def room(connection: Any) -> Path:
    """The folder of a connection, for what is deleted with it."""
    (path,) = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    return Path(path)


def _is_running(process: str) -> bool:
    if sys.platform == "win32":  # asking would end it
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        pass
    return True


def text(value: str) -> str:
    """A text as a literal of SQL."""
    return "'" + value.replace("\0", "").replace("'", "''") + "'"
