"""`disclosures.json`: every shop link of a site with its label, its record and the rules it was judged by.

Lines come from the proofs of pages, those of pages that were kept among them; where records stand is told anew each
time, since a record moves in its file without a change in any page.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

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
_lines = re.compile(rb'^\{"page":"([^"]*)".*', re.MULTILINE).finditer  # an address holds no quotation mark


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


def document(site: SiteFact, catalog: Catalog, places: Places, until: datetime | None, lines: Iterable[bytes]) -> bytes:
    """The file, from the lines of pages in any order."""
    told = sorted(filter(None, lines))
    head = Head(
        version=VERSION,
        storefront=__version__,
        site=site.url,
        until=f"{until.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if until else None,
        reviewed_on=everywhere().reviewed_on,
        rules=UNIVERSAL,
        markets={pack.id: Market(pack.name, pack.reviewed_on) for pack in _judging(site, catalog)},
        records=_records(catalog, places),
    )
    begins = msgspec.json.encode(head)[:-1] + b',"pages":[\n'
    if not told:
        return begins + b"\n]}\n"
    told[0], told[-1] = begins + told[0], told[-1] + b"\n]}\n"  # joined in one go: the file is large
    return b",\n".join(told)


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
    """The lines of a file that `document` made, by the addresses of their pages."""
    return {found[1].decode(): found[0].removesuffix(b",") for found in _lines(data)}


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
