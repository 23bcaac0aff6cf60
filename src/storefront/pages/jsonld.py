"""Structured data (JSON-LD, schema.org): what a page says of itself to machines.

Nothing is said here that the page does not show. Google's rules for product and review snippets
decide what may be said at all (developers.google.com/search/docs/appearance/structured-data,
pages product-snippet, review-snippet and profile-page), and a storefront never claims to sell:
no `Product` on lists, no rating of a person or a company, no tracked address.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import msgspec

from storefront import links, markdown, money
from storefront.catalog.facts import Byline, OfferFact, Person, PostFact, ProductFact, RatingFact
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.shots import Shot
from storefront.pages import parts, reviewed, routes, views
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.product import Availability

Node = dict[str, Any]

CONTEXT = "https://schema.org"
AMAZON = "amazon"
NOTES = 2  # Google shows pros and cons from two statements on
STEP = Decimal("0.1")

# Who rates what is her own, her employer's or her family's does so in words only.
INSIDERS = frozenset({Relationship.OWNER, Relationship.EMPLOYEE, Relationship.FAMILY})

# Google allows no product markup for weapons, drugs, tobacco and gambling; slugs of categories in
# the languages that pages can be in.
RESTRICTED = frozenset(
    {
        "weapons", "guns", "firearms", "ammunition", "tobacco", "cigarettes", "cigars", "e-cigarettes", "vapes",
        "vaping", "cannabis", "gambling",
        "waffen", "schusswaffen", "munition", "tabak", "zigaretten", "zigarren", "e-zigaretten", "glucksspiel",
        "armes", "munitions", "tabac", "cigares", "cigarettes-electroniques", "vapotage", "jeux-d-argent",
        "jeux-dargent",
        "armi", "armi-da-fuoco", "munizioni", "tabacco", "sigarette", "sigari", "sigarette-elettroniche",
        "gioco-d-azzardo", "gioco-dazzardo",
        "armas", "armas-de-fuego", "municion", "tabaco", "cigarrillos", "puros", "cigarrillos-electronicos", "vapeo",
        "apuestas", "juegos-de-azar",
        "wapens", "vuurwapens", "munitie", "sigaretten", "sigaren", "e-sigaretten", "gokken", "kansspelen",
        "armas-de-fogo", "municao", "cigarros", "charutos", "cigarros-eletronicos", "apostas", "jogos-de-azar",
        "bron", "bron-palna", "amunicja", "tyton", "papierosy", "cygara", "e-papierosy", "hazard",
    }
)  # fmt: skip

AVAILABILITY = {
    Availability.IN_STOCK: f"{CONTEXT}/InStock",
    Availability.PREORDER: f"{CONTEXT}/PreOrder",
    Availability.BACKORDER: f"{CONTEXT}/BackOrder",
}


def script(*nodes: Node | None) -> views.Html:
    """The text of one `<script type="application/ld+json">`, escaped for HTML; empty when there is nothing to say."""
    said = [node for node in nodes if node]
    if not said:
        return parts.NO_HTML
    whole = {"@context": CONTEXT, **said[0]} if len(said) == 1 else {"@context": CONTEXT, "@graph": said}
    return views.Html(_escaped(msgspec.json.encode(whole)))


def _escaped(data: bytes) -> str:
    """JSON that can neither end the script element nor begin another."""
    data = data.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")
    return data.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029").decode()


def _kept(**values: Any) -> Node:
    """A node without what is unknown or empty; `type` becomes `@type`."""
    kept = {key: value for key, value in values.items() if value}
    return {"@type": kept.pop("type"), **kept}


def _image(shot: Shot, voice: Voice) -> str:
    return voice.site.url + routes.media(shot.largest[0])


def _pictures(shots: Sequence[Shot], credit: str | None, voice: Voice) -> list[str | Node]:
    """Pictures of a post or review, each with whom the page names beside them, if anybody."""
    images = [_image(shot, voice) for shot in shots]
    if credit is None:
        return [*images]
    return [{"@type": "ImageObject", "contentUrl": image, "creditText": credit} for image in images]


def _author(byline: Byline, voice: Voice) -> Node:
    return {"@type": "Person", "name": byline.name, "url": voice.site.url + routes.vanity(byline.handle)}


def website(voice: Voice) -> Node:
    """The site as a whole, for its home page."""
    return {"@type": "WebSite", "name": voice.site.title, "url": voice.site.url + routes.HOME}


def profile(person: Person, voice: Voice) -> Node:
    """A creator's own page and who she is."""
    byline = person.byline
    url = voice.site.url + routes.vanity(byline.handle)
    about = markdown.plain(person.bio) if person.bio else person.tagline
    who = _kept(
        type="Person",
        name=byline.name,
        alternateName=byline.handle,
        description=about,
        image=_image(byline.avatar, voice) if byline.avatar else None,
        url=url,
        knowsAbout=list(person.expertise),
        sameAs=[address for _, address in person.profiles],
    )
    return {"@type": "ProfilePage", "url": url, "mainEntity": who}


def collection(path: str, title: str, paths: Sequence[str], voice: Voice, names: Sequence[str] = ()) -> Node:
    """A page of links to things; the things themselves are described on their own pages only.

    `names`, one for each of `paths`, are what the page calls the things. Google asks for position and
    address only; some validators want a name beside them.
    """
    node: Node = {"@type": "CollectionPage", "name": title, "url": voice.site.url + path}
    if paths:
        named = dict(zip(paths, names, strict=True)) if names else {}
        items = [
            _kept(type="ListItem", position=position, name=named.get(each), url=voice.site.url + each)
            for position, each in enumerate(dict.fromkeys(paths), 1)
        ]
        node["mainEntity"] = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return node


def breadcrumbs(trail: Sequence[views.Link], voice: Voice) -> Node | None:
    """The way from the home page to here; one step alone is no way."""
    if len(trail) < 2:  # noqa: PLR2004
        return None
    host = voice.site.url.removesuffix(voice.site.base)
    steps = [
        {"@type": "ListItem", "position": position, "name": link.text, "item": host + link.url}
        for position, link in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def post(fact: PostFact, words: str, voice: Voice) -> Node:
    """A post, with the words that the page shows below its heading.

    Its labels stand beside its headline, for whoever shows it elsewhere; the things in it are no nodes.
    """
    url = voice.site.url + routes.post(fact.byline.handle, fact.id)
    return _kept(
        type="SocialMediaPosting",
        headline=fact.title,
        alternativeHeadline=[badge.text for badge in parts.post_badges(fact, voice)],
        text=markdown.plain(words) if words else None,
        author=_author(fact.byline, voice),
        datePublished=fact.date,
        url=url,
        image=_pictures(fact.shots, fact.credit, voice),
        sameAs=fact.url,
    )


def product(fact: ProductFact, reviews: Sequence[ReviewFact], voice: Voice, *, insiders: bool = False) -> Node | None:
    """A product with what this site's creators say of it; None when there is nothing valid to say.

    `reviews` are those of the site's own people. All of them are first-hand and written for this site, so
    none is a third party's and no rating is a shop's. Imported reviews, which the page shows beside them, are
    facts of another kind and cannot be given here: Google wants no ratings from other sites.

    - One creator's review is an editorial review: it is given whole, with its pros and cons.
    - Where several creators rated the product, all their reviews are given, with the mean of the
      complete set of ratings, which is the one the page shows. Pros and cons are left out, since
      Google takes them from a page by one critic only.
    - A review without a rating is not given, since Google asks for one; nor is that of an insider,
      who may not rate her own in a snippet. Where an insider rated, there is no mean either: it
      would have to be bent to leave her out. `insiders` is whether one rated on a further page.
    - Reviews on further pages are not given, since this page does not show them; their ratings are in the mean.
    - What was received for a review is the first sentence of its body here too.

    Offers are given where the page shows a fresh price, except Amazon's, whose prices may not be
    used so. Their address is this page, since tracked addresses do not belong here.
    """
    if RESTRICTED.intersection(slug.rpartition("/")[2] for slug, _ in fact.category):
        return None
    rated = [review for review in reviewed.newest_first(reviews) if review.rating is not None]
    given = [review for review in rated if INSIDERS.isdisjoint(review.relationships)]
    offers = _offers(fact, voice)
    if not given and not offers:
        return None
    several = len({review.byline.handle for review in given}) > 1
    said = [_review(review, voice, notes=not several) for review in given]
    return _kept(
        type="Product",
        name=fact.thing.title,
        image=[_image(shot, voice) for shot in fact.shots],
        brand={"@type": "Brand", "name": fact.thing.brand_name},
        description=markdown.plain(fact.description) if fact.description else None,
        review=said[0] if len(said) == 1 else said,
        aggregateRating=_mean(fact.thing.rating) if several and len(given) == len(rated) and not insiders else None,
        offers=offers,
    )


def _review(fact: ReviewFact, voice: Voice, *, notes: bool) -> Node:
    body = markdown.plain(fact.body) if fact.body else ""
    noted = notes and len(fact.pros) + len(fact.cons) >= NOTES
    return _kept(
        type="Review",
        author=_author(fact.byline, voice),
        datePublished=fact.date,
        name=fact.title,
        reviewRating={"@type": "Rating", "ratingValue": _figure(Decimal(str(fact.rating)))},
        reviewBody=f"{reviewed.disclosed(fact, voice)} {body}".rstrip(),
        image=_pictures(fact.shots, fact.credit, voice),
        positiveNotes=_notes(fact.pros) if noted and fact.pros else None,
        negativeNotes=_notes(fact.cons) if noted and fact.cons else None,
    )


def _notes(statements: Sequence[str]) -> Node:
    items = [
        {"@type": "ListItem", "position": position, "name": statement}
        for position, statement in enumerate(statements, 1)
    ]
    return {"@type": "ItemList", "itemListElement": items}


def _mean(rating: RatingFact | None) -> Node | None:
    if rating is None:
        return None
    return {"@type": "AggregateRating", "ratingValue": _figure(rating.mean), "ratingCount": rating.count}


@lru_cache(maxsize=4096)
def _figure(value: Decimal) -> float | int:
    """A rating as the page writes it: one decimal, none when it is whole."""
    tenth = value.quantize(STEP, ROUND_HALF_UP)
    return int(tenth) if tenth == tenth.to_integral_value() else float(tenth)


def _offers(fact: ProductFact, voice: Voice) -> Node | None:
    """One offer, or the span of several in the currency of the first."""
    priced = [(offer, money.parse(offer.price)) for offer in fact.offers if offer.price and _may_be_quoted(offer)]
    same = [(offer, price.amount) for offer, price in priced if price.currency == priced[0][1].currency]
    if not same:
        return None
    url = voice.site.url + routes.product(fact.thing.id)
    if len(same) == 1:
        return _offer(*same[0], priced[0][1].currency, url)
    amounts = [amount for _, amount in same]
    return {
        "@type": "AggregateOffer",
        "lowPrice": str(min(amounts)),
        "highPrice": str(max(amounts)),
        "priceCurrency": priced[0][1].currency,
        "offerCount": len(same),
        "url": url,
    }


def _offer(offer: OfferFact, amount: Decimal, currency: str, url: str) -> Node:
    return {
        "@type": "Offer",
        "price": str(amount),
        "priceCurrency": currency,
        "availability": AVAILABILITY[offer.availability],
        "url": url,
        "seller": {"@type": "Organization", "name": offer.merchant_name},
    }


def _may_be_quoted(offer: OfferFact) -> bool:
    """Whether the page shows the price, and the shop lets others use it."""
    if offer.availability is parts.OUT_OF_STOCK:
        return False
    network = offer.network or links.network_of_host(links.host_of(offer.url))
    return network != AMAZON
