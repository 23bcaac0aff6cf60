"""A creator's storefront for other programs: feeds and the JSON document, from what her vanity page reads."""

from storefront.pages import documents, feeds
from storefront.pages.vanity import Inputs
from storefront.pages.voice import Voice, voice


def atom(inputs: Inputs) -> bytes:
    """The Atom feed."""
    return feeds.atom(inputs.person, inputs.lists, inputs.posts, inputs.reviews, _voice(inputs))


def json_feed(inputs: Inputs) -> bytes:
    """The JSON Feed."""
    return feeds.json_feed(inputs.person, inputs.lists, inputs.posts, inputs.reviews, _voice(inputs))


def document(inputs: Inputs) -> bytes:
    """The JSON document."""
    return documents.vanity(inputs.person, inputs.lists, inputs.posts, inputs.reviews, _voice(inputs))


def _voice(inputs: Inputs) -> Voice:
    byline = inputs.person.byline
    return voice(inputs.site, byline.locale, byline.markets)
