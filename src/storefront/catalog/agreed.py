"""What campaigns have agreed with creators, held against what these write: words, exclusivity and markets."""

from datetime import datetime

from storefront.catalog import avoided, exclusivity, reach, required
from storefront.content import Places
from storefront.disclosure import OwnPacks
from storefront.problems import Problem
from storefront.records import Curation


def check(curation: Curation, places: Places, own: OwnPacks, now: datetime) -> tuple[list[Problem], list[Problem]]:
    """What must not be published at a moment, and what is only to be told. `own` are the site's market packs."""
    if not curation.campaigns:
        return [], []
    found = (
        avoided.check(curation, places),
        required.check(curation, places),
        exclusivity.check(curation, places, now),
        reach.check(curation, places, own),
    )
    errors = [each for errors, _ in found for each in errors]
    errors += required.poor_labels(curation, places, own)
    return errors, [each for _, warnings in found for each in warnings]
