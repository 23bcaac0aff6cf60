"""`content/site.yaml`: what is true of the whole site."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from storefront.vocabulary.common import Accent, Part
from storefront.vocabulary.community import Access, Standing
from storefront.vocabulary.scalars import Colour, Days, Line, Locale, Money, Region, Slug, Text, Url, doc


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
    """Who answers for the site; shown on every page's foot and on "How this works"."""

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
    """How reviews are asked for: a page for each thing that a creator was sent, to be printed as a card too."""

    email: Annotated[Line | None, doc("Where reviews are sent to; the publisher's address when left out.")] = None
    form: Annotated[
        Url | None,
        doc("A form that takes reviews instead, such as an issue form; it gets product and creator in its query."),
    ] = None
    buyers: Annotated[
        bool,
        doc(
            "Whether each product has such a page and card for whoever bought it: /products/<id>/ask/, with its qr.svg."
        ),
    ] = False
    after_days: Annotated[
        dict[Line, Days],
        doc("After how many days a review is asked for, by a word of the category; data/due.yaml has the defaults."),
    ] = {}


class Segment(Part, frozen=True, kw_only=True):
    """A saved query: the creators of whom all of this holds, each key by any of its values."""

    interests: Annotated[tuple[Line, ...], doc("Words of what they write about.")] = ()
    regions: Annotated[tuple[Region, ...], doc("Where they live: regions, or whole countries.")] = ()
    shops_at: Annotated[tuple[Slug, ...], doc("Shops where they buy.")] = ()
    brands: Annotated[tuple[Slug, ...], doc("Brands that they have a standing tie to now.")] = ()
    squads: Annotated[tuple[Slug, ...], doc("Squads that they are members of.")] = ()
    status: Annotated[tuple[Standing, ...], doc("Where they stand; approved when left out.")] = ()


class Directory(Part, frozen=True, kw_only=True):
    """The home page's directory of creators."""

    per_page: Annotated[
        Annotated[int, Meta(ge=1, le=500, extra={"expected": "a whole number from 1 to 500"})],
        doc("Creators on one page of the directory, products on one of a category, and mentions on one of a brand's."),
    ] = 24


class Site(Part, frozen=True, kw_only=True):
    """`content/site.yaml`."""

    title: Annotated[Line, doc("The name of the site.")]
    url: Annotated[Url, doc("Where the site will stand, with https://; a path in it is kept.")]
    tagline: Annotated[Line | None, doc("One sentence, the largest words on the home page.")] = None
    description: Annotated[Text | None, doc("One or two sentences for search engines and previews.")] = None
    locale: Annotated[Locale, doc("The site's own language, and how it writes dates and money.")] = "en"
    timezone: Annotated[Line, doc("The zone in which days begin, as in Europe/London.")] = "UTC"
    markets: Annotated[
        tuple[Slug, ...],
        doc("Whose advertising law the labels must satisfy: gb, us, de and others. The strictest listed one wins."),
    ] = ()
    hosts: Annotated[
        tuple[Host, ...],
        doc("Where the site is published: redirects and headers are written as each of them reads them."),
    ] = ()
    route: Annotated[
        Route,
        doc("How links lead to shops: direct, or go, through /go/<creator>/<product> where the merchant allows it."),
    ] = Route.DIRECT
    theme: Annotated[Slug | ThemeChoice, doc("The theme's name, or its name and changed tokens.")] = "editorial"
    accent: Annotated[
        Colour | Accent | None, doc("The site's own colour for buttons and marks, or one for light and one for dark.")
    ] = None
    affiliate: Annotated[
        dict[Slug, dict[str, Line]],
        doc("The publisher's ids at affiliate networks, for shop links on pages that belong to no one creator."),
    ] = {}
    publisher: Annotated[Publisher | None, doc("Who answers for the site.")] = None
    access: Annotated[Access | None, doc("How one becomes a creator here; told at /join/.")] = None
    segments: Annotated[
        dict[Slug, Segment], doc("Saved queries for creators, by id, for `storefront list`; on no page.")
    ] = {}
    contacts: Annotated[
        tuple[Line, ...],
        doc("E-mail addresses, phone numbers and street addresses that texts may hold: they are meant for everybody."),
    ] = ()
    prices: Annotated[Prices, doc("When prices are too old to show.")] = Prices()
    promos: Annotated[Promos, doc("When promo codes are too old to show.")] = Promos()
    gift_warn_above: Annotated[
        tuple[Money, ...],
        doc("A gift worth more than this, in any of these currencies, needs approved_by: large ones are misread."),
    ] = ()
    asks: Annotated[
        Asks | None, doc("Whether creators have a page and a card that ask for a review of what they were sent.")
    ] = None
    directory: Annotated[Directory, doc("How the directory is divided.")] = Directory()
    embeds: Annotated[
        bool, doc("Whether reviews and ratings can be shown on other sites, as small pages under /embed/.")
    ] = False
    mentions: Annotated[
        bool, doc("Whether each brand has pages, a feed and documents of all that creators say of its products.")
    ] = False
    previews: Annotated[
        bool, doc("Whether the pages of creators, lists and products have a card of their own in link previews.")
    ] = False
    qr: Annotated[
        bool, doc("Whether each creator and each list has a QR code, as qr.svg beside the page that it leads to.")
    ] = False
    beacon: Annotated[
        Url | None,
        doc("Where clicks on shop links are told, for hosts that give no logs; left out, no page tells anything."),
    ] = None
    disclosures: Annotated[
        bool, doc("Whether disclosures.json, with each link's label and rules, is published with the site.")
    ] = True

    @property
    def redirects(self) -> bool:
        """Whether every host of it can redirect; where none is named, nothing is known."""
        return bool(self.hosts) and all(host.redirects for host in self.hosts)
