"""A brand for other programs: the Atom feed of its reviews, and all of them as one JSON document."""

from decimal import ROUND_HALF_UP

import msgspec

from storefront import markdown
from storefront.catalog.facts import Answered, RatingFact
from storefront.pages import document_format as form
from storefront.pages import documents, feeds, rated, routes, shelves, statement
from storefront.pages.brand_page import ExportInputs
from storefront.pages.feed_entries import entries, picture
from storefront.pages.voice import Voice, voice


def atom(inputs: ExportInputs) -> bytes:
    """The newest reviews of a brand's products, each under its author's name, with the brand's answers."""
    spoken, brand = voice(inputs.site), inputs.brand
    home = inputs.site.url + routes.brand(brand.id)
    channel = feeds.Channel(
        home=home,
        itself=inputs.site.url + routes.brand_atom(brand.id),
        title=spoken.say("brand_feed", brand=brand.name),
        author=inputs.site.title,
        author_url=inputs.site.url + routes.HOME,
        logo=picture(brand.logo, spoken),
    )
    return feeds.as_atom(channel, entries((), (), inputs.reviews, spoken, inputs.removed, signed=True), spoken)


def document(inputs: ExportInputs) -> bytes:
    """The JSON document, in the format of `document_format`, as compact UTF-8."""
    spoken = voice(inputs.site)
    said = statement.site_statement([*shelves.ties_of(inputs.shelf), *statement.of_reviews(inputs.reviews)], (), spoken)
    made = form.BrandDocument(
        version=form.VERSION,
        language=spoken.locale,
        disclosure=(said.label, *map(str, said.sentences)) if said else (),
        brand=_brand(inputs, spoken),
        products=tuple(
            documents.ref(each.thing.id, each.thing.title, spoken, each.thing.recalls) for each in inputs.shelf
        ),
        rating=_rating(inputs.ratings.rating, inputs.ratings.stars),
        answers=_answers(inputs),
        reviews=tuple(documents.review(fact, spoken, signed=True) for fact in inputs.reviews),
        removed=tuple(documents.removed(fact, spoken, signed=True) for fact in inputs.removed),
        mentions=inputs.site.url + routes.mentions_document(inputs.brand.id, 1) if inputs.mentions else None,
    )
    return msgspec.json.encode(made)


def _brand(inputs: ExportInputs, spoken: Voice) -> form.Brand:
    brand = inputs.brand
    return form.Brand(
        id=brand.id,
        name=brand.name,
        page=inputs.site.url + routes.brand(brand.id),
        url=brand.url,
        html=str(markdown.render(brand.description)) if brand.description else None,
        country=brand.country,
        logo=documents.picture(brand.logo, spoken),
        ties=tuple(
            form.BrandTie(creator=documents.author(byline, spoken), relationship=kind, since=since)
            for byline, kind, since in brand.ties
        ),
    )


def _rating(rating: RatingFact | None, stars: tuple[int, ...]) -> form.Rating | None:
    """The mean as the pages round it, half up, and the count of every star, from which it can be made anew."""
    if rating is None:
        return None
    return form.Rating(mean=float(rating.mean.quantize(rated.STEP, ROUND_HALF_UP)), count=rating.count, stars=stars)


def _answers(inputs: ExportInputs) -> form.Answers:
    fact = inputs.answers
    return form.Answers(days=fact.days, all=_answered(fact.total), bands=tuple(map(_answered, fact.bands)))


def _answered(counted: Answered) -> form.Answered:
    days = counted.median_days
    return form.Answered(
        stars=counted.stars,
        reviews=counted.reviews,
        answered=counted.answered,
        median_days=float(days) if days is not None else None,
    )
