"""A creator's own page: who she is, her lists, her posts, her newest reviews."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.facts import ListFact, Person, PostFact, PreviewFact, SiteFact
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.pages import frame, jsonld, parts, pictures, reviewed, routes, statement, views
from storefront.pages.calibration import calibration
from storefront.pages.voice import Voice, voice

POSTS = 6
REVIEWS = 6


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """All that a vanity page reads. Lists, posts and reviews are the creator's, each in the order written."""

    site: SiteFact
    person: Person
    lists: tuple[ListFact, ...]
    posts: tuple[PostFact, ...]
    reviews: tuple[ReviewFact, ...]
    removed: tuple[RemovedFact, ...] = ()
    preview: PreviewFact | None = None
    qr: bool = False


def sheet(inputs: Inputs) -> views.Sheet:
    """The page."""
    person = inputs.person
    spoken = voice(inputs.site, person.byline.locale, person.byline.markets)
    return frame.sheet("vanity.html", _head(inputs, spoken), _view(inputs, spoken), spoken)


def _head(inputs: Inputs, spoken: Voice) -> views.Page:
    person = inputs.person
    byline = person.byline
    path = routes.vanity(byline.handle)
    things, reviews = spoken.say("things", person.things), spoken.say("reviews", person.reviews)
    site = inputs.site.title
    described = markdown.excerpt(person.bio) if person.bio else ""
    return frame.head(
        spoken,
        path=path,
        title=spoken.say("title_vanity", name=byline.name, things=person.tagline or things, site=site),
        description=described or spoken.say("desc_vanity", name=byline.name, things=things, reviews=reviews),
        statement=stated(inputs, spoken),
        alternates=alternates(byline.handle, byline.name, spoken),
        og_type="profile",
        share=inputs.preview or person.banner or byline.avatar,
        accent=byline.accent,
        nodes=[jsonld.profile(person, spoken)],
    )


def alternates(handle: str, name: str, spoken: Voice) -> tuple[views.Alternate, ...]:
    """The feeds and the JSON document of a creator."""
    title = spoken.say("feed_of", name=name)
    return (
        views.Alternate(type="application/atom+xml", title=title, url=spoken.url(routes.atom(handle))),
        views.Alternate(type="application/feed+json", title=title, url=spoken.url(routes.json_feed(handle))),
        views.Alternate(type="application/json", title=name, url=spoken.url(routes.document(handle))),
    )


def stated(inputs: Inputs, spoken: Voice) -> views.Statement | None:
    """The statement of the page."""
    ties = [
        *statement.of_lists(inputs.lists),
        *statement.of_posts(_newest_posts(inputs.posts)),
        *statement.of_reviews(_newest_reviews(inputs.reviews)),
    ]
    networks = statement.networks_of((pick.offer for entry in inputs.lists for pick in entry.picks), spoken)
    picks = [pick for entry in inputs.lists for pick in entry.picks]
    return statement.creator_statement(ties, networks, spoken, *statement.gifts(picks, spoken))


def _view(inputs: Inputs, spoken: Voice) -> views.VanityView:
    person = inputs.person
    posts = _newest_posts(inputs.posts)
    reviews = _newest_reviews(inputs.reviews)
    more = len(inputs.posts) > len(posts)
    more_reviews = bool(inputs.removed) or len(inputs.reviews) > len(reviews)
    handle = person.byline.handle
    return views.VanityView(
        name=person.byline.name,
        handle=handle,
        lang=spoken.written,
        pronouns=person.pronouns,
        tagline=person.tagline,
        place=parts.place(person.location, spoken),
        html=markdown.render(person.bio) if person.bio else parts.NO_HTML,
        avatar=pictures.picture(person.byline.avatar, "portrait", spoken),
        banner=pictures.picture(person.banner, "banner", spoken),
        interests=person.interests,
        expertise=person.expertise,
        profiles=tuple(views.Link(text=network, url=url) for network, url in person.profiles),
        facts=tuple(_figures(person, len(inputs.lists), spoken)),
        ties=tuple(_ties(person, spoken)),
        sections=tuple(_sections(inputs, spoken)),
        posts=tuple(parts.post_teaser(post, spoken) for post in posts),
        posts_more=spoken.link(spoken.say("all_posts", len(inputs.posts)), routes.posts(handle)) if more else None,
        calibration=calibration(inputs.lists, inputs.posts, inputs.reviews, spoken),
        reviews=tuple(reviewed.review(review, spoken, names_product=True) for review in reviews),
        reviews_shown=reviewed.shown_of(len(reviews), len(inputs.reviews), spoken, len(inputs.removed)),
        reviews_more=_all_reviews(handle, len(inputs.reviews), spoken) if more_reviews else None,
        qr=spoken.link(spoken.say("qr_code"), routes.qr(routes.vanity(handle))) if inputs.qr else None,
        squads=tuple(spoken.link(name, routes.squad(key)) for key, name in person.squads),
    )


def _all_reviews(handle: str, count: int, spoken: Voice) -> views.Link:
    text = spoken.say("all_reviews", count) if count else spoken.say("removed_reviews")
    return spoken.link(text, routes.reviews(handle))


def _newest_posts(posts: Sequence[PostFact]) -> list[PostFact]:
    return parts.newest_posts(posts)[:POSTS]


def _newest_reviews(reviews: Sequence[ReviewFact]) -> list[ReviewFact]:
    return reviewed.newest_first(reviews)[:REVIEWS]


def _figures(person: Person, lists: int, spoken: Voice) -> Iterator[views.Fact]:
    yield spoken.fact("fact_things", person.things)
    yield spoken.fact("fact_lists", lists)
    yield spoken.fact("fact_reviews", person.reviews)
    if person.admitted:
        yield spoken.fact("fact_since", spoken.day(person.admitted).text)
    if person.things:
        share = locales.percent(person.bought / person.things, spoken.locale)
        yield spoken.fact("fact_bought", share)


def _ties(person: Person, spoken: Voice) -> Iterator[str]:
    for relationship, brand, since in person.ties:
        what = spoken.say(f"tie_{relationship}", brand=brand)
        yield spoken.say("tie_since", what=what, day=spoken.day(since).text) if since else what


def _sections(inputs: Inputs, spoken: Voice) -> Iterator[views.SectionView]:
    by_slug = {entry.slug: entry for entry in inputs.lists}
    number = 0
    for title, slugs in inputs.person.sections:
        shown = []
        for slug in slugs:
            number += 1
            shown.append(parts.list_view(by_slug[slug], number, spoken))
        if shown:
            yield views.SectionView(title=title, lists=tuple(shown))
