"""A storefront as one JSON document, for whoever builds something of her own with it."""

from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup

from storefront import links, markdown, money
from storefront.catalog.facts import Byline, ListFact, OfferFact, Person, Pick, PostFact
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.catalog.shots import Shot
from storefront.catalog.trade import PromoFact, RecallFact
from storefront.escaping import escaped
from storefront.pages import document_format as form
from storefront.pages import parts, reviewed, rivals, routes, statement
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Response
from storefront.vocabulary.product import Availability


def vanity(
    person: Person,
    lists: Iterable[ListFact],
    posts: Sequence[PostFact],
    reviews: Sequence[ReviewFact],
    voice: Voice,
    gone: Sequence[RemovedFact] = (),
) -> bytes:
    """The document of a creator's storefront, in the format of `document_format`, as compact UTF-8."""
    shown = _as_shown(person, lists)
    document = form.Document(
        version=form.VERSION,
        language=voice.locale,
        disclosure=_statement(shown, posts, reviews, voice),
        profile=_creator(person, voice),
        lists=tuple(_list(fact, voice) for fact in shown),
        posts=tuple(_post(fact, voice) for fact in parts.newest_posts(posts)),
        reviews=tuple(review(fact, voice) for fact in reviewed.newest_first(reviews)),
        removed=tuple(removed(fact, voice) for fact in reviewed.newest_first(gone)),
    )
    return msgspec.json.encode(document)


def _statement(
    lists: Sequence[ListFact], posts: Sequence[PostFact], reviews: Sequence[ReviewFact], voice: Voice
) -> tuple[str, ...]:
    """The words of the page's statement, for everything in the document; the label first."""
    listed = [pick for fact in lists for pick in fact.picks]
    picks = [*listed, *(pick for fact in posts for pick in fact.picks)]
    ties = [*statement.of_picks(listed), *statement.of_posts(posts), *statement.of_reviews(reviews)]
    networks = statement.networks_of((pick.offer for pick in picks), voice)
    said = statement.creator_statement(ties, networks, voice, *statement.gifts(listed, voice))
    return (said.label, *map(_plain, said.sentences)) if said else ()


def _plain(sentence: str) -> str:
    """A sentence without the mark of its language."""
    return sentence.striptags() if isinstance(sentence, Markup) else sentence


def _as_shown(person: Person, lists: Iterable[ListFact]) -> list[ListFact]:
    """Lists in the order of the creator's page."""
    order = {slug: place for place, slug in enumerate(slug for _, slugs in person.sections for slug in slugs)}
    return sorted(lists, key=lambda fact: (order.get(fact.slug, len(order)), fact.slug))


def _creator(person: Person, voice: Voice) -> form.Creator:
    byline, place = person.byline, person.location
    return form.Creator(
        handle=byline.handle,
        name=byline.name,
        page=voice.site.url + routes.vanity(byline.handle),
        ties=tuple(form.Tie(relationship=kind, brand=brand, since=since) for kind, brand, since in person.ties),
        pronouns=person.pronouns,
        tagline=person.tagline,
        html=_html(person.bio),
        avatar=picture(byline.avatar, voice),
        banner=picture(person.banner, voice),
        location=form.Place(country=place.country, city=place.city, region=place.region) if place else None,
        interests=person.interests,
        expertise=person.expertise,
        profiles=tuple(form.Profile(network=network, url=url) for network, url in person.profiles),
    )


def _list(fact: ListFact, voice: Voice) -> form.List:
    return form.List(
        id=fact.slug,
        title=fact.title,
        page=voice.site.url + routes.list_page(fact.byline.handle, fact.slug),
        items=tuple(_item(pick, voice) for pick in fact.picks),
        updated=fact.updated,
        html=_html(fact.intro),
        cover=picture(fact.cover, voice),
    )


def _post(fact: PostFact, voice: Voice) -> form.Post:
    return form.Post(
        id=fact.id,
        title=fact.title,
        date=fact.date,
        page=voice.site.url + routes.post(fact.byline.handle, fact.id),
        disclosure=tuple(badge.text for badge in parts.post_badges(fact, voice)),
        items=tuple(_item(pick, voice) for pick in fact.picks),
        html=_html(fact.caption),
        network=fact.network,
        permalink=fact.url,
        pictures=tuple(made for shot in fact.shots if (made := picture(shot, voice))),
    )


def _item(pick: Pick, voice: Voice) -> form.Item:
    brand = pick.tie
    return form.Item(
        title=pick.title,
        relationships=pick.relationships,
        disclosure=_labels(pick.relationships, brand, voice),
        brand=pick.brand_name,
        product=ref(pick.thing.id, pick.thing.title, voice, pick.thing.recalls) if pick.thing else None,
        picture=picture(pick.shot, voice),
        label=pick.label,
        note=pick.note,
        why=pick.why,
        variant=pick.variant,
        owned_since=pick.owned_since,
        used_for=pick.used_for,
        evidence=pick.evidence,
        rivals=rivals.of_pick(pick, voice),
        fit=form.Fit(size_worn=pick.fit.size_worn, verdict=pick.fit.verdict) if pick.fit else None,
        retired=_retired(pick, voice),
        promo=_promo(pick.promo, brand, voice) if pick.promo and not pick.retired else None,
        shop=_shop(pick.offer, brand, voice) if pick.offer else None,
    )


def _labels(relationships: Sequence[Relationship], brand: str, voice: Voice) -> tuple[str, ...]:
    return tuple(badge.text for badge in parts.badges(relationships, brand, voice))


def ref(identity: str, title: str, voice: Voice, recalls: Sequence[RecallFact] = ()) -> form.Ref:
    """A product by its page."""
    told = tuple(
        form.Recall(date=each.date, notice=each.notice, lots=each.lots, url=each.url, stop_sale=each.stop_sale)
        for each in recalls
    )
    return form.Ref(id=identity, title=title, page=voice.site.url + routes.product(identity), recalls=told)


def _retired(pick: Pick, voice: Voice) -> form.Retired | None:
    if not pick.retired:
        return None
    return form.Retired(reason=pick.reason, replaced_by=ref(*pick.replaced_by, voice) if pick.replaced_by else None)


def _shop(offer: OfferFact, brand: str, voice: Voice) -> form.Shop:
    """An offer as the pages show it: sold out, it keeps its label and has neither price nor link."""
    labels = _labels(offer.relationships, brand, voice)
    sold_out = offer.availability is Availability.OUT_OF_STOCK
    return form.Shop(
        merchant=offer.merchant_name,
        disclosure=labels,
        availability=offer.availability,
        price=None if sold_out else _price(offer),
        shipping=offer.shipping,
        regions=offer.regions,
        network=offer.network,
        rel=None if sold_out else links.rel(commercial=bool(labels)),
        url=None if sold_out else voice.site.url + offer.route if offer.route else offer.url,
    )


def _price(offer: OfferFact) -> form.Price | None:
    if offer.price is None:
        return None
    now = money.parse(offer.price)
    was = str(money.parse(offer.was).amount) if offer.was else None
    return form.Price(amount=str(now.amount), currency=now.currency, was=was, as_of=offer.as_of)


def _promo(fact: PromoFact, brand: str, voice: Voice) -> form.Promo:
    shown = parts.promo(fact, brand, voice)
    return form.Promo(
        merchant=fact.merchant_name,
        disclosure=_labels(fact.relationships, fact.tied_to or brand, voice),
        code=fact.code,
        terms=shown.terms if shown else "",
        until=fact.until,
    )


def review(fact: ReviewFact, voice: Voice, *, signed: bool = False) -> form.Review:
    """A review; `signed` where the document is not its author's own.

    What was received for it is the first paragraph of its body too: whoever shows nothing else shows that.
    """
    said = reviewed.disclosed(fact, voice)
    return form.Review(
        id=fact.id,
        creator=author(fact.byline, voice) if signed else None,
        product=ref(fact.product, fact.product_title, voice, fact.recalls),
        brand=fact.brand_name,
        page=voice.site.url + routes.review(fact.product, fact.byline.handle, fact.id, fact.page),
        date=fact.date,
        provenance=fact.provenance,
        relationships=fact.relationships,
        disclosure=said,
        verification=reviewed.verified(fact.verification, voice),
        rating=fact.rating,
        first_rating=fact.first_rating,
        title=fact.title,
        html=f"<p>{escaped(said)}</p>\n{_html(fact.body) or ''}",
        pros=fact.pros,
        cons=fact.cons,
        aspects=dict(fact.aspects),
        used_for=fact.used_for,
        pictures=tuple(made for shot in fact.shots if (made := picture(shot, voice))),
        evidence=fact.evidence,
        updates=tuple(
            form.Later(
                date=update.date, html=str(markdown.render(update.text)), after=update.after, rating=update.rating
            )
            for update in fact.updates
        ),
        responses=tuple(_answer(name, response) for name, response in fact.responses),
    )


def removed(fact: RemovedFact, voice: Voice, *, signed: bool = False) -> form.Removed:
    """What stays of a removed review; `signed` where the document is not its author's own."""
    return form.Removed(
        id=fact.id,
        creator=author(fact.byline, voice) if signed else None,
        product=ref(fact.product, fact.product_title, voice),
        page=voice.site.url + routes.review(fact.product, fact.byline.handle, fact.id, fact.page),
        date=fact.date,
        reason=fact.removal.reason,
        by=fact.removal.by,
        removed_on=fact.removal.date,
    )


def author(byline: Byline, voice: Voice) -> form.Author:
    """A creator by her page."""
    page = voice.site.url + routes.vanity(byline.handle)
    return form.Author(handle=byline.handle, name=byline.name, page=page)


def _answer(brand: str, response: Response) -> form.Answer:
    return form.Answer(
        brand=brand,
        date=response.date,
        kind=response.kind,
        html=str(markdown.render(response.text)),
        outcome=response.outcome,
        steps=response.steps,
    )


def _html(text: str | None) -> str | None:
    return str(markdown.render(text)) if text else None


def picture(shot: Shot | None, voice: Voice) -> form.Picture | None:
    """A picture in its largest size."""
    if shot is None:
        return None
    name, width, height = shot.largest
    return form.Picture(url=voice.site.url + routes.media(name), width=width, height=height, alt=shot.alt)
