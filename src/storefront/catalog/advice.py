"""Advice: what is within every rule, and could be believed more."""

from collections.abc import Iterator

from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.disclosure import UNPAID
from storefront.problems import Problem

MOST = 5.0  # stars


def of_reviews(catalog: Catalog, places: Places) -> Iterator[Problem]:
    """Reviews of what was given or paid for that have every star and nothing against the thing."""
    for fact in catalog.reviews.values():
        if fact.rating == MOST and not fact.cons and set(fact.relationships) - UNPAID:
            message = "this review of what was not simply bought has every star, and nothing that speaks against it"
            hint = (
                "Praise alone looks paid for. Is there anything that a buyer should know before? Write it under cons:."
            )
            yield Problem("praise-alone", message, places.of(catalog.origins[fact.ref], "rating"), hint)
