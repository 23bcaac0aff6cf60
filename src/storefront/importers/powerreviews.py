"""PowerReviews: its import file, by the columns that it requires."""

from storefront.importers.columns import Columns
from storefront.vocabulary.imported import ReviewStatus

COLUMNS = Columns(
    platform="PowerReviews",
    headings={
        "review_id": ("Review Id",),
        "id": ("Page Id",),
        "reviewer": ("Review Display",),
        "title": ("Review Title",),
        "date": ("Review Date",),
        "body": ("Review Text",),
        "rating": ("Rating",),
        "verified": ("Verified Buyer",),
        "status": ("Review Status",),
    },
    must=("review_id", "body", "rating", "date", "status"),
    one_of=("id",),
    statuses={
        "approved": ReviewStatus.PUBLISHED,
        "pending": ReviewStatus.PENDING,
        "rejected": ReviewStatus.REJECTED,
    },
)
