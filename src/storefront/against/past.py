"""The reviews of a commit, read by today's reader and vocabulary, as far as these still can.

What yesterday's vocabulary allowed and today's does not is taken out of the data and the rest is
kept: a review that was there counts as there, whatever became of its keys.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct, field, structs

from storefront.against.git import Blob, Repository
from storefront.clock import Clock, start_of
from storefront.content import Kind, Origin, Places, Source, classify
from storefront.problems import KeyPath, Place, Problem, ProblemsFound, shown
from storefront.reader import decode, parse
from storefront.records import MODELS, Entry, OwnedKey
from storefront.vocabulary.common import Part, Record
from storefront.vocabulary.curation import Review
from storefront.vocabulary.validate import Mistake, convert

Model = TypeVar("Model", bound=Part)
Imported = tuple[str, str, str]  # source, product, id
ROUNDS = 4  # so often what cannot be read is taken out of a record before it is given up
READ = frozenset({Kind.INFLUENCER, Kind.REVIEW, Kind.PRODUCT, Kind.BRAND, Kind.CAMPAIGN, Kind.IMPORTED})
ASIDE = ("lists", "posts", "promos", "reviews")  # what stands in a creator's file and is no word on herself


class Past(Struct):
    """What a commit held. `partial` are reviews that were read in part: that they were there is all that is sure.

    `unreadable` says which files could not be read there, each with its place.
    """

    reviews: dict[OwnedKey, Entry[Review]] = field(default_factory=dict)
    partial: set[OwnedKey] = field(default_factory=set)
    others: dict[tuple[Kind, str], Record] = field(default_factory=dict)
    imported: dict[Imported, Origin] = field(default_factory=dict)
    unreadable: list[Problem] = field(default_factory=list)


class Reading:
    """Reads files of commits into a `Past`. `called` is how the commit is named in places."""

    def __init__(self, called: str, data: Mapping[str, bytes], blobs: Iterable[Blob]) -> None:
        self.called, self.data = called, data
        self.oids: dict[str, str] = {}
        self.past = Past()
        self.places = Places(self.bytes_of)
        for blob in blobs:
            source = source_of(blob)
            if source:
                self.oids[f"{called}:{source.file}"] = blob.oid
                self.read(structs.replace(source, file=f"{called}:{source.file}"))

    def bytes_of(self, source: Source) -> bytes:
        """The bytes of a file there. Raises OSError where there are too many."""
        try:
            return self.data[self.oids[source.file]]
        except KeyError:
            raise OSError("larger than any content may be") from None

    def read(self, source: Source) -> None:
        """Read one file."""
        try:
            data = parse(decode(self.bytes_of(source), source.file), source.file)
        except ProblemsFound as failure:
            self.unread(failure.problems[0].place, failure.problems[0].message)
            return
        except OSError as error:
            self.unread(Place(source.file), str(error))
            return
        if source.kind is Kind.REVIEW:
            self.review(data, Origin(source), source.name)
        elif source.kind is Kind.INFLUENCER and isinstance(data, dict):
            aside = {key: data.pop(key, None) for key in ASIDE}
            self.other(data, source)
            own = aside["reviews"] if isinstance(aside["reviews"], list) else []
            for index, each in enumerate(own):
                self.review(each, Origin(source, ("reviews", index)), None)
        elif source.kind is Kind.IMPORTED:
            self.imported(data, source)
        else:
            self.other(data, source)

    def imported(self, data: Any, source: Source) -> None:
        """Keep where each imported review of a file stands; for more than that its id need not be read."""
        found = data.get("reviews") if isinstance(data, dict) else None
        for index, each in enumerate(found if isinstance(found, list) else ()):
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                key = (source.owner, source.name, each["id"])
                self.past.imported[key] = Origin(source, ("reviews", index))

    def review(self, data: object, origin: Origin, name: str | None) -> None:
        """Keep one review; `name` is its file's, where it has one."""
        made, mistakes = salvage(data, Review)
        for mistake in mistakes:
            self.unread(self.places.of(origin, *mistake.path), mistake.message)
        if made is None:
            return
        identity = name or made.id or made.product
        key = (origin.source.owner, identity)
        self.past.reviews.setdefault(
            key, Entry(identity, origin.source.owner, structs.replace(made, id=identity), origin)
        )
        if any(mistake.code != "unknown-key" for mistake in mistakes):
            self.past.partial.add(key)

    def other(self, data: object, source: Source) -> None:
        """Keep a creator, product, brand or campaign, to know whether it was shown. What nobody can read was shown."""
        made, _ = salvage(data, MODELS[source.kind])
        if isinstance(made, Record):
            self.past.others[source.kind, source.name] = made

    def unread(self, place: Place, why: str) -> None:
        self.past.unreadable.append(Problem("unreadable", why, place))


def source_of(blob: Blob) -> Source | None:
    """What a file of a commit is, if the comparison asks for its kind."""
    if any(part.startswith(".") for part in blob.file.split("/")) or not blob.file.endswith((".yaml", ".yml")):
        return None
    source = classify(blob.file)
    return source if source and source.kind in READ else None


def read(repository: Repository, commit: str, ref: str) -> Reading:
    """What a commit held, called by the name that the user gave it."""
    blobs = [blob for blob in repository.files(commit, "content") if source_of(blob)]
    return Reading(shown(ref), repository.read(blobs), blobs)


def between(repository: Repository, commit: str, clock: Clock) -> set[OwnedKey]:
    """Reviews that any commit since held, by (handle, id); drafts of then are none."""
    found: set[OwnedKey] = set()
    blobs = list(dict.fromkeys(blob for blob in repository.versions_since(commit, "content") if source_of(blob)))
    data = repository.read(blobs)
    for blob in blobs:
        past = Reading("", data, [blob]).past
        found |= {key for key, entry in past.reviews.items() if was_shown(entry, past, clock)}
    return found


def was_shown(entry: Entry[Review], past: Past, clock: Clock) -> bool:
    """Whether a review had appeared by now, judged by its own record, its creator's, product's and brand's."""
    product = past.others.get((Kind.PRODUCT, entry.record.product))
    brand = past.others.get((Kind.BRAND, getattr(product, "brand", "")))
    chain = (entry.record, past.others.get((Kind.INFLUENCER, entry.owner)), product, brand)
    campaign = past.others.get((Kind.CAMPAIGN, entry.record.campaign or ""))
    silent = campaign and campaign.embargo_until and _moment(campaign.embargo_until, clock) > clock.now
    return not silent and all(_begun(record, clock) for record in chain if record)


def _begun(record: Record, clock: Clock) -> bool:
    opens = [text for text in (record.starts, record.embargo_until) if text]
    return not record.draft and all(_moment(text, clock) <= clock.now for text in opens)


def _moment(text: str, clock: Clock) -> datetime:
    try:
        return start_of(text, clock.zone)
    except ValueError:  # a day that never was holds nothing back
        return clock.now


def salvage(data: Any, model: type[Model]) -> tuple[Model | None, list[Mistake]]:
    """What can be read of plain data, if anything, and what could not. Changes `data`."""
    unread: list[Mistake] = []
    for _ in range(ROUNDS):
        made = convert(data, model)
        if not isinstance(made, list):
            return made, unread
        unread += made
        if not _taken_out(data, made):
            break
    return None, unread


def _taken_out(data: Any, mistakes: Iterable[Mistake]) -> bool:
    """Take the values that mistakes name out of the data; False when one of them is the whole."""
    gone: set[KeyPath] = set()
    for named in [mistake.path for mistake in mistakes][::-1]:  # from the end, so that lists keep their numbers
        if any(named[:length] in gone for length in range(1, len(named) + 1)):
            continue
        path = _there(data, named)
        if not path:
            return False
        gone.add(path)
        _delete(data, path)
    return True


def _there(data: Any, path: KeyPath) -> KeyPath:
    """The part of a path that exists: where a key is missing, what it is missing from."""
    for length, step in enumerate(path):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path


def _delete(data: Any, path: KeyPath) -> None:
    for step in path[:-1]:
        data = data[step]
    del data[path[-1]]
