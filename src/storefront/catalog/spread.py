"""Spreading: which page of a product each review stands on, where there are too many for one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec import structs

from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.records import OwnedKey

Dated = TypeVar("Dated", bound=ReviewFact | RemovedFact)

# Reviews, and notes on removed ones, on one page: 80 kB of HTML with short reviews, some 200 kB with long ones.
SIZE = 50


def newest_first(reviews: Iterable[Dated]) -> list[Dated]:
    """By date, the newest first; on one day, in order of creator."""
    given = list(reviews)
    if len(given) > 1:  # most products have none or one
        given.sort(key=lambda r: (r.byline.handle, r.id))
        given.sort(key=lambda r: r.date, reverse=True)
    return given


def spread(
    reviews: dict[OwnedKey, ReviewFact], removed: dict[OwnedKey, RemovedFact], size: int | None = None
) -> Mapping[str, int]:
    """How many pages the reviews of a product fill, where that is more than one; each review learns its page.

    Removed reviews keep their place among the others. Pages are counted from the newest, and nothing
    but the date decides: a rating cannot move a review to a later page.
    """
    size = size or SIZE
    everything: list[ReviewFact | RemovedFact] = [*reviews.values(), *removed.values()]
    counts = Counter(fact.product for fact in everything)
    crowded: dict[str, list[ReviewFact | RemovedFact]] = {
        product: [] for product, count in counts.items() if count > size
    }
    for fact in everything if crowded else ():
        if fact.product in crowded:
            crowded[fact.product].append(fact)
    for facts in crowded.values():
        for place, fact in enumerate(newest_first(facts)):
            key, page = (fact.byline.handle, fact.id), place // size + 1
            if isinstance(fact, ReviewFact):
                reviews[key] = structs.replace(fact, page=page)
            else:
                removed[key] = structs.replace(fact, page=page)
    return {product: -(-len(facts) // size) for product, facts in crowded.items()}
