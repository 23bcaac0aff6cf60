"""`disclosures.json`: every shop link of a site with its label, its record and the rules it was judged by.

Lines come from the proofs of pages, those of pages that were kept among them; where records stand is told anew each
time, since a record moves in its file without a change in any page.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec
from msgspec import Struct, structs

from storefront import __version__
from storefront.audit.house import items_of
from storefront.audit.judging import UNIVERSAL
from storefront.audit.proofs import Line
from storefront.catalog.facts import SiteFact
from storefront.catalog.join import Catalog
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


_decode = msgspec.json.Decoder(Disclosures).decode
_decode_head = msgspec.json.Decoder(Head).decode


def document(site: SiteFact, catalog: Catalog, places: Places, until: datetime | None, lines: Iterable[bytes]) -> bytes:
    """The file, from the lines of pages in any order."""
    told = sorted(filter(None, lines))
    head = Head(
        version=VERSION,
        storefront=__version__,
        site=site.url,
        until=_moment(until),
        reviewed_on=everywhere().reviewed_on,
        rules=UNIVERSAL,
        markets={pack.id: Market(pack.name, pack.reviewed_on) for pack in _judging(site, catalog)},
        records=_records(catalog, places),
    )
    return _joined(head, told)


def _joined(head: Head, told: list[bytes]) -> bytes:
    begins = msgspec.json.encode(head)[:-1] + BETWEEN
    if not told:
        return begins + ENDS
    return b",\n".join((begins + told[0], *told[1:-1], told[-1] + ENDS)) if told[1:] else begins + told[0] + ENDS


def edited(data: bytes, catalog: Catalog, places: Places, until: datetime | None, newer: Mapping[str, bytes]) -> bytes:
    """The file that `document` would make after an edit, from the one that it made before.

    `catalog` has all of what the edited files hold, and `newer` the lines of the pages that were made anew.
    """
    begins, _, rest = data.partition(BETWEEN)
    head, told = _decode_head(begins + b"}"), rest.removesuffix(ENDS).split(b",\n")
    for page, line in newer.items():
        start = f'{{"page":"{page}"'.encode()
        at = bisect_left(told, start)
        known = at < len(told) and told[at].startswith(start)
        told[at : at + known] = [line] if line else []
    records = {ref: each for ref, each in head.records.items() if ref not in catalog.entries}
    records |= _records(catalog, places)
    head = structs.replace(head, until=_moment(until), records=dict(sorted(records.items())))
    return _joined(head, [line for line in told if line])


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
