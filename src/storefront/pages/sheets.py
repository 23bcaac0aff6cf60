"""Sheets to be printed: a code for the till, and cards that ask for a review of what was sent or bought."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from msgspec import Struct

from storefront import locales
from storefront.catalog.facts import Byline, SiteFact
from storefront.catalog.relationships import LINKED
from storefront.catalog.trade import PromoFact, StoreFact
from storefront.catalog.waiting import AskFact, BuyerAskFact, _Ask
from storefront.disclosure import UNPAID
from storefront.links.addresses import with_query
from storefront.pages import frame, parts, routes, statement, views
from storefront.pages.statement import Tie
from storefront.pages.voice import Voice, voice


class CouponInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A code that stores take."""

    site: SiteFact
    byline: Byline
    promo: PromoFact


class AskInputs(Struct, frozen=True, kw_only=True, gc=False):
    """Something that was sent to a creator and that she has not reviewed."""

    site: SiteFact
    ask: AskFact


class BuyerAskInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A product that buyers are asked about."""

    site: SiteFact
    ask: BuyerAskFact


def coupon(inputs: CouponInputs) -> views.Sheet:
    """A code, what it gives, and where it is taken."""
    site, byline, promo = inputs.site, inputs.byline, inputs.promo
    spoken = voice(site, byline.locale, byline.markets)
    path = routes.coupon(byline.handle, promo.code)
    title = spoken.say("promo_terms", what=parts.gives(promo, spoken), merchant=promo.merchant_name)
    shown = parts.promo(promo, promo.merchant_name, spoken)
    view = views.PrintView(
        kicker=byline.name,
        title=title,
        promo=shown,
        notes=(spoken.say("coupon_show", merchant=promo.merchant_name),),
        quote=None,
        steps=(),
        qr=views.Qr(url=spoken.url(routes.qr(path)), text=promo.code),
        places_title=spoken.say("coupon_stores") if promo.stores else None,
        places=tuple(_place(store, spoken) for store in promo.stores or ()),
    )
    page = frame.head(
        spoken,
        path=path,
        title=f"{title} – {promo.code}",
        description=title,
        statement=statement.creator_statement(statement.of_code(promo), (), spoken),
        crumbs=_crumbs(byline, title, path, spoken),
        noindex=True,
        accent=byline.accent,
    )
    return frame.sheet("print.html", page, view, spoken)


def ask(inputs: AskInputs) -> views.Sheet:
    """What was sent, her own words on it, and how to review it: the least effort first."""
    site, fact = inputs.site, inputs.ask
    spoken = voice(site, fact.byline.locale, fact.byline.markets)
    path = routes.ask(fact.byline.handle, fact.thing.id)
    title = spoken.say("ask_title", product=fact.thing.title)
    named = {"product": fact.thing.id, "creator": fact.byline.handle}
    steps = _steps(fact, named, fact.thing.title, spoken)
    view = _card(fact.thing.brand_name, title, path, _asked(fact, spoken), steps, spoken, _quote(fact, spoken))
    page = frame.head(
        spoken,
        path=path,
        title=title,
        description=title,
        statement=statement.creator_statement(_ties(fact), (), spoken),
        crumbs=_crumbs(fact.byline, title, path, spoken),
        noindex=True,
        accent=fact.byline.accent,
    )
    return frame.sheet("print.html", page, view, spoken)


def buyer_ask(inputs: BuyerAskInputs) -> views.Sheet:
    """What buyers are asked, in the site's language, and how to answer."""
    site, fact = inputs.site, inputs.ask
    spoken, path = voice(site), routes.buyer_ask(fact.product)
    title = spoken.say("buyer_title", product=fact.title)
    steps = _steps(fact, {"product": fact.product}, fact.title, spoken)
    view = _card(fact.brand_name, title, path, _asked_of_buyers(fact, spoken), steps, spoken)
    page = frame.head(
        spoken,
        path=path,
        title=title,
        description=title,
        crumbs=(spoken.link(fact.title, routes.product(fact.product)), spoken.link(title, path)),
        noindex=True,
    )
    return frame.sheet("print.html", page, view, spoken)


def _card(
    brand: str,
    title: str,
    path: str,
    notes: Iterable[str],
    steps: Iterable[views.Link],
    spoken: Voice,
    quote: views.Quote | None = None,
) -> views.PrintView:
    """A card that asks, with a QR code that leads to its own page."""
    return views.PrintView(
        kicker=brand,
        title=title,
        promo=None,
        notes=tuple(notes),
        quote=quote,
        steps=tuple(steps),
        qr=views.Qr(url=spoken.url(routes.qr(path)), text=spoken.site.url + path),
        places_title=None,
        places=(),
    )


def _crumbs(byline: Byline, title: str, path: str, spoken: Voice) -> tuple[views.Link, ...]:
    return spoken.link(byline.name, routes.vanity(byline.handle)), spoken.link(title, path)


def _place(store: StoreFact, spoken: Voice) -> views.Store:
    where = ", ".join(filter(None, (store.address, store.city, parts.regions([store.region], spoken))))
    return views.Store(name=store.name, where=where, url=store.url)


def _asked(fact: AskFact, spoken: Voice) -> Iterator[str]:
    """Who asks, from when on there is something to say, and where not to post it."""
    yield spoken.say("ask_hello", name=fact.byline.name, product=fact.thing.title, brand=fact.thing.brand_name)
    yield spoken.say("ask_time", day=spoken.day(fact.after).text)
    yield spoken.say("ask_free")
    if fact.closed:
        yield spoken.say("ask_not_there", shops=locales.listed(list(fact.closed), spoken.locale))


def _asked_of_buyers(fact: BuyerAskFact, spoken: Voice) -> Iterator[str]:
    """Who asks, after how long there is something to say, and which shops want reviews of what was bought alone."""
    yield spoken.say("buyer_hello", product=fact.title, brand=fact.brand_name)
    yield spoken.say("buyer_time", fact.days)
    yield spoken.say("buyer_free")
    if fact.closed:
        shops = locales.listed(list(fact.closed), spoken.locale)
        yield spoken.say("buyer_shops", shops=shops, brand=fact.brand_name)


def _ties(fact: AskFact) -> Iterator[Tie]:
    """The ties behind what is quoted of her; no link or code stands beside it here."""
    pick = fact.quoted.pick if fact.quoted else None
    for relationship in pick.relationships if pick else ():
        if relationship not in LINKED | UNPAID:
            yield Tie(relationship, fact.thing.brand_name)


def _quote(fact: AskFact, spoken: Voice) -> views.Quote | None:
    """Her own words on a list, labelled as they are there."""
    if not fact.quoted:
        return None
    pick, ties = fact.quoted.pick, tuple(tie.relationship for tie in _ties(fact))
    return views.Quote(
        anchor=pick.anchor, text=pick.note or "", badges=parts.badges(ties, fact.thing.brand_name, spoken)
    )


def _steps(fact: _Ask, named: Mapping[str, str], product: str, spoken: Voice) -> Iterator[views.Link]:
    """From stars alone to a long review; each opens a mail or a form with what is known filled in."""
    mark = "/".join(filter(None, (named.get("creator"), named["product"])))
    subject = f"{spoken.say('ask_subject', product=product)} ({mark})"
    for step in ("stars", "line", "photo", "long"):
        yield views.Link(text=spoken.say(f"ask_{step}"), url=_address(fact, named, subject, step, spoken))


def _address(fact: _Ask, named: Mapping[str, str], subject: str, step: str, spoken: Voice) -> str:
    if fact.form:
        return with_query(fact.form, {**named, "kind": step, "title": subject})
    body = spoken.say(f"ask_body_{step}")
    return f"mailto:{fact.email}?{urlencode({'subject': subject, 'body': body}).replace('+', '%20')}"
