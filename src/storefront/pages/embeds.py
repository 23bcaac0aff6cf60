"""Embeds: a review, or the ratings of a product, as a small page for an iframe on somebody else's site, and its oEmbed.

An embed brings its disclosure along and has no script and no link to a shop. Format: oEmbed 1.0, type rich
(oembed.com, 2.3.4.4).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct, structs

from storefront import previews
from storefront.catalog.community_facts import SnippetFact
from storefront.catalog.facts import PreviewFact, SiteFact, Thing
from storefront.catalog.review_facts import Ratings, ReviewFact
from storefront.disclosure import UNPAID
from storefront.pages import frame, pictures, rated, reviewed, routes, snippets, statement, views
from storefront.pages.embedding import HEIGHT, WIDTH, snippet
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.common import Channel


class ReviewInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A review, and all ratings of its product."""

    site: SiteFact
    review: ReviewFact
    ratings: Ratings
    preview: PreviewFact | None = None


class SnippetInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A snippet."""

    site: SiteFact
    snippet: SnippetFact


class ProductInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A product and all its ratings; `tied` are the reviews for which something was received."""

    site: SiteFact
    thing: Thing
    ratings: Ratings
    tied: tuple[ReviewFact, ...]


def plan(
    site: SiteFact,
    thing: Thing,
    ratings: Ratings,
    reviews: Sequence[ReviewFact],
    pieces: Sequence[SnippetFact] = (),
) -> Iterator[tuple[str, Callable[[Any], views.Sheet | bytes], Struct, str]]:
    """Each embed of a product and its oEmbed: its address, what makes it, what it reads, and the fact it is about.

    They are the ratings, and the reviews and snippets whose authors agree.
    """
    tied = tuple(fact for fact in reviews if not UNPAID.issuperset(fact.relationships))
    inputs = ProductInputs(site=site, thing=thing, ratings=ratings, tied=tied)
    path, ref = routes.embedded_product(thing.id), f"product:{thing.id}"
    yield path, product_sheet, inputs, ref
    yield routes.oembed(path), product_oembed, inputs, ref
    for fact in reviews:
        if fact.embed:
            given = ReviewInputs(site=site, review=fact, ratings=ratings)
            path = routes.embedded_review(fact.byline.handle, fact.id)
            yield path, review_sheet, given, fact.ref
            yield routes.oembed(path), review_oembed, given, fact.ref
    for piece in snippets.granted(pieces, Channel.BRAND):
        shown = SnippetInputs(site=site, snippet=piece)
        path = routes.embedded_snippet(piece.byline.handle, piece.id)
        yield path, snippet_sheet, shown, piece.ref
        yield routes.oembed(path), snippet_oembed, shown, piece.ref


def review_sheet(inputs: ReviewInputs) -> views.Sheet:
    """The embed of a review, in its author's language."""
    fact = inputs.review
    spoken = _own(inputs)
    return _sheet(
        routes.embedded_review(fact.byline.handle, fact.id),
        reviewed.title(fact, spoken),
        statement.creator_statement(statement.of_reviews([fact]), (), spoken),
        views.EmbedView(
            product=spoken.link(fact.product_title, routes.product(fact.product)),
            brand=fact.brand_name,
            picture=pictures.picture(fact.shot, "card", spoken),
            review=reviewed.review(fact, spoken, names_product=False),
            aggregate=rated.aggregate(inputs.ratings, spoken),
            more=spoken.url(routes.review(fact.product, fact.byline.handle, fact.id, fact.page)),
        ),
        spoken,
        inputs.preview,
    )


def product_sheet(inputs: ProductInputs) -> views.Sheet:
    """The embed of a product's ratings."""
    spoken, thing = voice(inputs.site), inputs.thing
    path = routes.product(thing.id)
    return _sheet(
        routes.embedded_product(thing.id),
        _product_title(thing, spoken),
        statement.site_statement(statement.of_reviews(inputs.tied), (), spoken),
        views.EmbedView(
            product=spoken.link(thing.title, path),
            brand=thing.brand_name,
            picture=pictures.picture(thing.shot, "card", spoken),
            review=None,
            aggregate=rated.aggregate(inputs.ratings, spoken),
            more=spoken.url(path),
        ),
        spoken,
    )


def snippet_sheet(inputs: SnippetInputs) -> views.Sheet:
    """The embed of a snippet, in its author's language."""
    fact = inputs.snippet
    spoken = voice(inputs.site, fact.byline.locale, fact.byline.markets)
    told, path = snippets.named(fact, spoken), routes.product(fact.product)
    return _sheet(
        told.path,
        told.title,
        statement.creator_statement(snippets.ties_of([fact]), (), spoken),
        views.EmbedView(
            product=spoken.link(fact.product_title, path),
            brand=fact.brand_name,
            picture=None,
            review=None,
            aggregate=None,
            more=spoken.url(path),
            snippet=snippets.snippet(fact, spoken),
        ),
        spoken,
    )


def snippet_oembed(inputs: SnippetInputs) -> bytes:
    """The oEmbed of a snippet."""
    fact = inputs.snippet
    spoken = voice(inputs.site, fact.byline.locale, fact.byline.markets)
    told, byline = snippets.named(fact, spoken), fact.byline
    return _oembed(told.path, told.title, spoken, (byline.name, inputs.site.url + routes.vanity(byline.handle)))


def review_oembed(inputs: ReviewInputs) -> bytes:
    """The oEmbed of a review."""
    fact, spoken = inputs.review, _own(inputs)
    byline = fact.byline
    author = (byline.name, inputs.site.url + routes.vanity(byline.handle))
    path = routes.embedded_review(byline.handle, fact.id)
    return _oembed(path, reviewed.title(fact, spoken), spoken, author, inputs.preview)


def product_oembed(inputs: ProductInputs) -> bytes:
    """The oEmbed of a product's ratings."""
    spoken = voice(inputs.site)
    return _oembed(routes.embedded_product(inputs.thing.id), _product_title(inputs.thing, spoken), spoken)


def _own(inputs: ReviewInputs) -> Voice:
    byline = inputs.review.byline
    return voice(inputs.site, byline.locale, byline.markets)


def _product_title(thing: Thing, spoken: Voice) -> str:
    return spoken.say("ratings_of", product=thing.title)


def _sheet(
    path: str,
    title: str,
    said: views.Statement | None,
    view: views.EmbedView,
    spoken: Voice,
    preview: PreviewFact | None = None,
) -> views.Sheet:
    oembed = views.Alternate(type="application/json+oembed", title=title, url=spoken.site.url + routes.oembed(path))
    head = frame.head(
        spoken,
        path=path,
        title=title,
        description=title,
        statement=said,
        alternates=[oembed],
        share=preview,
        noindex=True,
    )
    made = frame.sheet("embed.html", head, view, spoken)
    stylesheet = spoken.url(routes.asset(spoken.site.embeds))
    return structs.replace(made, chrome=structs.replace(made.chrome, stylesheet=stylesheet))


def _oembed(
    path: str,
    title: str,
    spoken: Voice,
    author: tuple[str, str] | None = None,
    preview: PreviewFact | None = None,
) -> bytes:
    thumbnail = (
        {
            "thumbnail_url": spoken.site.url + routes.media(preview.file),
            "thumbnail_width": previews.WIDTH,
            "thumbnail_height": previews.HEIGHT,
        }
        if preview
        else {}
    )
    made = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        **({"author_name": author[0], "author_url": author[1]} if author else {}),
        "provider_name": spoken.site.title,
        "provider_url": spoken.site.url + routes.HOME,
        "width": WIDTH,
        "height": HEIGHT,
        "html": snippet(spoken.site.url + path, title),
        **thumbnail,
    }
    return msgspec.json.encode(made)


SHEETS = (review_sheet, product_sheet, snippet_sheet)
