"""Brands and merchants."""

from typing import Annotated, Literal

from storefront.vocabulary.common import Image, Part, Record
from storefront.vocabulary.community import Thanks
from storefront.vocabulary.scalars import Country, Days, Line, Markdown, Region, Slug, StoreCode, Url, doc

RESPONSE_DAYS = 7  # within which a brand answers that says nothing else; this program's own estimate, no law's


class Brand(Record, frozen=True, kw_only=True):
    """`content/brands/<id>.yaml`: who makes things."""

    id: Annotated[Slug, doc("Its name in the address. Default: the file's name.")] = ""
    name: Annotated[Line, doc("What it is called.")]
    url: Annotated[Url | None, doc("The brand's own site.")] = None
    logo: Annotated[Image | None, doc("The brand's logo.")] = None
    description: Annotated[Markdown | None, doc("A plain description.")] = None
    country: Annotated[Country | None, doc("The home country.")] = None
    response_days: Annotated[
        Days | None, doc("Days within which it answers a critical review or a question. Default: 7.")
    ] = None
    competes_with: Annotated[
        tuple[Slug, ...], doc("Competing brands; whoever has a tie to one says so beside products of the other.")
    ] = ()
    thanks: Annotated[tuple[Thanks, ...], doc("Creators it thanks, and for what; shown if they may be named.")] = ()


class MerchantPrices(Part, frozen=True, kw_only=True):
    """Whether a shop's prices may be shown, and for how long."""

    show: Annotated[bool, doc("false: never, as for Amazon without its API.")] = True
    max_age_days: Annotated[Days | None, doc("Days a price is shown after as_of. Default: the site's.")] = None


class ReviewPolicy(Part, frozen=True, kw_only=True):
    """What a shop requires of reviews posted there."""

    incentivized: Annotated[
        Literal["allowed", "prohibited"],
        doc("prohibited: no review that anything was given for, and none by somebody with a tie to the brand."),
    ] = "allowed"
    url: Annotated[Url | None, doc("Where the shop says so.")] = None


class Store(Part, frozen=True, kw_only=True):
    """A physical store, where codes for `in_store` are accepted."""

    code: Annotated[StoreCode, doc("What the merchant calls it; Google's store code, where it has one.")]
    name: Annotated[Line, doc("What it is called.")]
    address: Annotated[Line | None, doc("Its street and number.")] = None
    city: Annotated[Line | None, doc("The town.")] = None
    region: Annotated[Region, doc("The country or region, such as GB or US-CA.")]
    url: Annotated[Url | None, doc("Its own page, with opening hours.")] = None


class Merchant(Record, frozen=True, kw_only=True):
    """`content/merchants/<id>.yaml`: who sells things, and through which network clicks are tracked."""

    id: Annotated[Slug, doc("The record's id. Default: the file's name.")] = ""
    name: Annotated[Line, doc("What it is called; every link to it says so.")]
    url: Annotated[Url, doc("Its front page.")]
    domains: Annotated[tuple[Line, ...], doc("Further hosts that belong to the shop, such as shop.example.")] = ()
    country: Annotated[Country | None, doc("The home country.")] = None
    network: Annotated[Slug | None, doc("The affiliate network that tracks clicks. Default: none.")] = None
    program: Annotated[dict[str, Line], doc("The network's ids for this shop, such as advertiser: 1234.")] = {}
    redirects: Annotated[
        bool, doc("true: the terms of its programme allow a redirect on your site before the link (route: go).")
    ] = False
    keep: Annotated[
        tuple[Line, ...],
        doc("The shop's own parameters that look like a network's, such as tag; they are kept in its addresses."),
    ] = ()
    prices: Annotated[MerchantPrices, doc("Whether its prices may be shown.")] = MerchantPrices()
    review_policy: Annotated[
        ReviewPolicy, doc("Which reviews it accepts; nobody may be asked to post others there.")
    ] = ReviewPolicy()
    stores: Annotated[tuple[Store, ...], doc("Its stores, where codes can be used at the till.")] = ()
