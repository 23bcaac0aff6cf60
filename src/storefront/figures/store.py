"""The store of figures: one Parquet file for each kind and source, in a private folder beside the content.

A file is read whole, laid together with what comes in and replaced in one step, so that it is always one or the other.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storefront.figures.kinds import Kind, Type
from storefront.figures.reading import Figures
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER, SUFFIX = "measured", ".parquet"
KEY = "key"
TABLES = "tables"  # in a file's metadata: digests of the tables that came in, each with the day that it is of
MISSING = 'measuring needs more packages: pip install "storefront[measure]"'
IGNORE = ".gitignore"
PRIVATE = "# What was measured is private: it goes into no commit and on no page.\n*\n"


class Outcome(StrEnum):
    """What became of a row: not known before, saying something else or the same, or older than what is known."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    OLDER = "older"


def folder(root: Path) -> Path:
    """Where a site keeps what was measured."""
    return root / FOLDER


def path(root: Path, kind: Kind, source: str) -> Path:
    """The file of a source."""
    return folder(root) / kind.name / f"{source}{SUFFIX}"


def schema(kind: Kind) -> "pa.Schema":
    """The columns of a kind's files. Amounts have four decimals; what is not known is null.

    Raises `EnvironmentFailure` where the packages for measuring are not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise EnvironmentFailure(MISSING) from None

    types = {
        Type.DAY: pa.date32(),
        Type.COUNT: pa.int64(),
        Type.AMOUNT: pa.decimal128(18, 4),
    }
    return pa.schema(
        [(KEY, pa.string()), *((name, types.get(each, pa.string())) for name, each in kind.fields.items())]
    )


def facts(file: Path) -> dict[str, str]:
    """What is written into a file of the store, of figures or hits, beside its columns.

    Raises `ProblemsFound` where the file is damaged, `OSError` where it may not be read, and `EnvironmentFailure` where
    the packages for measuring are not installed.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise EnvironmentFailure(MISSING) from None
    with file.open("rb") as opened, _understood(file):
        found = pq.read_metadata(opened).metadata or {}
    return {key.decode(): value.decode("utf-8", "replace") for key, value in found.items()}


def tables(file: Path) -> dict[str, date]:
    """The tables that a file is made of, by their digests, with the day that each is of; none where there is no file.

    Raises `ProblemsFound` when it is damaged, and `OSError` when it may not be read.
    """
    known = json.loads(facts(file).get(TABLES, "{}")) if file.exists() else {}
    return {digest: date.fromisoformat(day) for digest, day in known.items()}


def read(kind: Kind, file: Path) -> dict[str, Figures]:
    """Rows by their keys; none where there is no file.

    Raises `ProblemsFound` when it is damaged, and `OSError` when it may not be read.
    """
    columns = schema(kind)
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return {}
    with _understood(file):
        found = pq.read_table(pa.BufferReader(data), schema=columns).to_pylist()
    return {row.pop(KEY): row for row in found}


def files(root: Path, name: str) -> list[Path]:
    """The files of a kind or of hits. Raises `OSError` for a folder that may not be read, which is not left out."""

    def refuse(error: OSError) -> None:
        raise error

    where = folder(root) / name
    if not where.exists():
        return []
    walked = os.walk(where, onerror=refuse)
    return sorted(Path(place, each) for place, _, names in walked for each in names if each.endswith(SUFFIX))


@contextmanager
def _understood(file: Path) -> Iterator[None]:
    """Tell of a file that Arrow does not understand."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError):
        hint = "Delete it, and import again what it was made of: its tables or its log."
        raise ProblemsFound([Problem("unreadable", "this is no store of figures", Place(str(file)), hint)]) from None


def merged(
    known: Mapping[str, Figures], incoming: Mapping[str, Figures]
) -> tuple[dict[str, Figures], Counter[Outcome]]:
    """What is known with what comes in laid over it, and how many rows are what. The later `as_of` counts."""
    rows, outcomes = dict(known), Counter[Outcome]()
    for key, figures in incoming.items():
        outcome = _outcome(known.get(key), figures)
        outcomes[outcome] += 1
        if outcome is not Outcome.OLDER:
            rows[key] = figures
    return rows, outcomes


def _outcome(known: Figures | None, incoming: Figures) -> Outcome:
    if known is None:
        return Outcome.NEW
    if {**known, "as_of": None} == {**_rounded(incoming), "as_of": None}:
        return Outcome.KNOWN if known["as_of"] <= incoming["as_of"] else Outcome.OLDER
    return Outcome.OLDER if known["as_of"] > incoming["as_of"] else Outcome.CHANGED


def _rounded(figures: Figures) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, StrEnum) else value for key, value in figures.items()}


def write(root: Path, kind: Kind, source: str, rows: Mapping[str, Figures], tables: Mapping[str, date]) -> None:
    """Replace the file of a source; the same rows of the same tables are the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = path(root, kind, source)
    file.parent.mkdir(parents=True, exist_ok=True)
    ignore = folder(root) / IGNORE
    if not ignore.exists():
        ignore.write_text(PRIVATE, encoding="utf-8")
    ordered = [
        {KEY: key, **_rounded(rows[key])} for key in sorted(rows, key=lambda key: (str(rows[key].get("date")), key))
    ]
    beside = file.with_suffix(".new")
    told = json.dumps({digest: tables[digest].isoformat() for digest in sorted(tables)})
    made = pa.Table.from_pylist(ordered, schema=schema(kind)).replace_schema_metadata({TABLES: told})
    pq.write_table(made, beside, compression="zstd")
    os.replace(beside, file)
