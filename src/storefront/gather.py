"""From a site's folder to its planned pages: read, check, join, plan. Everything that needs no page rendered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import disclosure, hosting, images, links, records, theme
from storefront.catalog import pictures, references, wording
from storefront.catalog.facts import NetworkFact, SiteFact
from storefront.catalog.join import Catalog, join
from storefront.catalog.live import Live
from storefront.catalog.pictures import Made, Wanted
from storefront.clock import Clock
from storefront.content import Places
from storefront.disclosure import Pack
from storefront.hosting import Told
from storefront.images import Picture, Unusable
from storefront.links import Registry
from storefront.pages import plan, routes
from storefront.pages.plan import Planned
from storefront.problems import Place, Problem, ProblemsFound, in_order
from storefront.records import Curation
from storefront.remembered import Remembered
from storefront.theme import Asset, Theme
from storefront.vocabulary.site import Site, ThemeChoice


class Gathered(Struct):
    """A site ready to be rendered. `next_change` is when the same content will give other pages.

    `accents` are the stylesheets of creators with a colour of their own, each once.

    `shops` are the hosts of all merchants, each with the merchant's id.
    """

    site: SiteFact
    theme: Theme
    accents: list[Asset]
    catalog: Catalog
    pages: list[Planned]
    pictures: list[Picture]
    places: Places
    networks: Registry
    shops: dict[str, str]
    named: dict[Path, Wanted]
    told: Told
    files: int
    held: int
    disclosures: bool
    now: datetime
    next_change: datetime | None

    def place_of(self, picture: Picture) -> Place:
        """Where a picture is named first."""
        wanted = self.named[picture.source]
        return self.places.of(wanted.origin, *wanted.path)


def gather(root: Path, now: datetime, remembered: Remembered | None = None) -> Gathered:
    """All pages of the site at `root`, at a moment. Raises `ProblemsFound` with every problem there is."""
    loaded = records.load(root, remembered)
    curation, places = loaded.curation, loaded.places
    networks, unsound = links.of_site(root)
    own = disclosure.of_site(root)
    problems = [*loaded.problems, *unsound, *own.problems]
    problems += references.check(curation, places, networks, own)
    problems += wording.check(curation, places)
    if curation.site is None or problems:
        raise ProblemsFound(problems)
    site = curation.site.record
    live = Live(curation, Clock(now, ZoneInfo(site.timezone)))
    chosen = site.theme if isinstance(site.theme, ThemeChoice) else ThemeChoice(name=site.theme)
    at = partial(places.of, curation.site.origin)
    used = theme.load(root, chosen.name, chosen.tokens, partial(at, "theme"), site.accent, partial(at, "accent"))
    accents, unreadable = _accents(live, used, places)
    live.accents = {handle: sheet.name for handle, sheet in accents.items()}
    found, named, bad = _pictures(root, live, places, used.widths)
    catalog = join(site, live, {file: _made(picture) for file, picture in found.items()}, places, networks)
    fact = site_fact(site, catalog, used, networks, own.packs)
    pages = plan.plan(catalog, fact)
    catalog.origins["site"] = curation.site.origin
    told, unheld = hosting.told(catalog, fact, pages, places)
    problems = [*bad, *unreadable, *catalog.problems, *_collisions(pages, catalog, places), *unheld]
    if problems:
        raise ProblemsFound(in_order(problems))
    return Gathered(
        site=fact,
        theme=used,
        accents=list(dict.fromkeys(accents.values())),
        catalog=catalog,
        pages=pages,
        pictures=list({picture.share.name: picture for picture in found.values()}.values()),
        places=places,
        networks=networks,
        shops=_shops(curation),
        named=named,
        told=told,
        files=loaded.files,
        held=live.held,
        disclosures=site.disclosures,
        now=now,
        next_change=catalog.next_change,
    )


def _accents(live: Live, used: Theme, places: Places) -> tuple[dict[str, Asset], list[Problem]]:
    """The stylesheet of each creator with a colour of her own, and a problem for each colour that cannot be read."""
    sheets: dict[str, Asset] = {}
    problems: list[Problem] = []
    for handle, entry in live.influencers.items():
        if entry.record.accent:
            try:
                sheets[handle] = theme.accent_stylesheet(
                    entry.record.accent, used, partial(places.of, entry.origin, "accent")
                )
            except ProblemsFound as failure:
                problems += failure.problems
    return sheets, problems


def _pictures(
    root: Path, live: Live, places: Places, widths: Sequence[int]
) -> tuple[dict[str, Picture], dict[Path, Wanted], list[Problem]]:
    """Each wanted picture once, where it is named first, and a problem for each place that names an unusable one."""
    found: dict[str, Picture] = {}
    failed: dict[str, Problem] = {}
    named: dict[Path, Wanted] = {}
    problems = []
    for wanted in pictures.wanted(live):
        if wanted.file not in found and wanted.file not in failed:
            try:
                picture = images.inspect(root, wanted.file, widths)
            except (Unusable, OSError) as error:
                failed[wanted.file] = _unusable(wanted.file, error)
            else:
                found[wanted.file] = picture
                named[picture.source] = wanted
        if wanted.file in failed:
            at = places.of(wanted.origin, *wanted.path)
            problem = failed[wanted.file]
            problems.append(Problem(problem.code, problem.message, at, problem.hint))
    return found, named, problems


def _unusable(file: str, error: Unusable | OSError) -> Problem:
    place = Place(file)
    if isinstance(error, Unusable):
        return Problem("bad-image", f"{file}: {error}", place, error.hint)
    if isinstance(error, FileNotFoundError):
        hint = (
            "Put the picture there, or correct src: it is a path from the record's folder; a leading / means content/."
        )
        return Problem("missing-image", f"there is no picture {file}", place, hint)
    return Problem("bad-image", f"{file} cannot be read: {error.strerror or error}", place)


def _shops(curation: Curation) -> dict[str, str]:
    """Every host that a merchant names as its own."""
    return {
        host.lower().removeprefix("www."): entry.id
        for entry in curation.merchants.values()
        for host in (*entry.record.domains, links.host_of(entry.record.url))
    }


def _made(picture: Picture) -> Made:
    return Made(
        variants=tuple((v.name, v.width, v.height) for v in picture.variants),
        share=(picture.share.name, picture.share.width, picture.share.height),
    )


def site_fact(site: Site, catalog: Catalog, used: Theme, networks: Registry, packs: tuple[Pack, ...] = ()) -> SiteFact:
    """What is true of the whole site."""
    url = site.url.rstrip("/")
    counts = (
        ("creators", len(catalog.people)),
        ("products", len(catalog.products)),
        ("lists", len(catalog.lists)),
        ("reviews", len(catalog.reviews)),
        ("brands", len(catalog.brands)),
    )
    return SiteFact(
        ref="site",
        title=site.title,
        url=url,
        base=urlsplit(url).path,
        tagline=site.tagline,
        description=site.description,
        locale=site.locale,
        markets=site.markets,
        publisher=site.publisher,
        per_page=site.directory.per_page,
        price_days=site.prices.max_age_days,
        stylesheet=used.stylesheet.name,
        icon=used.icon.name,
        grounds=used.palette.of("paper") or ("", ""),
        embeds=used.embed_stylesheet.name if site.embeds else "",
        networks=own_networks(networks),
        counts=counts,
        packs=packs,
    )


def own_networks(networks: Registry) -> tuple[NetworkFact, ...]:
    """The networks of the site's own file; those that ship are part of the program."""
    shipped = links.networks()
    return tuple(
        NetworkFact(id=name, name=network.name, statement=tuple(network.statement.items()))
        for name, network in networks.networks.items()
        if shipped.get(name) is not network
    )


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
