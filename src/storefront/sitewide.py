"""What is true of a site as a whole: its theme, its creators' colours, its shops and how much there is."""

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from storefront import hosting, links, theme
from storefront.catalog.facts import NetworkFact, SiteFact
from storefront.catalog.live import Live
from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.disclosure import Pack
from storefront.hosting import security
from storefront.links import Registry
from storefront.problems import Problem, ProblemsFound
from storefront.records import Curation, Entry
from storefront.theme import Asset, Theme
from storefront.vocabulary.site import Site, ThemeChoice

Counts = tuple[tuple[str, int], ...]


def theme_of(root: Path, entry: Entry[Site], places: Places) -> Theme:
    """The theme that a site chooses, with its tokens and its accent. Raises `ProblemsFound`."""
    site, at = entry.record, partial(places.of, entry.origin)
    chosen = site.theme if isinstance(site.theme, ThemeChoice) else ThemeChoice(name=site.theme)
    tokens, where = chosen.tokens, (partial(at, "theme"), partial(at, "accent"))
    return theme.load(root, chosen.name, tokens, where[0], site.accent, where[1], previews=site.previews)


def accents_of(live: Live, used: Theme, places: Places) -> tuple[dict[str, Asset], list[Problem]]:
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


def shops_of(curation: Curation) -> dict[str, str]:
    """Every host that a merchant names as its own."""
    return {
        host.lower().removeprefix("www."): entry.id
        for entry in curation.merchants.values()
        for host in (*entry.record.domains, links.host_of(entry.record.url))
    }


def counts_of(catalog: Catalog) -> Counts:
    """The counts that pages of a site show, by name."""
    community = catalog.community
    thanks = sum(map(len, community.thanks.values()))
    together = (
        ("squads", len(community.squads)),
        ("calls", len(community.calls)),
        ("thanks", thanks),
        ("campaigns", len(catalog.campaigns)),
    )
    return (
        ("creators", len(catalog.people)),
        ("products", len(catalog.products)),
        ("lists", len(catalog.lists)),
        ("reviews", len(catalog.reviews)),
        ("brands", len(catalog.brands)),
        *((name, count) for name, count in together if count),
    )


def site_fact(
    site: Site,
    counts: Counts,
    used: Theme,
    networks: Registry,
    packs: tuple[Pack, ...] = (),
) -> SiteFact:
    """What is true of the whole site."""
    url = site.url.rstrip("/")
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
        stylesheets=tuple((template, asset.name) for template, asset in used.stylesheets),
        icon=used.icon.name,
        grounds=used.palette.of("paper") or ("", ""),
        policy=security.within(sent=hosting.sends_headers(site.hosts), beacon=site.beacon or ""),
        beacon=site.beacon or "",
        embeds=used.embed_stylesheet.name if site.embeds else "",
        scripts=tuple((name, script.name) for name, script in used.scripts),
        networks=own_networks(networks),
        counts=counts,
        joining=site.access is not None,
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
