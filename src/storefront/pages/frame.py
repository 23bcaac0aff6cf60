"""What stands around a page's content: its head, and the bars that all pages share."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from storefront import __version__, locales, previews
from storefront.catalog.facts import PreviewFact, SiteFact
from storefront.catalog.shots import Shot
from storefront.pages import jsonld, routes, views
from storefront.pages.voice import Voice


@lru_cache(maxsize=256)
def _chrome(site: SiteFact, language: str, template: str) -> views.Chrome:
    def link(key: str, path: str) -> views.Link:
        return views.Link(text=locales.say(language, key), url=site.base + path)

    publisher = site.publisher
    return views.Chrome(
        site_title=site.title,
        home=site.base + routes.HOME,
        nav=(
            link("nav_people", routes.HOME),
            link("nav_categories", routes.CATEGORIES),
            link("nav_brands", routes.BRANDS),
            link("nav_how", routes.HOW),
        ),
        search=link("nav_search", routes.SEARCH),
        stylesheet=site.base + routes.asset(dict(site.stylesheets).get(template, site.stylesheet)),
        ground_light=site.grounds[0] or None,
        ground_dark=site.grounds[1] or None,
        scripts={name: site.base + routes.asset(file) for name, file in site.scripts},
        icon=site.base + routes.asset(site.icon),
        publisher=publisher.name if publisher else None,
        publisher_url=publisher.url if publisher else None,
        publisher_email=publisher.email if publisher else None,
        publisher_address=publisher.address if publisher else None,
        how=link("how_link", routes.HOW),
        more=tuple(link(key, path) for key, path in _together(site)),
        generator=f"storefront {__version__}",
        policy=site.policy or None,
        beacon=site.beacon or None,
    )


def _together(site: SiteFact) -> Iterator[tuple[str, str]]:
    """The pages of what belongs to several people, those that there are."""
    counts = dict(site.counts)
    for name, path in (
        ("squads", routes.SQUADS),
        ("calls", routes.CALLS),
        ("thanks", routes.THANKS),
        ("campaigns", routes.CAMPAIGNS),
    ):
        if counts.get(name):
            yield f"nav_{name}", path
    if site.joining:
        yield "nav_join", routes.JOIN


def chrome(voice: Voice, template: str) -> views.Chrome:
    """The bars of all pages of a template in one language."""
    return _chrome(voice.site, voice.language, template)


def sheet(template: str, page: views.Page, view: views.View, voice: Voice) -> views.Sheet:
    """A page ready for its template."""
    return views.Sheet(template=template, language=voice.language, chrome=chrome(voice, template), page=page, view=view)


def head(
    voice: Voice,
    *,
    path: str,
    title: str,
    description: str,
    statement: views.Statement | None = None,
    crumbs: Sequence[views.Link] = (),
    alternates: Sequence[views.Alternate] = (),
    og_type: str = "website",
    share: PreviewFact | Shot | None = None,
    nodes: Sequence[jsonld.Node | None] = (),
    noindex: bool = False,
    accent: str = "",
) -> views.Page:
    """The head of a page. A statement's label goes into link previews too: they carry the recommendation."""
    trail = (views.Link(text=voice.site.title, url=voice.url(routes.HOME)), *crumbs) if crumbs else ()
    said = voice.say("feed_label", labels=statement.label, title=description) if statement else description
    return views.Page(
        path=voice.url(path),
        canonical=voice.site.url + path,
        title=title,
        description=description,
        lang=voice.locale,
        dir=locales.direction_of(voice.locale),
        noindex=noindex,
        accent=voice.url(routes.asset(accent)) if accent else None,
        statement=statement,
        breadcrumbs=trail,
        alternates=tuple(alternates),
        og=_open_graph(voice, og_type, title, said, share),
        jsonld=jsonld.script(*nodes, jsonld.breadcrumbs(trail, voice) if trail else None),
    )


def _open_graph(
    voice: Voice, kind: str, title: str, description: str, share: PreviewFact | Shot | None
) -> views.OpenGraph:
    name, width, height = _shared(share)
    return views.OpenGraph(
        type=kind,
        title=title,
        description=description,
        image=voice.site.url + routes.media(name) if name else None,
        image_width=width,
        image_height=height,
        image_alt=share.alt if share else "",
    )


def _shared(share: PreviewFact | Shot | None) -> tuple[str, int, int]:
    """The file of a preview's picture, its width and its height."""
    if isinstance(share, PreviewFact):
        return share.file, previews.WIDTH, previews.HEIGHT
    return share.share if share else ("", 0, 0)
