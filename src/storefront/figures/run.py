"""An import of figures: a table from a file, read, laid over what is known, and written unless only shown."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import content, records
from storefront.digests import of_bytes
from storefront.figures import formats, reading, store
from storefront.figures.kinds import KINDS
from storefront.figures.reading import Figures, Options
from storefront.figures.store import Outcome
from storefront.importers.texts import MAX_BYTES, unpacked
from storefront.problems import Problem, ProblemsFound

FIRST_TO_BEGIN = timezone(timedelta(hours=14))  # a day has come when it has begun anywhere: at a till, or a network's


class FiguresImport(Struct, frozen=True, kw_only=True):
    """What is to be imported, and what its table does not say of itself."""

    root: Path
    file: Path
    kind: str
    format: str
    now: datetime
    source: str | None = None
    network: str = ""
    as_of: datetime | None = None
    currency: str | None = None
    day_first: bool | None = None
    decimal: str | None = None
    columns: Mapping[str, str] = {}


class Plan(Struct, frozen=True, kw_only=True):
    """What an import would do: the rows of a source as they shall be, and what became of those of the table.

    `tables` are the digests of what came in, with their days. `again` is the day that the table was of when it came in
    before; `elsewhere` are other sources that the very same table is in, so that its figures count twice.
    `odd` are the lines of rows whose commission is above their sale.
    """

    kind: str
    source: str
    rows: Mapping[str, Figures]
    tables: Mapping[str, date]
    again: date | None
    elsewhere: tuple[str, ...]
    outcomes: Mapping[Outcome, int]
    problems: tuple[Problem, ...]
    repeated: int
    left_out: int
    refused: int
    odd: tuple[int, ...]
    unread: tuple[str, ...]
    unverified: tuple[str, ...]


def plan(request: FiguresImport) -> Plan:
    """What an import would do.

    Raises `ProblemsFound` when the table is not in its format, the store is damaged, or the site's own file has a
    mistake, and `formats.NoHeading`.
    """
    kind = KINDS[request.kind]
    form = formats.shipped()[kind.name][request.format]
    source = request.source or request.network or request.format
    zone = _zone(request.root)
    with request.file.open("rb") as opened:
        data = unpacked(opened.read(MAX_BYTES + 1), str(request.file))
    digest = of_bytes(data)
    place = store.path(request.root, kind, source)
    known_tables = store.tables(place)
    again = None if request.as_of else known_tables.get(digest)
    as_of = again or (request.as_of or request.now.astimezone(zone)).date()
    options = Options(
        source=source,
        as_of=as_of,
        zone=zone,
        today=request.now.astimezone(FIRST_TO_BEGIN).date(),
        network=request.network,
        currency=request.currency,
        day_first=request.day_first,
        decimal=request.decimal or (None if request.columns else form.decimal),
        columns=request.columns,
    )
    parsed = reading.read(kind, form, data, str(request.file), options)
    rows, outcomes = store.merged(store.read(kind, place), parsed.rows)
    others = [each for each in store.files(request.root, kind.name) if each != place]
    return Plan(
        kind=kind.name,
        source=source,
        rows=rows,
        tables={**known_tables, digest: as_of},
        again=again,
        elsewhere=tuple(each.stem for each in others if parsed.rows and digest in store.tables(each)),
        outcomes=outcomes,
        problems=parsed.problems,
        repeated=parsed.repeated,
        left_out=parsed.left_out,
        refused=parsed.refused,
        odd=parsed.odd,
        unread=parsed.unread,
        unverified=form.unverified,
    )


def _zone(root: Path) -> ZoneInfo:
    """The zone of the site, in which its days begin; UTC where there is no site yet."""
    sources = [each for each in content.find(root).sources if each.kind is content.Kind.SITE]
    loaded = records.load_files(root, sources)
    if loaded.problems:
        raise ProblemsFound(loaded.problems)
    site = loaded.curation.site
    return ZoneInfo(site.record.timezone if site else "UTC")


def write(root: Path, planned: Plan) -> None:
    """Write what an import found."""
    store.write(root, KINDS[planned.kind], planned.source, planned.rows, planned.tables)
