"""Facts: what pages are made of. Frozen, resolved, and each named, so that a page can say what it reads.

A fact holds everything that its readers show of it and nothing else: when the bytes of a fact
are the same, so is every page that reads only such facts. What has an order is a tuple: digests sort the keys of maps.
"""

from decimal import Decimal

from storefront.catalog.shots import Shot
from storefront.catalog.trade import Part, PromoFact, RecallFact
from storefront.disclosure import Pack
from storefront.vocabulary.common import Evidence, Relationship
from storefront.vocabulary.curation import Fit
from storefront.vocabulary.influencer import Location
from storefront.vocabulary.product import Availability
from storefront.vocabulary.site import Publisher


class Fact(Part, frozen=True, kw_only=True):
    """Something a page can name as its input. `ref` is its name: kind, colon, id."""

    ref: str


class PreviewFact(Part, frozen=True, kw_only=True):
    """A card for link previews: its file under media/, and what stands on it."""

    file: str
    alt: str


class NetworkFact(Part, frozen=True, kw_only=True):
    """An affiliate network as pages name it; `statement` holds language and sentence."""

    id: str
    name: str
    statement: tuple[tuple[str, str], ...]


class SiteFact(Fact, frozen=True, kw_only=True):
    """What is true of the whole site. `base` is the path before every address ("" or "/shop").

    `stylesheets` are files by template; a template without one has `stylesheet`.
    `networks` are those of the site's own file. `embeds` is the stylesheet of embeds; "" where there are none.
    `scripts` are the theme's, each with its name and its file.
    `grounds` are the colours of the page in light and in dark; "" where the theme's are no plain colours.
    `policy` is what pages say themselves of what they may load; "" where every host says it.
    `beacon` is where clicks on shop links are told; "" where they are not.
    `joining` is whether a page tells how one becomes a creator.
    """

    title: str
    url: str
    base: str
    tagline: str | None
    description: str | None
    locale: str
    markets: tuple[str, ...]
    publisher: Publisher | None
    per_page: int
    price_days: int
    stylesheet: str
    icon: str
    stylesheets: tuple[tuple[str, str], ...] = ()
    embeds: str = ""
    scripts: tuple[tuple[str, str], ...] = ()
    grounds: tuple[str, str] = ("", "")
    policy: str = ""
    networks: tuple[NetworkFact, ...] = ()
    counts: tuple[tuple[str, int], ...]
    joining: bool = False
    beacon: str = ""
    packs: tuple[Pack, ...] = ()


class Byline(Fact, frozen=True, kw_only=True):
    """A creator as she is named on other pages, and the language and markets that her own pages speak to.

    `accent` is the stylesheet with her own colour; "" where she has none.
    """

    handle: str
    name: str
    locale: str
    markets: tuple[str, ...]
    avatar: Shot | None
    accent: str = ""


class Listed(Fact, frozen=True, kw_only=True):
    """A creator in the directory."""

    byline: Byline
    tagline: str | None
    location: Location | None
    things: int
    reviews: int


class Person(Fact, frozen=True, kw_only=True):
    """A creator on her own page."""

    byline: Byline
    pronouns: str | None
    tagline: str | None
    bio: str | None
    banner: Shot | None
    location: Location | None
    interests: tuple[str, ...]
    expertise: tuple[str, ...]
    profiles: tuple[tuple[str, str], ...]
    ties: tuple[tuple[Relationship, str, str | None], ...]
    sections: tuple[tuple[str | None, tuple[str, ...]], ...]
    things: int
    reviews: int
    bought: int
    admitted: str | None = None
    squads: tuple[tuple[str, str], ...] = ()


class RatingFact(Part, frozen=True, kw_only=True):
    """The mean of all current ratings of a product, exact, and how many there are."""

    mean: Decimal
    count: int


class OfferFact(Part, frozen=True, kw_only=True):
    """An offer as it stands now: a price only while it is fresh.

    `creator` is whose link it is, by handle; none for the publisher's. `route` is the address on this
    site, without its base path, that redirects to `url`; none where the link is direct.
    """

    merchant: str
    merchant_name: str
    url: str
    network: str | None
    creator: str | None = None
    subid: str | None = None
    route: str | None = None
    referrer_policy: str | None = None
    relationships: tuple[Relationship, ...]
    price: str | None
    was: str | None
    as_of: str | None
    availability: Availability
    shipping: str | None
    regions: tuple[str, ...]


class Thing(Fact, frozen=True, kw_only=True):
    """A product on a card."""

    id: str
    title: str
    brand: str
    brand_name: str
    shot: Shot | None
    rating: RatingFact | None
    discontinued: bool
    replaced_by: tuple[str, str] | None
    recalls: tuple[RecallFact, ...] = ()


class Shelved(Fact, frozen=True, kw_only=True):
    """A product on a shelf that belongs to no one creator, with the ties of the shop links on its page."""

    thing: Thing
    relationships: tuple[Relationship, ...]


class Pick(Part, frozen=True, kw_only=True):
    """A thing as one creator shows it.

    `thing` is None for an inline item, which then has `title`; if it is for a campaign, `tied_to` names its brand.
    """

    anchor: str
    thing: Thing | None
    title: str
    brand_name: str | None
    tied_to: str = ""
    shot: Shot | None
    note: str | None
    why: str | None
    label: str | None
    variant: str | None
    relationships: tuple[Relationship, ...]
    owned_since: str | None
    used_for: str | None
    fit: Fit | None
    promo: PromoFact | None
    offer: OfferFact | None
    offers: int
    retired: bool
    reason: str | None
    replaced_by: tuple[str, str] | None
    rivals: tuple[tuple[Relationship, str], ...] = ()  # her ties to competitors of the brand
    evidence: tuple[Evidence, ...] = ()

    @property
    def tie(self) -> str:
        """With whom the ties are that it has, by name; what it is called itself, where nothing says."""
        return self.tied_to or self.brand_name or self.title


class ListFact(Fact, frozen=True, kw_only=True):
    """A list and its picks."""

    slug: str
    title: str
    intro: str | None
    cover: Shot | None
    updated: str | None
    byline: Byline
    picks: tuple[Pick, ...]


class PinFact(Part, frozen=True, kw_only=True):
    """Where a pick of a post is to be seen: the picture's number from 0, and fractions of its size."""

    photo: int
    at: tuple[float, float] | None


class PostFact(Fact, frozen=True, kw_only=True):
    """A post and its picks; `pins` go with `picks`, one each.

    `ties` are what its campaign discloses of all of it, to the brand that it names, also where nothing is to be bought.
    """

    id: str
    title: str
    caption: str | None
    date: str
    network: str | None
    url: str | None
    byline: Byline
    shots: tuple[Shot, ...]
    picks: tuple[Pick, ...]
    pins: tuple[PinFact, ...]
    credit: str | None = None
    ties: tuple[Relationship, ...] = ()
    tied_to: str = ""


class Mention(Fact, frozen=True, kw_only=True):
    """A creator's pick of a product, seen from the product."""

    byline: Byline
    list_slug: str
    list_title: str
    pick: Pick


class ProductFact(Fact, frozen=True, kw_only=True):
    """A product on its own page."""

    thing: Thing
    brand: str
    description: str | None
    category: tuple[tuple[str, str], ...]
    shots: tuple[Shot, ...]
    gtin: str | None
    mpn: str | None
    variants: tuple[str, ...]
    specs: tuple[tuple[str, str], ...]
    highlights: tuple[tuple[str, str], ...]
    best_for: tuple[str, ...]
    not_for: tuple[str, ...]
    offers: tuple[OfferFact, ...]


class BrandFact(Fact, frozen=True, kw_only=True):
    """A brand on its own page, with who has a tie to it."""

    id: str
    name: str
    url: str | None
    logo: Shot | None
    description: str | None
    country: str | None
    ties: tuple[tuple[Byline, Relationship, str | None], ...]


class Answered(Part, frozen=True, kw_only=True):
    """How many reviews of a band of stars a brand has answered, of how many, and the median of days until it did."""

    stars: tuple[int, int]
    reviews: int
    answered: int
    median_days: Decimal | None


class AnswerFact(Fact, frozen=True, kw_only=True):
    """How a brand answers: of all its reviews that are older than `days`, and by the stars they gave first."""

    days: int
    total: Answered
    bands: tuple[Answered, ...]


class Category(Fact, frozen=True, kw_only=True):
    """A category: its path of (slug path, title), and its children."""

    path: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str, int], ...]
    count: int
