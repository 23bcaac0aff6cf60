"""One entry in recalls.yaml reaches every page, feed and embed that shows the product."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from msgspec import Struct, structs

from building import DEMO_NOW, REPOSITORY, build, bytes_of, edit, html_of, write
from checking import problems_of, written
from gifting import PROFILE, RECALLS, SITE, SNIPPET
from storefront.catalog.facts import SiteFact
from storefront.catalog.trade import RecallFact
from storefront.cli import group
from storefront.gather import gather
from storefront.pages.recalled import recalls_in

NOTICE = "The seams can open. Stop wearing it and send it back."
ENTRY = (
    "recalls:\n  - id: seams\n    products: [merino-tee]\n    date: 2026-11-20\n"
    f"    notice: {NOTICE}\n    lots: [MT-2601]\n    url: https://fjell.example/recall\n"
)
STOP = "    stop_sale: true\n"
FED = ("maya/feed.xml", "maya/feed.json", "maya/index.json", "brands/fjell/feed.xml", "brands/fjell/index.json")
LINK = b"nordshop.example%2Fmerino-tee"
SHOWING = [
    "",
    "brands/fjell/",
    "brands/fjell/mentions/",
    "categories/clothing/",
    "categories/clothing/base-layers/",
    "embed/product/merino-tee/",
    "embed/review/maya/merino-tee/",
    "embed/snippet/maya/cold/",
    "maya/",
    "maya/lists/kit/",
    "maya/posts/",
    "maya/posts/first-frost/",
    "maya/reviews/",
    "products/merino-tee/",
]


@pytest.fixture
def recalled(site):
    edit(site / SITE, "markets:", "embeds: true\nmarkets:")
    return write(site, {RECALLS: ENTRY, PROFILE: (site / PROFILE).read_text() + SNIPPET})


def test_every_page_and_embed_that_shows_the_product_tells_of_it(recalled):
    build(recalled)
    telling = [address for address, html in html_of(recalled / "site").items() if NOTICE in html]
    assert sorted(telling) == SHOWING


def test_feeds_and_documents_tell_of_it(recalled):
    build(recalled)
    out = recalled / "site"
    for name in (
        "maya/feed.xml",
        "maya/feed.json",
        "maya/index.json",
        "brands/fjell/feed.xml",
        "brands/fjell/index.json",
        "brands/fjell/mentions/feed.xml",
        "brands/fjell/mentions/index.json",
    ):
        assert NOTICE in (out / name).read_text(), name
    document = json.loads((out / "maya/index.json").read_text())
    first = document["lists"][0]["items"][0]["product"]["recalls"]
    assert first == [
        {"date": "2026-11-20", "notice": NOTICE, "lots": ["MT-2601"], "url": "https://fjell.example/recall"}
    ]


def test_its_shops_and_codes_are_gone_when_it_is_not_for_sale(recalled):
    build(recalled)
    assert any(LINK in data for data in bytes_of(recalled / "site").values())
    write(recalled, {RECALLS: ENTRY + STOP})
    build(recalled)
    for name, data in bytes_of(recalled / "site").items():
        assert LINK not in data, name
        assert b"MAYA15" not in data, name
    assert any(b"nordshop.example%2Fhat" in data for data in bytes_of(recalled / "site").values())


def test_exports_offer_nothing_that_is_not_for_sale(recalled):
    write(recalled, {RECALLS: ENTRY + STOP})
    words = ["export", "picks", "--format", "google", "--root", str(recalled), "--now", "2026-11-22"]
    assert "merino-tee" not in CliRunner().invoke(group, words).stdout


def test_a_recall_appears_on_its_day_and_builds_say_when(recalled):
    write(recalled, {RECALLS: f"{ENTRY}    from: 2026-11-25\n"})
    assert build(recalled).next_change == datetime(2026, 11, 25, tzinfo=UTC)
    assert not any(NOTICE.encode() in data for data in bytes_of(recalled / "site").values())
    build(recalled, now=datetime(2026, 11, 25, tzinfo=UTC))
    assert NOTICE in (recalled / "site/maya/index.html").read_text()


def test_a_theme_that_drops_a_recall_is_refused(recalled):
    base = (REPOSITORY / "themes/editorial/templates/base.html").read_text()
    write(recalled, {"themes/editorial/templates/base.html": base.replace("page.recalls", "[]")})
    said = written(problems_of(recalled))
    assert "untold-recall" in said
    assert "/maya/lists/kit/" in said


def test_taking_it_back_leaves_no_trace(recalled):
    (recalled / RECALLS).unlink()
    build(recalled)
    before = bytes_of(recalled / "site")
    write(recalled, {RECALLS: ENTRY})
    build(recalled)
    (recalled / RECALLS).unlink()
    build(recalled)
    assert bytes_of(recalled / "site") == before


def test_no_recall_is_missed_wherever_it_stands_in_what_a_page_reads(demo):
    def anywhere(value):
        """Each recall in a value, whatever the types of its fields say."""
        if isinstance(value, RecallFact):
            yield value
        elif isinstance(value, tuple | Struct) and not isinstance(value, SiteFact):
            for each in value if isinstance(value, tuple) else structs.astuple(value):
                yield from anywhere(each)

    pages = gather(demo.root, DEMO_NOW).pages
    found = {page.path: recalls_in(page.inputs) for page in pages}
    assert found == {page.path: list(dict.fromkeys(anywhere(page.inputs))) for page in pages}
    assert sum(map(bool, found.values())) > 20
