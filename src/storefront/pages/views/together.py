"""Thanks and snippets, which several kinds of pages show."""

from storefront.pages.views.base import View
from storefront.pages.views.parts import Badge, Byline, Day, Embed, Link, Picture


class ThanksView(View, frozen=True, kw_only=True):
    """Thanks to somebody: for what, by whom, and whom it helped."""

    to: Byline
    text: str
    day: Day
    by: str | None
    helped: str


class SnippetView(View, frozen=True, kw_only=True):
    """A small piece of a creator's: `kind` is quote, tip, image or meme; `credit` is who has to be named."""

    anchor: str
    kind: str
    label: str
    lang: str | None
    badges: tuple[Badge, ...]
    got: Badge | None
    text: str | None
    picture: Picture | None
    product: Link
    author: Byline
    credit: str
    day: Day
    embed: Embed | None
