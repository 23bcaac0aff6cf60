"""A creator's feeds: Atom (RFC 4287) and JSON Feed 1.1.

Content knows days, not hours, so every date is the beginning of its day in UTC.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec

from storefront.catalog.facts import ListFact, Person, PostFact, ReviewFact
from storefront.pages import routes
from storefront.pages.feed_entries import Entry, entries, picture
from storefront.pages.voice import Voice

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = "1970-01-01"  # Atom wants a date even of a feed without entries; the clock would make every build differ
_drop_controls = partial(re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]").sub, "")  # no XML can hold them


def atom(
    person: Person, lists: Iterable[ListFact], posts: Iterable[PostFact], reviews: Iterable[ReviewFact], voice: Voice
) -> bytes:
    """The Atom feed of a creator; its date is that of its newest entry."""
    return as_atom(person, entries(lists, posts, reviews, voice), voice)


def json_feed(
    person: Person, lists: Iterable[ListFact], posts: Iterable[PostFact], reviews: Iterable[ReviewFact], voice: Voice
) -> bytes:
    """The JSON Feed of a creator."""
    return as_json(person, entries(lists, posts, reviews, voice), voice)


def as_atom(person: Person, shown: Sequence[Entry], voice: Voice) -> bytes:
    """Entries as Atom."""
    handle, name = person.byline.handle, person.byline.name
    home = voice.site.url + routes.vanity(handle)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": voice.locale})
    _add(feed, "id", home)
    _add(feed, "title", voice.say("feed_of", name=name))
    if person.tagline:
        _add(feed, "subtitle", person.tagline)
    _add(feed, "link", rel="self", type="application/atom+xml", href=voice.site.url + routes.atom(handle))
    _add(feed, "link", rel="alternate", type="text/html", href=home)
    _add(feed, "updated", _moment(shown[0].updated if shown else NEVER))
    author = SubElement(feed, "author")
    _add(author, "name", name)
    _add(author, "uri", home)
    if person.byline.avatar:
        _add(feed, "logo", picture(person.byline.avatar, voice))
    for entry in shown:
        _add_entry(feed, entry)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _add_entry(feed: Element, entry: Entry) -> None:
    made = SubElement(feed, "entry")
    _add(made, "id", entry.url)
    _add(made, "title", entry.title)
    _add(made, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.published:
        _add(made, "published", _moment(entry.published))
    _add(made, "updated", _moment(entry.updated))
    _add(made, "content", entry.html, type="html")


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = _drop_controls(text) if text else None


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
            "url": entry.url,
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
