"""Products and the offers of shops, in Google Merchant's words."""

from enum import StrEnum
from typing import Annotated, Literal

from storefront.vocabulary.common import Image, Part, Record
from storefront.vocabulary.scalars import Asin, DateRange, Gtin, Line, Markdown, Moment, Money, Region, Slug, Url, doc


class Availability(StrEnum):
    """Google Merchant's values."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"


class Offer(Part, frozen=True, kw_only=True):
    """Where a product is sold, and for how much when that is known and fresh."""

    merchant: Annotated[Slug, doc("The shop's id in content/merchants/.")]
    link: Annotated[Url | None, doc("The product's page at the shop, without tracking.")] = None
    asin: Annotated[Asin | None, doc("Instead of link, for Amazon.")] = None
    price: Annotated[Money | None, doc("The price; needs as_of.")] = None
    sale_price: Annotated[Money | None, doc("The temporary price.")] = None
    sale_price_effective_date: Annotated[DateRange | None, doc("The first and last day of the sale price.")] = None
    availability: Annotated[Availability, doc("Whether it is available.")] = Availability.IN_STOCK
    as_of: Annotated[Moment | None, doc("When price and stock were looked up.")] = None
    source: Annotated[Literal["manual", "feed", "api"], doc("The source of price and stock.")] = "manual"
    regions: Annotated[tuple[Region, ...], doc("Where the shop delivers.")] = ()
    shipping: Annotated[Line | None, doc("A note on delivery.")] = None


class Variant(Part, frozen=True, kw_only=True):
    """A colour, shade or size of a product."""

    title: Annotated[Line, doc("What it is called.")]
    color: Annotated[Line | None, doc("Its colour.")] = None
    size: Annotated[Line | None, doc("Its size.")] = None
    gtin: Annotated[Gtin | None, doc("Its own GTIN.")] = None
    mpn: Annotated[Line | None, doc("Its own part number.")] = None


class ProductStatus(StrEnum):
    """Whether it is still made."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"


class Product(Record, frozen=True, kw_only=True):
    """`content/products/<id>.yaml`."""

    id: Annotated[Slug, doc("Its name in the address. Default: the file's name.")] = ""
    title: Annotated[Line, doc("What it is called.")]
    brand: Annotated[Slug, doc("The brand's id in content/brands/.")]
    description: Annotated[Markdown | None, doc("A plain description.")] = None
    images: Annotated[tuple[Image, ...], doc("Pictures, the best first.")] = ()
    category: Annotated[Line, doc("A path from the general to the particular, such as Kitchen > Cookware.")]
    google_product_category: Annotated[Line | None, doc("Google's category number or path.")] = None
    gtin: Annotated[Gtin | None, doc("The number under the bar code; its check digit is verified.")] = None
    mpn: Annotated[Line | None, doc("The manufacturer's part number.")] = None
    asin: Annotated[Asin | None, doc("Amazon's product number; offers there may then leave it out.")] = None
    variants: Annotated[tuple[Variant, ...], doc("Colours, shades or sizes.")] = ()
    specs: Annotated[dict[Line, Line], doc("Specifications, such as Weight: 120 g.")] = {}
    highlights: Annotated[dict[Line, Line], doc("Its strengths, each under a short key.")] = {}
    best_for: Annotated[tuple[Line, ...], doc("Who or what it suits.")] = ()
    not_for: Annotated[tuple[Line, ...], doc("Who or what it does not suit.")] = ()
    offers: Annotated[tuple[Offer, ...], doc("Where it is sold, the preferred shop first.")] = ()
    status: Annotated[ProductStatus, doc("discontinued keeps its page and says so.")] = ProductStatus.ACTIVE
    replaced_by: Annotated[Slug | None, doc("The product that follows it.")] = None
