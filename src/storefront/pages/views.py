"""What templates receive: plain, complete, finished data, and nothing else.

A template gets five names: `page` (a `Page`), `chrome` (a `Chrome`), `t` (the fixed words of
the page's language, one attribute each), `view` (the struct named in the page's own module,
such as `VanityView`) and pure filters. Text fields are escaped by the template; fields of
type `Html` are markup made by this program and go out as they are.

Outbound shop links reach a template only as `Html` that holds the badge and the anchor
together, so that no theme can show one without the other.
"""

from markupsafe import Markup
from msgspec import Struct

Html = Markup


class View(Struct, frozen=True, kw_only=True, gc=False):
    """Base of all views."""


class Link(View, frozen=True, kw_only=True):
    """An internal link, or a plain outbound one that sells nothing."""

    text: str
    url: str


class Day(View, frozen=True, kw_only=True):
    """A date for `<time>`: `iso` for machines, `text` in the page's language."""

    iso: str
    text: str


class Picture(View, frozen=True, kw_only=True):
    """A picture in several widths. `srcset` goes with a `sizes` that the theme knows."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str


class Badge(View, frozen=True, kw_only=True):
    """A short label. `kind` is a relationship's name, for a CSS class."""

    kind: str
    text: str


class Fact(View, frozen=True, kw_only=True):
    """A label and its value."""

    label: str
    value: str


class Stars(View, frozen=True, kw_only=True):
    """A rating. `halves` (0 to 10) picks the CSS class, `value` is written beside, `text` is for the ear."""

    halves: int
    value: str
    count: int
    text: str


class Shop(View, frozen=True, kw_only=True):
    """One offer. `html` is the badge and the link, in this order, in one `<span class="shop">`."""

    html: Html
    merchant: str
    price: str | None
    was: str | None
    checked: Day | None
    availability: str | None
    sold_out: bool
    shipping: str | None
    regions: str | None


class Promo(View, frozen=True, kw_only=True):
    """A live promo code. `html` is its badge and the code in `<code>`; `terms` one line in words."""

    html: Html
    terms: str


class Retired(View, frozen=True, kw_only=True):
    """Why a pick no longer stands, and what replaced it."""

    reason: str | None
    replaced_by: Link | None


class Card(View, frozen=True, kw_only=True):
    """A thing on a list, in a post or in a directory. `url` is its product page, None for an inline thing."""

    anchor: str
    url: str | None
    title: str
    brand: Link | None
    brand_name: str | None
    picture: Picture | None
    stars: Stars | None
    got: Badge | None
    badges: tuple[Badge, ...]
    label: str | None
    note: str | None
    why: str | None
    variant: str | None
    facts: tuple[Fact, ...]
    promo: Promo | None
    shop: Shop | None
    more_shops: str | None
    retired: Retired | None
    discontinued: str | None


class Byline(View, frozen=True, kw_only=True):
    """Who says something."""

    name: str
    url: str
    picture: Picture | None


class Aspect(View, frozen=True, kw_only=True):
    """A rating of one trait."""

    name: str
    stars: Stars


class Update(View, frozen=True, kw_only=True):
    """What a reviewer said later."""

    day: Day
    after: str | None
    stars: Stars | None
    html: Html


class Response(View, frozen=True, kw_only=True):
    """A brand's answer. `kind` and `outcome` are words in the page's language."""

    brand: Link
    day: Day
    kind: str
    html: Html
    outcome: str | None
    steps: tuple[str, ...]


class Review(View, frozen=True, kw_only=True):
    """A review with everything that belongs to it. `disclosure` is the first line of its body and always shown."""

    anchor: str
    url: str
    lang: str | None
    product: Link | None
    picture: Picture | None
    author: Byline
    title: str | None
    stars: Stars | None
    first_stars: Stars | None
    day: Day
    got: Badge
    disclosure: str
    html: Html
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    used_for: str | None
    verification: str
    updates: tuple[Update, ...]
    responses: tuple[Response, ...]


class Pin(View, frozen=True, kw_only=True):
    """A numbered place in a picture, in thousandths of its width (`x`) and height (`y`); `url` is a card's anchor or page."""

    number: int
    x: int
    y: int
    title: str
    url: str


class Photo(View, frozen=True, kw_only=True):
    """A picture of a post and the pins in it."""

    picture: Picture
    pins: tuple[Pin, ...]


class PostTeaser(View, frozen=True, kw_only=True):
    """A post as shown on other pages. `pins` lists the things in the first picture."""

    url: str
    title: str
    day: Day
    author: Byline
    photo: Photo | None
    badges: tuple[Badge, ...]
    things: tuple[Link, ...]


class ListView(View, frozen=True, kw_only=True):
    """A list with its cards. `number` counts the lists of a page; `more` links to the rest when it is cut."""

    anchor: str
    url: str
    number: int
    title: str
    count: str
    html: Html
    updated: Day | None
    cover: Picture | None
    cards: tuple[Card, ...]
    more: Link | None


class HistogramBar(View, frozen=True, kw_only=True):
    """One row of the histogram. `percent` of all ratings, rounded."""

    stars: int
    label: str
    count: int
    percent: int


class Share(View, frozen=True, kw_only=True):
    """The mean of the ratings of one provenance."""

    badge: Badge
    stars: Stars


class Saying(View, frozen=True, kw_only=True):
    """A pro or con that several reviews name."""

    text: str
    count: int


class Aggregate(View, frozen=True, kw_only=True):
    """All ratings of a product."""

    stars: Stars
    bars: tuple[HistogramBar, ...]
    shares: tuple[Share, ...]
    pros: tuple[Saying, ...]
    cons: tuple[Saying, ...]


class Pagination(View, frozen=True, kw_only=True):
    """Where one is in a directory. `text` is "Page 2 of 5"."""

    text: str
    previous: Link | None
    next: Link | None


class Alternate(View, frozen=True, kw_only=True):
    """`<link rel=alternate>`: a feed or the JSON document."""

    type: str
    title: str
    url: str


class OpenGraph(View, frozen=True, kw_only=True):
    """What a link preview shows. Addresses are absolute."""

    type: str
    title: str
    description: str
    image: str | None
    image_width: int
    image_height: int
    image_alt: str


class Statement(View, frozen=True, kw_only=True):
    """The disclosure at the top of a page: a label in a box, the sentences, and a link to how it works."""

    label: str
    sentences: tuple[str, ...]
    more: Link


class Chrome(View, frozen=True, kw_only=True):
    """What every page of the site shares, in the page's language."""

    site_title: str
    home: str
    nav: tuple[Link, ...]
    stylesheet: str
    script: str | None
    icon: str
    publisher: str | None
    publisher_url: str | None
    publisher_email: str | None
    publisher_address: str | None
    how: Link
    generator: str


class Page(View, frozen=True, kw_only=True):
    """The head of a page and what stands around its content. `path` is its address from the host's root."""

    path: str
    canonical: str
    title: str
    description: str
    lang: str
    dir: str
    noindex: bool
    statement: Statement | None
    breadcrumbs: tuple[Link, ...]
    alternates: tuple[Alternate, ...]
    og: OpenGraph
    jsonld: Html


class Sheet(Struct, frozen=True, kw_only=True):
    """A page ready for its template: what every template receives, and the language of the fixed words."""

    template: str
    language: str
    chrome: Chrome
    page: Page
    view: View


class PersonCard(View, frozen=True, kw_only=True):
    """A creator in the directory."""

    url: str
    name: str
    tagline: str | None
    place: str | None
    lang: str | None
    picture: Picture | None
    facts: tuple[Fact, ...]


class HomeView(View, frozen=True, kw_only=True):
    """`home.html`: the directory; `posts` only on its first page."""

    headline: str
    description: str | None
    people: tuple[PersonCard, ...]
    posts: tuple[PostTeaser, ...]
    pagination: Pagination | None


class SectionView(View, frozen=True, kw_only=True):
    """Lists under one heading; `title` is None when the creator has no sections."""

    title: str | None
    lists: tuple[ListView, ...]


class VanityView(View, frozen=True, kw_only=True):
    """`vanity.html`: a creator's own page."""

    name: str
    handle: str
    pronouns: str | None
    tagline: str | None
    place: str | None
    html: Html
    avatar: Picture | None
    banner: Picture | None
    interests: tuple[str, ...]
    profiles: tuple[Link, ...]
    facts: tuple[Fact, ...]
    ties: tuple[str, ...]
    sections: tuple[SectionView, ...]
    posts: tuple[PostTeaser, ...]
    posts_more: Link | None
    reviews: tuple[Review, ...]
    reviews_shown: str
    reviews_more: Link | None


class ListPageView(View, frozen=True, kw_only=True):
    """`list.html`: one list, whole."""

    list: ListView
    author: Byline
    others: tuple[Link, ...]


class PostPageView(View, frozen=True, kw_only=True):
    """`post.html`: one post with everything to be seen in it. `things` are numbered as the pins."""

    title: str
    day: Day
    html: Html
    author: Byline
    badges: tuple[Badge, ...]
    permalink: Link | None
    photos: tuple[Photo, ...]
    things: tuple[Card, ...]
    others: tuple[PostTeaser, ...]


class PostsPageView(View, frozen=True, kw_only=True):
    """`posts.html`: all posts of a creator, newest first."""

    author: Byline
    posts: tuple[PostTeaser, ...]


class ReviewsPageView(View, frozen=True, kw_only=True):
    """`reviews.html`: all reviews of a creator, newest first."""

    author: Byline
    reviews: tuple[Review, ...]
    shown: str


class Mention(View, frozen=True, kw_only=True):
    """A creator's pick of a product, on the product's page, with her own link when she has one."""

    author: Byline
    lang: str | None
    list: Link
    note: str | None
    why: str | None
    got: Badge | None
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    promo: Promo | None
    shop: Shop | None
    retired: Retired | None


class Verdict(View, frozen=True, kw_only=True):
    """One line beside the buy button, and whose it is."""

    text: str
    author: Byline
    got: Badge | None
    stars: Stars | None
    url: str


class ProductView(View, frozen=True, kw_only=True):
    """`product.html`: a product with everyone's picks and reviews of it."""

    title: str
    brand: Link
    category: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    notice: str | None
    replaced_by: Link | None
    verdict: Verdict | None
    critical: Verdict | None
    shops: tuple[Shop, ...]
    html: Html
    specs: tuple[Fact, ...]
    highlights: tuple[Fact, ...]
    best_for: tuple[str, ...]
    not_for: tuple[str, ...]
    variants: tuple[str, ...]
    aggregate: Aggregate | None
    mentions: tuple[Mention, ...]
    posts: tuple[PostTeaser, ...]
    reviews: tuple[Review, ...]
    reviews_shown: str


class BrandView(View, frozen=True, kw_only=True):
    """`brand.html`: a brand, its products, and what is said of them."""

    name: str
    url: Link | None
    logo: Picture | None
    country: str | None
    html: Html
    facts: tuple[Fact, ...]
    cards: tuple[Card, ...]
    ties: tuple[Fact, ...]
    reviews: tuple[Review, ...]
    reviews_shown: str


class CategoryView(View, frozen=True, kw_only=True):
    """`category.html`: the products of a category, and the categories in it."""

    title: str
    count: str
    children: tuple[Link, ...]
    cards: tuple[Card, ...]
    pagination: Pagination | None


class IndexGroup(View, frozen=True, kw_only=True):
    """A heading with links, on the index of categories or of brands."""

    title: str
    url: str
    count: str
    picture: Picture | None
    links: tuple[Link, ...]


class IndexView(View, frozen=True, kw_only=True):
    """`index.html`: all categories, or all brands."""

    title: str
    groups: tuple[IndexGroup, ...]


class Explained(View, frozen=True, kw_only=True):
    """A label and what it means."""

    badge: Badge
    text: str


class HowView(View, frozen=True, kw_only=True):
    """`how.html`: how this works, made from the site's own data."""

    labels: tuple[Explained, ...]
    got: tuple[Explained, ...]
    reviews: tuple[str, ...]
    prices: tuple[str, ...]
    links: tuple[str, ...]
    facts: tuple[Fact, ...]


class MissingView(View, frozen=True, kw_only=True):
    """`404.html`."""

    people: tuple[Link, ...]


class MovedView(View, frozen=True, kw_only=True):
    """`moved.html`: an old address that leads to a new one; `page.canonical` is the new one."""

    to: Link
