"""Small facts for tests: each factory gives a whole fact of which a test states only what it is about."""

from decimal import Decimal
from typing import Any

from storefront.catalog.facts import (
    Byline,
    ListFact,
    OfferFact,
    Person,
    Pick,
    PostFact,
    ProductFact,
    PromoFact,
    RatingFact,
    SiteFact,
    Thing,
)
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.shots import Crop, Shot
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Provenance
from storefront.vocabulary.product import Availability


def site(**changed: Any) -> SiteFact:
    given = {
        "ref": "site:",
        "title": "The Shelf",
        "url": "https://shelf.example",
        "base": "",
        "tagline": None,
        "description": None,
        "locale": "en-GB",
        "markets": ("us",),
        "publisher": None,
        "per_page": 24,
        "price_days": 14,
        "stylesheet": "editorial.css",
        "icon": "icon.svg",
        "counts": (),
    }
    return SiteFact(**(given | changed))


def shot(name: str = "mug", alt: str = "A mug") -> Shot:
    crop = Crop(
        name=name, sizes=((320, 240), (640, 480)), fallback=f"{name}-640.jpg", part=(0.0, 0.0, 1.0, 1.0), focus=None
    )
    return Shot(crops=(("card", crop),), share=(f"{name}-share.jpg", 1200, 630), colour=(120, 120, 120), alt=alt)


def byline(handle: str = "maya", **changed: Any) -> Byline:
    given = {
        "ref": f"byline:{handle}",
        "handle": handle,
        "name": handle.capitalize(),
        "locale": "en-GB",
        "markets": ("us",),
        "avatar": None,
    }
    return Byline(**(given | changed))


def person(handle: str = "maya", **changed: Any) -> Person:
    given = {
        "ref": f"person:{handle}",
        "byline": byline(handle),
        "pronouns": None,
        "tagline": None,
        "bio": None,
        "banner": None,
        "location": None,
        "interests": (),
        "expertise": (),
        "profiles": (),
        "ties": (),
        "sections": (),
        "things": 0,
        "reviews": 0,
        "bought": 0,
    }
    return Person(**(given | changed))


def rating(mean: str, count: int) -> RatingFact:
    return RatingFact(mean=Decimal(mean), count=count)


def thing(identity: str = "mug", **changed: Any) -> Thing:
    given = {
        "ref": f"thing:{identity}",
        "id": identity,
        "title": identity.capitalize(),
        "brand": "kiln",
        "brand_name": "Kiln",
        "shot": None,
        "rating": None,
        "discontinued": False,
        "replaced_by": None,
    }
    return Thing(**(given | changed))


def offer(**changed: Any) -> OfferFact:
    given = {
        "merchant": "corner",
        "merchant_name": "Corner Shop",
        "url": "https://track.example/c/1?u=corner",
        "network": "awin",
        "relationships": (Relationship.AFFILIATE,),
        "price": None,
        "was": None,
        "as_of": None,
        "availability": Availability.IN_STOCK,
        "shipping": None,
        "regions": (),
    }
    return OfferFact(**(given | changed))


def promo(**changed: Any) -> PromoFact:
    given = {
        "code": "MAYA15",
        "merchant_name": "Corner Shop",
        "percent_off": 15.0,
        "money_off": None,
        "free_shipping": False,
        "minimum": None,
        "until": None,
        "fine_print": None,
        "relationships": (Relationship.DISCOUNT_CODE,),
    }
    return PromoFact(**(given | changed))


def pick(identity: str | None = "mug", **changed: Any) -> Pick:
    """A pick of a product, or of an inline thing when there is no id."""
    shown = thing(identity) if identity else None
    given = {
        "anchor": f"kitchen-{identity}",
        "thing": shown,
        "title": shown.title if shown else "Spoon",
        "brand_name": shown.brand_name if shown else None,
        "shot": None,
        "note": None,
        "why": None,
        "label": None,
        "variant": None,
        "relationships": (Relationship.PURCHASED,),
        "owned_since": None,
        "used_for": None,
        "fit": None,
        "promo": None,
        "offer": None,
        "offers": 0,
        "retired": False,
        "reason": None,
        "replaced_by": None,
    }
    return Pick(**(given | changed))


def list_(slug: str = "kitchen", *picks: Pick, **changed: Any) -> ListFact:
    given = {
        "ref": f"list:maya/{slug}",
        "slug": slug,
        "title": slug.capitalize(),
        "intro": None,
        "cover": None,
        "updated": None,
        "byline": byline(),
        "picks": picks,
    }
    return ListFact(**(given | changed))


def post(identity: str = "morning", *picks: Pick, **changed: Any) -> PostFact:
    given = {
        "ref": f"post:maya/{identity}",
        "id": identity,
        "title": identity.capitalize(),
        "caption": None,
        "date": "2026-11-10",
        "network": None,
        "url": None,
        "byline": byline(),
        "shots": (),
        "picks": picks,
        "pins": (),
    }
    return PostFact(**(given | changed))


def review(identity: str = "mug-review", **changed: Any) -> ReviewFact:
    given = {
        "ref": f"review:maya/{identity}",
        "id": identity,
        "byline": byline(),
        "product": "mug",
        "product_title": "Mug",
        "brand": "kiln",
        "brand_name": "Kiln",
        "shot": None,
        "date": "2026-11-12",
        "rating": 4.5,
        "first_rating": None,
        "title": None,
        "body": None,
        "pros": (),
        "cons": (),
        "aspects": (),
        "used_for": None,
        "provenance": Provenance.PURCHASED,
        "incentive": None,
        "relationships": (Relationship.PURCHASED,),
        "verification": None,
        "updates": (),
        "responses": (),
    }
    return ReviewFact(**(given | changed))


def product(identity: str = "mug", **changed: Any) -> ProductFact:
    given = {
        "ref": f"product:{identity}",
        "thing": thing(identity),
        "brand": "kiln",
        "description": None,
        "category": (("kitchen", "Kitchen"),),
        "shots": (),
        "gtin": None,
        "mpn": None,
        "variants": (),
        "specs": (),
        "highlights": (),
        "best_for": (),
        "not_for": (),
        "offers": (),
    }
    return ProductFact(**(given | changed))
