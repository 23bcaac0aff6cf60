"""Loox: its export. The nickname is what shops show; where there is none, the full name is cut to an initial."""

from storefront.importers.columns import Columns
from storefront.vocabulary.imported import ReviewStatus

COLUMNS = Columns(
    platform="Loox",
    headings={
        "review_id": ("id",),
        "status": ("status",),
        "rating": ("rating",),
        "reviewer": ("nickname",),
        "full_name": ("full_name",),
        "body": ("review",),
        "date": ("date",),
        "id": ("productId",),
        "handle": ("handle",),
        "verified": ("verified_purchase",),
    },
    must=("rating", "body", "date"),
    one_of=("handle", "id"),
    statuses={"active": ReviewStatus.PUBLISHED, "hidden": ReviewStatus.HIDDEN},
)
