"""A creator's feeds: Atom (RFC 4287) and JSON Feed 1.1.

Content knows days, not hours, so every date is the beginning of its day in UTC.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from storefront.catalog.facts import ListFact, Person, PostFact
from storefront.catalog.review_facts import ReviewFact
from storefront.pages import routes
from storefront.pages.feed_entries import Entry, entries, picture
from storefront.pages.voice import Voice

ATOM = "http://www.w3.org/2005/Atom"
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = "1970-01-01"  # Atom wants a date even of a feed without entries; the clock would make every build differ
_drop_controls = partial(re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]").sub, "")  # no XML can hold them


class Channel(Struct, frozen=True, kw_only=True):
    """What a feed says of itself. Addresses are absolute."""

    home: str
    itself: str
    title: str
    author: str
    author_url: str
    subtitle: str | None = None
    logo: str | None = None


def channel_of(person: Person, voice: Voice) -> Channel:
    """A creator's Atom feed."""
    byline = person.byline
    home = voice.site.url + routes.vanity(byline.handle)
    return Channel(
        home=home,
        itself=voice.site.url + routes.atom(byline.handle),
        title=voice.say("feed_of", name=byline.name),
        author=byline.name,
        author_url=home,
        subtitle=person.tagline,
        logo=picture(byline.avatar, voice),
    )


def atom(
    person: Person, lists: Iterable[ListFact], posts: Iterable[PostFact], reviews: Iterable[ReviewFact], voice: Voice
) -> bytes:
    """The Atom feed of a creator; its date is that of its newest entry."""
    return as_atom(channel_of(person, voice), entries(lists, posts, reviews, voice), voice)


def json_feed(
    person: Person, lists: Iterable[ListFact], posts: Iterable[PostFact], reviews: Iterable[ReviewFact], voice: Voice
) -> bytes:
    """The JSON Feed of a creator."""
    return as_json(person, entries(lists, posts, reviews, voice), voice)


def as_atom(channel: Channel, shown: Sequence[Entry], voice: Voice) -> bytes:
    """Entries as Atom."""
    parts = (
        f'<feed xmlns="{ATOM}" xml:lang="{voice.locale}">',
        _element("id", channel.home),
        _element("title", channel.title),
        _element("subtitle", channel.subtitle) if channel.subtitle else "",
        _link("self", "application/atom+xml", channel.itself),
        _link("alternate", "text/html", channel.home),
        _element("updated", _moment(shown[0].updated if shown else NEVER)),
        _author(channel.author, channel.author_url),
        _element("logo", channel.logo) if channel.logo else "",
        *map(_entry, shown),
        "</feed>",
    )
    return (DECLARATION + "".join(parts)).encode()


def _author(name: str, url: str) -> str:
    return f"<author>{_element('name', name)}{_element('uri', url)}</author>"


def _entry(entry: Entry) -> str:
    return (
        f"<entry>{_element('id', entry.url)}{_element('title', entry.title)}"
        f"{_link('alternate', 'text/html', entry.stands or entry.url)}"
        f"{_author(*entry.author) if entry.author else ''}"
        f"{_element('published', _moment(entry.published)) if entry.published else ''}"
        f"{_element('updated', _moment(entry.updated))}"
        f'<content type="html">{_text(entry.html)}</content></entry>'
    )


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{_text(text)}</{tag}>"


def _link(rel: str, kind: str, url: str) -> str:
    return f'<link rel="{rel}" type="{kind}" href="{_text(url)}" />'


def _text(text: str) -> str:
    """Text for an element; an address, which holds no quotation mark, for an attribute too."""
    return _drop_controls(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_json(person: Person, shown: Sequence[Entry], voice: Voice) -> bytes:
    """Entries as JSON Feed."""
    handle, name = person.byline.handle, person.byline.name
    home = voice.site.url + routes.vanity(handle)
    avatar = picture(person.byline.avatar, voice)
    feed = {
        "version": JSON_FEED,
        "title": voice.say("feed_of", name=name),
        "home_page_url": home,
        "feed_url": voice.site.url + routes.json_feed(handle),
        "description": person.tagline,
        "icon": avatar,
        "language": voice.locale,
        "authors": [_without_gaps({"name": name, "url": home, "avatar": avatar})],
        "items": [_json_item(entry) for entry in shown],
    }
    return msgspec.json.encode(_without_gaps(feed))


def _json_item(entry: Entry) -> dict[str, Any]:
    return _without_gaps(
        {
            "id": entry.url,
            "url": entry.stands or entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "image": entry.image,
            "date_published": _moment(entry.published) if entry.published else None,
            "date_modified": _moment(entry.updated),
        }
    )


def _without_gaps(known: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in known.items() if value is not None}


def _moment(day: str) -> str:
    """A day as RFC 3339 wants a date."""
    return f"{day[:10]}T00:00:00Z"
