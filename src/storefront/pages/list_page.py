"""One list, whole."""

from msgspec import Struct

from storefront import markdown
from storefront.catalog.facts import ListFact, PreviewFact, SiteFact
from storefront.pages import frame, jsonld, parts, routes, statement, views
from storefront.pages.voice import Voice, voice


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """A list, and the slug and title of each other list of its creator."""

    site: SiteFact
    list: ListFact
    others: tuple[tuple[str, str], ...]
    preview: PreviewFact | None = None
    qr: bool = False


def sheet(inputs: Inputs) -> views.Sheet:
    """The page."""
    byline = inputs.list.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    path = routes.list_page(byline.handle, inputs.list.slug)
    view = views.ListPageView(
        list=parts.list_view(inputs.list, 1, spoken, limit=None),
        author=parts.byline(byline, spoken),
        others=tuple(spoken.link(title, routes.list_page(byline.handle, slug)) for slug, title in inputs.others),
        qr=spoken.link(spoken.say("qr_code"), routes.qr(path)) if inputs.qr else None,
    )
    return frame.sheet("list.html", _head(inputs, spoken), view, spoken)


def stated(inputs: Inputs, spoken: Voice) -> views.Statement | None:
    """The statement of the page."""
    entry = inputs.list
    return statement.creator_statement(
        statement.of_lists([entry]),
        statement.networks_of((pick.offer for pick in entry.picks), spoken),
        spoken,
        *statement.gifts(entry.picks, spoken),
    )


def _head(inputs: Inputs, spoken: Voice) -> views.Page:
    entry = inputs.list
    byline = entry.byline
    path = routes.list_page(byline.handle, entry.slug)
    count = spoken.say("things", len(entry.picks))
    described = markdown.excerpt(entry.intro) if entry.intro else ""
    things = [pick.thing for pick in entry.picks if pick.thing]
    first = next((pick.shot for pick in entry.picks if pick.shot), None)
    return frame.head(
        spoken,
        path=path,
        title=spoken.say("title_list", title=entry.title, name=byline.name, site=inputs.site.title),
        description=described or spoken.say("desc_list", things=count, name=byline.name),
        statement=stated(inputs, spoken),
        crumbs=[spoken.link(byline.name, routes.vanity(byline.handle)), spoken.link(entry.title, path)],
        share=inputs.preview or entry.cover or first,
        accent=byline.accent,
        nodes=[
            jsonld.collection(
                path,
                entry.title,
                [routes.product(thing.id) for thing in things],
                spoken,
                [thing.title for thing in things],
            )
        ],
    )
