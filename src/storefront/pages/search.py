"""Search without a server: everything by its first letter, and an index that a browser loads in parts.

A search loads the one part in which a word that is typed may stand. Parts hold what the catalog shows, so that
nothing drafted or held back can be in them, and they lead to pages of this site, never to a shop.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from storefront.catalog.facts import SiteFact
from storefront.catalog.whole import Catalog
from storefront.pages import frame, parts, routes, views
from storefront.pages.voice import Voice, voice

PERSON, BRAND, CATEGORY, LIST, PRODUCT = range(5)  # in the order in which they are found
KINDS = ("kind_person", "kind_brand", "kind_category", "kind_list", "kind_product")
# In the register, in this order. A list's title is in its creator's language, and it stands on her page.
REGISTERED = ((PERSON, "nav_people"), (BRAND, "nav_brands"), (CATEGORY, "nav_categories"), (PRODUCT, "title_products"))
PART = 256  # entries for each part of the index, of which there is a power of two; an entry stands in about five
IDEOGRAPHS = 0x2E80  # from here on, signs are too many for a page each
OTHER = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ı": "i", "'": None, "’": None})
_words = re.compile(r"[^\W_]+").findall


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """What can be found: its title, a line beside it, its address, and its language if that is not the page's."""

    title: str
    line: str
    url: str
    lang: str = ""


class Found(Struct, frozen=True, gc=False):
    """An entry, its kind, and the plain words that it is found by."""

    kind: int
    entry: Entry
    words: tuple[str, ...]


class PartInputs(Struct, frozen=True, gc=False):
    """The entries of one part of the index."""

    entries: tuple[Entry, ...]


class RegisterInputs(Struct, frozen=True, kw_only=True, gc=False):
    """A page of the register: what stands under a letter, by kind. The search's own page has none of that.

    `parts` is how many parts the index has; 0 on the pages of letters, which do not search.
    """

    site: SiteFact
    letters: tuple[str, ...]
    letter: str = ""
    groups: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = ()
    parts: int = 0


def plain(text: str) -> str:
    """Text without case, accents and apostrophes. `search.js` does the same with what is typed."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    return text.lower().translate(OTHER)


def words_of(text: str) -> tuple[str, ...]:
    """The plain words of a text by which it is found: those of two letters and more."""
    return tuple(word for word in _words(plain(text)) if len(word) > 1)


_words_of_line = lru_cache(maxsize=4096)(words_of)  # a brand's products share theirs


def part_of(word: str, parts: int) -> int:
    """The part of the index that has the words beginning with the first two letters of a plain word."""
    return (ord(word[0]) * 31 + ord(word[1])) % parts


def letter_of(title: str) -> str:
    """The letter that something stands under in the register; "0" for all figures, "" for what has no letter."""
    first = plain(title).lstrip()[:1]
    if first.isdecimal():
        return "0"
    return first if first.isalpha() and ord(first) < IDEOGRAPHS else ""


def found_in(catalog: Catalog, site: SiteFact) -> list[Found]:
    """Everything that can be found: kind by kind, and by title. Of creators, those who may be named."""
    spoken = voice(site)
    labels = [spoken.say(kind) for kind in KINDS]

    def found(kind: int, title: str, line: str, path: str, lang: str = "") -> Found:
        words = (*words_of(title), *_words_of_line(line))
        told = f"{line} · {labels[kind]}" if line else labels[kind]
        return Found(kind, Entry(title, told, site.base + path, lang), words)

    named = catalog.community.named
    all_of = [
        found(PERSON, each.name, f"@{each.handle}", routes.vanity(each.handle))
        for each in catalog.bylines.values()
        if each.handle in named
    ]
    all_of += [found(BRAND, each.name, "", routes.brand(each.id)) for each in catalog.brands.values()]
    for each in catalog.categories.values():
        slugs, name = each.path[-1]
        all_of.append(found(CATEGORY, name, each.path[-2][1] if len(each.path) > 1 else "", routes.category(slugs)))
    for fact in catalog.lists.values():
        by = fact.byline
        if by.handle not in named:
            continue
        lang = parts.language_if_other(by.locale, spoken) or ""
        all_of.append(found(LIST, fact.title, by.name, routes.list_page(by.handle, fact.slug), lang))
    for identity, product in catalog.products.items():
        thing = product.thing
        line = f"{thing.brand_name} · {product.category[-1][1]}" if product.category else thing.brand_name
        all_of.append(found(PRODUCT, thing.title, line, routes.product(identity)))
    return sorted(all_of, key=lambda each: (each.kind, each.words, each.entry.url))


def index_of(found: Sequence[Found]) -> list[tuple[Entry, ...]]:
    """The index in its parts: each entry once in every part that one of its words belongs to."""
    count = 1 << max(0, (len(found) - 1) // PART).bit_length()
    index: list[list[Entry]] = [[] for _ in range(count)]
    for each in found:
        for part in {part_of(word, count) for word in each.words}:
            index[part].append(each.entry)
    return [tuple(entries) for entries in index]


def plan(catalog: Catalog, site: SiteFact) -> Iterator[tuple[str, Callable[[Any], views.Sheet | bytes], Struct]]:
    """Each page of the search and part of its index: its address, what makes it, and what it reads."""
    found = found_in(catalog, site)
    index = index_of(found)
    under: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        if each.kind == LIST:
            continue
        under[letter_of(each.entry.title)][each.kind].append((each.entry.title, each.entry.url))
    letters = tuple(sorted(under, key=lambda letter: (not letter, letter)))
    for letter, kinds in under.items():
        groups = tuple((kind, tuple(kinds[kind])) for kind, _ in REGISTERED if kind in kinds)
        inputs = RegisterInputs(site=site, letters=letters, letter=letter, groups=groups)
        yield routes.register(_slug(letter)), letter_sheet, inputs
    for number, entries in enumerate(index):
        yield routes.search_part(number), part, PartInputs(entries)
    yield routes.SEARCH, search_sheet, RegisterInputs(site=site, letters=letters, parts=len(index))


def _slug(letter: str) -> str:
    """A letter as part of an address."""
    if letter in ("0", ""):
        return "0-9" if letter else "other"
    return letter if letter.isascii() else f"u{ord(letter):x}"


def _label(letter: str, spoken: Voice) -> str:
    if letter in ("0", ""):
        return "0–9" if letter else spoken.say("letter_other")
    return letter.upper()


def part(inputs: PartInputs) -> bytes:
    """A part of the index: a JSON array of entries, each an array of its title, line, address and language."""
    return msgspec.json.encode(inputs.entries)


def search_sheet(inputs: RegisterInputs) -> views.Sheet:
    """The page of the search: the letters, and for browsers that run scripts a box to type in."""
    spoken = voice(inputs.site)
    return _sheet(inputs, routes.SEARCH, spoken.say("nav_search"), spoken)


def letter_sheet(inputs: RegisterInputs) -> views.Sheet:
    """One page of the register: all people, brands, categories and products under a letter."""
    spoken = voice(inputs.site)
    title = spoken.say("title_letter", letter=_label(inputs.letter, spoken))
    return _sheet(inputs, routes.register(_slug(inputs.letter)), title, spoken)


def _sheet(inputs: RegisterInputs, path: str, title: str, spoken: Voice) -> views.Sheet:
    trail = [spoken.link(spoken.say("nav_search"), routes.SEARCH)]
    if path != routes.SEARCH:
        trail.append(spoken.link(title, path))
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_page", title=title, site=inputs.site.title),
        description=spoken.say("desc_search"),
        crumbs=trail,
    )
    titles = dict(REGISTERED)
    view = views.SearchView(
        title=title,
        letters=tuple(spoken.link(_label(each, spoken), routes.register(_slug(each))) for each in inputs.letters),
        groups=tuple(
            views.Registered(
                title=spoken.say(titles[kind]), links=tuple(views.Link(text=text, url=url) for text, url in links)
            )
            for kind, links in inputs.groups
        ),
        index=spoken.url(routes.SEARCH_INDEX) if inputs.parts else None,
        parts=inputs.parts,
    )
    return frame.sheet("search.html", head, view, spoken)
