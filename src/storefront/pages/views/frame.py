"""What stands around the content of every page."""

from msgspec import Struct

from storefront.pages.views.base import Html, View
from storefront.pages.views.parts import Day, Link


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


class Recall(View, frozen=True, kw_only=True):
    """A recall of a product that the page shows: the first thing on it. `stop` says that it is not for sale here."""

    title: str
    product: Link
    day: Day
    text: str
    lots: str | None
    stop: str | None
    more: Link | None


class Chrome(View, frozen=True, kw_only=True):
    """What every page of the site shares, in the page's language."""

    site_title: str
    home: str
    nav: tuple[Link, ...]
    search: Link
    stylesheet: str
    ground_light: str | None
    ground_dark: str | None
    scripts: dict[str, str]
    icon: str
    publisher: str | None
    publisher_url: str | None
    publisher_email: str | None
    publisher_address: str | None
    how: Link
    more: tuple[Link, ...]
    generator: str
    policy: str | None
    beacon: str | None


class Page(View, frozen=True, kw_only=True):
    """The head of a page and what stands around its content. `path` is its address from the host's root."""

    path: str
    canonical: str
    title: str
    description: str
    lang: str
    dir: str
    noindex: bool
    accent: str | None
    statement: Statement | None
    breadcrumbs: tuple[Link, ...]
    alternates: tuple[Alternate, ...]
    og: OpenGraph
    jsonld: Html
    recalls: tuple[Recall, ...] = ()


class Sheet(Struct, frozen=True, kw_only=True):
    """A page ready for its template: what every template receives, and the language of the fixed words."""

    template: str
    language: str
    chrome: Chrome
    page: Page
    view: View
