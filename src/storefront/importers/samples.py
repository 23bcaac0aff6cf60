"""Samples from a table of whoever sends them, merged into content/samples/. A table with addresses is refused whole."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from storefront import formatting, private
from storefront.changes import Change
from storefront.content import CONTENT, SAMPLES
from storefront.editing import scalars
from storefront.importers import tables
from storefront.importers.cells import known_by
from storefront.importers.tables import Table
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean
from storefront.records import Curation
from storefront.vocabulary.programmes import of_samples
from storefront.vocabulary.samples import Sample, Samples
from storefront.vocabulary.validate import convert

COLUMNS = ("creator", *(each.encode_name for each in msgspec.structs.fields(Sample)))
MUST = ("creator", "product", "expectation")
# Headings of what must never come into a repository that many people read.
ADDRESSES = (
    "address", "street", "postcode", "postal", "zip", "city", "town", "phone", "mobile", "mail", "recipient",
    "firstname", "lastname", "surname", "fullname", "adresse", "strasse", "straße", "plz", "telefon", "telephone",
)  # fmt: skip
WIDTH = 120


class Plan(Struct, frozen=True, kw_only=True):
    """What an import comes to: the files it would write, how many samples it found, and rows that are wrong."""

    changes: tuple[Change, ...]
    found: int
    problems: tuple[Problem, ...]


def plan(root: Path, curation: Curation, data: bytes, file: str) -> Plan:
    """What would be written. Raises `ProblemsFound` where the table lacks a column or has one with addresses."""
    table = tables.read(data, file)
    at = _columns(table)
    found: dict[str, list[Sample]] = defaultdict(list)
    problems = list(table.broken)
    for row in table.rows:
        cells = {key: row.cells[column].strip() for key, column in at.items()}
        place = table.place(row, None)
        wrong = list(_wrong(cells, curation, place))
        made = convert({"samples": [_given(cells)]}, Samples)
        mistakes = made if isinstance(made, list) else list(of_samples(made))
        wrong += [Problem(each.code, each.message, place, each.hint) for each in mistakes]
        problems += wrong
        if not wrong and isinstance(made, Samples):
            found[cells["creator"]] += made.samples
    changes = [_change(root, handle, _merged(curation, handle, more)) for handle, more in sorted(found.items())]
    return Plan(
        changes=tuple(each for each in changes if each.before != each.after),
        found=sum(map(len, found.values())),
        problems=tuple(problems),
    )


def _columns(table: Table) -> dict[str, int]:
    """Where each key stands."""
    place = Place(table.file, 1, 1)
    headings = [known_by(heading) for heading in table.headings]
    private_ones = [name for name, known in zip(table.headings, headings, strict=True) if _is_private(known)]
    if private_ones:
        hint = "Leave the column out of the table: whoever sends the parcels keeps the addresses."
        raise ProblemsFound(
            [Problem("personal", f"the column {name} is of addresses", place, hint) for name in private_ones]
        )
    at = {key: headings.index(known_by(key)) for key in COLUMNS if known_by(key) in headings}
    if missing := [key for key in MUST if key not in at]:
        raise ProblemsFound(
            [
                Problem("missing-key", f"there is no column {key}", place, did_you_mean(key, table.headings))
                for key in missing
            ]
        )
    return at


def _is_private(heading: str) -> bool:
    return any(word in heading for word in ADDRESSES)


def _given(cells: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in cells.items() if value and key != "creator"}


def _wrong(cells: dict[str, str], curation: Curation, place: Place) -> Iterator[Problem]:
    for key, known, kind in (
        ("creator", curation.influencers, "creator"),
        ("product", curation.products, "product"),
    ):
        if cells[key] not in known:
            hint = did_you_mean(cells[key], list(known))
            yield Problem("unknown-reference", f"there is no {kind} {cells[key]}", place, hint)
    for text in cells.values():
        for kind, _ in private.contacts(text):
            yield Problem("personal", f"a cell holds {kind}", place, "Delete it from the table.")


def _merged(curation: Curation, handle: str, more: list[Sample]) -> Samples:
    """A log with what came in: the same parcel by its reference, else the same thing of the same day, is renewed."""
    entry = curation.samples.get(handle)
    file = entry.record if entry else Samples()
    kept = {_name(sample): sample for sample in file.samples}
    for sample in more:
        known = kept.get(_name(sample))
        changed = {key: value for key, value in msgspec.structs.asdict(sample).items() if value is not None}
        kept[_name(sample)] = msgspec.structs.replace(known, **changed) if known else sample
    return msgspec.structs.replace(file, samples=tuple(kept.values()))


def _name(sample: Sample) -> tuple[str, ...]:
    if sample.reference:
        return (sample.product, sample.reference)
    return (sample.product, "", sample.received or sample.sent or "")


def _change(root: Path, handle: str, file: Samples) -> Change:
    """The log as it would be written; what stands above its first key stays, as comments."""
    name = f"{CONTENT}/{SAMPLES}/{handle}.yaml"
    path = root / name
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    head = "".join(line for line in before.splitlines(keepends=True)[: _begins(before)])
    return Change(file=name, before=before, after=formatting.text(head + yaml.dump(_plain(file), **OPTIONS), name))


def _begins(text: str) -> int:
    lines = text.splitlines()
    return next((index for index, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        fields = msgspec.structs.fields(type(value))
        given = ((each, getattr(value, each.name)) for each in fields)
        return {each.encode_name: _plain(inner) for each, inner in given if inner != each.default}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value)


class _Dumper(scalars.Dumper):
    """Writes text with quotes where another program would read no text, as `storefront fmt` does it."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if scalars.is_other(text) else None)


_Dumper.add_representer(str, _text)
OPTIONS: dict[str, Any] = {"Dumper": _Dumper, "allow_unicode": True, "sort_keys": False, "width": WIDTH}
