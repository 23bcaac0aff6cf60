from xml.etree import ElementTree as ET

import facts
from storefront.pages import sitemap

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(data):
    return [found.text for found in ET.fromstring(data).iter(f"{NAMESPACE}loc")]


def test_every_address_once_and_in_order():
    files = sitemap.sitemaps(facts.site(url="https://host.example/shop", base="/shop"), ["/b/", "/", "/a/", "/b/"])
    assert files.keys() == {"/sitemap.xml"}
    assert addresses(files["/sitemap.xml"]) == [
        "https://host.example/shop/",
        "https://host.example/shop/a/",
        "https://host.example/shop/b/",
    ]


def test_a_full_file_needs_no_index():
    files = sitemap.sitemaps(facts.site(), ["/a/", "/b/"], limit=2)
    assert ET.fromstring(files["/sitemap.xml"]).tag == f"{NAMESPACE}urlset"


def test_above_the_limit_there_is_an_index():
    files = sitemap.sitemaps(facts.site(), [f"/{letter}/" for letter in "edcba"], limit=2)
    assert list(files) == ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    assert ET.fromstring(files["/sitemap.xml"]).tag == f"{NAMESPACE}sitemapindex"
    assert addresses(files["/sitemap.xml"]) == [f"https://shelf.example/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert addresses(files["/sitemap-1.xml"]) == ["https://shelf.example/a/", "https://shelf.example/b/"]
    assert addresses(files["/sitemap-3.xml"]) == ["https://shelf.example/e/"]


def test_the_limit_is_the_protocols():
    paths = [f"/{number}/" for number in range(50_001)]
    assert len(sitemap.sitemaps(facts.site(), paths[:-1])) == 1
    assert len(sitemap.sitemaps(facts.site(), paths)) == 3


def test_robots_names_the_sitemap():
    lines = sitemap.robots(facts.site(url="https://host.example/shop", base="/shop")).decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: https://host.example/shop/sitemap.xml"
    assert not any(line.startswith("Disallow") for line in lines)


def test_addresses_are_escaped():
    files = sitemap.sitemaps(facts.site(url="https://host.example/a&b"), ["/<x>/", "/y/"])
    assert addresses(files["/sitemap.xml"]) == ["https://host.example/a&b/<x>/", "https://host.example/a&b/y/"]


def test_a_site_without_pages_has_an_empty_sitemap():
    assert addresses(sitemap.sitemaps(facts.site(), [])["/sitemap.xml"]) == []
