"""A run: read a feed, find its products among the site's, and say what would be written."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from storefront import editing, links, records
from storefront.changes import Change
from storefront.clock import Clock
from storefront.importers import texts
from storefront.importers.incoming import NAME
from storefront.importers.matching import Products, keys_of
from storefront.importers.products import formats, grouping, stock
from storefront.importers.products.goods import Goods, Options, Parsed
from storefront.importers.products.stock import Outcome, Shelf
from storefront.importers.texts import MAX_BYTES
from storefront.importers.values import quoted
from storefront.links import host_of
from storefront.links.addresses import domains_of
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean, in_order
from storefront.reader import decode
from storefront.records import Curation, Entry
from storefront.slugs import slug
from storefront.vocabulary.product import Product
from storefront.vocabulary.trade import Merchant


class ProductsImport(Struct, frozen=True, kw_only=True):
    """What is asked for. `products` says which product a shop's name means; `picked` limits to some by their names."""

    root: Path
    file: Path
    format: str
    now: datetime
    merchant: str | None = None
    currency: str = ""
    brand: str = ""
    category: str = ""
    only: Collection[str] = ()
    picked: Collection[str] = ()
    products: Mapping[str, str] = {}


class Plan(Struct, frozen=True, kw_only=True):
    """The result of an import: files to write, what became of the products, and what is wrong.

    `elsewhere` are names of products that are not here, when only prices or stock were asked for. `pictures` counts
    new products that the shop has pictures of, `unlinked` those whose address in the shop is not told.
    """

    changes: tuple[Change, ...]
    outcomes: Mapping[Outcome, int]
    problems: tuple[Problem, ...]
    elsewhere: tuple[str, ...]
    unread: tuple[str, ...]
    pictures: int
    unlinked: int


def plan(request: ProductsImport) -> Plan:
    """What would be written; nothing is.

    Raises `ProblemsFound` when the site or the file cannot be read, or a name is unknown, and OSError.
    """
    curation = records.load_folders(request.root, "products", "brands", "merchants")
    _known("--product", request.products.values(), curation.products)
    merchant = curation.merchants.get(request.merchant or "")
    if request.merchant:
        _known("--merchant", [request.merchant], curation.merchants)
    today = Clock(request.now, ZoneInfo(curation.settings.timezone)).today
    networks, _ = links.of_site(request.root)
    options = Options(currency=request.currency, url=merchant.record.url if merchant else "")
    with request.file.open("rb") as opened:
        data = texts.unpacked(opened.read(MAX_BYTES + 1), str(request.file))
    parsed = formats.reader(request.format)(data, str(request.file), options, networks)
    shelf = Shelf(
        merchant=request.merchant or "",
        as_of=today.isoformat(),
        brand=request.brand,
        category=request.category,
        only=request.only,
    )
    return Stocking(request.root, curation, shelf, request.products).plan(parsed, request.picked)


def _known(option: str, names: Collection[str], there: Mapping[str, object]) -> None:
    """Raises `ProblemsFound` when the user names something that is not there."""
    kind = option.strip("-")
    unknown = [each for each in names if each not in there]
    if unknown:
        raise ProblemsFound(
            [
                Problem(
                    "unknown-reference",
                    f"there is no {kind} {quoted(each)}",
                    Place(option),
                    did_you_mean(each, list(there)) or f"Add it: content/{kind}s/{each}.yaml",
                )
                for each in unknown
            ]
        )


class Stocking:
    """Puts goods on the shelf of a site: knows its products, brands and shops, and the files that were changed."""

    def __init__(self, root: Path, curation: Curation, shelf: Shelf, own: Mapping[str, str]) -> None:
        self.root, self.curation, self.shelf = root, curation, shelf
        self.products = Products(curation.products, own)
        self.known: dict[str, Entry[Product]] = dict(curation.products)
        self.brands = {identity: entry.record.name for identity, entry in curation.brands.items()}
        self.hosts = _hosts(curation.merchants)
        self.handles: dict[tuple[str, str], list[str]] = defaultdict(list)
        for identity, entry in curation.products.items():
            for offer in entry.record.offers:
                self.handles[offer.merchant, _ending(offer.link or "")].append(identity)
        self.made: dict[tuple[str, str], str] = {}  # names of new products, so that a feed names each once
        self.texts: dict[str, tuple[str, str]] = {}
        self.taken = set(curation.products)
        self.problems: list[Problem] = []
        self.elsewhere: list[str] = []
        self.pictures = self.unlinked = 0

    def plan(self, parsed: Parsed, picked: Collection[str] = ()) -> Plan:
        """What a file's goods change."""
        goods = grouping.grouped(parsed.goods)
        if picked:
            folded = {each.casefold() for each in picked}
            goods = [
                each for each in goods if not folded.isdisjoint(name.casefold() for name in stock.names_told(each))
            ]
        outcomes = Counter({Outcome.REFUSED: parsed.refused})
        outcomes.update(self.put(each)[0] for each in goods)
        changes = sorted(
            (
                Change(file=file, before=before, after=after)
                for file, (before, after) in self.texts.items()
                if before != after
            ),
            key=lambda change: change.file,
        )
        return Plan(
            changes=tuple(changes),
            outcomes={outcome: outcomes[outcome] for outcome in Outcome if outcomes[outcome]},
            problems=tuple(in_order([*parsed.problems, *self.problems])),
            elsewhere=tuple(self.elsewhere),
            unread=parsed.unread,
            pictures=self.pictures,
            unlinked=self.unlinked,
        )

    def put(self, goods: Goods) -> tuple[Outcome, str]:
        """What becomes of a product, and its id here."""
        shop = self.shelf.merchant or self.shop_of(goods)
        identity = self.products.find(goods) or self.again(goods) or self.handled(shop, goods) or self.titled(goods)
        if not shop:
            return self.no_shop(goods), ""
        shelf = self.shelf if shop == self.shelf.merchant else structs.replace(self.shelf, merchant=shop)
        if identity in self.known:
            return self.renew(self.known[identity], goods, shelf), identity
        if identity:
            return Outcome.SAME, identity
        if shelf.only:
            self.elsewhere.append(quoted(goods.title))
            return Outcome.ELSEWHERE, ""
        return self.add(goods, shelf)

    def shop_of(self, goods: Goods) -> str:
        """The shop whose host an address is on."""
        host = host_of(goods.link).removeprefix("www.") if goods.link else ""
        return next((found for name in domains_of(host) if (found := self.hosts.get(name))), "")

    def no_shop(self, goods: Goods) -> Outcome:
        host = host_of(goods.link) if goods.link else ""
        message = f"{host} is the host of no shop of this site" if host else f"{goods.title}: the shop is not told"
        hint = "Say which: --merchant ID; or add it in content/merchants/."
        self.problems.append(Problem("unknown-reference", message, goods.place, hint))
        return Outcome.REFUSED

    def again(self, goods: Goods) -> str:
        """The id of a product that this feed has brought already, under one of its names."""
        return next((self.made[key] for name in goods.names for key in keys_of(*name) if key in self.made), "")

    def handled(self, shop: str, goods: Goods) -> str:
        """The id of the one product whose offer of this shop has an address that ends in the handle."""
        found = self.handles.get((shop, goods.handle.casefold()), ()) if goods.handle else ()
        return found[0] if len(found) == 1 else ""

    def titled(self, goods: Goods) -> str:
        """The id that goods of which nothing but the title is known had when they were brought first."""
        identity = slug(goods.title)
        nameless = all(kind == NAME for kind, _ in goods.names)
        return identity if nameless and identity in self.known else ""

    def brand(self, goods: Goods) -> str:
        """The id of the brand; a new one has a file, which holds its name."""
        name = goods.brand or self.shelf.brand
        if name in self.brands:
            return name
        identity, is_new = stock.brand_of(name, self.brands)
        if is_new:
            self.brands[identity] = name
            document = editing.Document([], editing.Mapping())
            editing.put(document.root, "name", name)
            self.texts[stock.file_of("brands", identity)] = ("", editing.written(document))
        return identity

    def add(self, goods: Goods, shelf: Shelf) -> tuple[Outcome, str]:
        """A file for a new product."""
        before = dict(self.brands), dict(self.texts)
        text = stock.new_file(goods, self.brand(goods), shelf)
        if not isinstance(text, str):
            self.brands, self.texts = before
            self.problems += text
            return Outcome.REFUSED, ""
        identity = stock.new_id(goods, self.taken)
        self.taken.add(identity)
        self.made |= {key: identity for name in goods.names for key in keys_of(*name)}
        self.texts[stock.file_of("products", identity)] = ("", text)
        self.pictures += goods.pictures
        self.unlinked += not (goods.link or goods.asin)
        return Outcome.NEW, identity

    def renew(self, entry: Entry[Product], goods: Goods, shelf: Shelf) -> Outcome:
        """What a feed says of a product that is here."""
        file = entry.origin.source.file
        before, now = self.texts.get(file) or (self.text_of(file),) * 2
        document = editing.read(now, file)
        stock.stocked(document, entry.record, goods, entry.record.brand, shelf)
        fresh = editing.read(now, file)
        # A file with another layout is laid out anew only when it says something new.
        after = editing.written(document)
        if after == editing.written(fresh):
            self.texts.setdefault(file, (before, now))
            return Outcome.SAME
        self.texts[file] = (before, after)
        return Outcome.CHANGED

    def text_of(self, file: str) -> str:
        return decode((self.root / file).read_bytes(), file)


def _ending(link: str) -> str:
    return urlsplit(link).path.rstrip("/").rpartition("/")[2].casefold()


def _hosts(merchants: Mapping[str, Entry[Merchant]]) -> dict[str, str]:
    return {
        host.lower().removeprefix("www."): identity
        for identity, entry in merchants.items()
        for host in (*entry.record.domains, host_of(entry.record.url))
    }
