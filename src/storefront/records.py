"""Records: every content file read, validated and filed under its id, with the place it came from."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct, field, structs

from storefront import content, digests
from storefront.content import Kind, Origin, Places, Source
from storefront.problems import KeyPath, Place, Problem, ProblemsFound, unless_of_machine
from storefront.reader import Lines, decode, parse
from storefront.remembered import ListLines as Shown
from storefront.remembered import Remembered
from storefront.slugs import DEVICES, slug
from storefront.vocabulary import briefs, communities, programmes, rules
from storefront.vocabulary.campaign import Campaign
from storefront.vocabulary.common import Part
from storefront.vocabulary.community import Call, Snippet, Squad
from storefront.vocabulary.curation import List, Post, Promo, Review
from storefront.vocabulary.imported import ImportedReviews
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Product
from storefront.vocabulary.recalls import Recall, Recalls
from storefront.vocabulary.salvage import part_of
from storefront.vocabulary.samples import Samples
from storefront.vocabulary.site import Site
from storefront.vocabulary.trade import Brand, Merchant
from storefront.vocabulary.validate import Mistake, convert

Model = TypeVar("Model", bound=Part)
MODELS: dict[Kind, type[Part]] = {
    Kind.SITE: Site,
    Kind.INFLUENCER: Influencer,
    Kind.LIST: List,
    Kind.POST: Post,
    Kind.REVIEW: Review,
    Kind.PRODUCT: Product,
    Kind.BRAND: Brand,
    Kind.MERCHANT: Merchant,
    Kind.CAMPAIGN: Campaign,
    Kind.IMPORTED: ImportedReviews,
    Kind.SAMPLES: Samples,
    Kind.RECALLS: Recalls,
    Kind.SQUAD: Squad,
    Kind.CALL: Call,
}
RULES: dict[type[Part], Callable[[Any], Iterator[Mistake]]] = {
    Site: rules.of_site,
    Influencer: rules.of_influencer,
    List: rules.of_list,
    Post: rules.of_post,
    Review: rules.of_review,
    Promo: programmes.of_promo,
    Product: rules.of_product,
    Brand: rules.of_brand,
    Merchant: rules.of_merchant,
    Campaign: briefs.of_campaign,
    ImportedReviews: rules.of_imported,
    Samples: programmes.of_samples,
    Recalls: programmes.of_recalls,
    Squad: communities.of_squad,
    Call: communities.of_call,
    Snippet: communities.of_snippet,
}
# Names at the root of the site's addresses that no creator can have.
RESERVED = frozenset(
    {
        "404", "about", "admin", "api", "assets", "brands", "calls", "campaigns", "categories", "content", "embed",
        "feed", "feeds", "go", "how-this-works", "index", "join", "lists", "media", "page", "posts", "products",
        "reviews", "robots", "search", "site", "sitemap", "sitemaps", "squads", "static", "tags", "thanks",
        "well-known",
    }
)  # fmt: skip


class Entry(Struct, Generic[Model], frozen=True):
    """A record, its id, the handle of its creator ("" for what is shared) and its origin."""

    id: str
    owner: str
    record: Model
    origin: Origin

    @property
    def home(self) -> str:
        """The folder that the record's picture paths start from."""
        return self.origin.source.home


OwnedKey = tuple[str, str]  # of what belongs to a creator: her handle, and an id among hers


class Curation(Struct):
    """All records by id; what belongs to a creator by (handle, id), in the order written.

    Imported reviews go by (source, product), and what creators were sent by handle.
    `unread` are the files that are there and could not become records: a name that leads to one is no mistake.
    """

    site: Entry[Site] | None = None
    influencers: dict[str, Entry[Influencer]] = field(default_factory=dict)
    lists: dict[OwnedKey, Entry[List]] = field(default_factory=dict)
    posts: dict[OwnedKey, Entry[Post]] = field(default_factory=dict)
    reviews: dict[OwnedKey, Entry[Review]] = field(default_factory=dict)
    promos: dict[OwnedKey, Entry[Promo]] = field(default_factory=dict)
    products: dict[str, Entry[Product]] = field(default_factory=dict)
    brands: dict[str, Entry[Brand]] = field(default_factory=dict)
    merchants: dict[str, Entry[Merchant]] = field(default_factory=dict)
    campaigns: dict[str, Entry[Campaign]] = field(default_factory=dict)
    imported: dict[OwnedKey, Entry[ImportedReviews]] = field(default_factory=dict)
    samples: dict[str, Entry[Samples]] = field(default_factory=dict)
    recalls: dict[str, Entry[Recall]] = field(default_factory=dict)
    squads: dict[str, Entry[Squad]] = field(default_factory=dict)
    calls: dict[str, Entry[Call]] = field(default_factory=dict)
    snippets: dict[OwnedKey, Entry[Snippet]] = field(default_factory=dict)
    unread: list[Source] = field(default_factory=list)

    @property
    def settings(self) -> Site:
        """The site's own record, of a curation that has one. Raises `LookupError`."""
        if self.site is None:
            raise LookupError("a curation without a site has no settings")
        return self.site.record


class Loaded(Struct):
    """The curation, the problems found on the way, and how to place more of them.

    `parts` is what can be read of the files with mistakes that are not in the curation, for checks alone.
    """

    curation: Curation
    problems: list[Problem]
    places: Places
    files: int
    parts: Curation = field(default_factory=Curation)


def load(root: Path, remembered: Remembered | None = None) -> Loaded:
    """Read all of content/. A file with problems is left out of the curation; the others go in."""
    found = content.find(root)
    loader = _Loader(root, remembered or Remembered())
    loader.problems.extend(found.problems)
    for source in found.sources:
        loader.load(source)
    if not loader.seen_site:
        loader.problems.append(content.no_site(root))
    return Loaded(loader.curation, loader.problems, loader.places, len(found.sources), loader.parts())


def load_folders(root: Path, *folders: str) -> Curation:
    """The curation, for what works with some folders of content/ alone: what is wrong elsewhere does not matter there.

    Raises `ProblemsFound` with what is wrong in these folders, and with everything where there is no readable site.
    """
    loaded = load(root)
    within = tuple(f"{content.CONTENT}/{folder}/" for folder in folders)
    wrong = [each for each in loaded.problems if each.place.file.startswith(within)]
    if wrong or loaded.curation.site is None:
        raise ProblemsFound(wrong or loaded.problems)
    return loaded.curation


def load_files(root: Path, sources: Collection[Source], remembered: Remembered | None = None) -> Loaded:
    """As `load`, of these files alone."""
    loader = _Loader(root, remembered or Remembered())
    for source in sources:
        loader.load(source)
    return Loaded(loader.curation, loader.problems, loader.places, len(sources))


def load_last(root: Path, remembered: Remembered, chosen: Callable[[Source], bool] = lambda _: True) -> Loaded | None:
    """The records of the last finished build, of which no file is read; None when they are not all known.

    Only those of files that are `chosen`. They had no mistakes then, so that their rules are not asked again.
    """
    loader = _Loader(root, remembered, judging=False)
    files = [each for each in (remembered.last[1] if remembered.last else []) if chosen(each[0])]
    for source, digest in files:
        known = remembered.find(source, digest, MODELS[source.kind])
        if known is None:
            return None
        loader.file(known[0], Origin(source))
    return Loaded(loader.curation, loader.problems, loader.places, len(files)) if files else None


def _link_lines(data: dict[str, Any], lines: Lines) -> Shown:
    """The lists in a file whose entries link to shops: the path of each, and the lines on which its entries begin.

    `disclosures.json` tells of them.
    """
    return [(path, found) for path, entries in _linking(data) if (found := lines.get(id(entries)))]


def _linking(data: dict[str, Any]) -> Iterator[tuple[KeyPath, Any]]:
    """The lists in a file whose entries link to shops, each with its path."""
    for key in ("items", "products", "offers", "reviews"):
        if key in data:
            yield (key,), data[key]
    lists, posts = data.get("lists"), data.get("posts")
    if isinstance(lists, dict):
        yield from (
            (("lists", name, "items"), entry.get("items")) for name, entry in lists.items() if isinstance(entry, dict)
        )
    if isinstance(posts, list):
        yield from (
            (("posts", index, "products"), post.get("products"))
            for index, post in enumerate(posts)
            if isinstance(post, dict)
        )


class _Loader:
    """Files records away and keeps the problems."""

    def __init__(self, root: Path, remembered: Remembered, *, judging: bool = True) -> None:
        self.root = root
        self.rules = RULES if judging else {}
        self.remembered = remembered
        self.curation = Curation()
        self.problems: list[Problem] = []
        self.places = Places(partial(content.read, root))
        self.seen_site = False
        self.read_in_part: list[tuple[Part, Source]] = []

    def load(self, source: Source) -> None:
        self.seen_site |= source.kind is Kind.SITE
        origin = Origin(source)
        try:
            made, shown = self.record(source)
            for path, lines in shown:
                self.places.note(source.file, path, lines)
        except ProblemsFound as failure:
            self.problems.extend(failure.problems)
            made = []
        except OSError as error:
            unless_of_machine(error, source.file)
            hint = "See that it is a file of its own which you may read."
            message = f"it cannot be read: {error.strerror or error}"
            self.problems.append(Problem("unreadable", message, Place(source.file), hint))
            made = []
        if isinstance(made, list):
            self.report(made, origin)
            self.curation.unread.append(source)
        else:
            self.file(made, origin)

    def record(self, source: Source) -> tuple[Part | list[Mistake], Shown]:
        """The record of a file, or its mistakes; and where the things begin that pages link."""
        found = content.read(self.root, source)
        digest = f"{source.kind}:{digests.of_bytes(found)}"
        known = self.remembered.find(source, digest, MODELS[source.kind])
        if known:
            return known
        lines: Lines = {}
        repeated: list[Problem] = []
        data = parse(decode(found, source.file), source.file, lines, repeated)
        shown = _link_lines(data, lines) if isinstance(data, dict) else []
        made = convert(data, MODELS[source.kind])
        if isinstance(made, list) or repeated:
            part = part_of(data, MODELS[source.kind])
            self.read_in_part += [(part, source)] if part else []
            self.problems += repeated
            return made if isinstance(made, list) else [], shown
        self.remembered.keep(source, digest, made, shown)
        return made, shown

    def parts(self) -> Curation:
        """What can be read of files with mistakes."""
        loader = _Loader(self.root, self.remembered, judging=False)
        for part, source in self.read_in_part:
            loader.file(part, Origin(source))
        return loader.curation

    def judge(self, record: Part, origin: Origin) -> None:
        rules = self.rules.get(type(record))
        if rules:
            self.report(rules(record), origin)

    def report(self, mistakes: Iterable[Mistake], origin: Origin) -> None:
        for mistake in mistakes:
            place = self.places.of(origin, *mistake.path)
            self.problems.append(Problem(mistake.code, mistake.message, place, mistake.hint))

    def file(self, record: Part, origin: Origin) -> None:
        """Judge a record by its rules and put it where it belongs; what stays unsaid comes from the file's name."""
        source = origin.source
        self.judge(record, origin)
        curation = self.curation
        match record:
            case Site():
                curation.site = Entry("site", "", record, origin)
            case Influencer():
                self.influencer(record, origin)
            case List():
                self.addressable(source.name, source)
                self.add(curation.lists, (source.owner, source.name), Entry(source.name, source.owner, record, origin))
            case Post() | Review():
                self.owned(record, origin)
            case Product() | Brand() | Merchant() | Campaign() | Squad() | Call():
                self.shared(record, origin)
            case ImportedReviews():
                self.addressable(source.owner, source)
                self.addressable(source.name, source)
                entry = Entry(source.name, source.owner, record, origin)
                self.add(curation.imported, (source.owner, source.name), entry)
            case Samples():
                self.addressable(source.name, source)
                self.add(curation.samples, source.owner, Entry(source.name, source.owner, record, origin))
            case Recalls():
                for index, recall in enumerate(record.recalls):
                    inner = Origin(source, ("recalls", index))
                    self.add(curation.recalls, recall.id, Entry(recall.id, "", recall, inner))

    def influencer(self, record: Influencer, origin: Origin) -> None:
        """File a creator, and everything of hers that stands in the same file."""
        handle = origin.source.name
        self.same_name(record.handle, origin, "handle")
        if handle in RESERVED:
            hint = "Choose another name for the file or folder."
            self.problems.append(
                Problem("reserved-name", f"{handle} is a name the site needs", self.places.of(origin), hint)
            )
        bare = structs.replace(record, handle=handle, lists={}, posts=(), reviews=(), promos={}, snippets=())
        self.add(self.curation.influencers, handle, Entry(handle, handle, bare, origin))
        for name, entry in record.lists.items():
            self.part(self.curation.lists, entry, origin, name, ("lists", name))
        for code, promo in record.promos.items():
            self.part(self.curation.promos, promo, origin, code, ("promos", code))
        for index, snippet in enumerate(record.snippets):
            self.part(self.curation.snippets, snippet, origin, snippet.id, ("snippets", index))
        owned: tuple[tuple[str, dict[OwnedKey, Any], tuple[Post | Review, ...]], ...] = (
            ("posts", self.curation.posts, record.posts),
            ("reviews", self.curation.reviews, record.reviews),
        )
        for kind, table, records in owned:
            for index, one in enumerate(records):
                identity = self.identity(one, origin, kind, index)
                self.part(table, structs.replace(one, id=identity), origin, identity, (kind, index))

    def identity(self, record: Post | Review, origin: Origin, kind: str, index: int) -> str:
        """The id of a post or review in a creator's one file; a review may go by its product's."""
        if record.id:
            return record.id
        if isinstance(record, Review):
            return record.product
        place = self.places.of(origin, kind, index)
        hint = "Write id: and a short name for its address, such as canal-10k."
        self.problems.append(Problem("missing-key", "the key id is missing", place, hint))
        return f"{index}"

    def part(self, table: dict[OwnedKey, Any], record: Part, origin: Origin, name: str, path: KeyPath) -> None:
        inner = Origin(origin.source, path)
        self.judge(record, inner)
        self.add(table, (origin.source.owner, name), Entry(name, origin.source.owner, record, inner))

    def owned(self, record: Post | Review, origin: Origin) -> None:
        source = origin.source
        self.same_name(record.id, origin, "id")
        named = structs.replace(record, id=source.name)
        table: dict[OwnedKey, Any] = self.curation.posts if isinstance(record, Post) else self.curation.reviews
        self.add(table, (source.owner, source.name), Entry(source.name, source.owner, named, origin))

    def shared(self, record: Product | Brand | Merchant | Campaign | Squad | Call, origin: Origin) -> None:
        table: dict[str, Any] = getattr(self.curation, f"{origin.source.kind}s")
        name = origin.source.name
        self.same_name(record.id, origin, "id")
        self.add(table, name, Entry(name, "", structs.replace(record, id=name), origin))

    def same_name(self, written: str, origin: Origin, key: str) -> None:
        name = origin.source.name
        if written and written != name:
            message = f"the {key} here is {written}, the file or folder is named {name}"
            hint = f"Delete the line: the name of the file is the {key}."
            self.problems.append(Problem("wrong-name", message, self.places.of(origin, key), hint))
        self.addressable(name, origin.source)

    def addressable(self, name: str, source: Source) -> None:
        """A problem when the name of a file or folder cannot be part of an address."""
        if not rules.is_slug(name):
            hint = "Use small letters, digits and single hyphens" + (f", such as {slug(name)}." if slug(name) else ".")
            message = f"{name} cannot be part of an address"
            self.problems.append(Problem("wrong-name", message, Place(source.file), hint))

    def add(self, table: dict[Any, Any], key: Any, entry: Entry[Any]) -> None:
        if entry.id in DEVICES:
            message = f"{entry.id} is the name of a device on Windows, and no folder there can be called so"
            hint = f"Choose another one, such as the-{entry.id}."
            self.problems.append(Problem("reserved-name", message, self.places.of(entry.origin), hint))
        first = table.setdefault(key, entry)
        if first is not entry:
            other = self.places.of(first.origin)
            message = f"{entry.id} is there twice; the other one is at {other}"
            place = self.places.of(entry.origin)
            again = isinstance(entry.record, Review) and entry.record.product == first.record.product
            hint = "Add what is new to that review, under updates:." if again else "Rename or delete one of them."
            self.problems.append(Problem("duplicate-id", message, place, hint, (other,)))
