"""Okendo: its import template, as far as its help page lists the columns."""

from storefront.importers.columns import Columns

COLUMNS = Columns(
    platform="Okendo",
    headings={
        "reviewer": ("name",),
        "body": ("body",),
        "rating": ("rating",),
        "date": ("dateCreated",),
        "handle": ("handle",),
        "id": ("productId",),
        "sku": ("sku",),
    },
    must=("body", "rating", "date"),
    one_of=("handle", "id", "sku"),
)
