"""Judge.me: its export and its import template. Neither says whether a purchase was checked, so none counts as such."""

from storefront.importers.columns import Columns
from storefront.vocabulary.imported import ReviewStatus

COLUMNS = Columns(
    platform="Judge.me",
    headings={
        "title": ("title",),
        "body": ("body",),
        "rating": ("rating",),
        "date": ("review_date",),
        "status": ("curated",),
        "reviewer": ("reviewer_name",),
        "id": ("product_id",),
        "handle": ("product_handle",),
        "reply": ("reply",),
        "reply_date": ("reply_date",),
    },
    must=("body", "rating", "date"),
    one_of=("handle", "id"),
    statuses={"ok": ReviewStatus.PUBLISHED, "spam": ReviewStatus.SPAM},
)
