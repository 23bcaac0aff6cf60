"""`disclosures.json`: every shop link of a site with its label, its record and the rules it was judged by.

Lines come from the proofs of pages, those of pages that were kept among them; where records stand is told anew each
time, since a record moves in its file without a change in any page.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from mmap import mmap

import msgspec
from msgspec import Struct, structs

from storefront import __version__
from storefront.audit.house import items_of
from storefront.audit.judging import UNIVERSAL
from storefront.audit.proofs import Line
from storefront.catalog.facts import SiteFact
from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.disclosure import Pack, everywhere
from storefront.pages.voice import voice

FILE = "disclosures.json"
VERSION = 1
PAGE, BETWEEN, ENDS = b'{"page":"', b',"pages":[\n', b"\n]}\n"


class Market(Struct, frozen=True):
    """A market pack that a page was judged by, and the day it was last compared with its sources."""

    name: str
    reviewed_on: str


class Record(Struct, frozen=True):
    """A content file, and the line on which each entry of a record in it begins."""

    file: str
    lines: dict[str, int]


class Head(Struct, frozen=True):
    """What the proofs rest on. `rules` hold in every market; those of a market stand with each label.

    `until` is the next moment at which the same content gives another site; none when none is due. The moment of the
    build is not told: a build with nothing to do writes nothing.
    """

    version: int
    storefront: str
    site: str
    until: str | None
    reviewed_on: str
    rules: tuple[str, ...]
    markets: dict[str, Market]
    records: dict[str, Record]


class Disclosures(Head, frozen=True):
    """The whole file."""

    pages: list[Line]


class Began(Head, frozen=True):
    """How a file begins, with records as they stand in it."""

    records: dict[str, msgspec.Raw]  # type: ignore[assignment]  # each is the same, in its form as bytes


Buffer = bytes | memoryview
_decode = msgspec.json.Decoder(Disclosures).decode
_decode_head = msgspec.json.Decoder(Began).decode


def document(site: SiteFact, catalog: Catalog, places: Places, until: datetime | None, lines: Iterable[bytes]) -> bytes:
    """The file, from the lines of pages in any order."""
    return _joined(_head(site, catalog, places, until), sorted(filter(None, lines)))


def pieces(
    site: SiteFact, catalog: Catalog, places: Places, until: datetime | None, lines: Iterable[bytes]
) -> Iterator[bytes]:
    """As `document`, piece by piece, from lines in the order of their pages, by `in_order`."""
    yield msgspec.json.encode(_head(site, catalog, places, until))[:-1] + BETWEEN
    between = b""
    for line in filter(None, lines):
        yield between
        yield line
        between = b",\n"
    yield ENDS


def in_order(page: str) -> bytes:
    """The key by which addresses of pages are sorted as their lines are: the beginning of a line."""
    return f'{page}"'.encode()


def _head(site: SiteFact, catalog: Catalog, places: Places, until: datetime | None) -> Head:
    return Head(
        version=VERSION,
        storefront=__version__,
        site=site.url,
        until=_moment(until),
        reviewed_on=everywhere().reviewed_on,
        rules=UNIVERSAL,
        markets={pack.id: Market(pack.name, pack.reviewed_on) for pack in _judging(site, catalog)},
        records=_records(catalog, places),
    )


def _joined(head: Head, told: list[bytes]) -> bytes:
    begins = msgspec.json.encode(head)[:-1] + BETWEEN
    if not told:
        return begins + ENDS
    return b",\n".join((begins + told[0], *told[1:-1], told[-1] + ENDS)) if told[1:] else begins + told[0] + ENDS


def edited(
    data: bytes | mmap, catalog: Catalog, places: Places, until: datetime | None, newer: Mapping[str, bytes]
) -> list[Buffer] | None:
    """What `document` would make after an edit, in pieces of the file that it made before; None where it is the same.

    `catalog` has all of what the edited files hold, and `newer` the lines of the pages that were made anew. The file
    of a thousand creators is 35 MB large: it took 0.16 s to take it apart and join it again, and takes 0.05 so.
    """
    old = memoryview(data)
    told = Told(data)
    head = _decode_head(data[: told.begin - len(BETWEEN)] + b"}")
    records = {ref: each for ref, each in head.records.items() if ref not in catalog.entries}
    records |= {ref: msgspec.Raw(msgspec.json.encode(each)) for ref, each in _records(catalog, places).items()}
    newest = structs.replace(head, until=_moment(until), records=dict(sorted(records.items())))
    found = sorted((*told.find(page), line) for page, line in newer.items())
    if newest == head and all(old[begin:end] == line for begin, end, line in found):
        return None
    if any((begin == end) != (not line) for begin, end, line in found):  # lines come or go, and with them commas
        kept = lines(data[:]) | dict(newer)
        return [_joined(newest, sorted(filter(None, kept.values())))]
    pieces: list[Buffer] = [msgspec.json.encode(newest)[:-1] + BETWEEN]
    at = told.begin
    for begin, end, line in found:
        pieces += (old[at:begin], line)
        at = end
    return [*pieces, old[at:]]


class Told:
    """The lines of a file that `document` made, found where they are. They stand in order, one for each page."""

    def __init__(self, data: bytes | mmap) -> None:
        self.data = data
        self.begin = data.find(BETWEEN) + len(BETWEEN)
        self.end = len(data) - len(ENDS)

    def find(self, page: str) -> tuple[int, int]:
        """Where the line of a page begins and ends; twice the same place where there is none."""
        start = f'{PAGE.decode()}{page}"'.encode()
        low, high = self.begin, self.end
        while low < high:  # both are beginnings of lines, or the end
            begin = max(self.begin, self.data.rfind(b"\n", self.begin - 1, (low + high) // 2) + 1)
            after = self._after(begin)
            if self.data[begin : begin + len(start)] < start:
                low = after
            else:
                high = begin
        known = self.data[low : low + len(start)] == start
        return low, low + (self._length(low) if known else 0)

    def _length(self, begin: int) -> int:
        found = self.data.find(b",\n", begin, self.end)
        return (self.end if found < 0 else found) - begin

    def _after(self, begin: int) -> int:
        return min(self.end, begin + self._length(begin) + len(b",\n"))


def _moment(until: datetime | None) -> str | None:
    return f"{until.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if until else None


def _judging(site: SiteFact, catalog: Catalog) -> list[Pack]:
    """The packs that judge the site's pages and its creators'."""
    voices = {voice(site)} | {voice(site, fact.locale, fact.markets) for fact in catalog.bylines.values()}
    return sorted({pack for spoken in voices for pack in spoken.pack.packs}, key=lambda pack: pack.id)


def _records(catalog: Catalog, places: Places) -> dict[str, Record]:
    """Where each pick of a list or a post, and each offer of a product, is written."""
    found = {}
    for ref in sorted(catalog.entries):
        key, numbers = catalog.entries[ref]
        origin = catalog.origins[ref]
        lines = places.lines(origin, key)
        items = items_of(catalog, ref)
        if items:
            found[ref] = Record(
                origin.source.file,
                {
                    item: lines[number] if number < len(lines) else places.of(origin, key, number).line
                    for item, number in zip(items, numbers, strict=True)
                },
            )
    return found


def lines(data: bytes) -> dict[str, bytes]:
    """The lines of a file that `document` made, by the addresses of their pages.

    An address holds no quotation mark, and a line no line feed. A regular expression took ten times as long.
    """
    told = data.partition(BETWEEN)[2].removesuffix(ENDS).split(b",\n")
    return {line[len(PAGE) : line.index(b'"', len(PAGE))].decode(): line for line in told if line}


def read(data: bytes) -> Disclosures:
    """The file as values. Raises `msgspec.DecodeError`."""
    return _decode(data)


class Row(Struct, frozen=True, kw_only=True):
    """One link to a shop. Its label was judged by `rules`, those of `markets`; `digest` is that of the page's bytes."""

    page: str
    position: int
    url: str
    relationships: tuple[str, ...]
    labels: tuple[str, ...]
    precedes: bool
    brand: str
    creator: str
    markets: tuple[str, ...]
    rules: tuple[str, ...]
    file: str
    line: int
    digest: str


def rows(told: Disclosures) -> Iterator[Row]:
    """Every link, in order of page and place."""
    for page in told.pages:
        for link in page.links:
            label, record = page.labels[link.label], told.records[link.record]
            yield Row(
                page=page.page,
                position=link.position,
                url=link.url,
                relationships=label.relationships,
                labels=label.texts,
                precedes=link.precedes,
                brand=label.brand,
                creator=link.creator,
                markets=page.markets,
                rules=label.rules,
                file=record.file,
                line=record.lines[link.entry],
                digest=page.digest,
            )
