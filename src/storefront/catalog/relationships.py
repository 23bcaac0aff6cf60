"""How a creator stands to a thing: from the most particular word to the most general, nothing weaker dropped."""

from collections.abc import Iterable

from storefront.catalog.live import Live
from storefront.disclosure import strongest_first
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Incentive, IncentiveKind, Provenance, Review
from storefront.vocabulary.influencer import BrandTie

OF_PROVENANCE = {
    Provenance.PURCHASED: Relationship.PURCHASED,
    Provenance.GIFTED: Relationship.GIFTED,
    Provenance.LOANED: Relationship.LOANED,
    Provenance.PAID: Relationship.PAID,
}
# Ties that a link or a code makes, and that go with it.
LINKED = frozenset({Relationship.AFFILIATE, Relationship.DISCOUNT_CODE})
# Anything of value that is neither money nor a tie is shown as a gift.
OF_INCENTIVE = {
    IncentiveKind.MONEY: Relationship.PAID,
    IncentiveKind.COMMISSION: Relationship.AFFILIATE,
    IncentiveKind.DISCOUNT: Relationship.GIFTED,
    IncentiveKind.PRODUCT: Relationship.GIFTED,
    IncentiveKind.LOAN: Relationship.LOANED,
    IncentiveKind.SAMPLE: Relationship.GIFTED,
    IncentiveKind.CODE: Relationship.DISCOUNT_CODE,
    IncentiveKind.POINTS: Relationship.GIFTED,
    IncentiveKind.CONTEST_ENTRY: Relationship.GIFTED,
    IncentiveKind.EVENT: Relationship.INVITED,
    IncentiveKind.NETWORK_MARKETING: Relationship.PAID,  # by what she sells, and by what those sell whom she brought
    IncentiveKind.EMPLOYMENT: Relationship.EMPLOYEE,
    IncentiveKind.FAMILY: Relationship.FAMILY,
}


def of_review(provenance: Provenance, incentive: Incentive | None) -> tuple[Relationship, ...]:
    """What a review's own provenance and incentive say, strongest first."""
    incentives = [OF_INCENTIVE[incentive.kind]] if incentive else []
    return strongest_first([OF_PROVENANCE[provenance], *incentives])


def ties_to(brand: str | None, ties: Iterable[BrandTie], today: str) -> list[Relationship]:
    """The standing ties to a brand that hold today (ISO 8601)."""
    return [tie.kind for tie in ties if tie.brand == brand and (tie.since or "") <= today <= (tie.until or "9999")]


def standing(ties: Iterable[BrandTie], live: Live, today: str) -> tuple[tuple[Relationship, str, str | None], ...]:
    """Ties to shown brands that hold today (ISO 8601): what, to which brand by name, since when."""
    return tuple(
        (tie.kind, live.brands[tie.brand].record.name, tie.since)
        for tie in ties
        if tie.brand in live.brands and ties_to(tie.brand, [tie], today)
    )


def derive(
    stated: Iterable[tuple[Relationship, ...]],
    review: Review | None,
    ties: Iterable[Relationship],
    reviewed: tuple[Relationship, ...] = (),
    *,
    tracked: bool,
    code_pays: bool,
) -> tuple[Relationship, ...]:
    """All relationships that hold for one shown thing, strongest first; empty when nothing is known.

    The first of `stated` (item, then post) that says anything stands for how the creator came to
    it, else her review does, with what its campaign discloses (`reviewed`). Ties to the brand, a tracked link and a
    code that pays are added.
    """
    own = next((given for given in stated if given), ()) or (
        (*of_review(review.provenance, review.incentive), *reviewed) if review else ()
    )
    added = [Relationship.AFFILIATE] if tracked else []
    added += [Relationship.DISCOUNT_CODE] if code_pays else []
    return strongest_first([*own, *ties, *added])
