"""The tables of platforms and networks: what each calls its columns.

Google: support.google.com/merchants/answer/7052112. CJ prints Google's names in capitals. WooCommerce: its own product
exporter. Awin: the columns of "Create-a-Feed". Impact's and Rakuten's are those that programs in public repositories
read; they were not compared with the networks' own descriptions.
"""

from storefront.importers.products.columns import Columns

_GOOGLE = {
    "id": ("id",),
    "title": ("title",),
    "description": ("description",),
    "link": ("link",),
    "image": ("image_link",),
    "price": ("price",),
    "sale_price": ("sale_price",),
    "sale_days": ("sale_price_effective_date",),
    "availability": ("availability",),
    "category": ("product_type",),
    "google_product_category": ("google_product_category",),
    "brand": ("brand",),
    "gtin": ("gtin",),
    "mpn": ("mpn",),
    "group": ("item_group_id",),
    "color": ("color", "colour"),
    "size": ("size",),
}
GOOGLE = Columns(platform="Google Merchant Center", headings=_GOOGLE)
CJ = Columns(
    platform="CJ",
    headings=_GOOGLE
    | {
        "id": ("id", "sku"),
        "category": ("product_type", "google_product_category_name"),
        "currency": ("currency",),
        "updated": ("last_updated",),
    },
)
WOOCOMMERCE = Columns(
    platform="WooCommerce",
    headings={
        "id": ("ID",),
        "sku": ("SKU",),
        "title": ("Name",),
        "description": ("Short description", "Description"),
        "price": ("Regular price",),
        "sale_price": ("Sale price",),
        "availability": ("In stock?",),
        "category": ("Categories",),
        "brand": ("Brands", "Brand"),
        "gtin": ("GTIN, UPC, EAN, or ISBN",),
        "link": ("External URL",),
        "image": ("Images",),
        "kind": ("Type",),
    },
    must=("title", "price"),
)
AWIN = Columns(
    platform="Awin",
    headings={
        "id": ("merchant_product_id",),
        "title": ("product_name",),
        "description": ("description", "product_short_description"),
        "link": ("merchant_deep_link",),
        "deeplink": ("aw_deep_link",),
        "image": ("merchant_image_url", "aw_image_url"),
        "price": ("search_price", "store_price"),
        "currency": ("currency",),
        "availability": ("in_stock",),
        "updated": ("last_updated",),
        "category": ("merchant_product_category_path", "merchant_category", "category_name"),
        "brand": ("brand_name",),
        "gtin": ("product_GTIN", "ean", "upc"),
        "mpn": ("mpn",),
        "group": ("parent_product_id",),
        "color": ("colour",),
    },
    must=("title",),
)
IMPACT = Columns(
    platform="Impact",
    headings={
        "id": ("Unique Merchant SKU", "CatalogItemId"),
        "title": ("Product Name", "Name"),
        "description": ("Product Description", "Description"),
        "link": ("Product URL", "Url"),
        "image": ("Image URL", "ImageUrl"),
        "price": ("Current Price", "CurrentPrice"),
        "currency": ("Currency",),
        "availability": ("Stock Availability", "StockAvailability"),
        "category": ("Product Type", "Category"),
        "brand": ("Manufacturer", "Brand"),
        "gtin": ("Gtin", "UPC"),
        "mpn": ("MPN",),
        "group": ("Parent SKU",),
        "color": ("Color",),
        "size": ("Size",),
    },
)
RAKUTEN = Columns(
    platform="Rakuten Advertising",
    headings={
        "id": ("Product ID",),
        "sku": ("SKU Number",),
        "title": ("Product Name",),
        "description": ("Long Product Description", "Short Product Description"),
        "link": ("Product URL",),
        "image": ("Product Image URL",),
        "price": ("Retail Price",),
        "sale_price": ("Sale Price",),
        "currency": ("Currency",),
        "availability": ("Availability",),
        "category": ("Primary Category",),
        "brand": ("Brand", "Manufacturer Name"),
        "gtin": ("Universal Product Code",),
        "mpn": ("Manufacturer Part Number",),
    },
)
# Rakuten's file has no headings: its first line is HDR with the shop, its last TRL with the count.
RAKUTEN_ORDER = (
    "Product ID", "Product Name", "SKU Number", "Primary Category", "Secondary Category", "Product URL",
    "Product Image URL", "Buy URL", "Short Product Description", "Long Product Description", "Discount",
    "Discount Type", "Sale Price", "Retail Price", "Begin Date", "End Date", "Brand", "Shipping", "Keywords",
    "Manufacturer Part Number", "Manufacturer Name", "Shipping Information", "Availability", "Universal Product Code",
    "Class ID", "Currency", "M1", "Pixel",
)  # fmt: skip


def with_headings(data: bytes) -> bytes:
    """A file of Rakuten's with headings in the place of its first line, and without its last."""
    text = data.decode("utf-8", "replace") if data.startswith((b"HDR|", b"\xef\xbb\xbfHDR|")) else ""
    if not text:
        return data
    lines = text.splitlines()
    widest = max((line.count("|") + 1 for line in lines[1:]), default=len(RAKUTEN_ORDER))
    more = [f"Attribute {number}" for number in range(1, max(widest - len(RAKUTEN_ORDER), 0) + 1)]
    rows = [line for line in lines[1:] if not line.startswith("TRL|")]
    return "\n".join(["|".join((*RAKUTEN_ORDER, *more)), *rows, ""]).encode()
