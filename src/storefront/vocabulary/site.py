"""`content/site.yaml`: what is true of the whole site."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from storefront.vocabulary.accounts import Accounts
from storefront.vocabulary.common import Accent, Part
from storefront.vocabulary.community import Access, Standing
from storefront.vocabulary.scalars import Colour, Days, Line, Locale, Market, Money, Region, Slug, Text, Url, doc


class Host(StrEnum):
    """Where a site can be published, and read what it asks for: redirects, headers, both or neither."""

    CLOUDFLARE_PAGES = "cloudflare-pages"
    NETLIFY = "netlify"
    VERCEL = "vercel"
    GITLAB_PAGES = "gitlab-pages"
    S3_CLOUDFRONT = "s3-cloudfront"
    FIREBASE = "firebase"
    AZURE_STATIC_WEB_APPS = "azure-static-web-apps"
    NGINX = "nginx"
    APACHE = "apache"
    CADDY = "caddy"
    GITHUB_PAGES = "github-pages"

    @property
    def redirects(self) -> bool:
        """Whether it can redirect at all."""
        return self is not Host.GITHUB_PAGES


class Route(StrEnum):
    """How links lead to shops."""

    DIRECT = "direct"
    GO = "go"


class ThemeChoice(Part, frozen=True, kw_only=True):
    """A theme and the tokens to change in it."""

    name: Annotated[Slug, doc("A theme that ships with storefront, or a folder in themes/.")] = "editorial"
    tokens: Annotated[
        dict[str, Line], doc("Design tokens to replace, by name; the theme's theme.yaml lists them.")
    ] = {}


class Publisher(Part, frozen=True, kw_only=True):
    """Who is responsible for the site; shown at the bottom of every page and on "How this works"."""

    name: Annotated[Line, doc("The person or company that publishes the site.")]
    email: Annotated[Line | None, doc("A role address, such as hello@shop.example.")] = None
    url: Annotated[Url | None, doc("The publisher's own site, or its imprint.")] = None
    address: Annotated[Text | None, doc("The postal address an imprint needs in the EU.")] = None


class Prices(Part, frozen=True, kw_only=True):
    """When a price is too old to show."""

    max_age_days: Annotated[Days, doc("A price is shown for this many days after its as_of.")] = 14


class Promos(Part, frozen=True, kw_only=True):
    """When a promo code is too old to show."""

    max_age_days: Annotated[Days, doc("A code with verified_on is shown for this many days after it.")] = 60


class Asks(Part, frozen=True, kw_only=True):
    """How reviews are asked for: a page for each product sent to a creator, which can be printed as a card."""

    email: Annotated[Line | None, doc("The e-mail address for reviews. Default: the publisher's.")] = None
    form: Annotated[
        Url | None,
        doc("A form for reviews instead, such as an issue form; product and creator are passed in its query."),
    ] = None
    buyers: Annotated[
        bool,
        doc("Whether each product has a page and card for its buyers: /products/<id>/ask/, with qr.svg."),
    ] = False
    after_days: Annotated[
        dict[Line, Days],
        doc("Days until a review is asked for, by a word of the category; data/due.yaml has the defaults."),
    ] = {}


class Segment(Part, frozen=True, kw_only=True):
    """A saved query: creators who match every key, each by any of its values."""

    interests: Annotated[tuple[Line, ...], doc("Words from their interests.")] = ()
    regions: Annotated[tuple[Region, ...], doc("Where they live: regions, or whole countries.")] = ()
    shops_at: Annotated[tuple[Slug, ...], doc("Shops where they buy.")] = ()
    brands: Annotated[tuple[Slug, ...], doc("Brands they currently have a standing tie to.")] = ()
    squads: Annotated[tuple[Slug, ...], doc("Squads that they are members of.")] = ()
    status: Annotated[tuple[Standing, ...], doc("Their status. Default: approved.")] = ()


class Directory(Part, frozen=True, kw_only=True):
    """The home page's directory of creators."""

    per_page: Annotated[
        Annotated[int, Meta(ge=1, le=500, extra={"expected": "a whole number from 1 to 500"})],
        doc("Creators on one page of the directory, products on one of a category, and mentions on one of a brand's."),
    ] = 24


class Site(Part, frozen=True, kw_only=True):
    """`content/site.yaml`."""

    title: Annotated[Line, doc("The name of the site.")]
    url: Annotated[Url, doc("The site's address, with https://; it may have a path.")]
    tagline: Annotated[Line | None, doc("One sentence, the largest words on the home page.")] = None
    description: Annotated[Text | None, doc("One or two sentences for search engines and previews.")] = None
    locale: Annotated[Locale, doc("The site's language and its format of dates and money.")] = "en"
    timezone: Annotated[Line, doc("The time zone in which days begin, such as Europe/London.")] = "UTC"
    markets: Annotated[
        tuple[Market, ...],
        doc("Whose advertising law the labels must satisfy: gb, us, de and others. The strictest listed one wins."),
    ] = ()
    hosts: Annotated[
        tuple[Host, ...],
        doc("The hosts; their redirects and headers are written in each one's format."),
    ] = ()
    route: Annotated[
        Route,
        doc("How shop links work: direct, or go: through /go/<creator>/<product>, if the merchant allows it."),
    ] = Route.DIRECT
    theme: Annotated[Slug | ThemeChoice, doc("The theme's name, or its name and the tokens to change.")] = "editorial"
    accent: Annotated[
        Colour | Accent | None, doc("The site's own colour for buttons and marks, or one for light and one for dark.")
    ] = None
    affiliate: Annotated[
        Accounts,
        doc("The publisher's ids at affiliate networks, for shop links on pages that belong to no one creator."),
    ] = {}
    publisher: Annotated[Publisher | None, doc("Who is responsible for the site.")] = None
    access: Annotated[Access | None, doc("How people become creators here; shown at /join/.")] = None
    segments: Annotated[dict[Slug, Segment], doc("Saved queries for `storefront list`, by id; never published.")] = {}
    contacts: Annotated[
        tuple[Line, ...],
        doc("E-mail addresses, phone numbers and street addresses that may appear in texts."),
    ] = ()
    prices: Annotated[Prices, doc("When prices are too old to show.")] = Prices()
    promos: Annotated[Promos, doc("When promo codes are too old to show.")] = Promos()
    gift_warn_above: Annotated[
        tuple[Money, ...],
        doc("Gifts worth more than this, in any of these currencies, need approved_by: large gifts are misread."),
    ] = ()
    asks: Annotated[Asks | None, doc("Whether and how creators and buyers are asked for reviews.")] = None
    directory: Annotated[Directory, doc("How the directory is divided.")] = Directory()
    embeds: Annotated[
        bool, doc("Whether reviews and ratings can be shown on other sites, as small pages under /embed/.")
    ] = False
    mentions: Annotated[
        bool, doc("Whether each brand has pages, a feed and documents of everything creators say about its products.")
    ] = False
    previews: Annotated[
        bool, doc("Whether the pages of creators, lists and products have a card of their own in link previews.")
    ] = False
    qr: Annotated[
        bool, doc("Whether each creator and each list has a QR code, as qr.svg beside the page that it leads to.")
    ] = False
    beacon: Annotated[
        Url | None,
        doc("The address that clicks on shop links are reported to, for hosts without logs. Default: none."),
    ] = None
    disclosures: Annotated[
        bool, doc("Whether disclosures.json, with each link's label and rules, is published with the site.")
    ] = True

    @property
    def redirects(self) -> bool:
        """Whether every host of it can redirect; where none is named, nothing is known."""
        return bool(self.hosts) and all(host.redirects for host in self.hosts)
