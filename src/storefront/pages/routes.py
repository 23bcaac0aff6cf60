"""Addresses: where every page stands, from the host's root, with the site's base path before it."""

from collections.abc import Iterable, Iterator, Mapping

HOW = "/how-this-works/"
HOME = "/"
CATEGORIES = "/categories/"
BRANDS = "/brands/"
CAMPAIGNS = "/campaigns/"
MISSING = "/404.html"
SEARCH = "/search/"
SEARCH_INDEX = "/search/index/"
ROBOTS = "/robots.txt"
SQUADS = "/squads/"
CALLS = "/calls/"
THANKS = "/thanks/"
JOIN = "/join/"
OWNED = ("/", "/embed/review/", "/embed/snippet/")  # what a handle stands behind


def vanity(handle: str) -> str:
    """A creator's own page."""
    return f"/{handle}/"


def moved(aliases: Mapping[str, str], paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """What creators' pages, embeds and files were once called: the present handle, the old and the present address.

    `aliases` leads from old handles to present ones.
    """
    below: dict[str, list[tuple[str, str]]] = {handle: [] for handle in aliases.values()}
    for path in paths:
        for place in OWNED:
            handle, _, rest = path.removeprefix(place).partition("/")
            if path.startswith(place) and handle in below:
                below[handle].append((place, rest))
    for alias, handle in aliases.items():
        yield from ((handle, f"{place}{alias}/{rest}", f"{place}{handle}/{rest}") for place, rest in below[handle])


def list_page(handle: str, slug: str) -> str:
    """One list."""
    return f"/{handle}/lists/{slug}/"


def post(handle: str, identity: str) -> str:
    """One post."""
    return f"/{handle}/posts/{identity}/"


def posts(handle: str) -> str:
    """All posts of a creator."""
    return f"/{handle}/posts/"


def reviews(handle: str) -> str:
    """All reviews of a creator."""
    return f"/{handle}/reviews/"


def atom(handle: str) -> str:
    """A creator's Atom feed."""
    return f"/{handle}/feed.xml"


def json_feed(handle: str) -> str:
    """A creator's JSON Feed."""
    return f"/{handle}/feed.json"


def document(handle: str) -> str:
    """A creator's storefront as one JSON document."""
    return f"/{handle}/index.json"


def coupon(handle: str, code: str) -> str:
    """The sheet with a code for the till."""
    return f"/{handle}/codes/{code.lower()}/"


def ask(handle: str, product: str) -> str:
    """The page, and the card, that ask a creator for a review of what she was sent."""
    return f"/{handle}/asks/{product}/"


def buyer_ask(identity: str) -> str:
    """The page, and the card, that ask whoever bought a product for a review of it."""
    return f"{product(identity)}ask/"


def qr(page: str) -> str:
    """The QR code of a page."""
    return f"{page}qr.svg"


def product(identity: str) -> str:
    """A product with everyone's picks and reviews."""
    return f"/products/{identity}/"


def review_anchor(handle: str, identity: str) -> str:
    """The name of a review inside a page."""
    return f"review-{handle}-{identity}"


def reviews_of(product_id: str, page: int) -> str:
    """A page of a product's reviews, counted from 1; the first is the product's own."""
    return product(product_id) if page == 1 else f"{product(product_id)}reviews/page/{page}/"


def review(product_id: str, handle: str, identity: str, page: int = 1) -> str:
    """A review, on the page of the product's reviews where it stands. Without the page, its lasting name."""
    return f"{reviews_of(product_id, page)}#{review_anchor(handle, identity)}"


def imported(product_id: str, source: str, page: int) -> str:
    """A page of what a source's customers say of a product, counted from 1; the first is the product's own."""
    return product(product_id) if page == 1 else f"{product(product_id)}reviews/from/{source}/page/{page}/"


def imported_anchor(source: str, identity: str) -> str:
    """The name of an imported review inside a page; no creator's review can have it."""
    return f"from-{source}--{identity}"


def brand(identity: str) -> str:
    """A brand."""
    return f"/brands/{identity}/"


def brand_atom(identity: str) -> str:
    """The Atom feed of what is said of a brand."""
    return f"/brands/{identity}/feed.xml"


def brand_document(identity: str) -> str:
    """A brand as one JSON document."""
    return f"/brands/{identity}/index.json"


def mentions(identity: str) -> str:
    """All that is said of a brand."""
    return f"{brand(identity)}mentions/"


def mentions_atom(identity: str) -> str:
    """The Atom feed of the newest that is said of a brand."""
    return f"{mentions(identity)}feed.xml"


def mentions_document(identity: str, page: int) -> str:
    """A page of all that is said of a brand as a JSON document."""
    return f"{numbered(mentions(identity), page)}index.json"


def embedded_review(handle: str, identity: str) -> str:
    """A review for a frame on another site."""
    return f"/embed/review/{handle}/{identity}/"


def embedded_product(identity: str) -> str:
    """The ratings of a product for a frame on another site."""
    return f"/embed/product/{identity}/"


def embedded_snippet(handle: str, identity: str) -> str:
    """A snippet for a frame on another site."""
    return f"/embed/snippet/{handle}/{identity}/"


def squad(identity: str) -> str:
    """A squad."""
    return f"{SQUADS}{identity}/"


def call(identity: str) -> str:
    """An open call."""
    return f"{CALLS}{identity}/"


def oembed(embed: str) -> str:
    """The oEmbed of an embed."""
    return f"{embed}oembed.json"


def category(path: str) -> str:
    """A category, by its slug path."""
    return f"/categories/{path}/"


def register(letter: str) -> str:
    """Everything under a letter."""
    return f"{SEARCH}{letter}/"


def search_part(number: int) -> str:
    """A part of the search's index, counted from 0."""
    return f"{SEARCH_INDEX}{number}.json"


def numbered(first: str, page: int) -> str:
    """Page `page` of a directory whose first page is at `first`."""
    return first if page == 1 else f"{first}page/{page}/"


def campaign(identity: str) -> str:
    """The brief of a campaign."""
    return f"{CAMPAIGNS}{identity}/"


def campaign_calendar(identity: str) -> str:
    """The calendar of a campaign."""
    return f"{campaign(identity)}calendar/"


def campaign_ics(identity: str) -> str:
    """The calendar of a campaign as a file."""
    return f"{campaign(identity)}calendar.ics"


def media(name: str) -> str:
    """A picture."""
    return f"/media/{name}"


def asset(name: str) -> str:
    """A file of the theme."""
    return f"/assets/{name}"


def path_of(file: str) -> str:
    """The address of a file of the site, from its path in the output folder: the other way round as `file_of`."""
    return f"/{file.removesuffix('index.html')}" if f"/{file}".endswith("/index.html") else f"/{file}"


def file_of(path: str) -> str:
    """The file in the output folder that answers for an address."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")
