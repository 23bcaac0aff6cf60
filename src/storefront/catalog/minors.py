"""Minors: what is told of the names of members under age, and content that would tell more of them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec
import re2
from msgspec import Struct

from storefront.catalog import exposed
from storefront.catalog.live import Live
from storefront.content import Places
from storefront.problems import KeyPath, Place, Problem
from storefront.records import Curation, Entry
from storefront.slugs import folded, slug
from storefront.vocabulary.community import PLACE_FROM, Squad, Standing, is_few
from storefront.vocabulary.influencer import Influencer

# Samples are on no page, and others' reviews are signed by whoever has the same name.
TABLES = tuple(table for table in exposed.TABLES if table not in {"samples", "imported"})
PICTURE = "src"
NO_TEXT = (exposed.NO_TEXT | {"aliases", "proof"}) - {PICTURE}
CUT = (("rights", "holder"), ("rights", "credit"))  # of her own pictures (`untold`)
FIRST_ALONE = "Write the first name alone."
MEMORY = 1 << 26
# Where family names come first: languages, and letters by their Unicode names.
FAMILY_FIRST, LETTERS = frozenset({"hu", "ja", "ko", "vi", "zh"}), ("CJK ", "HANGUL ")
_words = re.compile(r"[^\W_]+").findall


class Name(Struct, frozen=True):
    """A name in two: the word that she goes by, and those that are not told."""

    whole: str
    first: str
    others: tuple[str, ...]

    @property
    def family(self) -> frozenset[str]:
        """Each part that is not told by itself: of “Ida van der Berg-Lund” berg and lund."""
        parts = [word for word in self.others if not word[0].islower()] or self.others
        return frozenset(part for word in parts for part in _in_words(word) if len(part) > 1)

    @property
    def forms(self) -> list[str]:
        """What tells who it is: all of it, and the first name beside each part of the family's."""
        pairs = [pair for part in sorted(self.family) for pair in (f"{self.first} {part}", f"{part} {self.first}")]
        return list(dict.fromkeys([self.whole, *pairs])) if pairs else []

    def is_in(self, address: str) -> bool:
        """Whether an address has a family name, as words or run together with the first name."""
        return self.runs_in(address) or not self.family.isdisjoint(address.split("-"))

    def runs_in(self, address: str) -> bool:
        """Whether a whole name stands in an address or an id without anything between, as in IDABERG15."""
        joined = "".join(_in_words(address))
        return any("".join(_in_words(form)) in joined for form in self.forms)


def parted(creator: Influencer, handle: str) -> Name:
    """The name of a creator with this handle: she goes by the word of it that stands there, wherever it is in the name.

    Where none does it is the first, or the last in a language or letters in which family names come first.
    """
    words = creator.name.split()
    address = set(handle.split("-"))
    goes_by = next((at for at, word in enumerate(words) if set(_in_words(word) or [word]) <= address), None)
    if goes_by is None:
        language = (creator.locale or "").partition("-")[0]
        last = language in FAMILY_FIRST or unicodedata.name(words[0][0], "").startswith(LETTERS)
        goes_by = len(words) - 1 if last else 0
    return Name(creator.name, words[goes_by], tuple(word for at, word in enumerate(words) if at != goes_by))


def untold(text: str | None, handle: str, live: Live) -> str | None:
    """Who is named beside a creator's own pictures: of a minor the first name, where there is her family name in it."""
    if not text or handle not in live.minors:
        return text
    name = parted(live.influencers[handle].record, handle)
    return text if name.family.isdisjoint(_known(text)) else name.first


def names_of(curation: Curation) -> dict[str, Name]:
    """The names of all who are under age, by handle."""
    squads = (entry.record for entry in curation.squads.values())
    handles = dict.fromkeys(handle for squad in squads if squad.minors for handle in squad.members)
    known = curation.influencers
    return {handle: parted(known[handle].record, handle) for handle in handles if handle in known}


def check(curation: Curation, places: Places, names: Mapping[str, Name]) -> list[Problem]:
    """What would tell the family name of a minor, or where a few of them are.

    `names` are those of all who are under age, also where the curation is a part of a site's.
    """
    return list(_Check(curation, places, names).all())


class _Check:
    def __init__(self, curation: Curation, places: Places, names: Mapping[str, Name]) -> None:
        self.curation, self.places, self.names = curation, places, names
        self.forms = {_spaced(form): handle for handle, name in self.names.items() for form in name.forms}
        self.told: set[Place] = set()

    def all(self) -> Iterator[Problem]:
        for squad in self.curation.squads.values():
            if squad.record.minors:
                yield from self.squad(squad)
        for handle, name in self.names.items():
            if creator := self.curation.influencers.get(handle):
                for address in (handle, *creator.record.aliases):
                    if name.is_in(address):
                        message = f"the address /{address}/ has the family name of a minor"
                        hint = "Rename the file or folder; a first name, or a made-up one, will do."
                        yield Problem("minors", message, self.places.of(creator.origin), hint)
        yield from self.texts()

    def squad(self, entry: Entry[Squad]) -> Iterator[Problem]:
        """A squad's words about itself: the town of a small one, and its members' family names."""
        squad = entry.record
        known = self.curation.influencers
        members = [known[handle].record for handle in squad.members if handle in known]
        names = [self.names[handle] for handle in squad.members if handle in self.names]
        shown = sum(each.status is Standing.APPROVED and not each.draft for each in members)
        town = _spaced(squad.city) if squad.city and is_few(squad, shown) else None
        firsts = {word for name in names for word in _known(name.first)}
        families = {word for name in names for word in name.family} - firsts
        for path, text in _said(entry):
            place = self.places.of(entry.origin, *path)
            if town and town in _spaced(text):
                message = f"a squad of few minors ({shown}) tells its town: {squad.city}"
                hint = f"Leave the town out while it has fewer than {squad.place_from or PLACE_FROM} members."
                yield Problem("minors", message, place, hint)
            if families & _known(" ".join(_capitals(text))):
                self.told.add(place)
                yield Problem("minors", "this has the family name of a minor", place, FIRST_ALONE)

    def texts(self) -> Iterator[Problem]:
        """Whole names, wherever somebody writes them."""
        if not self.forms:
            return
        suspect = _suspecting(self.names.values())
        tables: dict[str, Iterable[Entry[Any]]] = {table: getattr(self.curation, table).values() for table in TABLES}
        tables["site"] = [self.curation.site] if self.curation.site else []
        for table, entries in tables.items():
            passed = exposed.MEANT if table == "site" else {"name"} if table == "influencers" else ()  # which is cut
            for entry in entries:
                if table != "influencers" and suspect(entry.id):
                    yield from self.text(entry, (), entry.id)
                if suspect(exposed.whole(entry.record)):
                    for path, text in _texts(msgspec.to_builtins(entry.record), ()):
                        if path[-1] == PICTURE:
                            yield from self.picture(entry, path, text)
                        elif path[0] not in passed:
                            yield from self.text(entry, path, text)

    def text(self, entry: Entry[Any], path: KeyPath, text: str) -> Iterator[Problem]:
        """A text, or an id; a handle is judged as an address instead."""
        if text in self.names:
            return
        spaced = _spaced(text)
        of = {handle for form, handle in self.forms.items() if form in spaced}
        own = self.names.get(entry.owner)
        if not path and own and own.runs_in(text):  # a promo code, most of all
            of.add(entry.owner)
        place = self.places.of(entry.origin, *path) if of else None
        if place and place not in self.told and not (path in CUT and of == {entry.owner}):
            yield Problem("minors", "this has the whole name of a minor", place, FIRST_ALONE)

    def picture(self, entry: Entry[Any], path: KeyPath, file: str) -> Iterator[Problem]:
        """The name of a file, which is part of a picture's address: of her own without her family name."""
        named = slug(PurePosixPath(file).stem)
        spaced, own = _spaced(named), self.names.get(entry.owner)
        if (own and own.is_in(named)) or any(form in spaced for form in self.forms):
            message = "the name of this picture, which is part of its address, has the name of a minor"
            yield Problem("minors", message, self.places.of(entry.origin, *path), "Rename the file.")


def _said(entry: Entry[Squad]) -> Iterator[tuple[KeyPath, str]]:
    """What a squad says of itself, and its addresses as words with capitals."""
    squad = entry.record
    yield (), entry.id.title()
    yield ("name",), squad.name
    yield ("steward",), squad.steward
    yield ("about",), squad.about or ""
    if squad.access and squad.access.text:
        yield ("access", "text"), squad.access.text
    for key, shared in squad.lists.items():
        yield ("lists", key), key.title()
        yield ("lists", key, "title"), shared.title
        yield ("lists", key, "intro"), shared.intro or ""


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NO_TEXT:
                yield from _texts(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
    elif isinstance(value, str):
        yield path, value


def _in_words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    return _words(folded(text))


def _known(text: str) -> set[str]:
    return set(_in_words(text))


def _spaced(text: str) -> str:
    """A text's words with a space around each, so that whole words are found in it."""
    return f" {' '.join(_in_words(text))} "


def _capitals(text: str) -> Iterator[str]:
    """The words that may be names: those that do not begin small."""
    return (word for word in _words(unicodedata.normalize("NFC", text)) if not word[0].islower())


def _suspecting(names: Iterable[Name]) -> Callable[[str | bytes], object]:
    """Whether a text may hold a family name: all of them as one automaton, as in `private`."""
    parts = {part for name in names for word in name.others for part in _words(word)}
    signs = {unicodedata.normalize(form, part) for part in parts for form in ("NFC", "NFD")} | set(map(folded, parts))
    options = re2.Options()
    options.case_sensitive, options.never_capture, options.max_mem = False, True, MEMORY
    found: Callable[[str | bytes], object] = re2.compile("|".join(map(re2.escape, sorted(signs))), options).search
    return found
