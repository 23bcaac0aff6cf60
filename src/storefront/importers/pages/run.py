"""Runs: a page of links to a creator's list, and a shop's page to a product. They say what would be written."""

import shutil
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import changes, editing, links, records
from storefront.changes import Change
from storefront.clock import Clock
from storefront.content import CONTENT
from storefront.editing.order import keys_of
from storefront.importers.incoming import ASIN, LINK, Named
from storefront.importers.matching import Products
from storefront.importers.pages import listing, picks, product
from storefront.importers.pages.saved import Page
from storefront.importers.products import stock
from storefront.importers.products.goods import Goods
from storefront.importers.products.run import Stocking
from storefront.importers.products.stock import Outcome, Shelf
from storefront.links.addresses import asin_of
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound, did_you_mean
from storefront.records import Curation
from storefront.slugs import slug
from storefront.vocabulary import rules
from storefront.vocabulary.product import Product


class Target(Struct, frozen=True, kw_only=True):
    """A creator's list that things go into, and how she came to them."""

    creator: str
    name: str
    title: str = ""
    relationship: Sequence[str] = ()
    note: str = ""

    def item(self, **keys: str) -> dict[str, object]:
        """A thing of the list."""
        tied = self.relationship[0] if len(self.relationship) == 1 else list(self.relationship)
        return {**keys, "relationship": tied, "note": self.note}


class PicksPlan(Struct, frozen=True, kw_only=True):
    """The result of reading a page of links: files to write, and what is wrong.

    `added` counts the picks that are new, `there` those that the list has, `others` the links that are no picks.
    """

    changes: tuple[Change, ...]
    added: int
    there: int
    others: int
    problems: tuple[Problem, ...]


class ProductPlan(Struct, frozen=True, kw_only=True):
    """The result of reading a shop's page: files to write, the product's id, whether it is new, and what is wrong.

    `picture` is a file to copy, and where to. `shop` is what a shop is called that is new here.
    """

    changes: tuple[Change, ...]
    product: str
    outcome: Outcome
    listed: bool
    shop: str
    picture: tuple[Path, str] | None
    problems: tuple[Problem, ...]


class Particulars(Struct, frozen=True, kw_only=True):
    """What a shop's page leaves open, as the user gave it on the command line."""

    url: str = ""
    merchant: str = ""
    brand: str = ""
    category: str = ""
    title: str = ""


def curation_of(root: Path) -> Curation:
    """The site's content. Raises `ProblemsFound` when something is wrong with it: nothing is added to that."""
    loaded = records.load(root)
    if loaded.problems or loaded.curation.site is None:
        raise ProblemsFound(loaded.problems)
    return loaded.curation


def known_creator(creators: Collection[str], creator: str) -> None:
    """Raise `ProblemsFound` for a creator that the site does not have."""
    if creator not in creators:
        hint = did_you_mean(creator, list(creators)) or "See the folders in content/influencers/."
        raise ProblemsFound([Problem("unknown-reference", f"there is no creator {creator}", Place("--creator"), hint)])


def import_picks(
    root: Path, data: bytes, file: str, platform: str, target: Target, picked: Collection[str] = ()
) -> PicksPlan:
    """A page's links as things of a list. Raises `ProblemsFound` and OSError."""
    curation = curation_of(root)
    known_creator(curation.influencers, target.creator)
    networks, _ = links.of_site(root)
    found = picks.read(Page(data, file), platform, networks)
    chosen = [each for each in found.picks if not picked or {each.title, each.link} & set(picked)]
    if not found.picks and not found.problems:
        hint = "Save the page after all of it is shown, as HTML, and see that --from says whose it is."
        raise ProblemsFound([Problem("unreadable", "there is no pick on this page", Place(file), hint)])
    products = Products(curation.products, {})
    items = []
    for each in chosen:
        names = ((LINK, each.link), (ASIN, asin_of(each.link) or ""))
        own = products.find(Named(names=names, title=""))
        items.append(target.item(product=own) if own else target.item(title=each.title, link=each.link))
    change, added = put_on_list(root, curation, target, items, {})
    return PicksPlan(
        changes=(change,) if change else (),
        added=added,
        there=len(chosen) - added,
        others=found.others,
        problems=found.problems,
    )


def put_on_list(
    root: Path,
    curation: Curation,
    target: Target,
    items: Sequence[dict[str, object]],
    texts: dict[str, tuple[str, str]],
) -> tuple[Change | None, int]:
    """What putting things on a list changes in its file, and how many are new there."""
    where = listing.home(curation, target.creator, target.name)
    before = texts.get(where.file, ("", ""))[1] or ("" if where.new_file else _text(root, where.file))
    title = target.title or target.name.replace("-", " ").capitalize()
    after, added = listing.listed(before, where, title, items)
    return (Change(file=where.file, before=before, after=after) if added else None), added


def read_product(root: Path, page: Page, url: str) -> Goods:
    """What a shop's page tells of its product. Raises `ProblemsFound`."""
    networks, _ = links.of_site(root)
    return product.read(page, networks, url)


def import_product(
    root: Path,
    page: Page,
    goods: Goods,
    asked: Particulars,
    target: Target | None,
    now: datetime,
    picture: Path | None = None,
) -> ProductPlan:
    """A product from a shop's page, with its brand, its shop and a place on a list. Raises `ProblemsFound`, OSError."""
    curation = curation_of(root)
    if target:
        known_creator(curation.influencers, target.creator)
    today = Clock(now, ZoneInfo(curation.settings.timezone)).today.isoformat()
    shelf = Shelf(merchant=asked.merchant, as_of=today, brand=asked.brand, category=asked.category, source="manual")
    stocking = Stocking(root, curation, shelf, {})
    shop, name = asked.merchant or stocking.shop_of(goods), ""
    if not shop:
        name = product.shop_of(page)
        shop = _free(name, links.host_of(goods.link), curation)
        stocking.texts[f"{CONTENT}/merchants/{shop}.yaml"] = ("", _merchant(name, goods.link))
    stocking.shelf = Shelf(merchant=shop, as_of=today, brand=asked.brand, category=asked.category, source="manual")
    outcome, identity = stocking.put(goods)
    copied = _shown(stocking, identity, goods.title, picture) if picture and identity else None
    made = [
        Change(file=file, before=before, after=after)
        for file, (before, after) in stocking.texts.items()
        if before != after and identity
    ]
    listed = None
    if target and identity:
        listed, _ = put_on_list(root, curation, target, [target.item(product=identity)], stocking.texts)
    return ProductPlan(
        changes=tuple(sorted([*made, *([listed] if listed else [])], key=lambda change: change.file)),
        product=identity,
        outcome=outcome,
        listed=listed is not None,
        shop=name,
        picture=copied,
        problems=tuple(stocking.problems),
    )


def write(root: Path, added: ProductPlan) -> None:
    """Write what was added. Raises OSError and `EnvironmentFailure`."""
    if added.picture:
        source, file = added.picture
        target = root / file
        if target.parent.is_symlink() or target.is_symlink():
            raise EnvironmentFailure(f"{file} is a link to another place")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    changes.write(root, added.changes)


def _shown(stocking: Stocking, identity: str, title: str, picture: Path) -> tuple[Path, str] | None:
    """Show a picture on a product that has none: what to copy, and where to."""
    entry = stocking.known.get(identity)
    file = entry.origin.source.file if entry else stock.file_of("products", identity)
    before, now = stocking.texts.get(file) or (stocking.text_of(file),) * 2
    document = editing.read(now, file)
    if editing.find(document.root, "images"):
        return None
    source = f"media/{identity}{picture.suffix.lower()}"
    editing.put(document.root, "images", [{"src": source, "alt": title}], keys_of(Product))
    stocking.texts[file] = (before, editing.written(document))
    return picture, f"{file.rpartition('/')[0]}/{source}"


def _free(name: str, host: str, curation: Curation) -> str:
    """An id for a new shop: from its name, else from its host, which no other shop here has."""
    made = (slug(each)[: rules.MAX_SLUG].strip("-") for each in (name, host.removeprefix("www.")))
    return next(each for each in made if each and each not in curation.merchants)


def _merchant(name: str, link: str) -> str:
    document = editing.Document([], editing.Mapping())
    editing.put(document.root, "name", name)
    editing.put(document.root, "url", f"https://{links.host_of(link)}")
    return editing.written(document)


def _text(root: Path, file: str) -> str:
    return (root / file).read_text(encoding="utf-8")
