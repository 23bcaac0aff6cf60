"""Fit: which of the things that creators show lie outside the interests and expertise that they declare themselves."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from storefront import wordforms
from storefront.catalog.facts import ListFact, Person, Pick, PostFact
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.problems import LISTED, KeyPath, Place, Problem, shown


class _Shown(Struct, frozen=True):
    """A thing in one place of a creator's: `key` is the same wherever she shows it, `told` whether she says why.

    `ref` and `path` lead to where it is written; `ref` is that of a fact.
    """

    key: str
    told: bool
    text: str
    ref: str
    path: KeyPath


class _Sort(Struct, frozen=True):
    """What a thing is, in words: its category from the general to the particular, and all that is said of it."""

    name: str
    category: tuple[str, ...]
    text: str

    @property
    def branch(self) -> tuple[str, ...]:
        """The category and its next of kin: the one above it, where there is one."""
        return self.category[:-1] or self.category


def of_creators(catalog: Catalog, places: Places) -> Iterator[Problem]:
    """A note for each thing that meets nothing that its creator declares, and one for all who declare nothing."""
    by_creator: dict[str, list[_Shown]] = {handle: [] for handle in catalog.people}
    shelves: tuple[ListFact | PostFact | ReviewFact, ...] = (
        *catalog.lists.values(),
        *catalog.posts.values(),
        *catalog.reviews.values(),
    )
    for fact in shelves:
        by_creator[fact.byline.handle].extend(_shown_in(fact, catalog))
    sorts = _sorts(catalog)
    unasked = []
    for handle, found in by_creator.items():
        person = catalog.people[handle]
        declared = (*person.interests, *person.expertise)
        if found and not declared:
            unasked.append(handle)
        for thing in _outside(found, declared, sorts):
            place = places.of(catalog.origins[thing.ref], *thing.path)
            profile = places.of(catalog.origins[person.ref], "interests")
            yield _note(sorts[thing.key], thing, person, place, profile)
    if unasked:
        yield _unjudged(unasked, places.of(catalog.origins[catalog.people[unasked[0]].ref]))


def _shown_in(fact: ListFact | PostFact | ReviewFact, catalog: Catalog) -> Iterator[_Shown]:
    """The things of a list, a post or a review, each with what she says there. What is retired has its reason."""
    if isinstance(fact, ReviewFact):
        text = _text(fact.title, fact.body, fact.used_for, *fact.pros)
        yield _Shown(fact.product, told=False, text=text, ref=fact.ref, path=("product",))
        return
    intro = fact.intro if isinstance(fact, ListFact) else fact.caption
    key, indexes = catalog.entries[fact.ref]
    for pick, index in zip(fact.picks, indexes, strict=True):
        text = _text(fact.title, intro, pick.title, pick.brand_name, pick.note, pick.used_for)
        path = (key, index, "product" if pick.thing else "title")
        yield _Shown(_key(pick), told=bool(pick.why or pick.retired), text=text, ref=fact.ref, path=path)


def _key(pick: Pick) -> str:
    return pick.thing.id if pick.thing else f"“{pick.title}”"  # no id has such a sign


def _sorts(catalog: Catalog) -> dict[str, _Sort]:
    """What each thing is that creators show; of one without a product there is its title alone."""
    picks = [pick for fact in catalog.lists.values() for pick in fact.picks]
    sorts = {_key(pick): _Sort(pick.title, (), "") for pick in picks if not pick.thing}
    for product, fact in catalog.products.items():
        category = tuple(title for _, title in fact.category)
        pairs = (word for pair in (*fact.specs, *fact.highlights) for word in pair)
        text = _text(fact.thing.title, fact.thing.brand_name, *category, *fact.best_for, *pairs)
        sorts[product] = _Sort(fact.thing.title, category, text)
    return sorts


def _outside(found: Iterable[_Shown], declared: Iterable[str], sorts: dict[str, _Sort]) -> Iterator[_Shown]:
    """The first place of each thing that fits nowhere: not by a word, a reason or its kind."""
    words = frozenset().union(*map(wordforms.telling_words, declared))
    if not words:
        return
    places: dict[str, list[_Shown]] = {}
    for thing in found:
        places.setdefault(thing.key, []).append(thing)
    meeting = {key for key, told in places.items() if _meets(words, sorts[key], told)}
    branches = {sorts[key].branch for key in meeting} - {()}
    for key, told in places.items():
        if key not in meeting and sorts[key].branch not in branches and not any(each.told for each in told):
            yield told[0]


def _meets(words: Collection[str], sort: _Sort, told: Iterable[_Shown]) -> bool:
    return wordforms.has_any(words, sort.text) or any(wordforms.has_any(words, each.text) for each in told)


def _text(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _note(sort: _Sort, thing: _Shown, person: Person, place: Place, profile: Place) -> Problem:
    kind = f" ({shown(' > '.join(sort.category))})" if sort.category else ""
    what = "interest or expertise" if person.expertise else "interest"
    declared = _few((*person.interests, *person.expertise))
    message = f"“{shown(sort.name)}”{kind} meets no {what} of {person.byline.handle}: {declared}"
    why = "Write why: and the reason it is here" if thing.path[0] == "items" else "Put it on a list with why:"
    return Problem(
        "outside-interests", message, place, f"{why}, or name what it belongs to under interests: in {profile}."
    )


def _unjudged(handles: Sequence[str], place: Place) -> Problem:
    message = f"no interests are declared by {_few(handles)}, so that what they show was compared with none"
    hint = "Write what they are about, in words of their own: interests: [small kitchens, mending]."
    return Problem("no-interests", message, place, hint)


def _few(words: Sequence[str]) -> str:
    named = ", ".join(map(shown, words[:LISTED]))
    return f"{named} and {len(words) - LISTED} more" if len(words) > LISTED else named
