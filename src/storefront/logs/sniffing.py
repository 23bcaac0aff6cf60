"""Sniffing: which format a file has, by its first lines. A file of none is told with the line that shows it."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from storefront.logs import packing
from storefront.logs.formats import Format, Shape, known_formats
from storefront.problems import Place, Problem, ProblemsFound, shown

LOOKED_AT = 256 * 1024  # bytes, once they are unpacked
LINES = 200
STAMP = r"\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]"
QUOTED = {
    "combined": re.compile(rf'{STAMP} "[^"]*" \d{{3}} \S+ "[^"]*" "'),
    "s3": re.compile(rf'^\S+ \S+ {STAMP} \S+ \S+ \S+ [A-Z0-9]+(?:\.[A-Z0-9_]+)+ \S+ "[^"]*" (?:\d{{3}}|-) '),
    "common": re.compile(rf'{STAMP} "[^"]*" \d{{3}} \S+\s*$'),
}
# Other files that are taken for access logs, each by what its first line or its first bytes look like.
OTHERS = (
    (re.compile(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[\w+\]"), "an error log of nginx"),
    (re.compile(r"\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d "), "an error log of Apache"),
    (re.compile(r"#(?:Software|Version|Fields)"), "a W3C log of another server, such as IIS"),
    (re.compile(r"PK\x03\x04"), "a ZIP archive; unpack it first"),
    (re.compile(r"PAR1"), "a Parquet file"),
    (re.compile(r"%PDF"), "a PDF"),
    (re.compile(r"BZh|\ufffd7zXZ"), "packed with bzip2 or xz; unpack it first, or pack it with gzip or zstd"),
    (re.compile(r"\s*<"), "HTML or XML"),
)


class Sniffed(Struct, frozen=True, kw_only=True):
    """What a file is. `columns` are its headings; `first` is its first record."""

    format: Format
    compression: str = "none"
    encoding: str = "utf-8"
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    first: str = ""


def sniff(file: Path, name: str | None = None) -> Sniffed:
    """What a file is. Raises `ProblemsFound` with `unknown-log`, and OSError where it cannot be read.

    `name` is the id of a format that it must have.
    """
    compression = packing.compression(file)
    data = packing.beginning(file, compression, LOOKED_AT)
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    lines = data.decode(encoding, "replace").removeprefix("\ufeff").splitlines()
    whole = [(number, line) for number, line in enumerate(lines[:LINES], 1) if line.strip()]
    if not data and not packing.is_whole(file, compression):
        message = f"this file is packed with {compression}, and damaged at its very beginning"
        raise ProblemsFound([Problem("unreadable", message, Place(str(file)), "Fetch it again where it came from.")])
    if not whole:
        raise _unknown(file, 1, "the file holds no line")
    candidates = [each for each in known_formats().values() if name in (None, each.id)]
    for form in candidates:
        found = _fitting(form, whole)
        if found is not None:
            columns, first, delimiter = found
            return Sniffed(format=form, compression=compression, encoding=encoding, columns=columns, first=first,
                           delimiter=delimiter)  # fmt: skip
    number, line = whole[0]
    what = next((told for pattern, told in OTHERS if pattern.match(line)), None)
    message = f"the line {shown(line)} is in no format that is read"
    if name is not None:
        message = f"the line {shown(line)} is not {known_formats()[name].name}"
    raise _unknown(file, number, f"{message}; this looks like {what}" if what else message)


def _unknown(file: Path, line: int, message: str) -> ProblemsFound:
    hint = f"Read are: {', '.join(form.name for form in known_formats().values())}."
    return ProblemsFound([Problem("unknown-log", message, Place(str(file), line, 1), hint)])


def _fitting(form: Format, lines: Sequence[tuple[int, str]]) -> tuple[tuple[str, ...], str, str] | None:
    """The headings, the first record and what divides fields, where the lines are of a format."""
    match form.shape:
        case Shape.QUOTED:
            first = next((line for _, line in lines if QUOTED[form.id].search(line)), None)
            return None if first is None else ((), first, "")
        case Shape.JSON:
            found = next((line for line, record in _records(lines) if _shows(record, form)), None)
            return None if found is None else ((), found, "")
        case Shape.W3C:
            return _w3c(form, lines)
        case _:
            return _csv(form, lines)


def _records(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[str, Any]]:
    for _, line in lines:
        if not line.lstrip().startswith(("{", "[")):
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        for record in found if isinstance(found, list) else [found]:
            yield line, record


def _shows(record: Any, form: Format) -> bool:
    return all(_at(record, path) for path in form.shows)


def _at(record: Any, path: str) -> bool:
    """Whether something stands at a path of JSON such as $.request."User-Agent"."""
    for quoted, plain in re.findall(r'\."([^"]+)"|\.([\w-]+)', path):
        if not isinstance(record, dict) or (quoted or plain) not in record:
            return False
        record = record[quoted or plain]
    return True


def _w3c(form: Format, lines: Sequence[tuple[int, str]]) -> tuple[tuple[str, ...], str, str] | None:
    fields = next((line for _, line in lines if line.startswith("#Fields:")), None)
    if fields is None:
        return None
    columns = tuple(fields.removeprefix("#Fields:").split())
    first = next((line for _, line in lines if not line.startswith("#") and "\t" in line), None)
    return (columns, first, "\t") if first and set(form.shows) <= set(columns) else None


def _csv(form: Format, lines: Sequence[tuple[int, str]]) -> tuple[tuple[str, ...], str, str] | None:
    heading = lines[0][1]
    delimiter = max(",;\t", key=heading.count)
    try:
        columns = tuple(name.strip() for name in next(csv.reader([heading], delimiter=delimiter)))
    except csv.Error:  # longer than any heading
        return None
    return (columns, "", delimiter) if set(form.shows) <= set(columns) else None
