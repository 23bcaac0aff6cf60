"""What a built site is: whole, labelled, and without a trace of what is held back."""

import json
import re
import time
from datetime import timedelta
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs

from building import DEMO_NOW, Built, build, bytes_of, edit, html_of, names_in, picture, trees_of, write
from checking import NOW
from storefront import links, pipeline, records
from storefront.build import build as build_site
from storefront.outcome import Options
from storefront.problems import ProblemsFound

SITES = ("minimal", "below", "starter", "demo")


@pytest.fixture(params=SITES)
def any_site(request) -> Built:
    return request.getfixturevalue(request.param)


def base_of(found: Built) -> str:
    """Where a site stands, with a slash at its end."""
    return found.report.site_url + "/"


# Which files there are


def test_the_minimal_site_has_these_files(minimal):
    named = {re.sub(r"\.[0-9a-f]{10,12}(?=[-.])", "", name) for name in names_in(minimal.output)}
    assert named == {
        ".storefront",
        "404.html",
        "SHA256SUMS",
        "assets/copy.js",
        "assets/editorial-creator.css",
        "assets/editorial-community.css",
        "assets/editorial-directory.css",
        "assets/editorial-product.css",
        "assets/editorial-reviews.css",
        "assets/editorial-sheet.css",
        "assets/editorial.css",
        "assets/filters.js",
        "assets/icon.svg",
        "assets/pins.js",
        "assets/search.js",
        "brands/fjell/feed.xml",
        "brands/fjell/mentions/feed.xml",
        "brands/fjell/mentions/index.html",
        "brands/fjell/mentions/index.json",
        "brands/fjell/index.html",
        "brands/fjell/index.json",
        "brands/index.html",
        "categories/clothing/base-layers/index.html",
        "categories/clothing/index.html",
        "categories/index.html",
        "disclosures.json",
        "how-this-works/index.html",
        "index.html",
        "maya/feed.json",
        "maya/feed.xml",
        "maya/index.html",
        "maya/index.json",
        "maya/lists/kit/index.html",
        "maya/posts/first-frost/index.html",
        "maya/posts/index.html",
        "maya/reviews/index.html",
        "media/canal-240.avif",
        "media/canal-240.webp",
        "media/canal-320.avif",
        "media/canal-320.jpg",
        "media/canal-320.webp",
        "media/canal-share.jpg",
        "media/merino-tee-192.avif",
        "media/merino-tee-192.jpg",
        "media/merino-tee-192.webp",
        "media/merino-tee-share.jpg",
        "products/merino-tee/index.html",
        "robots.txt",
        "search/b/index.html",
        "search/c/index.html",
        "search/f/index.html",
        "search/index.html",
        "search/index/0.json",
        "search/m/index.html",
        "sitemap.xml",
    }


def test_the_report_counts_what_there_is(minimal):
    report = minimal.report
    assert report.pages == report.rendered == 28
    assert report.files == report.written == len(names_in(minimal.output)) - 1  # all but the marker
    assert (report.sources, report.pictures, report.removed, report.held) == (8, 2, 0, 0)
    assert report.now == NOW


def test_every_creator_product_and_brand_of_the_demo_has_a_page(demo):
    curation = records.load(demo.root).curation
    made = names_in(demo.output)
    creators = [name for name, entry in curation.influencers.items() if not entry.record.draft]
    assert len(creators) >= 5
    for handle in creators:
        for file in ("index.html", "feed.xml", "feed.json", "index.json"):
            assert f"{handle}/{file}" in made
    for identity, entry in curation.products.items():
        if not held(entry.record):
            assert f"products/{identity}/index.html" in made
    for identity in curation.brands:
        assert f"brands/{identity}/index.html" in made


def held(record) -> bool:
    return bool(record.draft or record.starts or record.until or record.embargo_until)


def test_a_site_of_nothing_but_its_name_is_a_site(tmp_path):
    write(tmp_path, {"content/site.yaml": "title: Bare\nurl: https://bare.example\n"})
    assert build(tmp_path).pages == 7
    assert "index.html" in names_in(tmp_path / "site")


def test_names_that_need_care_find_their_pages(site):
    edit(site / "content/products/merino-tee.yaml", "Clothing > Base layers", "Größe & Çay > Œuvre")
    build(site)
    assert "categories/grosse-cay/oeuvre/index.html" in names_in(site / "site")


# Every address leads somewhere


def referred(tree):
    """Every address that a page names, with what names it."""
    for node in tree.css("[href], [src], [srcset], meta[property='og:image'], meta[property='og:url']"):
        attributes = node.attributes
        yield from (attributes[name] for name in ("href", "src") if attributes.get(name) is not None)
        yield from (part.split()[0] for part in (attributes.get("srcset") or "").split(",") if part.strip())
        if node.tag == "meta":
            yield attributes["content"]
    for node in tree.css("meta[http-equiv='refresh']"):
        yield node.attributes["content"].partition("url=")[2]


def file_of(address: str) -> str:
    """The file a host serves for an address below the site's base."""
    return address + "index.html" if address == "" or address.endswith("/") else address


def test_every_internal_address_leads_to_a_file_and_an_anchor(any_site):
    base = base_of(any_site)
    trees = trees_of(any_site.output)
    files = names_in(any_site.output)
    anchors = {page: {node.attributes["id"] for node in tree.css("[id]")} for page, tree in trees.items()}
    broken = []
    for page, tree in trees.items():
        for address in referred(tree):
            whole, _, fragment = urljoin(base + page, address).partition("#")
            if not whole.startswith(base):
                assert urlsplit(whole).netloc != urlsplit(base).netloc, f"{page} leaves the base path: {address}"
                continue
            target = whole.removeprefix(base)
            if file_of(target) not in files or (fragment and fragment not in anchors[target]):
                broken.append(f"{page or '/'} → {address}")
    assert not broken


def test_no_anchor_stands_twice_in_a_page(any_site):
    for page, tree in trees_of(any_site.output).items():
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert sorted(set(ids)) == sorted(ids), page


def addresses_in(value):
    """Every text in plain data that is a web address."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from addresses_in(each)
    elif isinstance(value, str) and value.startswith("https://"):
        yield value


def test_feeds_documents_and_structured_data_lead_to_files_too(any_site):
    base = base_of(any_site)
    files = names_in(any_site.output)
    found = []
    for name, data in bytes_of(any_site.output).items():
        if name.endswith(".json"):
            found += addresses_in(json.loads(data))
        elif name.endswith("feed.xml"):
            found += [node.attrib["href"] for node in ET.fromstring(data).iter() if "href" in node.attrib]
        elif name.endswith(".html"):
            scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', data.decode())
            found += [address for script in scripts for address in addresses_in(json.loads(script))]
    own = {address.partition("#")[0].removeprefix(base) for address in found if address.startswith(base)}
    assert own
    assert {address for address in own if file_of(address) not in files} == set()


def test_every_picture_and_asset_is_used(any_site):
    said = "".join(html_of(any_site.output).values())
    made = [name for name in names_in(any_site.output) if name.startswith(("media/", "assets/"))]
    shown = [name for name in made if not name.endswith("-share.jpg")]  # not every picture is its page's first
    # A theme's stylesheets and scripts are there whole; not every site has a page of each kind, or filters to run.
    assert [name for name in shown if name not in said and not name.endswith((".css", ".js"))] == []


def test_stylesheets_ask_for_nothing_from_elsewhere(any_site):
    for path in (any_site.output / "assets").glob("*.css"):
        assert "http" not in path.read_text()
        assert "@import" not in path.read_text()


def test_the_sitemap_lists_every_page_and_nothing_else(any_site):
    base = base_of(any_site)
    listed = [node.text for node in ET.parse(any_site.output / "sitemap.xml").iter() if node.tag.endswith("loc")]
    trees = trees_of(any_site.output)
    wanted = {
        base + page for page, tree in trees.items() if page != "404.html" and not tree.css_first("meta[name=robots]")
    }
    assert sorted(listed) == sorted(wanted)
    assert f"Sitemap: {base}sitemap.xml" in (any_site.output / "robots.txt").read_text()


def test_canonical_addresses_are_the_pages_own(any_site):
    for page, tree in trees_of(any_site.output).items():
        if not tree.css_first("meta[http-equiv=refresh]"):
            assert tree.css_first("link[rel=canonical]").attributes["href"] == base_of(any_site) + page


def test_a_base_path_stands_before_every_address(below):
    for page, html in html_of(below.output).items():
        rooted = re.findall(r'(?:href|src|content)="(/[^"]*)"', html)
        rooted += re.findall(r"(/[^ ,\"]+) \d+w", html)
        assert rooted
        assert all(address.startswith("/shop/") for address in rooted), page


def test_a_base_path_changes_no_file_name(minimal, below):
    assert names_in(below.output) == names_in(minimal.output)


def test_a_slash_at_the_end_of_the_sites_address_changes_nothing(site, minimal):
    edit(site / "content/site.yaml", "https://shelves.example", "https://shelves.example/")
    build(site)
    assert bytes_of(site / "site") == bytes_of(minimal.output)


def test_old_handles_lead_to_the_new_one(site):
    edit(site / "content/influencers/maya/profile.yaml", "name: Maya", "aliases: [may, maya-lind]\nname: Maya")
    build(site)
    trees = trees_of(site / "site")
    for alias in ("may/", "maya-lind/"):
        page = trees[alias]
        assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == "0; url=/maya/"
        assert page.css_first("link[rel=canonical]").attributes["href"] == "https://shelves.example/maya/"
        assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
        assert page.css_first("main a").attributes["href"] == "/maya/"


def test_each_page_of_an_old_handle_leads_to_its_own_successor(site):
    edit(site / "content/influencers/maya/profile.yaml", "name: Maya", "aliases: [may]\nname: Maya")
    build(site)
    trees = trees_of(site / "site")
    below = {path.removeprefix("maya/") for path in trees if path.startswith("maya/")}
    assert "lists/kit/" in below
    assert {path.removeprefix("may/") for path in trees if path.startswith("may/")} == below
    for path in below:
        page = trees[f"may/{path}"]
        assert page.css_first("meta[http-equiv=refresh]").attributes["content"] == f"0; url=/maya/{path}"
        assert page.css_first("link[rel=canonical]").attributes["href"] == f"https://shelves.example/maya/{path}"


def test_feeds_of_an_old_handle_go_on_and_name_their_new_address(site):
    edit(site / "content/influencers/maya/profile.yaml", "name: Maya", "aliases: [may]\nname: Maya")
    edit(site / "content/site.yaml", "title:", "hosts: [github-pages]\ntitle:")
    for said in ("does not itch", "never itches"):
        edit(site / "content/influencers/maya/reviews/merino-tee.yaml", "does not itch", said)
        time.sleep(0.05)  # content as young as its build leaves nothing for small edits
        build(site)
        made = bytes_of(site / "site")
        for name in ("feed.xml", "feed.json", "index.json"):
            assert made[f"may/{name}"] == made[f"maya/{name}"]
            assert said.encode() in made[f"may/{name}"]
    assert (
        b'rel="self" type="application/atom+xml" href="https://shelves.example/maya/feed.xml"' in made["may/feed.xml"]
    )
    assert b'"feed_url":"https://shelves.example/maya/feed.json"' in made["may/feed.json"]
    assert b"/may/" not in made["sitemap.xml"]


def test_where_every_host_redirects_no_file_lies_at_an_old_address(site):
    edit(site / "content/influencers/maya/profile.yaml", "name: Maya", "aliases: [may]\nname: Maya")
    edit(site / "content/site.yaml", "title:", "hosts: [netlify]\ntitle:")
    build(site)
    assert not [name for name in names_in(site / "site") if name.startswith("may/")]


def test_the_demo_has_an_old_handle(demo):
    assert 'http-equiv="refresh"' in html_of(demo.output)["mara-ellison/"]


# Pages are plain


def test_no_page_has_a_script_or_a_style_written_into_it(any_site):
    for page, tree in trees_of(any_site.output).items():
        for script in tree.css("script"):
            if script.attributes["type"] != "application/ld+json":
                assert script.attributes["type"] == "module", page
                assert re.search(r"/assets/\w+\.[0-9a-f]{10}\.js$", script.attributes["src"]), page
                assert not script.text(), page
        assert not tree.css("style, [style], iframe, object, embed, form, base"), page
        for node in tree.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], page


def test_no_page_loads_anything_from_another_host(any_site):
    host = urlsplit(base_of(any_site)).netloc
    for page, tree in trees_of(any_site.output).items():
        for node in tree.css("link:not([rel=canonical]), img, script[src], source, video, audio"):
            for name in ("href", "src", "srcset"):
                said = node.attributes.get(name) or ""
                assert "//" not in said.replace(f"https://{host}/", "/"), page


def test_every_picture_has_its_size_and_every_page_its_language(any_site):
    for page, tree in trees_of(any_site.output).items():
        assert tree.css_first("html").attributes["lang"], page
        assert tree.css_first("title").text().strip(), page
        assert len(tree.css("h1")) == 1, page
        for node in tree.css("img"):
            assert int(node.attributes["width"]) > 0, page
            assert int(node.attributes["height"]) > 0, page
            assert node.attributes.get("alt") is not None, page


# Links that earn money


def merchant_of(address: str, merchants) -> str:
    """The name of the shop that an address reaches, through whatever network; else its host."""
    plain = unquote(unquote(address))
    found = [
        entry.record.name
        for entry in merchants.values()
        if any(re.search(rf"[/.]{re.escape(domain)}(?=[/?:]|$)", plain) for domain in domains(entry.record))
    ]
    assert len(found) <= 1, f"{address} reaches {found}"
    return found[0] if found else urlsplit(address).netloc


def domains(merchant) -> list[str]:
    return [*merchant.domains, urlsplit(merchant.url).netloc.removeprefix("www.")]


def earns(address: str, ids: set[str]) -> bool:
    """Whether a link goes through a network, or bears one of these ids at one."""
    if links.network_of_host(urlsplit(address).netloc) not in {None, "amazon", "ebay"}:
        return True
    return any(re.search(rf"[=/]{re.escape(each)}(?=[&/?#]|$)", address) for each in ids)


def ids_in(accounts) -> set[str]:
    """All that a creator or the publisher is called at networks."""
    return {each for account in accounts.values() for each in account.values()}


def outbound(tree):
    return tree.css("a[href^='https://']")


def shop_links(found: Built):
    """Every link to a shop, with its page."""
    pairs = [(page, node) for page, tree in trees_of(found.output).items() for node in tree.css("a.buy")]
    assert pairs
    return pairs


def test_every_link_to_a_shop_names_it(any_site):
    merchants = records.load(any_site.root).curation.merchants
    for page, node in shop_links(any_site):
        name = merchant_of(node.attributes["href"], merchants)
        assert name in node.text(), f"{page}: {node.attributes['href']}"


def test_every_link_that_earns_has_a_label_and_says_so_to_machines(any_site):
    curation = records.load(any_site.root).curation
    accounts = [curation.site.record.affiliate, *(each.record.affiliate for each in curation.influencers.values())]
    ids = set().union(*map(ids_in, accounts))
    earning = 0
    for page, node in shop_links(any_site):
        rel = set(node.attributes["rel"].split())
        badges = [badge.text().strip() for badge in node.parent.css(".badge")]
        assert all(badges), page
        assert rel - {"sponsored"} == {"nofollow", "noopener"}, page
        assert ("sponsored" in rel) is bool(badges), page
        if earns(node.attributes["href"], ids):
            earning += 1
            assert badges, f"{page}: {node.attributes['href']} earns and has no label"
    assert earning or not ids


def test_links_on_a_creators_pages_pay_nobody_else(any_site):
    curation = records.load(any_site.root).curation
    publisher = ids_in(curation.site.record.affiliate)
    ids = {handle: ids_in(entry.record.affiliate) for handle, entry in curation.influencers.items()}
    for page, node in shop_links(any_site):
        handle = page.partition("/")[0]
        own = ids.get(handle)
        if own is not None:
            others = set().union(publisher, *ids.values()) - own
            assert not re.search(rf"[=/](?:{'|'.join(map(re.escape, others | {'zz'}))})(?=[&/?#]|$)", unpacked(node))


def unpacked(node) -> str:
    """A link without the shop's own address inside it."""
    return re.sub(r"https%3A[^&]*", "", node.attributes["href"])


def test_the_label_stands_before_the_link_in_the_same_card(any_site):
    for page, tree in trees_of(any_site.output).items():
        for node in tree.css("a.buy[rel~=sponsored]"):
            shop = node.parent
            assert "shop" in shop.attributes["class"].split(), page
            html = shop.html
            assert html.index('class="badge') < html.index('class="buy"'), page


def test_a_statement_stands_before_the_first_label_link_and_code(any_site):
    for page, html in html_of(any_site.output).items():
        first = re.search(r'class="(?:buy|promo)"', html)
        if first and re.search(r'rel="sponsored|class="badge', html):
            assert 'class="statement"' in html, page
            assert html.index('class="statement"') < first.start(), page


def test_no_shop_is_linked_outside_its_label(any_site):
    """A link to a shop or network that the program did not make would be one without a label."""
    merchants = records.load(any_site.root).curation.merchants
    hosts = {domain for entry in merchants.values() for domain in domains(entry.record)}
    for page, tree in trees_of(any_site.output).items():
        for node in outbound(tree):
            if "buy" in (node.attributes.get("class") or "").split():
                continue
            host = urlsplit(node.attributes["href"]).netloc.removeprefix("www.")
            assert host not in hosts, f"{page}: {node.attributes['href']}"
            assert links.network_of_host(host) is None, f"{page}: {node.attributes['href']}"


def test_codes_that_pay_the_creator_are_labelled(any_site):
    promos = records.load(any_site.root).curation.promos
    paying = {code for (_, code), entry in promos.items() if entry.record.pays_creator}
    for page, tree in trees_of(any_site.output).items():
        for node in tree.css(".promo"):
            badge = node.css_first(".badge")
            assert (node.css_first("code").text() in paying) is bool(badge), page
            assert badge is None or node.html.index('class="badge') < node.html.index("<code>"), page


def test_the_demo_has_most_kinds_of_labels(demo):
    """So that the tests above have judged them."""
    kinds = set(
        re.findall(r"badge--(\w+)", "".join(html for page, html in html_of(demo.output).items() if "/" in page))
    )
    assert {"gifted", "loaned", "ambassador", "affiliate", "discount_code"} <= kinds


# What is held back

HELD = {
    "draft": "draft: true\n",
    "embargoed": "embargo_until: 2026-12-01\n",
    "later": "from: 2026-12-01\n",
    "expired": "until: 2026-11-01\n",
}


def site_of_secrets(site, window: str):
    """The minimal site with one more record of every kind, each with a window and names found nowhere else."""
    maya = "content/influencers/maya"
    profile = (site / maya / "profile.yaml").read_text()
    promo = "promos:\n  ZZCODE9:\n    merchant: nordshop\n    percent_off: 9\n    " + window
    item = "items:\n  - title: zzitem thing\n    link: https://nordshop.example/zzitem\n    relationship: purchased\n"
    picture_of = "{src: media/zz%s.jpg, alt: zzalt}"
    no_end = "" if window.startswith("until") else window  # a review goes with its product, never by itself
    return write(
        site,
        {
            f"{maya}/profile.yaml": profile.replace("promos:\n", promo),
            f"{maya}/lists/kit.yaml": (site / maya / "lists/kit.yaml")
            .read_text()
            .replace("items:\n", f"{item}    {window}", 1),
            f"{maya}/lists/zzlist.yaml": f"{window}title: zzlist title\ncover: {picture_of % 'cover'}\nitems:\n"
            "  - {product: merino-tee, note: zznote}\n",
            f"{maya}/media/zzcover.jpg": picture(colour="red"),
            f"{maya}/posts/zzpost.yaml": f"{window}date: 2026-11-20\ntitle: zzpost title\n"
            "products: [{product: merino-tee}]\n",
            f"{maya}/reviews/zzreview.yaml": f"{no_end}product: zzproduct\ndate: 2026-11-20\nrating: 1\n"
            "title: zzreview title\nprovenance: purchased\n",
            "content/products/zzproduct.yaml": f"{window}title: zzproduct title\nbrand: zzbrand\n"
            f"category: zzcategory\nimages: [{picture_of % 'thing'}]\n"
            "offers: [{merchant: zzshop, link: https://zzshop.example/x}]\n",
            "content/products/media/zzthing.jpg": picture(colour="blue"),
            "content/brands/zzbrand.yaml": f"{window}name: zzbrand name\n",
            "content/merchants/zzshop.yaml": f"{window}name: zzshop name\nurl: https://zzshop.example\n",
            "content/influencers/zzmaker.yaml": f"{window}name: zzmaker name\naliases: [zzalias]\n"
            "lists: {zzown: {title: zzown title, items: [\n"
            "  {product: merino-tee, note: zzownnote, relationship: gifted}]}}\n",
        },
    )


@pytest.mark.parametrize("kind", HELD)
def test_nothing_of_what_is_held_back_is_in_any_file(site, kind):
    build(site_of_secrets(site, HELD[kind]))
    made = bytes_of(site / "site")
    said = [name for name, data in made.items() if not name.startswith("media/") and b"zz" in data.lower()]
    assert not said
    assert not [name for name in made if "zz" in name]


@pytest.mark.parametrize("kind", ["embargoed", "later"])
def test_what_was_held_back_appears_when_its_time_has_come(site, kind):
    build(site_of_secrets(site, HELD[kind]))
    after = build(site, now=NOW + timedelta(days=14))
    assert after.held == 0
    whole = "".join(html_of(site / "site").values())
    for word in ("item", "list", "cover", "note", "post", "review", "product", "brand", "maker", "own", "thing"):
        assert f"zz{word}" in whole
    assert "ZZCODE9" not in whole  # nothing of hers names it
    assert "zzalias/" in html_of(site / "site")


def test_the_report_counts_what_is_held_and_says_when_that_changes(site):
    report = build(site_of_secrets(site, HELD["embargoed"]))
    assert report.held == 8  # what belongs to a creator who is held counts with her
    assert report.next_change.isoformat() == "2026-12-01T00:00:00+00:00"
    assert (site / ".storefront/next-change").read_text() == "2026-12-01T00:00:00Z\n"


def test_names_of_held_records_are_checked_all_the_same(site):
    write(site, {"content/influencers/maya/lists/later.yaml": "draft: true\ntitle: Later\nitems: [{product: nope}]\n"})
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    assert [problem.code for problem in caught.value.problems] == ["unknown-reference"]


def test_the_demo_holds_records_back_and_shows_none_of_them(demo):
    assert demo.report.held > 0
    assert demo.report.next_change > DEMO_NOW
    curation = records.load(demo.root).curation
    closed = [
        entry
        for table in (curation.lists, curation.posts, curation.products, curation.reviews)
        for entry in table.values()
        if entry.record.draft or (entry.record.embargo_until or "") > "2026-11-27"
    ]
    assert closed
    said = "".join(html_of(demo.output).values())
    for entry in closed:
        title = getattr(entry.record, "title", None)
        assert title is None or title not in said


# The clock


def test_prices_vanish_when_they_are_stale(site):
    assert "£69.00" in page_at(site, NOW)
    assert "£69.00" not in page_at(site, NOW + timedelta(days=30))


def page_at(site, now) -> str:
    build(site, now=now)
    return (site / "site/products/merino-tee/index.html").read_text()


def test_the_report_says_when_the_site_changes_by_itself(site):
    report = build(site)
    before, after = report.next_change - timedelta(seconds=1), report.next_change
    build(site, site / "before", now=before)
    build(site, site / "after", now=after)
    build(site)
    built = [bytes_of(site / name) for name in ("before", "after", "site")]
    assert built[0] == built[2] != built[1]
    assert f"{report.next_change:%Y-%m-%dT%H:%M:%SZ}" in built[2]["disclosures.json"].decode()


def test_a_review_by_who_sells_in_a_network_is_labelled_as_paid(site):
    file = site / "content/influencers/maya/reviews/merino-tee.yaml"
    edit(file, "purchased", "purchased\nincentive: {kind: network-marketing, given: 2026-09-01}")
    build(site)
    pages = json.loads((site / "site/disclosures.json").read_text())["pages"]
    (page,) = (each for each in pages if each["page"] == "/products/merino-tee/")
    assert "paid" in {tie for label in page["labels"] for tie in label["relationships"]}


# Check


def test_check_finds_what_build_finds_and_writes_nothing(site):
    before = bytes_of(site)
    report = pipeline.check(site, NOW, 1)
    assert (report.pages, report.files, report.written) == (28, 0, 0)
    assert bytes_of(site) == before


@pytest.mark.parametrize(
    ("review", "told"),
    [
        ("rating: 5\nprovenance: gifted", True),
        ("rating: 5\nprovenance: purchased\nincentive: {kind: discount, given: 2026-09-01}", True),
        ("rating: 5\nprovenance: purchased", False),
        ("rating: 4.5\nprovenance: gifted", False),
        ("rating: 5\nprovenance: gifted\ncons: [Runs small.]", False),
        ("rating: 3\nupdates:\n  - {date: 2026-11-01, rating: 5, text: It grew on me.}\nprovenance: paid", True),
    ],
)
def test_who_asks_is_advised_to_name_a_drawback_of_what_was_given(site, review, told):
    file = site / "content/influencers/maya/reviews/merino-tee.yaml"
    edit(file, "rating: 4.5\n", "")
    edit(file, "provenance: purchased", review)
    found = [
        problem for problem in pipeline.check(site, NOW, 1, advise=True).warnings if problem.code == "praise-alone"
    ]
    assert [problem.place.file for problem in found] == ["content/influencers/maya/reviews/merino-tee.yaml"] * told
    assert not [each for each in pipeline.check(site, NOW, 1).warnings if each.code == "praise-alone"]


def test_check_agrees_with_build(demo):
    report = pipeline.check(demo.root, DEMO_NOW, 1)
    others = {"files": 0, "written": 0, "encoded": 0, "seconds": 0, "templates": (), "slowest": ()}
    others |= {"addresses": (), "left": ()}  # a check alone tells them
    assert structs.asdict(report) | others == structs.asdict(demo.report) | others


def test_progress_is_told(site):
    told = []
    build_site(Options(root=site, output=site / "site", now=NOW, workers=1), lambda *stage: told.append(stage))
    assert [stage for stage, _, total in told if not total] == [
        "Read", "Check", "Pictures read", "Join", "Plan", "Compare", "Pictures", "Keys", "Pages", "Parts", "Publish"
    ]  # fmt: skip
    told = [each for each in told if each[2]]
    assert told[:2] == [("Pictures read", 1, 2), ("Pictures read", 2, 2)]
    assert [stage for stage, _, _ in told].count("Pictures made") == told[2][2]
    assert told[-1] == ("Pages", 28, 28)
