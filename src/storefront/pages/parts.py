"""Parts that several pages show, made from facts in a page's voice."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from storefront import disclosure, links, locales, markdown
from storefront.catalog.facts import Byline, ListFact, OfferFact, Pick, PostFact, Shelved
from storefront.catalog.relationships import LINKED
from storefront.catalog.trade import PromoFact
from storefront.pages import evidence, rated, rivals, routes, views
from storefront.pages.memo import of_recent
from storefront.pages.pictures import photos, picture
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.influencer import Location
from storefront.vocabulary.product import Availability

NO_HTML = views.Html("")
SHOWN_IN_LIST = 12  # cards of one list on the vanity page; the list's own page has them all
# A member of an enumeration takes 0.1 µs to look up in Python 3.11, and each offer asks thrice.
IN_STOCK, OUT_OF_STOCK, PREORDER = Availability.IN_STOCK, Availability.OUT_OF_STOCK, Availability.PREORDER


@of_recent(4096)
def byline(fact: Byline, voice: Voice) -> views.Byline:
    """Who says it."""
    return views.Byline(
        name=fact.name,
        url=voice.url(routes.vanity(fact.handle)),
        hreflang=language_if_other(locales.spoken(fact.locale), voice),
        picture=picture(fact.avatar, "face", voice),
    )


def language_if_other(locale: str, voice: Voice) -> str | None:
    """The language of a text when it is not the page's."""
    language = locale.partition("-")[0]
    return None if language == voice.language else locale


@lru_cache(maxsize=4096)
def got(relationships: tuple[Relationship, ...], voice: Voice) -> views.Badge | None:
    """How the creator came to the thing, as a chip: the strongest word; a link or a code says nothing of it."""
    for relationship in disclosure.strongest_first(relationships):
        if relationship not in LINKED:
            return views.Badge(kind=relationship.value, text=voice.say(f"got_{relationship}"))
    return None


@lru_cache(maxsize=4096)
def badges(relationships: tuple[Relationship, ...], brand: str, voice: Voice) -> tuple[views.Badge, ...]:
    """The labels that the market wants, strongest first."""
    shown = _labels(relationships, brand, voice)
    return tuple(views.Badge(kind=label.relationship.value, text=label.text) for label in shown)


@lru_cache(maxsize=4096)
def _labels(relationships: tuple[Relationship, ...], brand: str, voice: Voice) -> tuple[disclosure.Label, ...]:
    return disclosure.labels(relationships, brand, voice.pack)


def shop(offer: OfferFact, thing: str, brand: str, voice: Voice) -> views.Shop:
    """An offer with its labelled link; sold out, it keeps the label and has no link."""
    sold_out = offer.availability is OUT_OF_STOCK
    labels = _labels(offer.relationships, brand, voice)
    key = "preorder_at" if offer.availability is PREORDER else "view_at" if offer.price else "see_price_at"
    text = voice.say(key, merchant=offer.merchant_name)
    said = links.anchor_attributes(commercial=bool(labels), referrer_policy=offer.referrer_policy)
    address = voice.url(offer.route) if offer.route else offer.url
    html = NO_HTML if sold_out else disclosure.shop_link(labels, address, text, thing, said, voice.pack)
    return views.Shop(
        html=html,
        merchant=offer.merchant_name,
        price=voice.money(offer.price) if offer.price and not sold_out else None,
        was=voice.money(offer.was) if offer.was and not sold_out else None,
        checked=voice.day(offer.as_of) if offer.as_of else None,
        availability=None if offer.availability is IN_STOCK else _availability(offer, voice),
        sold_out=sold_out,
        shipping=offer.shipping,
        regions=_regions(offer, voice) if offer.regions else None,
    )


def _availability(offer: OfferFact, voice: Voice) -> str:
    if offer.availability is OUT_OF_STOCK:
        return voice.say("sold_out_at", merchant=offer.merchant_name)
    return voice.say(offer.availability)


def regions(codes: Iterable[str], voice: Voice) -> str:
    """Countries by name, and regions by their country's name and their own letters (ISO 3166-2)."""
    names = (locales.country(code[:2], voice.locale) + (f" ({code[3:]})" if code[3:] else "") for code in codes)
    return locales.listed(list(dict.fromkeys(names)), voice.locale)


def _regions(offer: OfferFact, voice: Voice) -> str:
    names = [locales.country(region[:2], voice.locale) for region in offer.regions]
    return voice.say("delivers_to", regions=locales.listed(list(dict.fromkeys(names)), voice.locale))


def promo(fact: PromoFact | None, brand: str, voice: Voice) -> views.Promo | None:
    """A code that works now, labelled, with its terms."""
    if fact is None:
        return None
    labels = _labels(fact.relationships, fact.tied_to or brand, voice)
    return views.Promo(
        html=disclosure.promo_code(labels, fact.code),
        terms=", ".join(_terms(fact, voice)),
        sheet=_sheet(fact, voice) if fact.stores is not None else None,
    )


def _sheet(fact: PromoFact, voice: Voice) -> views.Link:
    return voice.link(voice.say("coupon_print"), routes.coupon(fact.owner, fact.code))


def gives(fact: PromoFact, voice: Voice) -> str:
    """What a code gives, in words."""
    what = []
    if fact.percent_off:
        what.append(voice.say("percent_off", value=locales.percentage(fact.percent_off, voice.locale)))
    if fact.money_off:
        what.append(voice.say("money_off", value=voice.money(fact.money_off)))
    if fact.free_shipping:
        what.append(voice.say("free_shipping"))
    if fact.gift:
        what.append(voice.say("promo_gift", gift=fact.gift))
    return locales.listed(what, voice.locale)


def _terms(fact: PromoFact, voice: Voice) -> Iterable[str]:
    yield voice.say("promo_terms", what=gives(fact, voice), merchant=fact.merchant_name)
    if fact.minimum:
        yield voice.say("promo_minimum", value=voice.money(fact.minimum))
    if fact.limit:
        yield voice.say("promo_limit", count=voice.count(fact.limit))
    if fact.stores is not None:
        yield voice.say("promo_both" if fact.online else "promo_in_store")
    if fact.regions:
        yield voice.say("promo_regions", regions=regions(fact.regions, voice))
    if fact.until:
        yield voice.say("promo_until", day=voice.day(fact.until).text)
    if fact.fine_print:
        yield fact.fine_print


def place(location: Location | None, voice: Voice) -> str | None:
    """Where somebody lives, from the near to the far."""
    if location is None:
        return None
    country = locales.country(location.country, voice.locale)
    return f"{location.city}, {country}" if location.city else country


def facts(pick: Pick, voice: Voice) -> tuple[views.Fact, ...]:
    """What a pick says about its use, in pairs."""
    if not (pick.owned_since or pick.used_for or pick.fit or pick.rivals or pick.evidence):
        return ()
    found = []
    if pick.owned_since:
        found.append(voice.fact("owned_since", voice.day(pick.owned_since).text))
    if pick.used_for:
        found.append(voice.fact("used_for", pick.used_for))
    if pick.fit:
        verdict = f", {voice.say(pick.fit.verdict)}" if pick.fit.verdict else ""
        found.append(voice.fact("size_worn", pick.fit.size_worn + verdict))
    if pick.evidence:
        found.append(voice.fact("evidence", evidence.listed(pick.evidence, voice)))
    found += [voice.fact("rival_tie", told) for told in rivals.of_pick(pick, voice)]
    return tuple(found)


@of_recent(256)
def card(pick: Pick, voice: Voice) -> views.Card:
    """A thing as a creator shows it."""
    thing = pick.thing
    brand = pick.tie
    shown = shop(pick.offer, pick.title, brand, voice) if pick.offer else None
    others = pick.offers - 1 if pick.offer and thing else 0
    return views.Card(
        anchor=pick.anchor,
        url=voice.url(routes.product(thing.id)) if thing else None,
        title=pick.title,
        lang=voice.written,
        brand=voice.link(thing.brand_name, routes.brand(thing.brand)) if thing else None,
        brand_name=pick.brand_name,
        picture=picture(pick.shot, "card", voice),
        stars=rated.mean_stars(thing.rating, voice) if thing else None,
        got=got(pick.relationships, voice),
        badges=badges(pick.relationships, brand, voice),
        label=pick.label,
        note=pick.note,
        why=pick.why,
        variant=pick.variant,
        facts=facts(pick, voice),
        promo=None if pick.retired else promo(pick.promo, brand, voice),
        shop=shown,
        more_shops=voice.say("more_shops", others) if others else None,
        retired=retired(pick, voice),
        discontinued=voice.say("discontinued") if thing and thing.discontinued else None,
    )


def shelf_card(shelved: Shelved, voice: Voice) -> views.Card:
    """A product on a shelf of nobody's own: it leads to its page, and bears the labels of the shop links there."""
    thing = shelved.thing
    return views.Card(
        anchor=thing.id,
        url=voice.url(routes.product(thing.id)),
        title=thing.title,
        lang=None,
        brand=voice.link(thing.brand_name, routes.brand(thing.brand)),
        brand_name=thing.brand_name,
        picture=picture(thing.shot, "card", voice),
        stars=rated.mean_stars(thing.rating, voice),
        got=None,
        badges=badges(shelved.relationships, thing.brand_name, voice),
        label=None,
        note=None,
        why=None,
        variant=None,
        facts=(),
        promo=None,
        shop=None,
        more_shops=None,
        retired=None,
        discontinued=voice.say("discontinued") if thing.discontinued else None,
    )


def retired(pick: Pick, voice: Voice) -> views.Retired | None:
    """Why a pick no longer stands."""
    if not pick.retired:
        return None
    successor = voice.link(pick.replaced_by[1], routes.product(pick.replaced_by[0])) if pick.replaced_by else None
    return views.Retired(reason=pick.reason, replaced_by=successor)


def list_view(fact: ListFact, number: int, voice: Voice, limit: int | None = SHOWN_IN_LIST) -> views.ListView:
    """A list with its cards; with a limit, the rest is a link away."""
    path = routes.list_page(fact.byline.handle, fact.slug)
    count = len(fact.picks)
    cut = limit is not None and count > limit
    return views.ListView(
        anchor=fact.slug,
        url=voice.url(path),
        number=number,
        title=fact.title,
        lang=voice.written,
        count=voice.say("things", count),
        html=markdown.render(fact.intro) if fact.intro else NO_HTML,
        updated=voice.day(fact.updated) if fact.updated else None,
        cover=picture(fact.cover, "banner", voice),
        cards=tuple(card(pick, voice) for pick in fact.picks[:limit]),
        more=voice.link(voice.say("all_things", count), path) if cut else None,
    )


def newest_posts(posts: Iterable[PostFact]) -> list[PostFact]:
    """By date, the newest first; on one day, in order of creator and id."""
    return sorted(sorted(posts, key=lambda p: (p.byline.handle, p.id)), key=lambda p: p.date, reverse=True)


def post_badges(post: PostFact, voice: Voice) -> tuple[views.Badge, ...]:
    """The labels of everything in a post, each text once, strongest first."""
    ties = [(pick.relationships, pick.tie) for pick in post.picks]
    return badges_of([*ties, (post.ties, post.tied_to)] if post.ties else ties, voice)


def badges_of(ties: Iterable[tuple[tuple[Relationship, ...], str]], voice: Voice) -> tuple[views.Badge, ...]:
    """The labels of several ties, each with its brand: each text once, strongest first."""
    labels = {badge.text: badge for related, brand in ties for badge in badges(related, brand, voice)}
    return tuple(sorted(labels.values(), key=lambda badge: disclosure.STRENGTH[Relationship(badge.kind)]))


@of_recent(256)
def post_teaser(post: PostFact, voice: Voice) -> views.PostTeaser:
    """A post as other pages show it, with the labels of everything in it."""
    path = routes.post(post.byline.handle, post.id)
    urls = [voice.url(routes.product(pick.thing.id)) for pick in post.picks if pick.thing]
    return views.PostTeaser(
        url=voice.url(path),
        title=post.title,
        lang=language_if_other(post.byline.locale, voice),
        day=voice.day(post.date),
        author=byline(post.byline, voice),
        photo=next(iter(photos(post, "teaser", voice, urls)), None),
        badges=post_badges(post, voice),
        things=tuple(voice.link(pick.title, routes.product(pick.thing.id)) for pick in post.picks if pick.thing),
    )


def pagination(first: str, page: int, pages: int, voice: Voice) -> views.Pagination | None:
    """Links to the neighbours in a directory; None when there is one page only."""
    return turning(partial(routes.numbered, first), page, pages, voice)


def turning(where: Callable[[int], str], page: int, pages: int, voice: Voice) -> views.Pagination | None:
    """Links to the pages before and after, each `where` its number says; None when there is one page only."""
    if pages == 1:
        return None
    before = voice.link(voice.say("previous"), where(page - 1)) if page > 1 else None
    after = voice.link(voice.say("next"), where(page + 1)) if page < pages else None
    return views.Pagination(text=voice.say("page_of", pages, page=page), previous=before, next=after)
