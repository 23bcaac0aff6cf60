"""Reviews as they are given away: those of the site's own people and those that it imported, told apart."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, to_builtins

from storefront import markdown
from storefront.catalog.facts import ProductFact, SiteFact
from storefront.catalog.review_facts import ImportedFact, ReviewFact
from storefront.catalog.whole import Catalog
from storefront.disclosure import UNPAID
from storefront.pages import reviewed, routes
from storefront.pages.voice import Voice, voice
from storefront.vocabulary.imported import ImportedReview, ReviewStatus

OWN, IMPORTED = "own", "imported"


class Exported(Struct, frozen=True, kw_only=True):
    """A review with its product. The keys are those of Google's product-review feed where it has them.

    `origin` is "own" or "imported"; `relationships`, `provenance`, `incentive`, `disclosure`, `pictures` (their
    addresses) and `evidence` are known of own ones alone. `rating` is the newest and `first_rating` what it was when
    that differs. `is_verified_purchase` and `is_incentivized_review` are None where nothing is said.
    """

    review_id: str
    origin: str
    publisher: str
    aggregator: str | None = None
    product_id: str
    product_name: str
    product_url: str
    brand: str
    gtin: str | None
    mpn: str | None
    reviewer: str | None
    reviewer_url: str | None = None
    date: str
    rating: float | None
    first_rating: float | None = None
    title: str | None
    content: str | None
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    language: str | None
    provenance: str | None = None
    incentive: str | None = None
    relationships: tuple[str, ...] = ()
    disclosure: str | None = None
    is_incentivized_review: bool | None
    is_verified_purchase: bool | None
    verified_by: str | None = None
    collection_method: str | None = None
    status: str
    reason: str | None = None
    updates: tuple[dict[str, object], ...] = ()
    responses: tuple[dict[str, object], ...] = ()
    review_url: str
    pictures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def exported(catalog: Catalog, site: SiteFact) -> list[Exported]:
    """Every review that is open at the clock, own ones first; by product, day and id. None is left out."""
    return [*_own(catalog, site), *_imported(catalog, site)]


def _own(catalog: Catalog, site: SiteFact) -> Iterator[Exported]:
    for review in sorted(catalog.reviews.values(), key=lambda each: (each.product, each.date, each.ref)):
        spoken = voice(site, review.byline.locale, review.byline.markets)
        yield _of_creator(review, catalog.products[review.product], site, spoken)


def _of_creator(review: ReviewFact, product: ProductFact, site: SiteFact, spoken: Voice) -> Exported:
    checked = review.verification
    handle = review.byline.handle
    return Exported(
        review_id=f"{handle}/{review.id}",
        origin=OWN,
        publisher=site.publisher.name if site.publisher else site.title,
        **_product(product, site),
        reviewer=review.byline.name,
        reviewer_url=site.url + routes.vanity(handle),
        date=review.date,
        rating=review.rating,
        first_rating=review.first_rating,
        title=review.title,
        content=markdown.plain(review.body) if review.body else None,
        pros=review.pros,
        cons=review.cons,
        language=review.byline.locale,
        provenance=review.provenance.value,
        incentive=review.incentive.kind.value if review.incentive else None,
        relationships=tuple(each.value for each in review.relationships),
        disclosure=reviewed.disclosed(review, spoken),
        is_incentivized_review=bool(review.incentive) or any(each not in UNPAID for each in review.relationships),
        is_verified_purchase=checked.status == "verified" if checked else None,
        verified_by=checked.by if checked else None,
        status=ReviewStatus.PUBLISHED,
        updates=tuple({**to_builtins(each), "text": markdown.plain(each.text)} for each in review.updates),
        responses=tuple(
            {**to_builtins(each), "by": name, "text": markdown.plain(each.text)} for name, each in review.responses
        ),
        review_url=site.url + routes.review(review.product, handle, review.id, review.page),
        pictures=tuple(site.url + routes.media(shot.largest[0]) for shot in review.shots),
        evidence=tuple(each.value for each in review.evidence),
    )


def _imported(catalog: Catalog, site: SiteFact) -> Iterator[Exported]:
    for product, facts in sorted(catalog.imported.items()):
        for fact in facts:
            for review in sorted((*fact.reviews, *fact.withheld), key=lambda each: (each.date, each.id)):
                yield _of_buyer(review, fact, catalog.products[product], site)


def _of_buyer(review: ImportedReview, fact: ImportedFact, product: ProductFact, site: SiteFact) -> Exported:
    checked = review.verification
    about = _product(product, site)
    return Exported(
        review_id=f"{fact.source}/{review.id}",
        origin=IMPORTED,
        publisher=fact.publisher,
        aggregator=fact.aggregator,
        **about,
        reviewer=review.reviewer,
        date=review.date,
        rating=review.rating,
        title=review.title,
        content=review.body,
        pros=review.pros,
        cons=review.cons,
        language=review.language,
        is_incentivized_review=review.incentivized,
        is_verified_purchase=checked.status == "verified" if checked else None,
        verified_by=checked.by if checked else None,
        collection_method=review.collection_method,
        status=review.status,
        reason=review.reason,
        responses=({**to_builtins(review.reply), "by": fact.publisher},) if review.reply else (),
        review_url=f"{about['product_url']}{_anchor(review, fact)}",
    )


def _anchor(review: ImportedReview, fact: ImportedFact) -> str:
    """Where it stands on the page; a withheld one stands nowhere."""
    shown = review.status is ReviewStatus.PUBLISHED
    return f"#{routes.imported_anchor(fact.source, review.id)}" if shown else ""


def _product(product: ProductFact, site: SiteFact) -> dict[str, Any]:
    thing = product.thing
    return {
        "product_id": thing.id,
        "product_name": thing.title,
        "product_url": site.url + routes.product(thing.id),
        "brand": thing.brand_name,
        "gtin": product.gtin,
        "mpn": product.mpn,
    }
