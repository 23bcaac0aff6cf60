"""A preview as files: nobody can take it for the site, and no search engine is let in."""

import json
import re

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from building import build, bytes_of, copy_of_minimal, edit, html_of, names_in, write
from storefront.cli import group

NOW = "2026-11-22T12:00:00Z"
HELD = {
    "content/products/wool-cap.yaml": "title: Wool Cap\nbrand: fjell\ncategory: Hats\ndraft: true\n",
    "content/products/secret.yaml": "title: Secret Thing\nbrand: fjell\ncategory: Hats\nembargo_until: 2026-12-24\n",
}


def run(site, *words):
    return CliRunner().invoke(group, ["build", "--preview", "--root", str(site), "--now", NOW, "--jobs", "1", *words])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    site = copy_of_minimal(tmp_path_factory.mktemp("bundle") / "here")
    edit(site / "content/site.yaml", "title:", "embeds: true\nhosts: [nginx, vercel]\ndisclosures: true\ntitle:")
    write(site, HELD)
    build(site)
    before = bytes_of(site / "site")
    result = run(site)
    assert result.exit_code == 0, result.output
    assert "not for publishing" in result.output
    assert bytes_of(site / "site") == before
    assert build(site).rendered == 0  # what is known of the last build is as it was
    return site


def test_every_page_says_what_it_is_and_is_closed_to_search_engines(made):
    pages = html_of(made / "preview")
    assert len(pages) > 10
    for address, html in pages.items():
        tree = LexborHTMLParser(html)
        assert "not published" in tree.css_first("body > .storefront-watermark[role=note]").text(), address
        assert tree.css_first("meta[name=robots][content*='noindex, nofollow']") is not None
        sheet = tree.css_first("link[data-storefront]").attributes["href"]
        assert (made / "preview" / sheet.lstrip("/")).is_file()
        scripts = [
            each.attributes["src"] for each in tree.css("script[src]") if "_storefront" in each.attributes["src"]
        ]
        assert scripts == ([] if address.startswith("embed/") else ["/_storefront/bundle.js"])


def test_it_holds_drafts_marked_and_nothing_under_embargo(made):
    pages = html_of(made / "preview")
    assert "This page: Draft." in pages["products/wool-cap/"]
    block = re.search(r'id="storefront_">(.*?)</script>', pages["brands/fjell/"])[1]
    assert json.loads(block)["marks"]["links"] == {"/products/wool-cap/": [{"kind": "draft", "text": "Draft"}]}
    assert not any(b"Secret Thing" in data for data in bytes_of(made / "preview").values())


def test_hosts_and_robots_are_told_too(made):
    found = bytes_of(made / "preview")
    assert found["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    for name in ("_headers", "vercel.json"):
        assert b"X-Robots-Tag" in found[name]
        assert b"noindex, nofollow" in found[name]
    assert b'X-Robots-Tag "noindex, nofollow"' in (made / "preview.hosting/nginx/server.conf").read_bytes()
    assert not [name for name in found if name.startswith("sitemap") or name == "disclosures.json"]


def test_a_site_without_a_host_has_headers_for_those_that_read_a_file(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    assert run(site).exit_code == 0
    assert "  X-Robots-Tag: noindex, nofollow\n" in (site / "preview/_headers").read_text()
    assert not (site / "preview.hosting").exists()


def test_it_is_the_same_each_time_and_comes_without_what_has_gone(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    write(site, HELD)
    assert run(site).exit_code == 0
    first = bytes_of(site / "preview")
    assert run(site).exit_code == 0
    assert bytes_of(site / "preview") == first
    (site / "content/products/wool-cap.yaml").unlink()
    assert run(site).exit_code == 0
    assert "products/wool-cap/index.html" not in names_in(site / "preview")


def test_what_is_under_embargo_comes_only_when_it_is_asked_for(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    write(site, HELD)
    assert run(site, "--embargoed").exit_code == 0
    assert "This page: Embargo until 2026-12-24." in (site / "preview/products/secret/index.html").read_text()


def test_below_a_path_it_finds_its_own_files(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / "content/site.yaml", "https://shelves.example", "https://host.example/shop")
    assert run(site).exit_code == 0
    assert 'src="/shop/_storefront/bundle.js"' in (site / "preview/index.html").read_text()


def test_a_mistake_leaves_the_last_one(made):
    before = bytes_of(made / "preview")
    edit(made / "content/site.yaml", "title:", "titel:")
    result = run(made)
    edit(made / "content/site.yaml", "titel:", "title:")
    assert result.exit_code == 1
    assert bytes_of(made / "preview") == before


@pytest.mark.parametrize("words", [["--verify"], ["--profile"], ["--why", "/"]])
def test_what_is_for_the_site_alone_is_refused(site, words):
    assert run(site, *words).exit_code == 2


@pytest.mark.parametrize("words", [["--since", "main"], ["--embargoed"]])
def test_what_is_for_a_preview_alone_is_refused(site, words):
    result = CliRunner().invoke(group, ["build", "--root", str(site), *words])
    assert result.exit_code == 2
    assert "need --preview" in result.output


def test_it_never_takes_the_place_of_a_site(site):
    build(site, site / "public")
    before = bytes_of(site / "public")
    result = run(site, "--output", str(site / "public"))
    assert result.exit_code == 1
    assert "holds a site, and a preview must not take its place" in result.output
    assert bytes_of(site / "public") == before
    assert run(site, "--output", str(site / "site")).exit_code == 2


def test_programs_can_read_what_was_made(site):
    told = json.loads(run(site, "--format", "json").output)
    assert told["preview"]["marked"] == 0
    assert told["preview"]["pages"] == 28
