"""The store of hits: one file of Parquet for each log, in the private folder `measured/hits`.

A log that has grown, been packed or been renamed is known again by how it begins, and replaces what was read of it
before. Of exports that count by the day, each day is told by one.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import structs

from storefront.figures import store
from storefront.logs import LogFile, Measured, SiteAddresses, Sniffed, engine, identity, measuring, packing, sniff
from storefront.logs.sniffing import LOOKED_AT
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound
from storefront.report import days, queries

FOLDER = "hits"


def folder(root: Path) -> Path:
    """Where a site keeps its hits."""
    return store.folder(root) / FOLDER


def made(root: Path) -> Path:
    """The folder, made if it is not there, for this user's eyes only, and out of git."""
    whole = folder(root)
    whole.mkdir(parents=True, exist_ok=True)
    whole.chmod(0o700)
    ignore = store.folder(root) / store.IGNORE
    if not ignore.exists():
        ignore.write_text(store.PRIVATE, encoding="utf-8")
    return whole


@contextmanager
def opened(root: Path) -> Iterator[Any]:
    """A connection to DuckDB that may write what does not fit into memory beside the hits."""
    with engine.opened(made(root)) as connection:
        yield connection


def take_in(
    connection: Any, root: Path, files: Sequence[Path], site: SiteAddresses, form: str | None
) -> list[Measured]:
    """Read logs into the store. Raises `ProblemsFound` for all files of no known format at once, before any is read."""
    problems: list[Problem] = []
    sniffed: list[tuple[Path, Sniffed]] = []
    for file in files:
        try:
            sniffed.append((file, sniff(file, form)))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    measuring.prepare(connection, site)
    stored = _stored(root)
    log = (LogFile(file=file, sniffed=what, into=folder(root), label=_label(file)) for file, what in sniffed)
    return [_one(connection, root, stored, each, site) for each in log]


def _label(file: Path) -> str:
    """The name of a file as text, also where it is none."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def _stored(root: Path) -> dict[str, list[Path]]:
    """The files of the store, by the first part of their names: that of logs that begin with one record."""
    found: dict[str, list[Path]] = defaultdict(list)
    for file in sorted(folder(root).glob("*.parquet")):
        found[file.name.partition("-")[0]].append(file)
    return found


def _one(connection: Any, root: Path, stored: dict[str, list[Path]], log: LogFile, site: SiteAddresses) -> Measured:
    group, is_daily = identity.group(log.sniffed), log.sniffed.format.is_daily
    beginning = packing.beginning(log.file, log.sniffed.compression, LOOKED_AT)
    facts = {file: store.facts(file) for file in stored[group]}
    same = [file for file in facts if identity.is_same(beginning, identity.read(facts[file].get("marks", "")))]
    target = same[0] if same and not is_daily else _free(root, group)
    beside = target.with_suffix(".new")
    marks = identity.written(identity.marks(beginning))
    found = _measured(connection, structs.replace(log, into=beside, marks=marks), site)
    if any(_sound(facts[file]) > found.lines - found.skipped for file in same):  # a shorter copy of what is known
        beside.unlink()
    elif is_daily:
        _settle(connection, beside, stored[group])
    is_kept = beside.exists()
    if is_kept:
        os.replace(beside, target)
        for file in same[1:] if not is_daily else ():
            file.unlink()
    stored[group] = sorted({file for file in (*stored[group], target) if file.exists()})
    return structs.replace(found, older=not is_kept and found.lines > found.skipped)


def _settle(connection: Any, fresh: Path, others: Sequence[Path]) -> None:
    try:
        days.settle(connection, fresh, others)
    except engine.duckdb().Error as error:
        engine.unless_of_room(error, fresh, fresh.parent)
        raise EnvironmentFailure(f"the engine cannot answer: {engine.message_of(error)}. {queries.FIX}") from None


def _free(root: Path, group: str) -> Path:
    names = (folder(root) / f"{group}-{number}.parquet" for number in count(1))
    return next(file for file in names if not file.exists())


def _sound(facts: dict[str, str]) -> int:
    """How many lines of a log that is known fitted its format."""
    return int(facts.get("lines", 0)) - int(facts.get("skipped", 0))


def _measured(connection: Any, log: LogFile, site: SiteAddresses) -> Measured:
    """What a log holds. Raises `ProblemsFound` where DuckDB cannot read it, and `EnvironmentFailure` without room."""
    try:
        return _read(connection, log, site)
    except engine.duckdb().Error as error:
        engine.unless_of_room(error, log.file, log.into.parent)
        hint = "Give the log as its server wrote it; --log-format says what it is."
        raise ProblemsFound([Problem("unknown-log", engine.message_of(error), Place(str(log.file)), hint)]) from None


def _read(connection: Any, log: LogFile, site: SiteAddresses) -> Measured:
    how = log.sniffed.compression
    try:
        found = measuring.measure(connection, log, site)
    except engine.duckdb().Error as error:
        engine.unless_of_room(error, log.file, log.into.parent)
        if how == "none":
            raise
        return _unpacked(connection, log, site)
    # DuckDB says nothing of zstd that ends too early, and reads on in gzip that is damaged.
    is_doubtful = how == "zstd" or (how == "gzip" and found.skipped)
    if is_doubtful and not found.torn and not packing.is_whole(log.file, how):
        return _unpacked(connection, log, site)
    return found


def _unpacked(connection: Any, log: LogFile, site: SiteAddresses) -> Measured:
    """What can be unpacked of a file that DuckDB cannot unpack: all of it, or what comes before it is damaged."""
    file, is_torn = engine.room(connection) / "unpacked", False
    with file.open("wb") as out:
        try:
            out.writelines(packing.unpacked(log.file, log.sniffed.compression))
        except packing.Torn:
            is_torn = True
    sniffed = structs.replace(log.sniffed, compression="none")
    found = measuring.measure(connection, structs.replace(log, file=file, sniffed=sniffed), site)
    file.unlink()
    return structs.replace(found, torn=is_torn)
