"""Samples from a table of whoever sends them, merged into content/samples/. A table with addresses is refused whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from storefront import editing, private, records
from storefront.changes import Change
from storefront.content import CONTENT, SAMPLES, Kind
from storefront.editing import Document, Mapping, Sequence
from storefront.editing.order import in_order as keys_in_order
from storefront.editing.order import keys_of
from storefront.escaping import of_cell
from storefront.importers import tables
from storefront.importers.cells import known_by
from storefront.importers.tables import Table
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean, in_order, shown
from storefront.reader import HIDDEN, decode, parse
from storefront.records import Curation, Entry
from storefront.vocabulary.programmes import of_samples
from storefront.vocabulary.samples import Sample, Samples
from storefront.vocabulary.validate import Mistake, convert

SAMPLE = tuple(each.encode_name for each in structs.fields(Sample))
COLUMNS = ("creator", *SAMPLE)
MUST = ("creator", "product", "expectation")
# Headings of what must never come into a repository that many people read.
ADDRESSES = (
    "address", "street", "postcode", "postal", "zip", "city", "town", "phone", "mobile", "mail", "recipient",
    "firstname", "lastname", "surname", "fullname", "adresse", "strasse", "straße", "plz", "telefon", "telephone",
)  # fmt: skip


class Plan(Struct, frozen=True, kw_only=True):
    """The result of an import: the files it would write, how many samples it found, and rows that are wrong."""

    changes: tuple[Change, ...]
    found: int
    problems: tuple[Problem, ...]


class Row(Struct, frozen=True, kw_only=True):
    """A row of the table as a sample; `told` are the keys that the row itself gives."""

    creator: str
    told: tuple[str, ...]
    sample: Sample
    place: Place


def plan(root: Path, data: bytes, file: str) -> Plan:
    """What would be written.

    Raises `ProblemsFound` where a log of samples is wrong, and where the table lacks a column or has one with
    addresses.
    """
    curation = records.load_folders(root, SAMPLES)
    table = tables.read(data, file)
    at = _columns(table)
    problems = list(table.broken)
    rows: dict[str, list[Row]] = defaultdict(list)
    for each in table.rows:
        row = _row(
            {key: of_cell(each.cells[column].strip()) for key, column in at.items()}, curation, table.place(each, None)
        )
        if isinstance(row, Row):
            rows[row.creator].append(row)
        else:
            problems += row
    changes, found = [], 0
    for creator, theirs in sorted(rows.items()):
        entry = curation.samples.get(creator)
        merged = _merged(entry.record.samples if entry else (), theirs)
        problems += merged.problems
        found += len(theirs) - merged.refused
        changes.append(_change(root, entry, creator, merged))
    return Plan(
        changes=tuple(each for each in changes if each.before != each.after),
        found=found,
        problems=tuple(in_order(problems)),
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


def _row(cells: dict[str, str], curation: Curation, place: Place) -> Row | list[Problem]:
    told = {key: value for key, value in cells.items() if value and key != "creator"}
    made = convert({"samples": [told]}, Samples)
    wrong = [*_wrong(cells, curation, place), *(_placed(made, place) if isinstance(made, list) else ())]
    if wrong or isinstance(made, list):
        return wrong
    return Row(creator=cells["creator"], told=tuple(told), sample=made.samples[0], place=place)


def _placed(mistakes: Iterable[Mistake], place: Place) -> Iterator[Problem]:
    return (Problem(each.code, each.message, place, each.hint) for each in mistakes)


def _wrong(cells: dict[str, str], curation: Curation, place: Place) -> Iterator[Problem]:
    for key, known, file in (
        ("creator", curation.influencers, Kind.INFLUENCER),
        ("product", curation.products, Kind.PRODUCT),
    ):
        names = {*known, *(source.name for source in curation.unread if source.kind is file)}
        hint = did_you_mean(cells[key], sorted(names))
        if not cells[key]:
            if key not in SAMPLE:  # else it is told as missing from the sample already
                yield Problem("missing-key", f"the key {key} is missing", place, hint)
        elif cells[key] not in names:
            yield Problem("unknown-reference", f"there is no {key} {shown(cells[key])}", place, hint)
    for text in cells.values():
        if HIDDEN.search(text):
            yield Problem("bad-value", "a cell holds a character that nobody sees", place, "Delete it from the table.")
        for kind, _ in private.contacts(text):
            yield Problem("personal", f"a cell holds {kind}", place, "Delete it from the table.")


class Merged(Struct, frozen=True):
    """What becomes of a log: what its entries say anew, by their numbers, and the rows that are new or refused."""

    renewed: dict[int, dict[str, str]]
    added: list[dict[str, str]]
    problems: list[Problem]
    refused: int


def _merged(there: tuple[Sample, ...], rows: list[Row]) -> Merged:
    """Each row with the entry that is the same parcel; what the row does not tell stays as it is."""
    same = _same(rows, there)
    renewed: dict[int, dict[str, str]] = {}
    added: list[dict[str, str]] = []
    problems: list[Problem] = []
    refused = 0
    for index, row in enumerate(rows):
        known = there[same[index]] if index in same else None
        now = structs.replace(known, **{key: getattr(row.sample, key) for key in row.told}) if known else row.sample
        if mistakes := list(of_samples(Samples(samples=(now,)))):
            problems += _placed(mistakes, row.place)
            refused += 1
        elif known:
            renewed[same[index]] = _told(now, known)
        else:
            added.append(_told(now))
    return Merged(renewed, added, problems, refused)


def _told(sample: Sample, before: Sample | None = None) -> dict[str, str]:
    """The keys that say something else than before, or than nothing does."""
    known = {each.name: getattr(before, each.name) if before else each.default for each in structs.fields(Sample)}
    return {key: str(value) for key, value in structs.asdict(sample).items() if value != known[key]}


def _same(rows: list[Row], there: tuple[Sample, ...]) -> dict[int, int]:
    """Which entry each row is, by their numbers. An entry is one row's, so that two things of a day stay two."""
    same: dict[int, int] = {}
    free: dict[str, dict[int, Sample]] = defaultdict(dict)
    for at, known in enumerate(there):
        free[known.product][at] = known
    for alike in (_of_reference, _of_day, _under_way):
        for index, row in enumerate(rows):
            if index in same:
                continue
            of_it = free[row.sample.product]
            found = next((at for at, known in of_it.items() if alike(row.sample, known)), None)
            if found is not None:
                same[index] = found
                del of_it[found]
    return same


def _of_reference(row: Sample, known: Sample) -> bool:
    return row.reference is not None and row.reference == known.reference


def _of_day(row: Sample, known: Sample) -> bool:
    """A day of both is equal, and none differs."""
    days = [(row.sent, known.sent), (row.received, known.received)]
    told = [(one, other) for one, other in days if one and other]
    return _may_be(row, known) and bool(told) and all(one == other for one, other in told)


def _under_way(row: Sample, known: Sample) -> bool:
    """A row tells only when it came, and the log only when it was sent."""
    return _may_be(row, known) and not row.sent and not known.received and (known.sent or "") <= (row.received or "")


def _may_be(row: Sample, known: Sample) -> bool:
    """No reference says that they are two parcels."""
    return not (row.reference and known.reference) or row.reference == known.reference


def _change(root: Path, entry: Entry[Samples] | None, creator: str, merged: Merged) -> Change:
    """The log as it would be written; one to which nothing is new stays as it is laid out."""
    name = entry.origin.source.file if entry else f"{CONTENT}/{SAMPLES}/{creator}.yaml"
    before = decode((root / name).read_bytes(), name) if entry else ""
    if not merged.added and not any(merged.renewed.values()):
        return Change(file=name, before=before, after=before)
    document = editing.read(before, name) if entry else Document([], Mapping())
    entries = _entries(document.root)
    for index, told in merged.renewed.items():
        sample = entries.entries[index].node
        assert isinstance(sample, Mapping)  # noqa: S101  it is a sample
        for key, value in told.items():
            editing.put(sample, key, value, keys_of(Sample))
    for told in merged.added:
        editing.append(entries, told)
    keys_in_order(document, Samples)
    after = editing.written(document)
    parse(decode(after.encode(), name), name)  # which refuses what is beyond the limits
    return Change(file=name, before=before, after=after)


def _entries(root: Mapping) -> Sequence:
    """The log's samples; they are put where none are."""
    if editing.find(root, "samples") is None:
        editing.put(root, "samples", [], keys_of(Samples))
    found = editing.find(root, "samples")
    assert found  # noqa: S101  just put
    assert isinstance(found.node, Sequence)  # noqa: S101  else the log would have a problem
    found.node.flow = False
    return found.node
