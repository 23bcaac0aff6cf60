"""References of what belongs to several people: squads, calls, thanks, snippets and releases."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from storefront.catalog.campaigns import NameCheck
from storefront.content import Origin, Places
from storefront.problems import KeyPath, Problem, nearest, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.community import SharedItem, Squad

# A problem for a name of a kind that is not among the known ones, at a place (`references`).
STAGED = ("influencers", "lists", "posts", "reviews", "promos", "products", "brands", "merchants", "squads", "calls",
          "snippets")  # fmt: skip


def check(curation: Curation, places: Places, named: NameCheck) -> Iterator[Problem]:
    """Every problem of squads, calls, thanks, snippets and releases."""
    return _Together(curation, places, named).all()


class _Together:
    def __init__(self, curation: Curation, places: Places, named: NameCheck) -> None:
        self.curation, self.places, self.named = curation, places, named

    def all(self) -> Iterator[Problem]:
        curation = self.curation
        picked: dict[tuple[str, str], set[str]] = defaultdict(set)
        if curation.squads:
            for entry in curation.lists.values():
                for item in entry.record.items:
                    picked[entry.owner, item.product or ""].add(entry.id)
        for squad in curation.squads.values():
            yield from self.squad(squad, picked)
        yield from self.others()
        yield from self.stages()

    def others(self) -> Iterator[Problem]:
        """Calls, thanks and snippets."""
        curation = self.curation
        for call in curation.calls.values():
            yield from self.named(call.record.brand, "brand", curation.brands, call.origin, ("brand",))
            yield from self.named(call.record.squad, "squad", curation.squads, call.origin, ("squad",))
        for brand in curation.brands.values():
            for index, other in enumerate(brand.record.competes_with):
                yield from self.named(other, "brand", curation.brands, brand.origin, ("competes_with", index))
            for index, thanks in enumerate(brand.record.thanks):
                yield from self.person(thanks.to, brand.origin, ("thanks", index, "to"))
        for snippet in curation.snippets.values():
            yield from self.named(snippet.record.product, "product", curation.products, snippet.origin, ("product",))

    def stages(self) -> Iterator[Problem]:
        """The audiences of releases."""
        curation = self.curation
        for table in STAGED:
            for entry in getattr(curation, table).values():
                yield from self.staged(entry.record.releases, entry.origin, ())
        for listed in curation.lists.values():
            for index, item in enumerate(listed.record.items):
                yield from self.staged(item.releases, listed.origin, ("items", index))

    def person(self, handle: str, origin: Origin, path: KeyPath) -> Iterator[Problem]:
        known = self.curation.influencers
        if handle not in known and not any(each.name == handle for each in self.curation.unread):
            near = nearest(handle, known)
            hint = f"Did you mean {near}?" if near else "Write the handle of a creator, the name of her file or folder."
            yield Problem(
                "unknown-reference", f"there is no creator {shown(handle)}", self.places.of(origin, *path), hint
            )

    def staged(self, releases: Iterable[Any], origin: Origin, path: KeyPath) -> Iterator[Problem]:
        """The squads and brands that see a record first."""
        for index, release in enumerate(releases):
            kind, _, name = release.audience.partition(":")
            if name:
                known = self.curation.squads if kind == "squad" else self.curation.brands
                yield from self.named(name, kind, known, origin, (*path, "releases", index, "audience"))

    def squad(self, entry: Entry[Squad], picked: dict[tuple[str, str], set[str]]) -> Iterator[Problem]:
        squad = entry.record
        for index, handle in enumerate(squad.members):
            yield from self.person(handle, entry.origin, ("members", index))
        for key, shared in squad.lists.items():
            for index, item in enumerate(shared.items):
                yield from self.item(item, squad, entry.origin, ("lists", key, "items", index), picked)

    def item(
        self, item: SharedItem, squad: Squad, origin: Origin, path: KeyPath, picked: dict[tuple[str, str], set[str]]
    ) -> Iterator[Problem]:
        """An item on a list of a squad's: a member's own pick."""
        if item.member not in squad.members:
            if origin.source in self.curation.unread:  # its members may be among what cannot be read
                return
            hint = "Add her to members, or take the thing off the list."
            message = f"{shown(item.member)} is no member of this squad"
            yield Problem("unknown-reference", message, self.places.of(origin, *path, "member"), hint)
            return
        yield from self.named(item.product, "product", self.curation.products, origin, (*path, "product"))
        if any(source.owner == item.member for source in self.curation.unread):
            return
        lists = picked.get((item.member, item.product), set())
        if item.member in self.curation.influencers and item.product in self.curation.products and not lists:
            message = f"{item.member} shows {shown(item.product)} on no list of hers"
            hint = "Put it on one of her lists first: her words, link and label come from there."
            yield Problem("unknown-reference", message, self.places.of(origin, *path, "product"), hint)
        elif item.list and lists and item.list not in lists:
            message = f"{item.member} does not show {shown(item.product)} on {shown(item.list)}"
            hint = f"It is on {', '.join(sorted(lists))}."
            yield Problem("unknown-reference", message, self.places.of(origin, *path, "list"), hint)
