"""People: who may not be named everywhere, and what is told of nobody who is under age."""

from collections.abc import Iterator

from storefront.catalog import minors
from storefront.catalog.community import recognises
from storefront.catalog.live import Live
from storefront.leaks.phrases import Phrase, phrase
from storefront.leaks.secrets import Secret, address_of, spaced
from storefront.pages import routes
from storefront.records import Entry
from storefront.vocabulary.community import Squad, is_few
from storefront.vocabulary.influencer import Influencer

# Where nobody is named who does not let it: the directory, the search, the page for wrong addresses, embeds, and what
# belongs to several people.
NAMING = ("index.html", "page/", "search/", "404.html", "squads/", "calls/", "thanks/", "embed/")
SHORT = 6  # letters of a name, the space among them, that others may have by chance


def people(live: Live) -> Iterator[Secret]:
    """What must not be told of creators who have pages."""
    for entry in live.influencers.values():
        if not recognises(entry.record.sharing, live.clock.audience):
            phrases = (("address", address_of(routes.vanity(entry.id))), ("name", _exactly(entry.record.name)))
            why = "of a creator who may be named only in what she wrote"
            yield Secret(f"creator {entry.id}", why, entry.origin, (), phrases, NAMING)
        if entry.id in live.minors:
            yield from _minor(entry)
    for squad in live.squads.values():
        if is_small(squad, live) and squad.record.city:
            town = (("city", _exactly(squad.record.city)),)
            yield Secret(f"squad {squad.id}", "where a few minors are", squad.origin, ("city",), town)


def is_small(entry: Entry[Squad], live: Live) -> bool:
    """Whether a squad has too few members under age for its place to be told."""
    squad = entry.record
    members = sum(handle in live.influencers for handle in squad.members)
    return is_few(squad, members)


def _minor(entry: Entry[Influencer]) -> Iterator[Secret]:
    record = entry.record
    phrases = [("name", _of_name(text)) for text in minors.parted(record, entry.id).forms]
    if record.location and record.location.city:
        phrases.append(("name", _exactly(record.location.city)))
    phrases += [("profile", found) for each in record.profiles if (found := phrase(each.url.removeprefix("https://")))]
    if phrases:
        yield Secret(f"creator {entry.id}", "of somebody under age", entry.origin, (), tuple(phrases))


def _of_name(text: str) -> Phrase:
    """A name of several words, in whatever case and with whatever between them; a very short one as it is written."""
    return Phrase(spaced(text)) if len(text) > SHORT else _exactly(text)


def _exactly(text: str) -> Phrase:
    """A name as a phrase: by its words, or where it is a single one as it is written."""
    return phrase(text) or Phrase(spaced(text), text) if " " in text else Phrase(spaced(text), text)
