"""A run: read a file, find its products, merge, and say what would be written."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import content, records
from storefront.changes import Change
from storefront.clock import Clock
from storefront.importers import files, formats
from storefront.importers.incoming import Incoming, Options, Parsed
from storefront.importers.matching import Products
from storefront.importers.merging import Merged, Outcome, merge
from storefront.importers.texts import MAX_BYTES as MAX_FILE
from storefront.importers.values import quoted
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean, in_order
from storefront.reader import MAX_BYTES
from storefront.records import Curation
from storefront.slugs import slug
from storefront.vocabulary import rules
from storefront.vocabulary.imported import ImportedReviews


class ReviewsImport(Struct, frozen=True, kw_only=True):
    """What is asked for. `products` says which product a shop's name means; `publisher` and `source` may be None."""

    root: Path
    file: Path
    format: str
    now: datetime
    publisher: str | None = None
    source: str | None = None
    day_first: bool | None = None
    products: Mapping[str, str] = {}


class Plan(Struct, frozen=True, kw_only=True):
    """The result of an import: files to write, what became of the rows, and what is wrong.

    `elsewhere` are products that the site does not have, with how many rows are of each. The counts of
    `outcomes` are all rows of the file.
    """

    changes: tuple[Change, ...]
    outcomes: Mapping[Outcome, int]
    problems: tuple[Problem, ...]
    elsewhere: tuple[tuple[str, int], ...]
    unread: tuple[str, ...]
    source: str


class NoPublisher(Exception):
    """The file does not say who published the reviews, and nobody else has."""


def plan(request: ReviewsImport) -> Plan:
    """What would be written; nothing is.

    Raises `ProblemsFound` when the site or the file cannot be read, or a product is unknown; `NoPublisher`; OSError.
    """
    curation = records.load_folders(request.root, "products", content.IMPORTED)
    today = Clock(request.now, ZoneInfo(curation.settings.timezone)).today
    _known(request.products, curation)
    parsed = formats.reader(request.format)(
        _bytes(request.file), str(request.file), Options(today=today, day_first=request.day_first)
    )
    publisher = request.publisher or parsed.publisher
    if not publisher:
        raise NoPublisher
    source = request.source or slug(publisher)[: rules.MAX_SLUG].strip("-") or request.format
    return _Planner(request, curation, parsed, publisher, source, today.isoformat()).plan()


def _known(products: Mapping[str, str], curation: Curation) -> None:
    """Raises `ProblemsFound` when the user names a product that is not there."""
    unknown = [each for each in products.values() if each not in curation.products]
    if unknown:
        known = list(curation.products)
        place = Place("--product")
        raise ProblemsFound(
            [
                Problem("unknown-reference", f"there is no product {quoted(each)}", place, did_you_mean(each, known))
                for each in unknown
            ]
        )


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_FILE + 1)


class _Planner:
    """Knows the file, the site and whose reviews they are."""

    def __init__(
        self, request: ReviewsImport, curation: Curation, parsed: Parsed, publisher: str, source: str, today: str
    ) -> None:
        self.request, self.curation, self.parsed = request, curation, parsed
        self.publisher, self.source, self.today = publisher, source, today
        self.problems = list(parsed.problems)
        self.outcomes: Counter[Outcome] = Counter({Outcome.REFUSED: parsed.refused})

    def plan(self) -> Plan:
        of_products, elsewhere = self.sorted_out()
        changes = [change for product, rows in sorted(of_products.items()) for change in self.merged(product, rows)]
        return Plan(
            changes=tuple(changes),
            outcomes={outcome: self.outcomes[outcome] for outcome in Outcome if self.outcomes[outcome]},
            problems=tuple(in_order(self.problems)),
            elsewhere=tuple(sorted(elsewhere.items(), key=lambda each: (-each[1], each[0]))),
            unread=self.parsed.unread,
            source=self.source,
        )

    def sorted_out(self) -> tuple[dict[str, list[Incoming]], Counter[str]]:
        """The rows of each product, and the names of products that the site does not have."""
        products = Products(self.curation.products, self.request.products)
        of_products: dict[str, list[Incoming]] = defaultdict(list)
        elsewhere: Counter[str] = Counter()
        for each in self.parsed.reviews:
            if product := products.find(each):
                of_products[product].append(each)
            else:
                elsewhere[quoted(each.names[0][1])] += 1
        self.outcomes[Outcome.ELSEWHERE] += elsewhere.total()
        return of_products, elsewhere

    def merged(self, product: str, rows: Sequence[Incoming]) -> Iterator[Change]:
        """What the rows of one product change in its file."""
        entry = self.curation.imported.get((self.source, product))
        there = entry.record if entry else None
        merged = merge(product, there.reviews if there else (), rows)
        made = ImportedReviews(
            publisher=self.publisher,
            aggregator=self.parsed.aggregator,
            imported_on=there.imported_on if there else self.today,
            reviews=merged.reviews,
        )
        if made == there:
            self.count(merged)
            return
        file = (
            entry.origin.source.file if entry else f"{content.CONTENT}/{content.IMPORTED}/{self.source}/{product}.yaml"
        )
        made = ImportedReviews(
            publisher=made.publisher, aggregator=made.aggregator, imported_on=self.today, reviews=made.reviews
        )
        after = files.written(made)
        if len(after.encode()) > MAX_BYTES:
            self.outcomes[Outcome.REFUSED] += len(rows)
            message = f"its reviews of {product} do not fit into one file of {MAX_BYTES // 1024} KB"
            hint = "Import a part of them as another source, with --source."
            self.problems.append(Problem("yaml-limit", message, Place(str(self.request.file)), hint))
            return
        self.count(merged)
        yield Change(file=file, before=self.text_of(file) if entry else "", after=after)

    def count(self, merged: Merged) -> None:
        self.outcomes.update(merged.outcomes)
        self.problems += merged.problems

    def text_of(self, file: str) -> str:
        return (self.request.root / file).read_text(encoding="utf-8")
