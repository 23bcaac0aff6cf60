"""The content of each kind of page, one struct for each template."""

from storefront.pages.views.base import Html, View
from storefront.pages.views.imported import Imported
from storefront.pages.views.parts import (
    Aggregate,
    Answers,
    Badge,
    Byline,
    Calibration,
    Card,
    Day,
    Fact,
    Filters,
    Fix,
    Link,
    ListView,
    Pagination,
    Photo,
    Picture,
    PostTeaser,
    Promo,
    Removed,
    Retired,
    Review,
    Shop,
    Stars,
)
from storefront.pages.views.together import SnippetView, ThanksView


class PersonCard(View, frozen=True, kw_only=True):
    """A creator in the directory."""

    url: str
    hreflang: str | None
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
    lang: str | None
    pronouns: str | None
    tagline: str | None
    place: str | None
    html: Html
    avatar: Picture | None
    banner: Picture | None
    interests: tuple[str, ...]
    expertise: tuple[str, ...]
    profiles: tuple[Link, ...]
    facts: tuple[Fact, ...]
    ties: tuple[str, ...]
    sections: tuple[SectionView, ...]
    posts: tuple[PostTeaser, ...]
    posts_more: Link | None
    calibration: Calibration | None
    reviews: tuple[Review, ...]
    reviews_shown: str
    reviews_more: Link | None
    qr: Link | None = None
    squads: tuple[Link, ...] = ()


class ListPageView(View, frozen=True, kw_only=True):
    """`list.html`: one list, whole."""

    list: ListView
    author: Byline
    others: tuple[Link, ...]
    qr: Link | None = None


class PostPageView(View, frozen=True, kw_only=True):
    """`post.html`: one post with everything to be seen in it. `things` are numbered as the pins."""

    title: str
    lang: str | None
    day: Day
    html: Html
    author: Byline
    badges: tuple[Badge, ...]
    permalink: Link | None
    credit: str | None
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
    removed: tuple[Removed, ...]
    shown: str


class Mention(View, frozen=True, kw_only=True):
    """A creator's pick of a product, with her own link when she has one. Pages of no one product name it."""

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
    product: Link | None = None
    picture: Picture | None = None


class Verdict(View, frozen=True, kw_only=True):
    """One line beside the buy button, and whose it is."""

    text: str
    lang: str | None
    author: Byline
    got: Badge | None
    disclosure: str | None
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
    delivery: tuple[Link, ...]
    html: Html
    specs: tuple[Fact, ...]
    highlights: tuple[Fact, ...]
    best_for: tuple[str, ...]
    not_for: tuple[str, ...]
    variants: tuple[str, ...]
    aggregate: Aggregate | None
    mentions: tuple[Mention, ...]
    posts: tuple[PostTeaser, ...]
    filters: Filters | None
    reviews: tuple[Review, ...]
    removed: tuple[Removed, ...]
    reviews_shown: str
    pagination: Pagination | None
    imported: tuple[Imported, ...]


class ProductReviewsView(View, frozen=True, kw_only=True):
    """`product-reviews.html`: a further page of a product's reviews, by creators or, in `imported`, by customers.

    `aggregate` is over all pages.
    """

    title: str
    product: Link
    aggregate: Aggregate | None
    filters: Filters | None
    reviews: tuple[Review, ...]
    removed: tuple[Removed, ...]
    reviews_shown: str
    imported: Imported | None
    pagination: Pagination | None


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
    aggregate: Aggregate | None
    answers: Answers | None
    fixes: tuple[Fix, ...]
    snippets: tuple[SnippetView, ...]
    thanks: tuple[ThanksView, ...]
    reviews: tuple[Review, ...]
    reviews_shown: str
    feeds: tuple[Link, ...]
    mentions: Link | None
    pagination: Pagination | None


class EmbedView(View, frozen=True, kw_only=True):
    """`embed.html`: a review, a snippet, or without both the ratings of a product, for a frame on another site.

    `more` is the address of all of it on this site.
    """

    product: Link
    brand: str
    picture: Picture | None
    review: Review | None
    aggregate: Aggregate | None
    more: str
    snippet: SnippetView | None = None


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


class Registered(View, frozen=True, kw_only=True):
    """Everything of one kind under a letter."""

    title: str
    links: tuple[Link, ...]


class SearchView(View, frozen=True, kw_only=True):
    """`search.html`: the search, and each page of the register by letters.

    `index` is none on the pages of letters; there are `parts` files of it, numbered from 0.
    """

    title: str
    letters: tuple[Link, ...]
    groups: tuple[Registered, ...]
    index: str | None
    parts: int


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


class Qr(View, frozen=True, kw_only=True):
    """A QR code: its picture, and the text that it says."""

    url: str
    text: str


class Store(View, frozen=True, kw_only=True):
    """A store: its name, where it is, and its own page."""

    name: str
    where: str
    url: str | None


class Quote(View, frozen=True, kw_only=True):
    """What a creator says of a thing on a list, with its labels. `anchor` names it inside the page."""

    anchor: str
    text: str
    badges: tuple[Badge, ...]


class PrintView(View, frozen=True, kw_only=True):
    """`print.html`: a code for the till, or a card that asks for a review, to be printed. `steps` are not printed."""

    kicker: str
    title: str
    promo: Promo | None
    notes: tuple[str, ...]
    quote: Quote | None
    steps: tuple[Link, ...]
    qr: Qr
    places_title: str | None
    places: tuple[Store, ...]
