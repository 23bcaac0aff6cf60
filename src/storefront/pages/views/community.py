"""The pages of squads, calls, thanks, and how one gets in."""

from storefront.pages.views.base import Html, View
from storefront.pages.views.pages import Mention, PersonCard
from storefront.pages.views.parts import Fact, Link
from storefront.pages.views.together import ThanksView


class SharedView(View, frozen=True, kw_only=True):
    """A list that several people keep together: each pick with its product and whose it is."""

    anchor: str
    title: str
    html: Html
    picks: tuple[Mention, ...]


class ThanksGroup(View, frozen=True, kw_only=True):
    """The thanks of one brand."""

    brand: Link
    thanks: tuple[ThanksView, ...]


class Entry(View, frozen=True, kw_only=True):
    """A line of an index: a link and what is said beside it."""

    link: Link
    text: str


class EntryGroup(View, frozen=True, kw_only=True):
    """Lines of an index under a heading: squads of a town, or calls that are open."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


class CommunityView(View, frozen=True, kw_only=True):
    """`community.html`: a squad, a call, the thanks, how one gets in, or an index of squads or calls.

    `notes` are sentences of the program's own; `action` leads to a form elsewhere.
    """

    title: str
    kicker: str | None = None
    html: Html
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    offered: tuple[Fact, ...] = ()
    action: Link | None = None
    people: tuple[PersonCard, ...] = ()
    shared: tuple[SharedView, ...] = ()
    groups: tuple[EntryGroup, ...] = ()
    thanks: tuple[ThanksGroup, ...] = ()
