"""Cards for link previews: what stands on the card of each page that has one. Drawing them is left to `previews`."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from msgspec import structs

from storefront import markdown, previews
from storefront.catalog.facts import PreviewFact
from storefront.catalog.shots import Shot
from storefront.pages import embeds, list_page, product_page, rated, reviewed, statement, vanity, views
from storefront.pages.planned import Planned
from storefront.pages.voice import Voice, voice
from storefront.previews import Card, Look

HALF = Decimal("0.5")
QUOTE = 120  # characters of a review


def with_cards(pages: Iterable[Planned], look: Look) -> tuple[list[Planned], dict[str, Card]]:
    """The pages, those that can have a card with its file among their inputs, and the cards by their files' names.

    A page whose title or label the fonts cannot write keeps its picture for previews.
    """
    cards: dict[str, Card] = {}
    made = []
    for page in pages:
        maker = BY_SHEET.get(page.make)
        if maker is not None:
            card, spoken = maker(page.inputs)
            if _drawable(card, look):
                name = previews.file_name(card, look)
                cards[name] = card
                inputs = structs.replace(page.inputs, preview=PreviewFact(file=name, alt=_alt(card, spoken)))
                made.append(structs.replace(page, inputs=inputs))
                continue
        made.append(page)
    return made, cards


def _drawable(card: Card, look: Look) -> bool:
    title = previews.written(card.title, look.fonts.title, look.fonts.spare)
    label = not card.label or previews.written(card.label, look.fonts.small, look.fonts.spare)
    return bool(title and label)


def _alt(card: Card, spoken: Voice) -> str:
    """What stands on a card, its label first."""
    said = " · ".join(filter(None, (card.title, card.kicker, card.text, card.rating)))
    return spoken.say("feed_label", labels=card.label, title=said) if card.label else said


def _creator(inputs: vanity.Inputs) -> tuple[Card, Voice]:
    person = inputs.person
    byline = person.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    return _card(
        spoken,
        vanity.stated(inputs, spoken),
        byline.avatar or person.banner,
        name=byline.handle,
        title=byline.name,
        named=True,
        kicker=f"@{byline.handle}",
        text=person.tagline or spoken.say("things", person.things),
    )


def _list(inputs: list_page.Inputs) -> tuple[Card, Voice]:
    entry = inputs.list
    byline = entry.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    return _card(
        spoken,
        list_page.stated(inputs, spoken),
        entry.cover or next((pick.shot for pick in entry.picks if pick.shot), None),
        name=f"{byline.handle}-{entry.slug}",
        title=entry.title,
        kicker=byline.name,
        text=spoken.say("things", len(entry.picks)),
    )


def _product(inputs: product_page.Inputs) -> tuple[Card, Voice]:
    thing = inputs.product.thing
    spoken = voice(inputs.site)
    stars = rated.mean_stars(thing.rating, spoken)
    return _card(
        spoken,
        product_page.stated(inputs, spoken),
        thing.shot,
        name=thing.id,
        title=thing.title,
        kicker=thing.brand_name,
        stars=int(thing.rating.mean * 10 + HALF) if thing.rating else None,
        rating=f"{stars.value} · {spoken.say('reviews', stars.count)}" if stars else "",
    )


def _review(inputs: embeds.ReviewInputs) -> tuple[Card, Voice]:
    fact = inputs.review
    byline = fact.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    body = markdown.excerpt(fact.body, QUOTE) if fact.body else ""
    return _card(
        spoken,
        statement.creator_statement(statement.of_reviews([fact]), (), spoken),
        fact.shot,
        name=f"{byline.handle}-{fact.id}",
        title=fact.title or body or fact.product_title,
        kicker=f"{byline.name} · {fact.product_title}",
        text=body if fact.title else "",
        stars=None if fact.rating is None else round(fact.rating * 10),
        rating=reviewed.chip(fact, spoken).text,
    )


def _card(spoken: Voice, said: views.Statement | None, shot: Shot | None, **given: Any) -> tuple[Card, Voice]:
    """A card with what all have, and the voice it speaks in. It bears the label that the page's preview bears."""
    shown: dict[str, Any] = {"picture": shot.share[0], "focus": shot.focus} if shot else {}
    return Card(label=said.label if said else "", site=spoken.site.title, **shown, **given), spoken


BY_SHEET: dict[Callable[[Any], Any], Callable[[Any], tuple[Card, Voice]]] = {
    vanity.sheet: _creator,
    list_page.sheet: _list,
    product_page.sheet: _product,
    embeds.review_sheet: _review,
    embeds.review_oembed: _review,
}
