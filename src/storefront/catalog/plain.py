"""Plain picks: things shown without a list, as in a post."""

from storefront.catalog.facts import OfferFact, Pick, Thing
from storefront.vocabulary.common import Relationship


def plain_pick(
    thing: Thing,
    anchor: str,
    note: str | None,
    relationships: tuple[Relationship, ...],
    offer: OfferFact | None,
    offers: int,
) -> Pick:
    """A pick with nothing of a list item's own."""
    return Pick(
        anchor=anchor,
        thing=thing,
        title=thing.title,
        brand_name=thing.brand_name,
        shot=thing.shot,
        note=note,
        why=None,
        label=None,
        variant=None,
        relationships=relationships,
        owned_since=None,
        used_for=None,
        fit=None,
        promo=None,
        offer=offer,
        offers=offers,
        retired=False,
        reason=None,
        replaced_by=None,
    )
