"""Shopify's former app Product Reviews: the table that it exported and that successors still take."""

from storefront.importers.columns import Columns
from storefront.vocabulary.imported import ReviewStatus

COLUMNS = Columns(
    platform="Shopify Product Reviews",
    headings={
        "handle": ("product_handle",),
        "status": ("state",),
        "rating": ("rating",),
        "title": ("title",),
        "reviewer": ("author",),
        "body": ("body",),
        "reply": ("reply",),
        "date": ("created_at",),
        "reply_date": ("replied_at",),
    },
    must=("rating", "body", "date"),
    one_of=("handle",),
    statuses={
        "published": ReviewStatus.PUBLISHED,
        "unpublished": ReviewStatus.HIDDEN,
        "spam": ReviewStatus.SPAM,
    },
)
