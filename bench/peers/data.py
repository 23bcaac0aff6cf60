#!/usr/bin/env python3
"""What the peers read: a site's content as JSON, joined, labelled and put into words by storefront beforehand.

    python bench/peers/data.py SITE FOLDER

Writes creators.json, products.json and site.json, and the theme's stylesheet and icon under assets/. Everything
that storefront works out from content has been worked out: which offer a pick shows, its tracked link and labels,
statements, ratings, prices and dates in words, titles and descriptions, pages of directories. Left to do are the
pages themselves: Markdown, templates, JSON-LD, feeds, documents. That favours the peers, which have no such rules.

A pick stands once, with its creator, and names its product; pages of products name picks and reviews by creator and
place. Lookups of that kind cost little in every tool.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from storefront import links, money
from storefront.catalog.facts import ListFact, Mention, OfferFact, Pick, PostFact, ReviewFact
from storefront.disclosure import strongest_first
from storefront.gather import Gathered, gather
from storefront.pages import (
    brand_page,
    directory,
    exports,
    feed_entries,
    gathered,
    list_page,
    parts,
    post_page,
    product_page,
    reviewed,
    routes,
    shelves,
    sitemap,
    vanity,
    views,
)
from storefront.pages.plan import Planned
from storefront.pages.voice import Voice, voice

NOW = "2026-11-26T09:00:00Z"
Record = dict[str, Any]


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
        "ogDescription": page.og.description,
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
            {"amount": str(price.amount), "currency": price.currency, "asOf": offer.as_of}
            if price and offer.as_of
            else {}
        ),
    }


def picks(facts: Sequence[Pick], owner: str, spoken: Voice) -> list[Record]:
    """The things of a list or post, each with a name of its own to keep its markup under."""
    return [pick(fact, f"{owner}/{place}", spoken) for place, fact in enumerate(facts)]


def pick(fact: Pick, identity: str, spoken: Voice) -> Record:
    """A thing as a creator shows it. What is true of the product stands with the product."""
    if fact.thing is None or fact.offer is None:
        sys.exit(f"{fact.anchor}: the peers' templates know no pick without a product or an offer")
    shown = parts.card(fact, spoken)
    brand = fact.brand_name or fact.title
    return {
        "id": identity,
        "anchor": fact.anchor,
        "product": fact.thing.id,
        **({"note": fact.note} if fact.note else {}),
        **({"got": plain(shown.got)} if shown.got else {}),
        "relationships": [each.value for each in fact.relationships],
        "labels": [badge.text for badge in shown.badges],
        "shop": shop(fact.offer, fact.title, brand, spoken),
        **({"more": shown.more_shops} if shown.more_shops else {}),
    }


def review(fact: ReviewFact, spoken: Voice) -> Record:
    """A review; `text` is Markdown."""
    shown = plain(reviewed.review(fact, spoken, names_product=False))
    (candidate,) = feed_entries.entries((), (), (fact,), spoken)
    return without(shown, "html", "author", "url") | {
        "id": fact.id,
        "product": fact.product,
        "rating": fact.rating,
        "text": fact.body or "",
        "provenance": fact.provenance.value,
        "relationships": [each.value for each in fact.relationships],
        "feedTitle": candidate.title,
    }


class Writer:
    """Goes through a site's pages and keeps a record of each where the peers look for it."""

    def __init__(self, site: Gathered) -> None:
        self.site = site
        self.spoken = voice(site.site)
        self.creators: dict[str, Any] = {handle: {} for handle in site.catalog.people}
        self.products: dict[str, Any] = {}
        self.shared: Record = {"brands": [], "categories": [], "indexes": [], "homes": []}
        self.reviews = self.places(site.catalog.reviews.values(), reviewed.newest_first)
        self.posts = self.places(site.catalog.posts.values(), parts.newest_posts)
        self.lists = self.places(site.catalog.lists.values(), list)
        self.picks = {fact.ref: fact.picks for fact in site.catalog.lists.values()}
        self.kinds: dict[Any, Callable[[Any, views.Sheet], None]] = {
            product_page.sheet: self.product,
            list_page.sheet: self.list_of,
            post_page.sheet: self.post,
            gathered.posts_sheet: self.posts_of,
            gathered.reviews_sheet: self.reviews_of,
            vanity.sheet: self.creator,
            brand_page.sheet: self.brand,
            shelves.category_sheet: self.category,
            shelves.index_of_brands: self.index,
            shelves.index_of_categories: self.index,
            directory.home_sheet: self.home,
            directory.how_sheet: self.how,
            directory.missing_sheet: self.missing,
        }

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
        """Keep the record of a page; feeds and documents are made of what the creator's own page is made of."""
        keep = self.kinds.get(page.make)
        if keep:
            keep(page.inputs, page.make(page.inputs))  # type: ignore[arg-type]

    def product(self, inputs: product_page.Inputs, sheet: views.Sheet) -> None:
        fact, view = inputs.product, sheet.view
        thing = fact.thing
        whole = without(plain(view), "html", "shops", "mentions", "posts", "reviews", "reviews_shown")
        shelf = parts.badges(self.shelf_of(fact.offers), thing.brand_name, self.spoken)
        self.products[thing.id] = packed(
            whole
            | {
                "id": thing.id,
                "page": head(sheet.page),
                "first": thing.title[:1],
                "text": fact.description or "",
                "badges": plain(shelf),
                "shops": [shop(offer, thing.title, thing.brand_name, self.spoken) for offer in fact.offers],
                "mentions": [
                    [*self.lists[f"list:{each.byline.handle}/{each.list_slug}"], self.numbered(each)]
                    for each in inputs.mentions
                ],
                "posts": [self.posts[post.ref] for post in parts.newest_posts(inputs.posts)],
                "reviews": [self.reviews[each.ref] for each in reviewed.newest_first(inputs.reviews)],
                "reviewsShown": reviewed.shown_of(len(inputs.reviews), len(inputs.reviews), self.spoken),
            }
        )

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
            "page": head(sheet.page),
            "title": fact.title,
            "text": fact.intro or "",
            "count": shown.count,
            "picks": picks(fact.picks, fact.ref, self.of(fact)),
        }
        self.creators[fact.byline.handle].setdefault("lists", []).append(record)

    def post(self, inputs: post_page.Inputs, sheet: views.Sheet) -> None:
        fact = inputs.post
        record = {
            "id": fact.id,
            "page": head(sheet.page),
            "title": fact.title,
            "text": fact.caption or "",
            "day": plain(self.spoken.day(fact.date)),
            "badges": plain(parts.post_badges(fact, self.of(fact))),
            "picks": picks(fact.picks, fact.ref, self.of(fact)),
            "feedTitle": feed_entries.entries((), (fact,), (), self.of(fact))[0].title,
        }
        self.creators[fact.byline.handle].setdefault("posts", []).append(record)

    def posts_of(self, inputs: gathered.PostInputs, sheet: views.Sheet) -> None:
        self.creators[inputs.byline.handle]["postsPage"] = head(sheet.page)

    def reviews_of(self, inputs: gathered.ReviewInputs, sheet: views.Sheet) -> None:
        shown = sheet.view.shown  # type: ignore[attr-defined]
        self.creators[inputs.byline.handle]["reviewsPage"] = head(sheet.page) | {"shown": shown}

    def creator(self, inputs: vanity.Inputs, sheet: views.Sheet) -> None:
        person = inputs.person
        spoken = voice(self.site.site, person.byline.locale, person.byline.markets)
        whole = without(plain(sheet.view), "html", "sections", "posts", "reviews")
        place = person.location
        given, _, rest = person.byline.name.partition(" ")
        record = self.creators[person.byline.handle] | whole
        record |= {
            "page": head(sheet.page),
            "path": sheet.page.path,
            "first": person.byline.name[:1],
            "words": [given, rest],
            "text": person.bio or "",
            "disclosure": msgspec.json.decode(exports.document(inputs))["disclosure"],
            "location": {"country": place.country, "city": place.city} if place else None,
            "feedName": spoken.say("feed_of", name=person.byline.name),
            "reviews": [review(each, spoken) for each in reviewed.newest_first(inputs.reviews)],
        }
        self.creators[person.byline.handle] = packed(record)

    def cards(self, shelf: Iterable[Any]) -> list[str]:
        return [each.thing.id for each in shelf]

    def brand(self, inputs: brand_page.Inputs, sheet: views.Sheet) -> None:
        self.shared["brands"].append(
            without(plain(sheet.view), "cards", "reviews")
            | {
                "page": head(sheet.page),
                "products": self.cards(inputs.shelf),
                "reviews": [self.reviews[each.ref] for each in inputs.reviews],
            }
        )

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
            "stylesheet": chrome.stylesheet,
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
        self.shared["sitemapIndex"] = names if len(files) > 1 else []
        return {"creators": self.creators, "products": self.products, "site": self.shared}


def write(root: Path, folder: Path) -> None:
    """The files for the site at `root`."""
    site = gather(root, datetime.fromisoformat(NOW))
    writer = Writer(site)
    for page in site.pages:
        writer.add(page)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in writer.finished().items():
        (folder / f"{name}.json").write_bytes(msgspec.json.encode(content))
    for asset in (site.theme.stylesheet, site.theme.icon):
        file = folder / "assets" / asset.name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(asset.data)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    write(given.site, given.folder)


if __name__ == "__main__":
    main()
