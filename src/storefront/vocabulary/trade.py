"""Brands and merchants."""

from typing import Annotated, Literal

from storefront.vocabulary.common import Image, Part, Record
from storefront.vocabulary.community import Thanks
from storefront.vocabulary.scalars import Country, Days, Line, Markdown, Region, Slug, StoreCode, Url, doc

RESPONSE_DAYS = 7  # within which a brand answers that says nothing else; this program's own estimate, no law's


class Brand(Record, frozen=True, kw_only=True):
    """`content/brands/<id>.yaml`: who makes things."""

    id: Annotated[Slug, doc("Its name in the address; the file's name when left out.")] = ""
    name: Annotated[Line, doc("What it is called.")]
    url: Annotated[Url | None, doc("Its own site.")] = None
    logo: Annotated[Image | None, doc("Its mark.")] = None
    description: Annotated[Markdown | None, doc("Who they are, plainly.")] = None
    country: Annotated[Country | None, doc("Where it is at home.")] = None
    response_days: Annotated[
        Days | None, doc("Within how many days it answers a critical review or a question; 7 when left out.")
    ] = None
    competes_with: Annotated[
        tuple[Slug, ...], doc("Brands that it competes with; who has a tie to one says so beside things of the other.")
    ] = ()
    thanks: Annotated[tuple[Thanks, ...], doc("Whom it thanks, for what; shown as far as each lets it.")] = ()


class MerchantPrices(Part, frozen=True, kw_only=True):
    """Whether a shop's prices may be shown, and for how long."""

    show: Annotated[bool, doc("false: never, as with Amazon without its API.")] = True
    max_age_days: Annotated[Days | None, doc("Shown this long after as_of; the site's rule when left out.")] = None


class ReviewPolicy(Part, frozen=True, kw_only=True):
    """What a shop asks of the reviews that are posted with it."""

    incentivized: Annotated[
        Literal["allowed", "prohibited"],
        doc("prohibited: no review that anything was given for, and none by somebody with a tie to the brand."),
    ] = "allowed"
    url: Annotated[Url | None, doc("Where the shop says so.")] = None


class Store(Part, frozen=True, kw_only=True):
    """A store with a till, where codes for `in_store` are taken."""

    code: Annotated[StoreCode, doc("What the merchant calls it; Google's store code, where it has one.")]
    name: Annotated[Line, doc("What it is called.")]
    address: Annotated[Line | None, doc("Its street and number.")] = None
    city: Annotated[Line | None, doc("The town.")] = None
    region: Annotated[Region, doc("The country or region, such as GB or US-CA.")]
    url: Annotated[Url | None, doc("Its own page, with opening hours.")] = None


class Merchant(Record, frozen=True, kw_only=True):
    """`content/merchants/<id>.yaml`: who sells things, and through which network clicks are tracked."""

    id: Annotated[Slug, doc("The file's name when left out.")] = ""
    name: Annotated[Line, doc("What it is called; every link to it says so.")]
    url: Annotated[Url, doc("Its front page.")]
    domains: Annotated[
        tuple[Line, ...], doc("Hosts that belong to it, such as shop.example; links there are its own.")
    ] = ()
    country: Annotated[Country | None, doc("Where it is at home.")] = None
    network: Annotated[Slug | None, doc("The affiliate network that tracks clicks; none when left out.")] = None
    program: Annotated[dict[str, Line], doc('What that network calls this shop, such as advertiser: "1234".')] = {}
    redirects: Annotated[
        bool, doc("true: the terms of its programme allow a redirect on your site before the link (route: go).")
    ] = False
    keep: Annotated[
        tuple[Line, ...],
        doc("Parameters of its own that look like a network's, such as tag; they stay in its addresses."),
    ] = ()
    prices: Annotated[MerchantPrices, doc("Whether its prices may be shown.")] = MerchantPrices()
    review_policy: Annotated[
        ReviewPolicy, doc("Which reviews it takes; nobody may be asked to post another one there.")
    ] = ReviewPolicy()
    stores: Annotated[tuple[Store, ...], doc("Its stores, where codes can be used at the till.")] = ()
