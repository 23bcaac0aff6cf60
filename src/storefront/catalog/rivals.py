"""Rivals: which standing ties a creator has to competitors of the brand whose thing she shows or reviews."""

from collections import defaultdict

from storefront.catalog.live import Live
from storefront.catalog.relationships import LINKED, ties_to
from storefront.disclosure import UNPAID
from storefront.vocabulary.common import Relationship

Rivals = tuple[tuple[Relationship, str], ...]  # what a creator is to a competitor, and its name


class Competition:
    """Which brands say that they compete; if one of two says so, both do."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.today = live.clock.today.isoformat()
        self.rivals: dict[str, set[str]] = defaultdict(set)
        for brand, entry in live.brands.items():
            for other in entry.record.competes_with:
                if other in live.brands:
                    self.rivals[brand].add(other)
                    self.rivals[other].add(brand)

    def behind(self, handle: str, brand: str | None, *days: str) -> Rivals:
        """A creator's standing ties to competitors of a brand that hold today or on one of `days` (ISO 8601).

        A link and a code are no side that she is on, and neither is what she bought.
        """
        if brand not in self.rivals:
            return ()
        ties = self.live.influencers[handle].record.relationships
        found = dict.fromkeys(
            (kind, self.live.brands[rival].record.name)
            for rival in sorted(self.rivals[brand])
            for day in (*days, self.today)
            for kind in ties_to(rival, ties, day)
            if kind not in LINKED and kind not in UNPAID
        )
        return tuple(found)
