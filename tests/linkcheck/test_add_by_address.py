"""`storefront add` with an address: one page is asked for, in the way that links are checked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from building import bytes_of
from storefront.cli import group
from storefront.reader import parse

PAGE = (Path(__file__).parents[1] / "imports" / "pages" / "samples" / "microdata.html").read_bytes()
HAT = "content/products/wool-hat.yaml"


@pytest.fixture
def run(site, shops, monkeypatch):
    monkeypatch.chdir(site)

    def adding(*words):
        result = CliRunner().invoke(group, ["add", *words, "--now", "2026-11-22"], obj=shops.dial)
        return result.exit_code, result.output

    return adding


def test_a_page_is_asked_for_once(run, site, shops):
    shops.page("https://nordshop.example/wool-hat", PAGE)
    code, printed = run("https://nordshop.example/wool-hat?utm_source=x")
    assert code == 0, printed
    offer = parse((site / HAT).read_text(), HAT)["offers"][0]
    assert (offer["link"], offer["price"]) == ("https://nordshop.example/wool-hat", "24.90 GBP")
    assert [each.path for each in shops.asked] == ["/robots.txt", "/wool-hat"]
    assert all("storefront/" in each.headers["User-Agent"] for each in shops.asked)
    assert not any("Cookie" in each.headers for each in shops.asked)


def test_offline_asks_nobody(run, shops):
    code, printed = run("https://nordshop.example/wool-hat", "--offline")
    assert (code, shops.dialled) == (2, [])
    assert "save the page" in printed


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://nordshop.example/gone", "the shop answers 404 and no page"),
        ("https://nordshop.example/private/x", "robots.txt asks programs to stay away"),
        ("https://www.awin1.com/cread.php?awinmid=1&ued=https%3A%2F%2Fa.example", "asking would count as a click"),
        ("https://nordshop.example/x?apikey=0123456789abcdef", "the address holds a key"),
        ("https://nordshop.example:8080/x", "is no web address"),
        ("https://u:p@nordshop.example/x", "the address holds a key"),
    ],
)
def test_what_cannot_be_had_is_told_and_nothing_written(run, site, shops, url, says):
    shops.page("https://nordshop.example/robots.txt", "User-agent: *\nDisallow: /private", kind="text/plain")
    before = bytes_of(site)
    code, printed = run(url)
    assert code == 1
    assert says in printed
    assert "0123456789abcdef" not in printed
    assert bytes_of(site) == before


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "https://localhost/x", "https://[::1]/", "http://169.254.169.254/"]
)
def test_no_address_inside_the_network_is_asked_for(site, monkeypatch, url):
    monkeypatch.chdir(site)
    result = CliRunner().invoke(group, ["add", url])
    assert result.exit_code == 1
    assert "save it as HTML" in result.output
