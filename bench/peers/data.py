#!/usr/bin/env python3
"""What the peers read: a site's content, and beside it all that storefront works out from it, worked out beforehand.

    python bench/peers/data.py SITE FOLDER [--form yaml]

Writes the content as one YAML file for each creator and product, creators/*.yaml and products/*.yaml, or as JSON,
creators.json and products.json. In both forms told.json and site.json hold what storefront finds by rules: which
offer a pick shows, its tracked link and labels, statements, ratings, prices and dates in words, titles and
descriptions, filters, pages of directories. They are JSON because they are nobody's content, and JSON is read
fastest. The theme's stylesheets, scripts and icon are under assets/. Left to do are the pages themselves: Markdown,
templates, JSON-LD, feeds, documents. That favours the peers, which have no such rules.

A pick stands once, with its creator, and names its product; pages of products name picks and reviews by creator and
place. Lookups of that kind cost little in every tool.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from storefront import links, money
from storefront.catalog.facts import ListFact, Mention, OfferFact, Pick, PostFact
from storefront.catalog.review_facts import ReviewFact
from storefront.disclosure import strongest_first
from storefront.gather import Gathered, gather
from storefront.pages import (
    archives,
    brand_exports,
    brand_page,
    directory,
    exports,
    feed_entries,
    list_page,
    mention_exports,
    mentions,
    parts,
    post_page,
    product_page,
    reviewed,
    routes,
    search,
    shelves,
    sitemap,
    vanity,
    views,
)
from storefront.pages.planned import Planned
from storefront.pages.voice import Voice, voice

NOW = "2026-11-26T09:00:00Z"
Record = dict[str, Any]
Form = Literal["yaml", "json"]
FORMS: tuple[Form, ...] = ("yaml", "json")


class Block(yaml.CSafeDumper):
    """YAML as people write it: texts of several lines as blocks."""


def _text(dumper: Block, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Block.add_representer(str, _text)


def plain(value: Any) -> Any:
    """Views as plain data, without what is empty."""
    if isinstance(value, msgspec.Struct):
        fields = ((name, plain(getattr(value, name))) for name in value.__struct_fields__)
        return {name: field for name, field in fields if field or (field == 0 and field is not False)}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def without(record: Record, *names: str) -> Record:
    """A record less some of its keys."""
    return {key: value for key, value in record.items() if key not in names}


def packed(record: Record) -> Any:
    """A finished record as the text it will be: a tenth of the memory of its dictionaries."""
    return msgspec.Raw(msgspec.json.encode(record))


def head(page: views.Page) -> Record:
    """What a page's head and frame say."""
    record: Record = {
        "path": page.path,
        "title": page.title,
        "description": page.description,
        "og": page.og.type,
        "og_description": page.og.description,
        "crumbs": plain(page.breadcrumbs),
    }
    if page.statement:
        record["statement"] = {"label": page.statement.label, "text": " ".join(page.statement.sentences)}
    return record


def shop(offer: OfferFact, title: str, brand: str, spoken: Voice) -> Record:
    """An offer: its link with labels, and its price for people and for programs."""
    shown = parts.shop(offer, title, brand, spoken)
    labels = parts.badges(offer.relationships, brand, spoken)
    record = without(plain(shown), "html")
    price = money.parse(offer.price) if offer.price else None
    return record | {
        "url": offer.url,
        "rel": links.rel(commercial=bool(labels)),
        "text": spoken.say("view_at" if offer.price else "see_price_at", merchant=offer.merchant_name),
        "badges": plain(labels),
        "available": offer.availability.value,
        **({"network": offer.network} if offer.network else {}),
        **(
            {"amount": str(price.amount), "currency": price.currency, "as_of": offer.as_of}
            if price and offer.as_of
            else {}
        ),
    }


def pick(fact: Pick, identity: str) -> Record:
    """A thing as its creator wrote it down."""
    if fact.thing is None or fact.offer is None:
        sys.exit(f"{fact.anchor}: the peers' templates know no pick without a product or an offer")
    return {
        "id": identity,
        "anchor": fact.anchor,
        "product": fact.thing.id,
        **({"note": fact.note} if fact.note else {}),
        "relationships": [each.value for each in fact.relationships],
    }


def told_of_pick(fact: Pick, spoken: Voice) -> Record:
    """What is worked out of a pick. What is true of the product stands with the product."""
    shown = parts.card(fact, spoken)
    assert fact.offer
    return {
        **({"got": plain(shown.got)} if shown.got else {}),
        "labels": [badge.text for badge in shown.badges],
        "shop": shop(fact.offer, fact.title, fact.brand_name or fact.title, spoken),
        **({"more": shown.more_shops} if shown.more_shops else {}),
    }


def review(fact: ReviewFact, anchor: str) -> Record:
    """A review as its author wrote it; `text` is Markdown."""
    if fact.updates or fact.responses or fact.aspects or fact.page > 1 or not fact.title:
        sys.exit(f"{anchor}: the peers' templates know no such review")
    return {
        "id": fact.id,
        "anchor": anchor,
        "product": fact.product,
        "date": fact.date,
        "rating": fact.rating,
        "title": fact.title,
        "pros": list(fact.pros),
        "cons": list(fact.cons),
        "provenance": fact.provenance.value,
        "relationships": [each.value for each in fact.relationships],
        "text": fact.body or "",
    }


def told_of_review(fact: ReviewFact, spoken: Voice) -> Record:
    """What is worked out of a review."""
    shown = plain(reviewed.review(fact, spoken, names_product=False))
    (candidate,) = feed_entries.entries((), (), (fact,), spoken)
    return without(shown, "html", "author", "url", "title", "anchor", "pros", "cons") | {"feed_title": candidate.title}


def look(name: str) -> str:
    """The classes by which the theme fits a creator's name into its column: for its length and its widest word."""

    def halves(word: str) -> int:
        slim = sum(map(word.count, "ijltfr"))
        wide = sum(map(word.lower().count, "mw"))
        return len(word) * 3 if word == word.upper() else len(word) * 2 + wide - slim + 1

    length = min(max(math.ceil(len(name) / 2) * 2, 6), 26)
    width = min(math.ceil(max(12, *map(halves, name.split())) / 4) * 2, 18)
    return f"n{length} w{width}"


class Writer:
    """Goes through a site's pages and keeps a record of each where the peers look for it."""

    def __init__(self, site: Gathered, form: Form) -> None:
        self.site = site
        self.form = form
        self.spoken = voice(site.site)
        self.creators: dict[str, Any] = {handle: {} for handle in site.catalog.people}
        self.products: dict[str, Any] = {}
        self.told: dict[str, Record] = {"creators": {}, "products": {}, "picks": {}, "reviews": {}, "heads": {}}
        self.shared: Record = {"brands": [], "categories": [], "indexes": [], "homes": [], "searches": []}
        self.shared["stylesheets"] = {}
        self.reviews = self.places(site.catalog.reviews.values(), reviewed.newest_first)
        self.posts = self.places(site.catalog.posts.values(), parts.newest_posts)
        self.lists = self.places(site.catalog.lists.values(), list)
        self.picks = {fact.ref: fact.picks for fact in site.catalog.lists.values()}
        self.kinds: dict[Any, Callable[[Any, views.Sheet], None]] = {
            product_page.sheet: self.product,
            list_page.sheet: self.list_of,
            post_page.sheet: self.post,
            archives.posts_sheet: self.posts_of,
            archives.reviews_sheet: self.reviews_of,
            vanity.sheet: self.creator,
            brand_page.sheet: self.brand,
            brand_exports.document: self.brand_document,
            shelves.category_sheet: self.category,
            shelves.index_of_brands: self.index,
            shelves.index_of_categories: self.index,
            directory.home_sheet: self.home,
            directory.how_sheet: self.how,
            directory.missing_sheet: self.missing,
            search.search_sheet: self.search,
            search.letter_sheet: self.search,
        }
        # Feeds and documents are made of what a creator's or a brand's own page is made of; the index is ours alone,
        # and so is all that is said of a brand.
        self.no_kinds = {exports.atom, exports.json_feed, exports.document, brand_exports.atom, search.part}
        self.no_kinds |= {mentions.sheet, mention_exports.atom, mention_exports.document}

    def packed(self, record: Record) -> Any:
        """A finished record of content as the text it will be."""
        if self.form == "json":
            return packed(record)
        return yaml.dump(record, Dumper=Block, allow_unicode=True, sort_keys=False, width=1 << 16)

    def places(self, facts: Iterable[Any], in_order: Callable[[Iterable[Any]], list[Any]]) -> dict[str, list[Any]]:
        """Where each fact stands among its creator's: handle and place, by reference."""
        counts: dict[str, int] = {}
        found = {}
        for fact in in_order(facts):
            handle = fact.byline.handle
            found[fact.ref] = [handle, counts.get(handle, 0)]
            counts[handle] = counts.get(handle, 0) + 1
        return found

    def add(self, page: Planned) -> None:
        """Keep the record of a page."""
        if page.make in self.no_kinds:
            return
        if page.make not in self.kinds:
            sys.exit(f"{page.path}: the peers have no template for such a page")
        made = page.make(page.inputs)
        self.kinds[page.make](page.inputs, made)  # type: ignore[arg-type]
        if isinstance(made, views.Sheet):
            self.shared["stylesheets"][made.template.removesuffix(".html")] = made.chrome.stylesheet

    def picks_of(self, facts: Sequence[Pick], owner: str, spoken: Voice) -> list[Record]:
        """The things of a list or post, each with a name of its own to keep its markup under."""
        records = []
        for place, fact in enumerate(facts):
            identity = f"{owner}/{place}"
            records.append(pick(fact, identity))
            self.told["picks"][identity] = packed(told_of_pick(fact, spoken))
        return records

    def product(self, inputs: product_page.Inputs, sheet: views.Sheet) -> None:
        fact, view = inputs.product, sheet.view
        thing = fact.thing
        shelf = parts.badges(self.shelf_of(fact.offers), thing.brand_name, self.spoken)
        written = {
            "id": thing.id,
            "title": thing.title,
            "path": sheet.page.path,
            "text": fact.description or "",
            "specs": dict(fact.specs),
            "best_for": list(fact.best_for),
            "not_for": list(fact.not_for),
            "mentions": [
                [*self.lists[f"list:{each.byline.handle}/{each.list_slug}"], self.numbered(each)]
                for each in inputs.mentions
            ],
            "posts": [self.posts[post.ref] for post in parts.newest_posts(inputs.posts)],
            "reviews": [self.reviews[each.ref] for each in reviewed.newest_first(inputs.reviews)],
        }
        told = {
            name: plain(getattr(view, name))
            for name in ("brand", "category", "verdict", "critical", "aggregate", "filters", "reviews_shown")
            if getattr(view, name)
        }
        if view.filters:
            told["filters"] = without(told["filters"], "people", "aspects")
        told |= {
            "page": head(sheet.page),
            "first": thing.title[:1],
            "badges": plain(shelf),
            "shops": [shop(offer, thing.title, thing.brand_name, self.spoken) for offer in fact.offers],
        }
        self.products[thing.id] = self.packed(written)
        self.told["products"][thing.id] = packed(told)

    def numbered(self, mention: Mention) -> int:
        """Which pick of its list a mention shows."""
        picks = self.picks[f"list:{mention.byline.handle}/{mention.list_slug}"]
        return next(place for place, each in enumerate(picks) if each is mention.pick)

    def shelf_of(self, offers: Iterable[OfferFact]) -> tuple[Any, ...]:
        return tuple(strongest_first(each for offer in offers for each in offer.relationships))

    def of(self, fact: ListFact | PostFact) -> Voice:
        return voice(self.site.site, fact.byline.locale, fact.byline.markets)

    def list_of(self, inputs: list_page.Inputs, sheet: views.Sheet) -> None:
        fact = inputs.list
        shown = sheet.view.list  # type: ignore[attr-defined]
        record = {
            "id": fact.slug,
            "path": sheet.page.path,
            "title": fact.title,
            "text": fact.intro or "",
            "picks": self.picks_of(fact.picks, fact.ref, self.of(fact)),
        }
        self.told["heads"][sheet.page.path] = packed(head(sheet.page) | {"count": shown.count})
        self.creators[fact.byline.handle].setdefault("lists", []).append(record)

    def post(self, inputs: post_page.Inputs, sheet: views.Sheet) -> None:
        fact = inputs.post
        record = {
            "id": fact.id,
            "path": sheet.page.path,
            "title": fact.title,
            "text": fact.caption or "",
            "date": fact.date,
            "picks": self.picks_of(fact.picks, fact.ref, self.of(fact)),
        }
        told = {
            "day": plain(self.spoken.day(fact.date)),
            "badges": plain(parts.post_badges(fact, self.of(fact))),
            "feed_title": feed_entries.entries((), (fact,), (), self.of(fact))[0].title,
        }
        self.told["heads"][sheet.page.path] = packed(head(sheet.page) | told)
        self.creators[fact.byline.handle].setdefault("posts", []).append(record)

    def posts_of(self, inputs: archives.PostInputs, sheet: views.Sheet) -> None:
        self.told["creators"].setdefault(inputs.byline.handle, {})["posts_page"] = head(sheet.page)

    def reviews_of(self, inputs: archives.ReviewInputs, sheet: views.Sheet) -> None:
        shown = sheet.view.shown  # type: ignore[attr-defined]
        page = head(sheet.page) | {"shown": shown}
        self.told["creators"].setdefault(inputs.byline.handle, {})["reviews_page"] = page

    def creator(self, inputs: vanity.Inputs, sheet: views.Sheet) -> None:
        person, view = inputs.person, sheet.view
        byline, place = person.byline, person.location
        spoken = voice(self.site.site, byline.locale, byline.markets)
        written = {
            "handle": byline.handle,
            "name": byline.name,
            "path": sheet.page.path,
            "tagline": person.tagline,
            "text": person.bio or "",
            "location": {"country": place.country, "city": place.city} if place else None,
            "interests": list(person.interests),
            **self.creators[byline.handle],
            "reviews": [],
        }
        for fact in reviewed.newest_first(inputs.reviews):
            anchor = routes.review_anchor(byline.handle, fact.id)
            written["reviews"].append(review(fact, anchor))
            self.told["reviews"][anchor] = packed(told_of_review(fact, spoken))
        shown = {
            name: plain(getattr(view, name))
            for name in ("place", "facts", "calibration", "reviews_shown", "reviews_more")
            if getattr(view, name)
        }
        given, _, rest = byline.name.partition(" ")
        told = self.told["creators"].setdefault(byline.handle, {}) | shown
        told |= {
            "page": head(sheet.page),
            "first": byline.name[:1],
            "words": [given, rest],
            "look": look(byline.name),
            "disclosure": msgspec.json.decode(exports.document(inputs))["disclosure"],
            "feed_name": spoken.say("feed_of", name=byline.name),
        }
        self.creators[byline.handle] = self.packed(written)
        self.told["creators"][byline.handle] = packed(told)

    def cards(self, shelf: Iterable[Any]) -> list[str]:
        return [each.thing.id for each in shelf]

    def brand(self, inputs: brand_page.Inputs, sheet: views.Sheet) -> None:
        if inputs.fixes or inputs.brand.ties or inputs.brand.description:
            sys.exit(f"{sheet.page.path}: the peers' templates know no such brand")
        self.shared["brands"].append(
            without(plain(sheet.view), "cards", "reviews", "feeds")
            | {
                "id": inputs.brand.id,
                "page": head(sheet.page),
                "products": self.cards(inputs.shelf),
                "reviews": [self.reviews[each.ref] for each in inputs.reviews],
                "feed": plain(sheet.view.feeds[0]),  # type: ignore[attr-defined]
            }
        )

    def brand_document(self, inputs: brand_page.ExportInputs, made: bytes) -> None:
        """What stands in a brand's document beside its products and reviews."""
        told = without(msgspec.json.decode(made), "products", "reviews")
        first = next(each for each in self.shared["brands"] if each["id"] == inputs.brand.id)
        first |= {"document": told, "all": [self.reviews[each.ref] for each in inputs.reviews]}

    def search(self, _inputs: Any, sheet: views.Sheet) -> None:
        self.shared["searches"].append(without(plain(sheet.view), "letters") | {"page": head(sheet.page)})
        self.shared["letters"] = plain(sheet.view.letters)  # type: ignore[attr-defined]

    def category(self, inputs: shelves.CategoryInputs, sheet: views.Sheet) -> None:
        record = without(plain(sheet.view), "cards")
        self.shared["categories"].append(record | {"page": head(sheet.page), "products": self.cards(inputs.shelf)})

    def index(self, _inputs: Any, sheet: views.Sheet) -> None:
        self.shared["indexes"].append(plain(sheet.view) | {"page": head(sheet.page)})

    def home(self, inputs: directory.HomeInputs, sheet: views.Sheet) -> None:
        record = without(plain(sheet.view), "posts", "people")
        people = [
            plain(shown) | {"handle": person.byline.handle, "first": person.byline.name[:1]}
            for person, shown in zip(inputs.people, sheet.view.people, strict=True)  # type: ignore[attr-defined]
        ]
        posts = [self.posts[post.ref] for post in inputs.posts]
        self.shared["homes"].append(record | {"page": head(sheet.page), "people": people, "posts": posts})

    def how(self, _inputs: Any, sheet: views.Sheet) -> None:
        self.shared["how"] = plain(sheet.view) | {"page": head(sheet.page)}

    def missing(self, _inputs: Any, sheet: views.Sheet) -> None:
        self.shared["missing"] = plain(sheet.view) | {"page": head(sheet.page)}
        chrome = sheet.chrome
        self.shared |= {
            "site": chrome.site_title,
            "url": self.site.site.url,
            "nav": plain(chrome.nav),
            "scripts": chrome.scripts,
            "icon": chrome.icon,
            "generator": chrome.generator,
        }

    def finished(self) -> dict[str, Any]:
        """The files by name, when all pages have been added."""
        skipped = {routes.MISSING}
        paths = sorted(page.path for page in self.site.pages if page.path.endswith("/") and page.path not in skipped)
        files = sitemap.sitemaps(self.site.site, paths)
        chunks = (
            [paths]
            if len(files) == 1
            else [paths[at : at + sitemap.LIMIT] for at in range(0, len(paths), sitemap.LIMIT)]
        )
        names = [path for path in files if path != sitemap.PATH] or [sitemap.PATH]
        self.shared["sitemaps"] = [{"file": name, "paths": chunk} for name, chunk in zip(names, chunks, strict=True)]
        self.shared["sitemap_index"] = names if len(files) > 1 else []
        return {"told": self.told, "site": self.shared}


def write(root: Path, folder: Path, form: Form = "yaml") -> None:
    """The files for the site at `root`."""
    site = gather(root, datetime.fromisoformat(NOW))
    if site.cuts:
        sys.exit("the peers' templates know no pictures")
    writer = Writer(site, form)
    for page in site.pages:
        writer.add(page)
    folder.mkdir(parents=True, exist_ok=True)
    content = {"creators": writer.creators, "products": writer.products}
    files = writer.finished()
    if form == "json":
        files |= content
    else:
        for name, records in content.items():
            (folder / name).mkdir(exist_ok=True)
            for identity, text in records.items():
                (folder / name / f"{identity}.yaml").write_text(text, encoding="utf-8")
    for name, record in files.items():
        (folder / f"{name}.json").write_bytes(msgspec.json.encode(record))
    used = site.theme
    scripts = [script for script in used.scripts if script[0] != "beacon"]  # the corpus has none
    for asset in (used.stylesheet, used.icon, *(asset for _, asset in (*used.stylesheets, *scripts))):
        file = folder / "assets" / asset.name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(asset.data)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form", choices=FORMS, default=FORMS[0], help="of the content")
    given = parser.parse_args()
    write(given.site, given.folder, given.form)


if __name__ == "__main__":
    main()
