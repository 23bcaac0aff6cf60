"""What is due of campaigns: dates of their timetables, what participants owe, and when exclusivity and rights end."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from storefront.catalog import exclusivity, required, rights
from storefront.catalog.live import Live
from storefront.clock import start_of
from storefront.due.tasks import Kind, UnplacedTask
from storefront.problems import KeyPath
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign, Deliverable
from storefront.vocabulary.community import Standing
from storefront.vocabulary.curation import Post, Review

NOBODY = ("",)


class Campaigns:
    """The tasks of all campaigns that are no drafts. What is under embargo is among them: nothing here is published."""

    def __init__(self, curation: Curation, live: Live) -> None:
        self.curation, self.live = curation, live
        self.lacking: dict[tuple[str, str], list[str]] = defaultdict(list)  # posts that do not count, by whose they are
        self.done = Counter(self._done())

    def tasks(self) -> Iterator[UnplacedTask]:
        """All of them."""
        for entry in self.curation.campaigns.values():
            if not entry.record.draft:
                yield from self.dates(entry)
                yield from self.deliverables(entry)
        yield from self.exclusivity()
        yield from self.rights()

    def _done(self) -> Iterator[tuple[str, str, str]]:
        """What is written of each campaign by each creator, by its kind.

        No drafts, no review that was removed, and no post without the words that the campaign requires.
        """
        tables = (("post", self.curation.posts), ("review", self.curation.reviews))
        for kind, table in tables:
            for entry in table.values():
                removed = isinstance(entry.record, Review) and entry.record.removed
                if not entry.record.campaign or entry.record.draft or removed:
                    continue
                if lacks := self._lacks(entry):
                    self.lacking[entry.record.campaign, entry.owner].append(f"post {entry.id} lacks {lacks}")
                else:
                    yield entry.record.campaign, entry.owner, kind
        for listed in self.curation.lists.values():
            for item in listed.record.items:
                if item.campaign and not (item.draft or listed.record.draft):
                    yield item.campaign, listed.owner, "item"

    def _lacks(self, entry: Entry[Any]) -> str:
        """The words that a post of a campaign has to have and has not, for a task; "" where it has them."""
        campaign = self.curation.campaigns.get(entry.record.campaign)
        found = required.lacking(entry.record, campaign.record) if campaign and isinstance(entry.record, Post) else ()
        return ", ".join(required.named(each.pattern) for _, each in found)

    def exclusivity(self) -> Iterator[UnplacedTask]:
        """The last days on which participants show nothing new of competitors."""
        for clause in exclusivity.clauses(self.curation):
            day = date.fromisoformat(clause.last)
            what = f"exclusivity ends ({clause.entry.record.title})"
            for handle in sorted(clause.people) if day >= self.live.clock.today else ():
                path = ("exclusivity", clause.index)
                yield self.task(clause.entry, day, Kind.CAMPAIGN, what, handle, path)

    def dates(self, entry: Entry[Campaign]) -> Iterator[UnplacedTask]:
        """The dates of a timetable that lie ahead, for each whom they concern; none concerns who has left."""
        clock = self.live.clock
        for index, each in enumerate(entry.record.schedule):
            moment = start_of(each.at, clock.zone)
            day = moment.astimezone(clock.zone).date()
            everybody = each.who or _everybody(entry)
            for handle in (each for each in everybody if day >= clock.today and not self.has_left(each)):
                path = ("schedule", index, "at")
                yield self.task(entry, day, Kind.CAMPAIGN, f"{each.what} ({entry.record.title})", handle, path)

    def deliverables(self, entry: Entry[Campaign]) -> Iterator[UnplacedTask]:
        """What participants have agreed to and not yet done; what cannot be counted is due up to its day.

        What is done counts once, for what is due first.
        """
        left = {key: count for key, count in self.done.items() if key[0] == entry.id}
        listed = sorted(enumerate(entry.record.deliverables), key=lambda pair: pair[1].by)
        for index, each in listed:
            day = date.fromisoformat(each.by)
            for handle in each.who or _everybody(entry):
                key = entry.id, handle, each.kind or ""
                done = min(left.get(key, 0), each.count)
                left[key] = left.get(key, 0) - done
                if done < each.count if each.kind else day >= self.live.clock.today:
                    gone = ", by somebody who has left" if self.has_left(handle) else ""
                    lacking = self.lacking[entry.id, handle] if each.kind == "post" else []
                    told = "".join(f", {each}" for each in lacking)
                    what = f"{each.what}{_so_far(each, done)}{told} ({entry.record.title}){gone}"
                    yield self.task(entry, day, Kind.DELIVERABLE, what, handle, ("deliverables", index, "by"))

    def has_left(self, handle: str) -> bool:
        """Whether a participant is here no more."""
        entry = self.curation.influencers.get(handle)
        return entry is not None and entry.record.status is Standing.LEFT

    def rights(self) -> Iterator[UnplacedTask]:
        """The last days on which the pictures of posts and reviews that are shown may be."""
        entries: list[Entry[Any]] = [*self.live.posts.values(), *self.live.reviews.values()]
        for entry in entries:
            known = rights.of_record(entry.record, self.live.terms) if entry.record.media else None
            if known and known.until:
                campaign = self.live.terms.get(entry.record.campaign or "")
                source = entry if entry.record.rights or campaign is None else campaign
                yield UnplacedTask(
                    day=date.fromisoformat(known.until),
                    kind=Kind.RIGHTS,
                    what=f"the rights of the pictures of {_kind(entry.record)} {entry.id} end",
                    creator=entry.owner,
                    brand=campaign.record.brand if campaign else "",
                    campaign=campaign.id if campaign else "",
                    origin=source.origin,
                    path=("rights", "until"),
                )

    def task(
        self, entry: Entry[Campaign], day: date, kind: Kind, what: str, handle: str, path: KeyPath
    ) -> UnplacedTask:
        """A task of a campaign for one creator, "" for nobody in particular."""
        return UnplacedTask(
            day=day, kind=kind, what=what, creator=handle, brand=entry.record.brand, campaign=entry.id,
            origin=entry.origin, path=path,
        )  # fmt: skip


def _kind(record: Post | Review) -> str:
    return "review" if isinstance(record, Review) else "post"


def _everybody(entry: Entry[Campaign]) -> tuple[str, ...]:
    return tuple(each.creator for each in entry.record.participants) or NOBODY


def _so_far(deliverable: Deliverable, done: int) -> str:
    return f": {done} of {deliverable.count}" if deliverable.kind and deliverable.count > 1 else ""
