"""Yotpo: its export, as other importers know it; it has no id and no status of a review."""

from storefront.importers.columns import Columns

COLUMNS = Columns(
    platform="Yotpo",
    headings={
        "title": ("Review Title",),
        "body": ("Review Content",),
        "rating": ("Review Score",),
        "date": ("Date",),
        "id": ("Product ID",),
        "product": ("Product Title", "Product Name"),
        "url": ("Product URL",),
        "reviewer": ("Display Name",),
        "verified": ("Verified Purchase",),
    },
    must=("body", "rating", "date"),
    one_of=("id", "url"),
)
