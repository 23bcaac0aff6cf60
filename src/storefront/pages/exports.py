"""A creator's storefront for other programs: feeds and the JSON document, from what her vanity page reads."""

from collections.abc import Sequence

from storefront.pages import documents, feeds
from storefront.pages.feed_entries import Entry, entries
from storefront.pages.memo import of_recent
from storefront.pages.vanity import Inputs
from storefront.pages.voice import Voice, voice


def atom(inputs: Inputs) -> bytes:
    """The Atom feed."""
    return feeds.as_atom(feeds.channel_of(inputs.person, _voice(inputs)), _entries(inputs), _voice(inputs))


def json_feed(inputs: Inputs) -> bytes:
    """The JSON Feed."""
    return feeds.as_json(inputs.person, _entries(inputs), _voice(inputs))


def document(inputs: Inputs) -> bytes:
    """The JSON document."""
    return documents.vanity(inputs.person, inputs.lists, inputs.posts, inputs.reviews, _voice(inputs), inputs.removed)


@of_recent(4)
def _entries(inputs: Inputs) -> Sequence[Entry]:
    return entries(inputs.lists, inputs.posts, inputs.reviews, _voice(inputs), inputs.removed)


def _voice(inputs: Inputs) -> Voice:
    byline = inputs.person.byline
    return voice(inputs.site, byline.locale, byline.markets)
