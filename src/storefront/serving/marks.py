"""Marks: what a preview says of things that no build would show, and of those that a commit did not have."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from storefront.catalog import campaigns
from storefront.catalog.whole import Catalog
from storefront.clock import Clock, Held, held, start_of
from storefront.pages import routes
from storefront.records import Curation, Entry
from storefront.serving.since import NEW, Since
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Record

_hrefs = re.compile(r'\bhref="([^"#?]+)').findall
_ids = re.compile(r'\bid="([^"]+)"').findall


class Mark(Struct, frozen=True):
    """One mark: a kind for its colour, and words."""

    kind: str
    text: str


Some = tuple[Mark, ...]


class OnPage(Struct, frozen=True, omit_defaults=True):
    """The marks of one page: its own, and those of elements by id, of links by address, and of codes by their text."""

    page: Some = ()
    ids: dict[str, Some] = field(default_factory=dict)
    links: dict[str, Some] = field(default_factory=dict)
    codes: dict[str, Some] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many things are marked."""
        return bool(self.page) + len(self.ids) + len(self.links) + len(self.codes)


class Marks:
    """All marks of a site: of facts by name, of picks by creator and anchor, of codes by creator and text."""

    def __init__(self, catalog: Catalog, curation: Curation, clock: Clock, since: Since, base: str) -> None:
        self.catalog, self.curation, self.clock, self.since, self.base = catalog, curation, clock, since, base
        self.facts: dict[str, Some] = dict(_some(self._facts()))
        self.picks: dict[tuple[str, str], Some] = dict(_some(self._picks()))
        self.codes: dict[tuple[str, str], Some] = dict(_some(self._codes()))
        addresses = {self.address(ref): found for ref, found in self.facts.items()}
        self._links = {base + path: found for path, found in addresses.items() if path and "#" not in path}
        self._reviews = {
            routes.review_anchor(*ref.partition(":")[2].split("/")): found
            for ref, found in self.facts.items()
            if ref.startswith("review:")
        }

    def of(self, ref: str) -> Some:
        """The marks of a fact."""
        return self.facts.get(ref, ())

    def address(self, ref: str) -> str:
        """Where a fact stands, without the base path; "" for one without a place of its own."""
        kind, _, name = ref.partition(":")
        owner, _, key = name.partition("/")
        if kind == "review":
            fact = self.catalog.reviews.get((owner, key))
            return routes.review(fact.product, owner, key, fact.page) if fact else ""
        make = {"person": routes.vanity, "product": routes.product, "brand": routes.brand, "campaign": routes.campaign}
        if kind in make:
            return make[kind](name)
        return {"list": routes.list_page, "post": routes.post}[kind](owner, key) if kind in {"list", "post"} else ""

    def on(self, ref: str, path: str, html: str) -> OnPage:
        """The marks of a page: `ref` is the fact that it is about ("" for none), `path` its address without base."""
        if not (self.facts or self.picks or self.codes):
            return OnPage()
        ids, hrefs = dict.fromkeys(_ids(html)), dict.fromkeys(_hrefs(html))
        owner = path.split("/")[1]
        picks = {anchor: found for (handle, anchor), found in self.picks.items() if handle == owner}
        here = self.base + path
        return OnPage(
            page=self.of(ref),
            ids={each: marked for each in ids if (marked := self._reviews.get(each) or picks.get(each))},
            links={each: self._links[each] for each in hrefs if each in self._links and each != here},
            codes={code: found for (handle, code), found in self.codes.items() if handle == owner},
        )

    def _facts(self) -> Iterator[tuple[str, Iterator[Mark]]]:
        """Every record with its own marks, and with those of what it cannot be shown without."""
        curation = self.curation
        tables: dict[str, dict[Any, Entry[Any]]] = {
            "person": curation.influencers, "product": curation.products, "brand": curation.brands,
            "list": curation.lists, "post": curation.posts, "review": curation.reviews, "campaign": curation.campaigns,
        }  # fmt: skip
        for kind, table in tables.items():
            for key, entry in table.items():
                ref = f"{kind}:{'/'.join(key) if isinstance(key, tuple) else key}"
                yield ref, self._of(ref, entry)

    def _of(self, ref: str, entry: Entry[Any]) -> Iterator[Mark]:
        yield from self._held(entry.record)
        owner = self.curation.influencers.get(entry.owner)
        if owner is not None and owner.record is not entry.record:
            yield from self._held(owner.record)
        product = self.curation.products.get(getattr(entry.record, "product", ""))
        brand = self.curation.brands.get(getattr(product.record if product else entry.record, "brand", ""))
        for above in (product, brand):
            if above is not None:
                yield from self._held(above.record)
        yield from self._silent(getattr(entry.record, "campaign", None))
        if isinstance(entry.record, Campaign) and not entry.record.public:
            yield Mark(Held.DRAFT, "Not public")
        yield from self._changed(self.since.facts.get(ref, ""))

    def _silent(self, campaign: str | None) -> Iterator[Mark]:
        """The embargo of a campaign that holds back what names it."""
        if campaigns.silent(self.curation.campaigns, campaign, self.clock):
            yield from self._held(self.curation.campaigns[campaign or ""].record)

    def _picks(self) -> Iterator[tuple[tuple[str, str], Iterator[Mark]]]:
        for (owner, key), fact in self.catalog.lists.items():
            record = self.curation.lists[owner, key].record
            for pick, number in zip(fact.picks, self.catalog.entries[fact.ref][1], strict=True):
                changed = self.since.items.get((fact.ref, number), "")
                item = record.items[number]
                told = (*self._held(item), *self._silent(item.campaign), *self._changed(changed))
                yield (owner, pick.anchor), told  # type: ignore[misc]

    def _codes(self) -> Iterator[tuple[tuple[str, str], Iterator[Mark]]]:
        for (owner, code), entry in self.curation.promos.items():
            yield (owner, code), self._held(entry.record)

    def _held(self, record: Record) -> Iterator[Mark]:
        why = held(record, self.clock)
        if why is Held.DRAFT:
            yield Mark(why, "Draft")
        elif why is Held.EMBARGO:
            yield Mark(why, f"Embargo until {self._when(record.embargo_until)}")
        elif why is Held.AHEAD:
            yield Mark(why, self._opens(record))
        elif why is Held.PAST:
            yield Mark(why, f"Ended {self._when(record.until)}")

    def _opens(self, record: Record) -> str:
        """From when on a record is shown, and to whom it is shown before everybody else."""
        if not record.releases:
            return f"From {self._when(record.starts)}"
        told = (f"{each.audience} from {self._when(each.at)}" for each in record.releases)
        return f"Released to {', '.join(told)}"

    def _when(self, written: str | None) -> str:
        """A day as it is written, a moment in UTC."""
        if not written or len(written) == len("2026-11-15"):
            return written or ""
        return f"{start_of(written, self.clock.zone):%Y-%m-%d %H:%M} UTC"

    def _changed(self, kind: str) -> Iterator[Mark]:
        if kind:
            yield Mark(kind, f"{'New' if kind == NEW else 'Changed'} since {self.since.ref}")


def _some(found: Any) -> Iterator[tuple[Any, Some]]:
    """Each name with its marks, without those that have none."""
    for name, marks in found:
        if some := tuple(dict.fromkeys(marks)):
            yield name, some
