"""The site's own pages: the directory of creators, how this works, the page for wrong addresses and for old ones."""

from collections.abc import Iterator

from msgspec import Struct

from storefront import disclosure, locales
from storefront.catalog import spread
from storefront.catalog.facts import Byline, Listed, Person, PostFact, SiteFact
from storefront.pages import frame, jsonld, parts, pictures, rated, reviewed, routes, statement, views
from storefront.pages.networks import name_of
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Provenance, RemovalReason


class HomeInputs(Struct, frozen=True, kw_only=True, gc=False):
    """The creators of one page of the directory, counted from 1; the newest posts are on the first."""

    site: SiteFact
    people: tuple[Listed, ...]
    posts: tuple[PostFact, ...]
    page: int
    pages: int


class HowInputs(Struct, frozen=True, kw_only=True, gc=False):
    """What "How this works" tells: the networks in use, and how many reviews there are.

    `checked` were compared with a purchase; behind `tied` is something received or a tie to the brand, `paid` were
    paid for.
    """

    site: SiteFact
    networks: tuple[str, ...]
    reviews: int
    removed: int = 0
    checked: int
    tied: int = 0
    paid: int = 0
    imported: int = 0


class MissingInputs(Struct, frozen=True, kw_only=True, gc=False):
    """Some creators to go to instead."""

    site: SiteFact
    people: tuple[Byline, ...]


class MovedInputs(Struct, frozen=True, kw_only=True, gc=False):
    """An old address, the one to which it leads, and the creator to whom its handle belongs now."""

    site: SiteFact
    byline: Byline
    old: str
    to: str


def listed(person: Person) -> Listed:
    """A creator as the directory tells of her."""
    return Listed(
        ref=f"listed:{person.byline.handle}",
        byline=person.byline,
        tagline=person.tagline,
        location=person.location,
        things=person.things,
        reviews=person.reviews,
    )


def home_sheet(inputs: HomeInputs) -> views.Sheet:
    """One page of the directory; the first is the home page."""
    site = inputs.site
    spoken = voice(site)
    path = routes.numbered(routes.HOME, inputs.page)
    title = spoken.say("title_home", site=site.title)
    page_of = spoken.say("page_of", inputs.pages, page=inputs.page)
    people = [routes.vanity(person.byline.handle) for person in inputs.people]
    names = [person.byline.name for person in inputs.people]
    head = frame.head(
        spoken,
        path=path,
        title=title if inputs.page == 1 else f"{title} ({page_of})",
        description=site.description or spoken.say("desc_home"),
        statement=statement.site_statement(statement.of_posts(inputs.posts), (), spoken),
        share=next((person.byline.avatar for person in inputs.people if person.byline.avatar), None),
        nodes=[jsonld.website(spoken), jsonld.collection(path, site.title, people, spoken, names)],
    )
    view = views.HomeView(
        headline=site.tagline or site.title,
        description=site.description if inputs.page == 1 else None,
        people=tuple(_person(person, spoken) for person in inputs.people),
        posts=tuple(parts.post_teaser(post, spoken) for post in inputs.posts),
        pagination=parts.pagination(routes.HOME, inputs.page, inputs.pages, spoken),
    )
    return frame.sheet("home.html", head, view, spoken)


def _person(person: Listed, spoken: Voice) -> views.PersonCard:
    return views.PersonCard(
        url=spoken.url(routes.vanity(person.byline.handle)),
        hreflang=parts.language_if_other(locales.spoken(person.byline.locale), spoken),
        name=person.byline.name,
        tagline=person.tagline,
        place=parts.place(person.location, spoken),
        lang=parts.language_if_other(person.byline.locale, spoken),
        picture=pictures.picture(person.byline.avatar, "portrait", spoken),
        facts=(spoken.fact("fact_things", person.things), spoken.fact("fact_reviews", person.reviews)),
    )


def how_sheet(inputs: HowInputs) -> views.Sheet:
    """How this works, told from the site's own rules and figures."""
    site = inputs.site
    spoken = voice(site)
    title = spoken.say("how_link")
    head = frame.head(
        spoken,
        path=routes.HOW,
        title=spoken.say("title_page", title=title, site=site.title),
        description=spoken.say("desc_how"),
        crumbs=[spoken.link(title, routes.HOW)],
    )
    say = spoken.say
    networks = locales.listed([name_of(name, site) for name in inputs.networks], spoken.locale)
    view = views.HowView(
        labels=tuple(
            _label(relationship, spoken) for relationship in Relationship if relationship not in disclosure.UNPAID
        ),
        got=tuple(
            views.Explained(badge=rated.provenance_badge(each, spoken), text=say(f"explain_{each}"))
            for each in Provenance
        ),
        reviews=tuple(_of_reviews(inputs, spoken)),
        prices=(say("how_prices_age", site.price_days), say("how_prices_shop")),
        links=(
            say("how_links_rel"),
            say("how_links_tracked"),
            say("how_networks", networks=networks) if inputs.networks else say("how_no_networks"),
        ),
        facts=tuple(spoken.fact(f"fact_{key}", count) for key, count in site.counts),
    )
    return frame.sheet("how.html", head, view, spoken)


def _of_reviews(inputs: HowInputs, spoken: Voice) -> Iterator[str]:
    """Are all shown, are they moderated, sponsored and checked, in what order, how is the score made.

    EU: Commission notice on the UCPD (2021/C 526/01), 4.2.4. UK: CMA208, the policy on reviews.
    """
    say, total = spoken.say, inputs.reviews
    yield say("how_reviews_all")
    reasons = [say(f"removed_{reason}") for reason in RemovalReason]
    yield say("how_reviews_moderated", reasons=locales.alternatives(reasons, spoken.locale))
    yield say("how_reviews_removed", inputs.removed)
    if total or inputs.removed:
        yield say("how_reviews_kept", percent=reviewed.kept(total, inputs.removed, spoken))
    yield say("how_reviews_order")
    yield say("how_reviews_pages", spread.SIZE)
    yield say("how_reviews_filter")
    yield say("how_reviews_mean")
    yield say("how_reviews_incentive")
    if total:
        yield say("how_reviews_received", inputs.tied, total=total, percent=rated.percent(inputs.tied, total, spoken))
        yield say("how_reviews_sponsored", inputs.paid)
    yield say("how_reviews_checked", inputs.checked, total=total)
    if inputs.checked < total:
        yield say("how_reviews_unchecked")
    if inputs.imported:
        yield say("how_reviews_imported", inputs.imported)


def _label(relationship: Relationship, spoken: Voice) -> views.Explained:
    text = spoken.pack.badges[relationship].format(brand=spoken.say("a_brand"))
    return views.Explained(badge=views.Badge(kind=relationship, text=text), text=spoken.say(f"explain_{relationship}"))


def missing_sheet(inputs: MissingInputs) -> views.Sheet:
    """What a wrong address shows."""
    spoken = voice(inputs.site)
    title = spoken.say("page_not_found")
    head = frame.head(
        spoken,
        path=routes.MISSING,
        title=spoken.say("title_page", title=title, site=inputs.site.title),
        description=title,
        noindex=True,
    )
    people = tuple(spoken.link(byline.name, routes.vanity(byline.handle)) for byline in inputs.people)
    return frame.sheet("404.html", head, views.MissingView(people=people), spoken)


def moved_sheet(inputs: MovedInputs) -> views.Sheet:
    """A page at an old handle's address, which leads to that of the new one."""
    byline = inputs.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    title = spoken.say("title_page", title=spoken.headed(spoken.say("moved"), inputs.old), site=inputs.site.title)
    head = frame.head(spoken, path=inputs.to, title=title, description=title, noindex=True)
    return frame.sheet("moved.html", head, views.MovedView(to=spoken.link(byline.name, inputs.to)), spoken)
