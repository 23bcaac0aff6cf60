"""From a site's folder to its planned pages: read, check, join, plan. Everything that needs no page rendered."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import disclosure, hosting, images, links, records
from storefront.catalog import agreed, exposed, minors, pictures, programmes, references, wording
from storefront.catalog.facts import SiteFact
from storefront.catalog.join import join
from storefront.catalog.live import Live
from storefront.catalog.pictures import Key, Made, MadeOf, ShownPicture
from storefront.catalog.warnings import harmless
from storefront.catalog.whole import Catalog
from storefront.clock import NOTHING, PUBLIC, Clock, Shown
from storefront.content import Places
from storefront.disclosure import OwnPacks
from storefront.hosting import Hosting
from storefront.images import Cut, Index, Slot, Source, Unusable
from storefront.links import Registry
from storefront.nearby import ASIDE, Pictures
from storefront.outcome import FOLDER, Progress, quiet
from storefront.pages import plan, previews, routes
from storefront.pages.planned import Planned
from storefront.previews import Card
from storefront.problems import Place, Problem, ProblemsFound, in_order, unless_of_machine
from storefront.records import Curation, Entry, Loaded
from storefront.remembered import Remembered
from storefront.sitewide import accents_of, counts_of, shops_of, site_fact, theme_of
from storefront.theme import Asset, Theme
from storefront.vocabulary.site import Site


class Gathered(Struct):
    """A site ready to be rendered. `next_change` is when the same content will give other pages.

    `warnings` are what is to be told and stops nothing. `accents` are the stylesheets of creators with a colour of
    their own, each once.

    `shops` are the hosts of all merchants, each with the merchant's id; `cards` those of link previews by file name.
    """

    root: Path
    curation: Curation
    made: MadeOf
    site: SiteFact
    theme: Theme
    accents: list[Asset]
    catalog: Catalog
    pages: list[Planned]
    cuts: list[Cut]
    index: Index
    cards: dict[str, Card]
    places: Places
    networks: Registry
    shops: dict[str, str]
    named: dict[str, ShownPicture]
    hosting: Hosting
    files: int
    held: int
    disclosures: bool
    now: datetime
    next_change: datetime | None
    shown: Shown = NOTHING
    warnings: Sequence[Problem] = ()

    def place_of(self, cut: Cut) -> Place:
        """Where a picture is named first."""
        wanted = self.named[cut.source]
        return self.places.of(wanted.origin, *wanted.path)


class PictureReading(NamedTuple):
    """How pictures are read: what is known of them, how many at a time, and who is told how many are done."""

    known: Index
    workers: int
    progress: Callable[[int, int], None]


def gather(
    root: Path,
    now: datetime,
    workers: int = 1,
    progress: Progress = quiet,
    remembered: Remembered | None = None,
    shown: Shown = NOTHING,
) -> Gathered:
    """All pages of the site at `root`, at a moment. Raises `ProblemsFound` with every problem there is.

    Nothing is written; the caller may keep what was learned of pictures with `index.save`. `shown` are held back and
    shown all the same, for a preview.
    """
    progress("Read", 0, 0)
    return assemble(root, now, records.load(root, remembered), workers, progress, shown)


def assemble(
    root: Path, now: datetime, loaded: Loaded, workers: int = 1, progress: Progress = quiet, shown: Shown = NOTHING,
    *, audience: str = PUBLIC,
) -> Gathered:  # fmt: skip
    """As `gather`, of records that are loaded, as an audience sees them."""
    progress("Check", 0, 0)
    curation, places = loaded.curation, loaded.places
    entry, networks, own, warnings = _checked(root, loaded, now)
    site = entry.record
    live = Live(curation, Clock(now, ZoneInfo(site.timezone), shown, audience))
    theme = theme_of(root, entry, places)
    accents, unreadable = accents_of(live, theme, places)
    live.accents = {handle: sheet.name for handle, sheet in accents.items()}
    index = Index(root, root / FOLDER)
    reading = PictureReading(index, workers, partial(progress, "Pictures read"))
    progress("Pictures read", 0, 0)
    made, named, bad = _pictures(root, live, places, theme, reading)
    progress("Join", 0, 0)
    catalog = join(site, live, made, places, networks)
    fact = site_fact(site, counts_of(catalog), theme, networks, own.packs)
    progress("Plan", 0, 0)
    pages = plan.plan(catalog, fact, codes=site.qr)
    pages, cards = previews.with_cards(pages, theme.look) if theme.look else (pages, {})
    catalog.origins["site"] = entry.origin
    hosted, unheld = hosting.of_site(catalog, fact, pages, places)
    problems = [*bad, *unreadable, *catalog.problems, *_collisions(pages, catalog, places), *unheld]
    if problems:
        raise ProblemsFound(in_order(problems))
    return Gathered(
        root=root,
        curation=curation,
        made=made,
        site=fact,
        theme=theme,
        accents=list(dict.fromkeys(accents.values())),
        catalog=catalog,
        pages=pages,
        cuts=_cuts(made),
        index=index,
        cards=cards,
        places=places,
        networks=networks,
        shops=shops_of(curation),
        named=named,
        hosting=hosted,
        files=loaded.files,
        held=live.held,
        disclosures=site.disclosures,
        now=now,
        next_change=catalog.next_change,
        shown=shown,
        warnings=in_order([*warnings, *harmless(live, places), *programmes.warnings(curation, places)]),
    )


def _checked(root: Path, loaded: Loaded, now: datetime) -> tuple[Entry[Site], Registry, OwnPacks, list[Problem]]:
    """The site, its networks and its market packs, if all records are sound; and warnings. Raises `ProblemsFound`."""
    curation, places = loaded.curation, loaded.places
    networks, unsound = links.of_site(root)
    own = disclosure.of_site(root)
    unwanted, warnings = agreed.check(curation, places, own, now)
    problems = [*loaded.problems, *unsound, *own.problems, *references.check_loaded(loaded, networks, own)]
    problems += [*wording.check(curation, places), *exposed.check(curation, places), *unwanted]
    problems += minors.check(curation, places, minors.names_of(curation))
    if curation.site is None or problems:
        raise ProblemsFound(problems)
    return curation.site, networks, own, warnings


def _cuts(made: MadeOf) -> list[Cut]:
    """Each cut once."""
    return list({cut.files[0].name: cut for each in made.values() for cut in each.picture.cuts}.values())


def _pictures(
    root: Path, live: Live, places: Places, theme: Theme, reading: PictureReading
) -> tuple[dict[Key, Made], dict[str, ShownPicture], list[Problem]]:
    """What becomes of each picture, where each file is named first, and a problem for each place of an unusable one."""
    all_wanted = list(pictures.shown_pictures(live))
    found = reading.known.look((each.file for each in all_wanted), reading.workers, reading.progress)
    offered = dict(theme.slots)
    slots: dict[Key, dict[str, Slot]] = defaultdict(dict)
    named: dict[str, ShownPicture] = {}
    problems, there = [], Pictures(root)
    for wanted in all_wanted:
        source = found[wanted.file]
        if isinstance(source, Source):
            slots[wanted.key].update({name: offered[name] for name in wanted.slots})
            named.setdefault(wanted.file, wanted)
        else:
            hint = there.instead_of(wanted.file) if isinstance(source, FileNotFoundError) else ""
            problems.append(unusable(wanted.file, source, places.of(wanted.origin, *wanted.path), hint))
    made = {}
    for key, asked in slots.items():
        source = found[key[0]]
        if isinstance(source, Source):
            in_order_of_names = dict(sorted(asked.items()))  # the same whichever record comes first
            made[key] = Made(images.plan(key[0], source, in_order_of_names, key[1]), source)
    return made, named, problems


def unusable(file: str, error: Unusable | OSError, place: Place, hint: str = ASIDE) -> Problem:
    """Why a picture cannot be used, for whoever wrote its name; `hint` is for one that is not there."""
    if isinstance(error, Unusable):
        return Problem("bad-image", f"{file}: {error}", place, error.hint)
    if isinstance(error, FileNotFoundError):
        return Problem("missing-image", f"there is no picture {file}", place, hint)
    unless_of_machine(error, file)
    return Problem("bad-image", f"{file} cannot be read: {error.strerror or error}", place)


def _collisions(pages: Sequence[Planned], catalog: Catalog, places: Places) -> list[Problem]:
    """Two things at one address, with the places of both. Case does not tell addresses apart on every host."""
    taken: dict[str, Planned] = {}
    problems = []
    for page in pages:
        first = taken.setdefault(routes.file_of(page.path).casefold(), page)
        if first is not page:
            here, there = (_place(each.ref, catalog.origins, places) for each in (page, first))
            message = f"the address {page.path} is taken already, by {there}"
            problems.append(Problem("duplicate-url", message, here, "Rename one of the two.", (there,)))
    return problems


def _place(ref: str, origins: Mapping[str, object], places: Places) -> Place:
    origin = origins.get(ref)
    return places.of(origin) if origin else Place("content/site.yaml")  # type: ignore[arg-type]
