"""Imported reviews: each that a commit held must still be here; its source may have changed it or withheld it."""

from collections.abc import Iterator

from storefront.against.past import Reading
from storefront.content import Kind
from storefront.problems import Problem, shown
from storefront.records import Curation

HINT = "Put it back, with status: and what became of it; a withheld review is counted and shows no words."


def gone_reviews(there: Reading, curation: Curation) -> Iterator[Problem]:
    """A problem for each imported review that is gone, where it stood."""
    here = {
        (source, product, review.id)
        for (source, product), entry in curation.imported.items()
        for review in entry.record.reviews
    }
    unread = {(each.owner, each.name) for each in curation.unread if each.kind is Kind.IMPORTED}
    for key, origin in there.past.imported.items():
        if key not in here and key[:2] not in unread:
            source, product, identity = map(shown, key)
            message = f"the review {identity} of {product}, imported from {source}, is gone"
            yield Problem("review-gone", message, there.places.of(origin), HINT)
