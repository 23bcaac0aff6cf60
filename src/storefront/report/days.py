"""Days: of exports that count by the day, each day is left to one, for the last day of an export was not over yet."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from storefront.figures import store
from storefront.logs.engine import text


def settle(connection: Any, fresh: Path, others: Sequence[Path]) -> None:
    """Leave days that several files tell of to the one that tells the latest; of equals, to `fresh`.

    What is left without a day is deleted.
    """
    for other in others:
        mine, theirs = _span(connection, fresh), _span(connection, other)
        if mine and theirs and mine[1] >= theirs[1]:
            _take_away(connection, other, mine)
        elif mine and theirs:
            _take_away(connection, fresh, theirs)
    for file in (fresh, *others):
        if _span(connection, file) is None:
            file.unlink()


def _span(connection: Any, file: Path) -> tuple[datetime, datetime] | None:
    first, last = connection.execute(f'SELECT min("at"), max("at") FROM {_rows(file)}').fetchone()
    return (first, last) if first else None


def _take_away(connection: Any, file: Path, days: tuple[datetime, datetime]) -> None:
    first, last = (f"{text(str(day))}::TIMESTAMP" for day in days)
    facts = ", ".join(f"{name}: {text(value)}" for name, value in store.facts(file).items())
    beside = file.with_suffix(".rest")
    rest = f'SELECT * FROM {_rows(file)} WHERE "at" NOT BETWEEN {first} AND {last}'
    connection.execute(
        f"COPY ({rest}) TO {text(str(beside))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{facts}}})"
    )
    os.replace(beside, file)


def _rows(file: Path) -> str:
    return f"read_parquet({text(str(file))})"
