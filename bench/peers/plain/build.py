#!/usr/bin/env python3
"""The base line: the site as one writes it in an afternoon, with PyYAML, markdown-it-py and Jinja, and no cache.

    python bench/peers/plain/build.py DATA OUTPUT

DATA is what data.py wrote. Templates inherit and have macros; nothing is tuned but what one gets by asking the
libraries for it: libyaml, templates compiled once, each text rendered once.
"""

import json
import shutil
import sys
from html import escape
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

HERE = Path(__file__).parent
FEED = 50
Record = dict[str, Any]


class Corpus:
    """Records that name each other, joined: the data's ids and places become references."""

    def __init__(self, folder: Path) -> None:
        self.site = json.loads((folder / "site.json").read_bytes())
        self.told = json.loads((folder / "told.json").read_bytes())
        self.creators = content(folder, "creators")
        self.products = content(folder, "products")
        self.markdown = MarkdownIt("commonmark")
        for identity, product in self.products.items():
            self.complete(product, self.told["products"][identity])
        for creator in self.creators.values():
            self.join(creator)
        for product in self.products.values():
            product["reviews"] = self.of("reviews", product["reviews"])
            product["posts"] = self.of("posts", product["posts"])
            product["mentions"] = [self.mention(*at) for at in product["mentions"]]
        for brand in self.site["brands"]:
            brand["reviews"] = self.of("reviews", brand["reviews"])
            brand["all"] = self.of("reviews", brand.get("all", []))  # with the first of its pages
        for shelf in (*self.site["brands"], *self.site["categories"]):
            shelf["products"] = [self.products[identity] for identity in shelf["products"]]
        for home in self.site["homes"]:
            home["posts"] = self.of("posts", home["posts"])

    def complete(self, record: Record, more: Record) -> None:
        """Add to a record what was worked out of it, and its text as HTML."""
        record.update(more, html=Markup(self.markdown.render(record["text"])))

    def join(self, creator: Record) -> None:
        """Everything of a creator."""
        self.complete(creator, self.told["creators"][creator["handle"]])
        for shown in (*creator["lists"], *creator["posts"]):
            self.complete(shown, {"head": self.told["heads"][shown["path"]], "creator": creator})
            for pick in shown["picks"]:
                pick.update(self.told["picks"][pick["id"]], thing=self.products[pick["product"]])
        for review in creator["reviews"]:
            self.complete(review, self.told["reviews"][review["anchor"]])
            review.update(creator=creator, thing=self.products[review["product"]])

    def of(self, kind: str, places: list[list[Any]]) -> list[Record]:
        """The reviews or posts at these places."""
        return [self.creators[handle][kind][place] for handle, place in places]

    def mention(self, handle: str, place: int, number: int) -> Record:
        """A pick of a product, with its list and creator."""
        found = self.creators[handle]["lists"][place]
        return {"creator": self.creators[handle], "list": found, "pick": found["picks"][number]}


def content(folder: Path, kind: str) -> dict[str, Record]:
    """The records of a kind: one YAML file each, or one JSON file for all."""
    whole = folder / f"{kind}.json"
    if whole.exists():
        return json.loads(whole.read_bytes())
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = sorted((folder / kind).glob("*.yaml"))
    return {file.stem: yaml.load(file.read_bytes(), Loader=loader) for file in files}


class Builder:
    """Makes the pages of a corpus."""

    def __init__(self, corpus: Corpus, output: Path) -> None:
        self.corpus, self.output = corpus, output
        self.site: Record = corpus.site
        self.url: str = self.site["url"]
        environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True)
        environment.globals |= {"site": self.site, "url": self.url}
        self.environment = environment

    def write(self, path: str, text: str) -> None:
        """A file at an address."""
        file = self.output / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def page(self, kind: str, page: Record, nodes: list[Record], **values: Any) -> None:
        """A page by its template."""
        whole = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
        data = json.dumps({"@context": "https://schema.org", **whole}, ensure_ascii=False, separators=(",", ":"))
        data = data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        template = self.environment.get_template(f"{kind}.html")
        text = template.render(kind=kind, page=page, data=Markup(data) if nodes else "", **values)
        self.write(page["path"], text)

    def crumbs(self, page: Record) -> Record:
        """JSON-LD of the way to a page."""
        return {"@type": "BreadcrumbList", "itemListElement": self.items(page["crumbs"], "text", "item")}

    def items(self, all_of: list[Record], name: str, key: str) -> list[Record]:
        """JSON-LD of links."""
        return [
            {"@type": "ListItem", "position": place, "name": each[name], key: self.url + each["url"]}
            for place, each in enumerate(all_of, 1)
        ]

    def collection(self, page: Record, name: str, links: list[tuple[str, str]]) -> Record:
        """JSON-LD of a page of things, each once."""
        once = [{"name": text, "url": url} for url, text in {url: text for text, url in links}.items()]
        items = self.items(once, "name", "url")
        listed = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
        return {"@type": "CollectionPage", "name": name, "url": self.url + page["path"], "mainEntity": listed}

    def shelf(self, page: Record, name: str, products: list[Record]) -> Record:
        """JSON-LD of a page of products."""
        return self.collection(page, name, [(each["title"], each["path"]) for each in products])

    def build(self) -> None:
        """All pages."""
        for creator in self.corpus.creators.values():
            self.creator(creator)
        for product in self.corpus.products.values():
            nodes = [product_node(product, self.url)] if product["reviews"] or priced(product) else []
            self.page("product", product["page"], [*nodes, self.crumbs(product["page"])], product=product)
        for brand in self.site["brands"]:
            self.brand(brand)
        for category in self.site["categories"]:
            page = category["page"]
            nodes = [self.shelf(page, category["title"], category["products"]), self.crumbs(page)]
            self.page("category", page, nodes, category=category)
        for index in self.site["indexes"]:
            self.page("index", index["page"], [self.crumbs(index["page"])], index=index)
        for search in self.site["searches"]:
            self.page("search", search["page"], [self.crumbs(search["page"])], search=search)
        for home in self.site["homes"]:
            website = {"@type": "WebSite", "name": self.site["site"], "url": f"{self.url}/"}
            people = [(each["name"], each["url"]) for each in home["people"]]
            nodes = [website, self.collection(home["page"], self.site["site"], people)]
            self.page("home", home["page"], nodes, home=home)
        how = self.site["how"]
        self.page("how", how["page"], [self.crumbs(how["page"])], how=how)
        self.page("404", self.site["missing"]["page"], [], missing=self.site["missing"])
        for sitemap in self.site["sitemaps"]:
            self.write(sitemap["file"], self.environment.get_template("sitemap.xml").render(paths=sitemap["paths"]))
        if self.site["sitemap_index"]:
            index = self.environment.get_template("sitemap-index.xml").render(files=self.site["sitemap_index"])
            self.write("/sitemap.xml", index)
        self.write("/robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {self.url}/sitemap.xml\n")

    def creator(self, creator: Record) -> None:
        """A creator's pages, feeds and document."""
        url = self.url + creator["path"]
        person = {"name": creator["name"], "alternateName": creator["handle"], "description": bare(creator), "url": url}
        node = {"@type": "ProfilePage", "url": url, "mainEntity": {"@type": "Person", **person}}
        self.page("vanity", creator["page"], [node], creator=creator)
        for shown in creator["lists"]:
            things = [pick["thing"] for pick in shown["picks"]]
            nodes = [self.shelf(shown["head"], shown["title"], things), self.crumbs(shown["head"])]
            self.page("list", shown["head"], nodes, list=shown, creator=creator)
        for post in creator["posts"]:
            nodes = [self.posting(post), self.crumbs(post["head"])]
            self.page("post", post["head"], nodes, post=post, creator=creator)
        page = creator["posts_page"]
        links = [(post["title"], post["path"]) for post in creator["posts"]]
        nodes = [self.collection(page, f"Posts by {creator['name']}", links), self.crumbs(page)]
        self.page("posts", page, nodes, creator=creator)
        page = creator["reviews_page"]
        things = [review["thing"] for review in creator["reviews"]]
        nodes = [self.shelf(page, f"Reviews by {creator['name']}", things), self.crumbs(page)]
        self.page("reviews", page, nodes, creator=creator)
        entries = self.newest([*map(self.post_entry, creator["posts"]), *map(self.review_entry, creator["reviews"])])
        feed = {
            "home": url,
            "title": creator["feed_name"],
            "subtitle": creator["tagline"],
            "author": creator["name"],
            "author_url": url,
        }
        self.write(f"{creator['path']}feed.xml", self.atom(feed, entries, signed=False))
        self.write(f"{creator['path']}feed.json", json_feed(feed, entries))
        self.write(f"{creator['path']}index.json", dumps(self.document(creator)))

    def posting(self, post: Record) -> Record:
        """JSON-LD of a post."""
        labels = labels_of(post)
        creator = post["creator"]
        return {
            "@type": "SocialMediaPosting",
            "headline": post["title"],
            **({"alternativeHeadline": labels} if labels else {}),
            "text": bare(post),
            "author": {"@type": "Person", "name": creator["name"], "url": self.url + creator["path"]},
            "datePublished": post["date"],
            "url": self.url + post["path"],
        }

    def brand(self, brand: Record) -> None:
        """A brand's page; with its first, its feed and document."""
        page = brand["page"]
        shelf = [self.shelf(page, brand["name"], brand["products"])] if brand["products"] else []
        self.page("brand", page, [*shelf, self.crumbs(page)], brand=brand)
        if not brand["all"]:
            return
        feed = {
            "home": self.url + page["path"],
            "title": brand["feed"]["text"],
            "author": self.site["site"],
            "author_url": f"{self.url}/",
        }
        entries = self.newest(map(self.review_entry, brand["all"]))
        self.write(f"{page['path']}feed.xml", self.atom(feed, entries, signed=True))
        document = brand["document"] | {
            "products": [self.ref(product) for product in brand["products"]],
            "reviews": [self.review(review, signed=True) for review in brand["all"]],
        }
        self.write(f"{page['path']}index.json", dumps(document))

    def newest(self, entries: Any) -> list[Record]:
        """What a feed shows."""
        in_order = sorted(entries, key=lambda entry: entry["url"])
        return sorted(in_order, key=lambda entry: entry["day"], reverse=True)[:FEED]

    def post_entry(self, post: Record) -> Record:
        """A post in feeds."""
        html = self.environment.get_template("entry-post.html").render(post=post)
        return {"url": self.url + post["path"], "title": post["head"]["feed_title"], "day": post["date"], "html": html}

    def review_entry(self, review: Record) -> Record:
        """A review in feeds."""
        return {
            "url": f"{self.url}{review['thing']['path']}#{review['anchor']}",
            "title": review["feed_title"],
            "day": review["date"],
            "html": self.environment.get_template("entry-review.html").render(review=review),
            "creator": review["creator"],
        }

    def atom(self, feed: Record, entries: list[Record], *, signed: bool) -> str:
        """The feed in Atom."""
        return self.environment.get_template("atom.xml").render(feed=feed, entries=entries, signed=signed)

    def ref(self, product: Record) -> Record:
        """A product in documents."""
        return {"id": product["id"], "title": product["title"], "page": self.url + product["path"]}

    def item(self, pick: Record) -> Record:
        """A pick in documents."""
        shop = pick["shop"]
        price = None
        if "amount" in shop:
            price = {"amount": shop["amount"], "currency": shop["currency"], "as_of": shop["as_of"]}
        sold = {
            "merchant": shop["merchant"],
            "disclosure": pick["labels"],
            "availability": shop["available"],
            "price": price,
            "network": shop.get("network"),
            "rel": shop["rel"],
            "url": shop["url"],
        }
        item = {
            "title": pick["thing"]["title"],
            "relationships": pick["relationships"],
            "disclosure": pick["labels"],
            "brand": pick["thing"]["brand"]["text"],
            "product": self.ref(pick["thing"]),
            "note": pick.get("note"),
            "shop": given(sold),
        }
        return given(item)

    def review(self, review: Record, *, signed: bool = False) -> Record:
        """A review in documents."""
        creator, thing = review["creator"], review["thing"]
        by = {"handle": creator["handle"], "name": creator["name"], "page": self.url + creator["path"]}
        same = ("provenance", "relationships", "disclosure", "verification", "rating", "title", "pros", "cons")
        return {
            "id": review["id"],
            **({"creator": by} if signed else {}),
            "product": self.ref(thing),
            "brand": thing["brand"]["text"],
            "page": f"{self.url}{thing['path']}#{review['anchor']}",
            "date": review["date"],
            **{key: review[key] for key in same},
            "html": f"<p>{escape(review['disclosure'])}</p>\n{review['html']}",
        }

    def document(self, creator: Record) -> Record:
        """A creator's document."""
        same = ("handle", "name", "tagline", "html", "location", "interests")
        profile = {"page": self.url + creator["path"], "ties": [], **{key: creator[key] for key in same}}

        def shown(one: Record, *keys: str) -> Record:
            items = [self.item(pick) for pick in one["picks"]]
            return {"page": self.url + one["path"], "items": items, **{key: one[key] for key in keys}}

        return {
            "version": 1,
            "language": "en-GB",
            "disclosure": creator["disclosure"],
            "profile": profile,
            "lists": [shown(one, "id", "title", "html") for one in creator["lists"]],
            "posts": [
                shown(one, "id", "title", "date", "html") | given({"disclosure": labels_of(one) or None})
                for one in creator["posts"]
            ],
            "reviews": [self.review(review) for review in creator["reviews"]],
        }


def labels_of(post: Record) -> list[str]:
    """The labels of a post, in words."""
    return [badge["text"] for badge in post["head"].get("badges", ())]


def given(record: Record) -> Record:
    """A record without what is missing."""
    return {key: value for key, value in record.items() if value is not None}


def dumps(record: Record) -> str:
    """Compact JSON."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def bare(record: Record) -> str:
    """A text without markup."""
    return Markup(record["html"]).striptags()


def priced(product: Record) -> list[Record]:
    """The offers that have a price."""
    return [shop for shop in product["shops"] if "amount" in shop]


def notes(lines: list[str]) -> Record:
    """JSON-LD of pros or cons."""
    items = [{"@type": "ListItem", "position": place, "name": line} for place, line in enumerate(lines, 1)]
    return {"@type": "ItemList", "itemListElement": items}


def review_node(review: Record, url: str, *, alone: bool) -> Record:
    """JSON-LD of a review."""
    node = {
        "@type": "Review",
        "author": {"@type": "Person", "name": review["creator"]["name"], "url": url + review["creator"]["path"]},
        "datePublished": review["date"],
        "name": review["title"],
        "reviewRating": {"@type": "Rating", "ratingValue": review["rating"]},
        "reviewBody": f"{review['disclosure']} {bare(review)}",
    }
    if alone:
        node |= {"positiveNotes": notes(review["pros"]), "negativeNotes": notes(review["cons"])}
    return node


def product_node(product: Record, url: str) -> Record:
    """JSON-LD of a product."""
    reviews = [review_node(each, url, alone=len(product["reviews"]) == 1) for each in product["reviews"]]
    node = {
        "@type": "Product",
        "name": product["title"],
        "brand": {"@type": "Brand", "name": product["brand"]["text"]},
        "description": bare(product),
    }
    if reviews:
        node["review"] = reviews[0] if len(reviews) == 1 else reviews
    if len(reviews) > 1:
        stars = product["aggregate"]["stars"]
        rating = {"ratingValue": float(stars["value"]), "ratingCount": stars["count"]}
        node["aggregateRating"] = {"@type": "AggregateRating", **rating}
    offers, page = priced(product), url + product["path"]
    if len(offers) == 1:
        (shop,) = offers
        node["offers"] = {
            "@type": "Offer",
            "price": shop["amount"],
            "priceCurrency": shop["currency"],
            "availability": "https://schema.org/InStock",
            "url": page,
            "seller": {"@type": "Organization", "name": shop["merchant"]},
        }
    elif offers:
        amounts = sorted((shop["amount"] for shop in offers), key=float)
        node["offers"] = {
            "@type": "AggregateOffer",
            "lowPrice": amounts[0],
            "highPrice": amounts[-1],
            "priceCurrency": offers[0]["currency"],
            "offerCount": len(offers),
            "url": page,
        }
    return node


def json_feed(feed: Record, entries: list[Record]) -> str:
    """The feed in JSON Feed."""
    moment = "{}T00:00:00Z".format
    items = [
        {
            "id": entry["url"],
            "url": entry["url"],
            "title": entry["title"],
            "content_html": entry["html"],
            "date_published": moment(entry["day"]),
            "date_modified": moment(entry["day"]),
        }
        for entry in entries
    ]
    return dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["home"],
            "feed_url": f"{feed['home']}feed.json",
            "description": feed["subtitle"],
            "language": "en-GB",
            "authors": [{"name": feed["author"], "url": feed["author_url"]}],
            "items": items,
        }
    )


def main() -> None:
    """Run from the command line."""
    data, output = map(Path, sys.argv[1:])
    shutil.copytree(data / "assets", output / "assets", dirs_exist_ok=True)
    Builder(Corpus(data), output).build()


if __name__ == "__main__":
    main()
