"""A brand: its products, how it answers, what came of criticism, and every review of what it makes."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.community_facts import SnippetFact, ThanksFact
from storefront.catalog.facts import Answered, AnswerFact, BrandFact, Shelved, SiteFact
from storefront.catalog.review_facts import Ratings, RemovedFact, ReviewFact
from storefront.pages import (
    community,
    frame,
    parts,
    pictures,
    rated,
    reviewed,
    routes,
    shelves,
    snippets,
    statement,
    views,
)
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.curation import Response

REVIEWS = 24  # on one page
FIXES = 12  # told under "you said, we did"; all of them stand with their reviews
SAID = 200  # characters of a review beside what was done about it


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """One page of a brand, counted from 1: `reviews` are those of this page, newest first, of `total`.

    `ratings` and `answers` are of all reviews, `removed` counts what is gone, `mentions` all that is said; `fixes` are
    reviews that the brand has answered with a fix, on the first page, as are the shelf, the snippets and the thanks.
    """

    site: SiteFact
    brand: BrandFact
    answers: AnswerFact
    ratings: Ratings
    reviews: tuple[ReviewFact, ...]
    total: int
    shelf: tuple[Shelved, ...] = ()
    products: int = 0
    fixes: tuple[ReviewFact, ...] = ()
    snippets: tuple[SnippetFact, ...] = ()
    thanks: tuple[ThanksFact, ...] = ()
    removed: int = 0
    mentions: int = 0
    page: int = 1
    pages: int = 1


class ExportInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A brand for other programs: all its reviews, newest first, what stays of removed ones, and how much is said."""

    site: SiteFact
    brand: BrandFact
    answers: AnswerFact
    ratings: Ratings
    shelf: tuple[Shelved, ...]
    reviews: tuple[ReviewFact, ...]
    removed: tuple[RemovedFact, ...] = ()
    mentions: int = 0


def fixes_of(brand: str, review: ReviewFact) -> list[Response]:
    """What a brand says that it did about a review."""
    return [response for _, response in review.responses if response.by == brand and response.kind == "fix"]


def sheet(inputs: Inputs) -> views.Sheet:
    """The page."""
    spoken = voice(inputs.site)
    return frame.sheet("brand.html", _head(inputs, spoken), _view(inputs, spoken), spoken)


def _head(inputs: Inputs, spoken: Voice) -> views.Page:
    brand = inputs.brand
    first = routes.brand(brand.id)
    path = routes.numbered(first, inputs.page)
    ties = [*shelves.ties_of(inputs.shelf), *statement.of_reviews([*inputs.reviews, *inputs.fixes])]
    ties += snippets.ties_of(inputs.snippets)
    described = markdown.excerpt(brand.description) if brand.description else ""
    products = spoken.say("products", inputs.products)
    title = spoken.say("title_page", title=brand.name, site=inputs.site.title)
    shot = next((each.thing.shot for each in inputs.shelf if each.thing.shot), None)
    return frame.head(
        spoken,
        path=path,
        title=shelves.numbered(title, inputs.page, inputs.pages, spoken),
        description=described or spoken.say("desc_brand", products=products, brand=brand.name),
        statement=statement.site_statement(ties, (), spoken),
        crumbs=_crumbs(inputs, spoken),
        alternates=alternates(brand, spoken),
        share=brand.logo or shot,
        nodes=[shelves.collection_of(path, brand.name, inputs.shelf, spoken)] if inputs.shelf else [],
    )


def _crumbs(inputs: Inputs, spoken: Voice) -> list[views.Link]:
    brand = inputs.brand
    trail = [spoken.link(spoken.say("nav_brands"), routes.BRANDS), spoken.link(brand.name, routes.brand(brand.id))]
    if inputs.page > 1:
        here = spoken.say("page_of", inputs.pages, page=inputs.page)
        trail.append(spoken.link(here, routes.numbered(routes.brand(brand.id), inputs.page)))
    return trail


def alternates(brand: BrandFact, spoken: Voice) -> tuple[views.Alternate, ...]:
    """The feed and the JSON document of a brand."""
    title = spoken.say("brand_feed", brand=brand.name)
    return (
        views.Alternate(type="application/atom+xml", title=title, url=spoken.url(routes.brand_atom(brand.id))),
        views.Alternate(type="application/json", title=brand.name, url=spoken.url(routes.brand_document(brand.id))),
    )


def _view(inputs: Inputs, spoken: Voice) -> views.BrandView:
    brand, first = inputs.brand, inputs.page == 1
    return views.BrandView(
        name=brand.name,
        url=views.Link(text=brand.url.partition("://")[2].rstrip("/"), url=brand.url) if brand.url else None,
        logo=pictures.picture(brand.logo, "logo", spoken),
        country=locales.country(brand.country, spoken.locale) if brand.country else None,
        html=markdown.render(brand.description) if brand.description and first else parts.NO_HTML,
        facts=tuple(_figures(inputs, spoken)),
        cards=tuple(parts.shelf_card(each, spoken) for each in inputs.shelf),
        ties=tuple(_ties(brand, spoken)) if first else (),
        aggregate=rated.aggregate(inputs.ratings, spoken) if first else None,
        answers=answered(inputs.answers, spoken) if first and inputs.total else None,
        fixes=tuple(_fixes(inputs, spoken)),
        snippets=tuple(snippets.snippet(each, spoken) for each in inputs.snippets),
        thanks=tuple(community.thanked(each, spoken) for each in inputs.thanks),
        reviews=tuple(reviewed.review(review, spoken, names_product=True) for review in inputs.reviews),
        reviews_shown=reviewed.shown_of(len(inputs.reviews), inputs.total, spoken, inputs.removed),
        feeds=tuple(views.Link(text=each.title, url=each.url) for each in alternates(brand, spoken)[:1]),
        mentions=_mentions(inputs, spoken) if inputs.mentions else None,
        pagination=parts.pagination(routes.brand(brand.id), inputs.page, inputs.pages, spoken),
    )


def _mentions(inputs: Inputs, spoken: Voice) -> views.Link:
    text = spoken.say("mentions_all", inputs.mentions, brand=inputs.brand.name)
    return spoken.link(text, routes.mentions(inputs.brand.id))


def _ties(brand: BrandFact, spoken: Voice) -> Iterator[views.Fact]:
    for byline, relationship, since in brand.ties:
        what = spoken.say(f"tie_{relationship}", brand=brand.name)
        said = spoken.say("tie_since", what=what, day=spoken.day(since).text) if since else what
        yield views.Fact(label=byline.name, value=said)


def _figures(inputs: Inputs, spoken: Voice) -> Iterator[views.Fact]:
    yield spoken.fact("fact_products", inputs.products)
    yield spoken.fact("fact_reviews", inputs.total)
    mean = rated.mean_stars(inputs.ratings.rating, spoken)
    if mean:
        yield spoken.fact("fact_mean", spoken.say("mean_of", mean.count, value=mean.value))
    if inputs.answers.total.reviews:
        yield spoken.fact("fact_answered", rate(inputs.answers.total, spoken))


def rate(counted: Answered, spoken: Voice) -> str:
    """How many reviews were answered, of how many; a share alone would hide how few there are."""
    share = locales.percent(counted.answered / counted.reviews, spoken.locale)
    return spoken.say("answered_of", counted.reviews, answered=counted.answered, share=share)


def answered(fact: AnswerFact, spoken: Voice) -> views.Answers:
    """How a brand answers, in words."""
    return views.Answers(
        rule=spoken.say("answers_rule", fact.days),
        bands=tuple(_band(each, spoken) for each in fact.bands),
        total=_band(fact.total, spoken),
    )


def _band(counted: Answered, spoken: Voice) -> views.AnswerBand:
    low, high = counted.stars
    key = "band_all" if not low and high else "band_none" if not high else "stars_label" if low == high else "band"
    days = counted.median_days
    return views.AnswerBand(
        label=spoken.say(key, high, low=low),
        rate=rate(counted, spoken) if counted.reviews else spoken.say("band_empty"),
        days=spoken.say("median_days", float(days), days=locales.number(float(days), spoken.locale))
        if days is not None
        else spoken.say("unanswered") if counted.reviews else None,
    )  # fmt: skip


def _fixes(inputs: Inputs, spoken: Voice) -> Iterator[views.Fix]:
    for review in inputs.fixes:
        for response in fixes_of(inputs.brand.id, review):
            yield views.Fix(
                said=_said(review),
                lang=parts.language_if_other(review.byline.locale, spoken),
                stars=rated.own_stars(review.rating, spoken),
                author=parts.byline(review.byline, spoken),
                got=reviewed.chip(review, spoken),
                disclosure=reviewed.disclosed(review, spoken),
                review=spoken.link(
                    review.product_title, routes.review(review.product, review.byline.handle, review.id, review.page)
                ),
                answer=reviewed.response(inputs.brand.name, response, spoken),
            )


def _said(review: ReviewFact) -> str:
    """What was criticised, in the reviewer's words: the cons, else the title, else how the review begins."""
    return "; ".join(review.cons) or review.title or markdown.excerpt(review.body or "", SAID)


def newest_fixes(brand: str, reviews: Sequence[ReviewFact]) -> tuple[ReviewFact, ...]:
    """The reviews that a brand has last answered with a fix."""
    dated = [(fixes[-1].date, review) for review in reviews if (fixes := fixes_of(brand, review))]
    dated.sort(key=lambda each: each[0], reverse=True)
    return tuple(review for _, review in dated[:FIXES])
