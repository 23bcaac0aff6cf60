"""The comparison: every review that a commit showed must still be here, as it was or grown."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import records
from storefront.against import edits, imported, past
from storefront.against.git import Repository
from storefront.against.past import Past
from storefront.catalog.live import Live
from storefront.clock import Clock, window
from storefront.content import Kind
from storefront.problems import Place, Problem, in_order, shown
from storefront.records import Entry, Loaded, OwnedKey
from storefront.vocabulary.curation import Review

REMOVE = "write status: removed and removed: with reason, by and date"


class Compared(Struct, frozen=True):
    """What the comparison with a commit found.

    `ever` counts the reviews that the commit, any since or the present showed; of these `published` are shown now
    and `removed` have a note in their place. `unreadable` says what could not be read there. `shallow`: the clone
    lacks a part of its history, so that commits in between may be missing. `empty`: the commit held no content in
    this place, so that there was nothing to compare with.
    """

    ref: str
    problems: list[Problem]
    unreadable: list[Problem]
    ever: int
    published: int
    removed: int
    shallow: bool
    empty: bool


def compare(root: Path, ref: str, now: datetime) -> Compared:
    """Compare the reviews of the site at `root` with those of a commit. Raises EnvironmentFailure without one."""
    repository = Repository(root)
    commit = repository.commit(ref)
    loaded = records.load(root)
    clock = Clock(now, _zone(loaded))
    there = past.read(repository, commit, ref)
    present = _Present(loaded, clock)
    shown_there = {key for key, entry in there.past.reviews.items() if past.was_shown(entry, there.past, clock)}
    comparison = _Comparison(shown(ref), there, present)
    problems = [problem for key in sorted(shown_there) for problem in comparison.judge(key)]
    problems += imported.gone_reviews(there, loaded.curation)
    ever = {present.moved(key) for key in shown_there} | present.published | present.removed
    ever |= past.between(repository, commit, clock) - loaded.curation.reviews.keys()
    return Compared(
        ref=shown(ref),
        problems=in_order(problems),
        unreadable=in_order(there.past.unreadable),
        ever=len(ever),
        published=len(present.published),
        removed=len(present.removed),
        shallow=repository.shallow,
        empty=not there.oids,
    )


def _zone(loaded: Loaded) -> ZoneInfo:
    """The site's zone; UTC while the site's own file has a problem."""
    site = loaded.curation.site
    try:
        return ZoneInfo(site.record.timezone if site else "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


class _Present:
    """The reviews as they are."""

    def __init__(self, loaded: Loaded, clock: Clock) -> None:
        self.curation, self.places, self.clock = loaded.curation, loaded.places, clock
        self.unread = {(source.kind, source.owner or source.name, source.name) for source in self.curation.unread}
        self.aliases = {
            alias: handle for handle, entry in self.curation.influencers.items() for alias in entry.record.aliases
        }
        try:
            live = Live(self.curation, clock)
        except ValueError:  # a day that never was; it is a problem of its own
            self.published, self.removed = set(self.curation.reviews), set[OwnedKey]()
        else:
            self.published, self.removed = set(live.reviews), set(live.removed)

    def moved(self, key: OwnedKey) -> OwnedKey:
        """The key of a review whose creator may have a new handle since, with the old one among its aliases."""
        handle, identity = key
        return (self.aliases.get(handle, handle), identity)

    def may_hold(self, key: OwnedKey) -> bool:
        """Whether a file that cannot be read now may hold a review; its problem is told already."""
        handle, identity = key
        return bool({(Kind.INFLUENCER, handle, handle), (Kind.REVIEW, handle, identity)} & self.unread)

    @cached_property
    def by_product(self) -> dict[tuple[str, str], Entry[Review]]:
        """Reviews by creator and product."""
        return {(entry.owner, entry.record.product): entry for entry in self.curation.reviews.values()}


class _Comparison:
    """Judges one review after the other."""

    def __init__(self, ref: str, there: past.Reading, present: _Present) -> None:
        self.ref, self.there, self.present = ref, there, present

    @property
    def past(self) -> Past:
        return self.there.past

    def judge(self, key: OwnedKey) -> Iterator[Problem]:
        """Everything wrong with what became of a review."""
        old = self.past.reviews[key]
        moved = self.present.moved(key)
        new = self.present.curation.reviews.get(moved)
        if new is None:
            if not self.present.may_hold(moved):
                yield self.gone(old, moved)
        elif new.record.product != old.record.product:
            message = f"{self.named(old)} was of {old.record.product} in {self.ref}, and is of another product now"
            hint = f"Write product: {old.record.product}, and the other review into a file of its own."
            yield Problem("review-gone", message, self.present.places.of(new.origin, "product"), hint)
        elif moved not in self.present.published | self.present.removed:
            yield from self.hidden(old, new)
        elif key not in self.past.partial:
            for mistake in edits.bent(old.record, new.record):
                place = self.present.places.of(new.origin, *mistake.path)
                message = f"{mistake.message}, against {self.ref}"
                yield Problem(mistake.code, message, place, mistake.hint, (self.there.places.of(old.origin),))

    def gone(self, old: Entry[Review], moved: OwnedKey) -> Problem:
        """A review that is not there under its id: renamed, or deleted, alone or with its creator."""
        before = self.there.places.of(old.origin)
        other = self.present.by_product.get((moved[0], old.record.product))
        if other and (old.owner, other.id) not in self.past.reviews:
            place = self.present.places.of(other.origin, *(("id",) if other.record.id and other.origin.path else ()))
            message = f"{self.named(old)} of {self.ref} has another id now, {other.id}"
            return Problem("review-gone", message, place, f"Call it {old.id} again: links lead to it.", (before,))
        if moved[0] not in self.present.curation.influencers:
            message = f"{self.named(old)} is gone with its creator"
            hint = f"Put {old.owner} back, or where she has a new handle, write aliases: [{old.owner}] in her profile."
            return Problem("review-gone", message, before, hint)
        hint = f"Put it back. If it must go, {REMOVE}; a low rating is no reason."
        return Problem("review-gone", f"{self.named(old)} is gone", before, hint)

    def hidden(self, old: Entry[Review], new: Entry[Review]) -> Iterator[Problem]:
        """A review that is there and not shown: for its own sake, or for its creator's, product's or brand's."""
        curation = self.present.curation
        product = curation.products.get(new.record.product)
        brand = curation.brands.get(product.record.brand) if product else None
        for entry in (new, curation.influencers.get(new.owner), product, brand):
            place = self._held_back(entry) if entry else None
            if place:
                hint = f"Delete the line. If the review must go, {REMOVE}; a low rating is no reason."
                yield Problem("review-gone", f"{self.named(old)} is not shown any more", place, hint)
                return

    def _held_back(self, entry: Entry[Any]) -> Place | None:
        """The key that keeps a record from being shown now."""
        record = entry.record
        if window(record, self.present.clock).open:
            return None
        written = {
            "draft": record.draft, "until": record.until, "from": record.starts, "embargo_until": record.embargo_until
        }  # fmt: skip
        key = next(key for key, value in written.items() if value)
        return self.present.places.of(entry.origin, key)

    def named(self, old: Entry[Review]) -> str:
        """A review in words."""
        return f"the review {shown(old.id)} by {shown(old.owner)}"
