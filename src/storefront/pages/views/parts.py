"""Parts that several pages show."""

from storefront.pages.views.base import Html, View


class Link(View, frozen=True, kw_only=True):
    """An internal link, or a plain outbound one that sells nothing."""

    text: str
    url: str


class Day(View, frozen=True, kw_only=True):
    """A date for `<time>`: `iso` for machines, `text` in the page's language."""

    iso: str
    text: str


class Picture(View, frozen=True, kw_only=True):
    """A picture in several widths, cut for its place. `avif` and `webp` go with a `sizes` that the theme knows."""

    src: str
    avif: str
    webp: str
    width: int
    height: int
    look: str
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
    counted: str
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
    """A live promo code. `html` is its badge and the code in `<code>`; `terms` one line in words.

    `sheet` leads to its page to print, where stores take it.
    """

    html: Html
    terms: str
    sheet: Link | None = None


class Retired(View, frozen=True, kw_only=True):
    """Why a pick no longer stands, and what replaced it."""

    reason: str | None
    replaced_by: Link | None


class Card(View, frozen=True, kw_only=True):
    """A thing on a list, in a post or in a directory. `url` is its product page, None for an inline thing."""

    anchor: str
    url: str | None
    title: str
    lang: str | None
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
    """Who says something. `hreflang` is the language of the page at `url`, when it is not this page's."""

    name: str
    url: str
    hreflang: str | None
    picture: Picture | None


class Aspect(View, frozen=True, kw_only=True):
    """A rating of one trait."""

    name: str
    stars: Stars


class Update(View, frozen=True, kw_only=True):
    """What a reviewer said later. `since` is the time since the review, `counts` where its rating is the current."""

    day: Day
    since: str
    counts: bool
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


class Embed(View, frozen=True, kw_only=True):
    """How another site shows a review: the address of the small page, and the code of a frame around it."""

    url: str
    code: str


class Fix(View, frozen=True, kw_only=True):
    """What a reviewer said and what a brand did about it. `review` leads to the whole review."""

    said: str
    lang: str | None
    stars: Stars | None
    author: Byline
    got: Badge
    disclosure: str
    review: Link
    answer: Response


class AnswerBand(View, frozen=True, kw_only=True):
    """How many reviews of some stars a brand has answered, in words, and after how many days."""

    label: str
    rate: str
    days: str | None


class Answers(View, frozen=True, kw_only=True):
    """How a brand answers, from the most stars down. `rule` says which reviews count."""

    rule: str
    bands: tuple[AnswerBand, ...]
    total: AnswerBand


class Review(View, frozen=True, kw_only=True):
    """A review with everything that belongs to it. `disclosure` is the first line of its body and always shown.

    `picture` is the product's; `pictures` are the reviewer's own, with `credit` beside them. `html` may be empty.
    """

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
    embed: Embed | None
    pictures: tuple[Picture, ...]
    credit: str | None
    evidence: str | None


class Removed(View, frozen=True, kw_only=True):
    """What stands in the place of a removed review. `text` says who removed it, when and why."""

    anchor: str
    product: Link | None
    author: Byline
    day: Day
    text: str


class Pin(View, frozen=True, kw_only=True):
    """A numbered place in a picture, in thousandths of its width (`x`) and height (`y`).

    `url` is a card's anchor or a page.
    """

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
    lang: str | None
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
    lang: str | None
    count: str
    html: Html
    updated: Day | None
    cover: Picture | None
    cards: tuple[Card, ...]
    more: Link | None


class Filter(View, frozen=True, kw_only=True):
    """One filter over the reviews of a page. `key` is the part after `in-` in its id, and the word in `data-in`."""

    key: str
    label: str
    lang: str | None
    count: int
    shown: str


class Filters(View, frozen=True, kw_only=True):
    """All filters over the reviews of a page. `people` lead to each one's review; `aspects` are numbered from 1."""

    options: tuple[Filter, ...]
    people: tuple[Link, ...]
    aspects: tuple[str, ...]
    shown: str


class Pagination(View, frozen=True, kw_only=True):
    """Where one is in a directory. `text` is "Page 2 of 5"."""

    text: str
    previous: Link | None
    next: Link | None


class HistogramBar(View, frozen=True, kw_only=True):
    """One row of the histogram. `percent` of all ratings, rounded."""

    stars: int
    label: str
    count: int
    counted: str
    percent: int


class Mixed(View, frozen=True, kw_only=True):
    """How many of a creator's things came in one way. `text` is "3 of 12 things (25%)"."""

    badge: Badge
    text: str


class Calibration(View, frozen=True, kw_only=True):
    """A creator's own scale. `counted` says of how many reviews; without any there are no `stars`."""

    stars: Stars | None
    counted: str | None
    bars: tuple[HistogramBar, ...]
    mix: tuple[Mixed, ...]
    retired: str | None


class Share(View, frozen=True, kw_only=True):
    """The mean of the ratings of one provenance, and which part of all ratings they are."""

    badge: Badge
    stars: Stars
    percent: str


class Saying(View, frozen=True, kw_only=True):
    """A pro or con that several reviews name."""

    text: str
    count: int
    counted: str


class Aggregate(View, frozen=True, kw_only=True):
    """All ratings of a product by the people of the site; `imported` says how many others are counted apart."""

    stars: Stars
    bars: tuple[HistogramBar, ...]
    shares: tuple[Share, ...]
    imported: str | None
    pros: tuple[Saying, ...]
    cons: tuple[Saying, ...]
