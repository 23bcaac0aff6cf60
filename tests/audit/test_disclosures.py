"""`disclosures.json` and `storefront audit`: complete, placed, reproducible, and right after every build."""

import csv
import io
import json
from functools import partial

import msgspec
import pytest
from click.testing import CliRunner

from building import build, bytes_of, copy_of_minimal, edit, trees_of, write
from storefront import __version__, sums, unchanged
from storefront.audit import disclosures
from storefront.cli import group
from storefront.content import Origin, Places, classify, read
from storefront.disclosure import everywhere
from storefront.outcome import FOLDER

FILE = "disclosures.json"
KIT = "content/influencers/maya/lists/kit.yaml"


def told(site):
    return disclosures.read((site / "site" / FILE).read_bytes())


def rows(site):
    return list(disclosures.rows(told(site)))


def clean(site, root):
    """The bytes of the file that a build from nothing makes."""
    write(root, {name: data for name, data in bytes_of(site).items() if name.startswith(("content/", "themes/"))})
    build(root)
    return (root / "site" / FILE).read_bytes()


def test_every_link_to_a_shop_is_there_with_the_label_before_it(site):
    build(site)
    wanted = {
        (f"/{address}", link.attributes["href"], tuple(badge.text() for badge in link.parent.css(".badge")))
        for address, tree in trees_of(site / "site").items()
        for link in tree.css(".shop a")
    }
    assert {(row.page, row.url, row.labels) for row in rows(site)} == wanted
    assert all(row.precedes for row in rows(site))


def test_a_link_names_its_ties_its_markets_and_the_rules_that_judged_it(site):
    build(site)
    row = next(row for row in rows(site) if row.page == "/sam/lists/run/")
    assert (row.relationships, row.brand, row.creator) == (("paid", "gifted", "affiliate"), "Fjell", "sam")
    assert row.markets == ("us",)
    assert {"us/US-01", "us/US-02", "us/US-03", "us/US-06"} <= set(row.rules)
    assert not any(rule.startswith("us/US-05") for rule in row.rules)


def test_a_link_names_the_line_of_its_record(site):
    build(site)
    places = Places(partial(read, site))
    lines = {(row.file, row.line) for row in rows(site)}
    wanted = {
        (file, places.of(Origin(classify(file)), key, number).line)
        for file, key, number in [
            *((KIT, "items", number) for number in range(3)),
            ("content/influencers/jonas/lists/lauf.yaml", "items", 0),
            ("content/influencers/sam/lists/run.yaml", "items", 0),
            ("content/influencers/maya/posts/first-frost.yaml", "products", 0),
            ("content/products/merino-tee.yaml", "offers", 0),
            ("content/products/cap.yaml", "offers", 0),
        ]
    }
    assert lines == wanted


def test_lines_are_those_of_a_creator_in_one_file(tmp_path):
    root = copy_of_minimal(tmp_path)
    items = "      # a note\n      - {product: merino-tee, relationship: none}\n      - product: merino-tee\n"
    text = f"name: Ida\nlists:\n  bag:\n    title: Bag\n    items:\n{items}        relationship: gifted\n"
    write(root, {"content/influencers/ida.yaml": text})
    build(root)
    assert {row.line for row in rows(root) if row.file.endswith("ida.yaml")} == {7, 8}


def test_a_page_has_the_digest_of_its_bytes(site):
    build(site)
    for page in told(site).pages:
        data = (site / "site" / page.page.lstrip("/") / "index.html").read_bytes()
        assert page.digest == sums.of_bytes(data)


def test_the_file_says_what_the_proof_rests_on_and_names_no_machine(site):
    build(site)
    head = told(site)
    assert (head.version, head.storefront, head.until) == (1, __version__, "2026-12-04T00:00:00Z")
    assert set(head.markets) == {"gb", "de", "us"}
    assert all(market.reviewed_on for market in head.markets.values())
    assert str(site.parent) not in (site / "site" / FILE).read_text()


def test_pages_are_in_order(site):
    build(site)
    pages = [page.page for page in told(site).pages]
    assert pages == sorted(pages)


EDITS = {
    "a note": lambda site: edit(site / KIT, "no smell", "no holes"),
    "an item before the others": lambda site: edit(
        site / KIT, "items:\n", "items:\n  - {product: socks, relationship: gifted}\n"
    ),
    "a comment that moves every line": lambda site: edit(site / KIT, "title: W", "# Mine.\n\ntitle: W"),
    "a tie": lambda site: edit(site / "content/influencers/sam/lists/run.yaml", "[paid, gifted]", "paid"),
    "a list less": lambda site: (site / "content/influencers/jonas/lists/lauf.yaml").unlink(),
    "a market": lambda site: edit(site / "content/influencers/sam/profile.yaml", "[us]", "[us, gb]"),
    "nothing": bytes_of,
}


@pytest.mark.parametrize("name", EDITS)
def test_a_warm_build_tells_what_a_clean_one_does(name, site, tmp_path):
    build(site)
    EDITS[name](site)
    build(site)
    assert (site / "site" / FILE).read_bytes() == clean(site, tmp_path / "clean")


@pytest.mark.parametrize("name", [".storefront/state.msgpack", f"site/{FILE}"])
@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"{}")])
def test_what_is_lost_is_made_again(name, damage, site):
    build(site)
    before = (site / "site" / FILE).read_bytes()
    (site / FOLDER / unchanged.FILE).unlink(missing_ok=True)  # with it, a lost state is not missed
    damage(site / name)
    assert build(site).rendered > 0
    assert (site / "site" / FILE).read_bytes() == before


def test_a_site_may_keep_it_to_itself(site, tmp_path):
    build(site)
    edit(site / "content/site.yaml", "title:", "disclosures: false\ntitle:")
    build(site)
    assert not (site / "site" / FILE).exists()
    edit(site / "content/site.yaml", "disclosures: false\n", "")
    build(site)
    assert (site / "site" / FILE).read_bytes() == clean(site, tmp_path / "clean")


def test_a_host_that_becomes_a_shop_has_its_pages_audited_again(site):
    """A profile's page is a record's and stays; a link of the theme was nobody's business before."""
    theme = "extends: editorial\nname: mine\n"
    page = "{% extends 'base.html' %}{% block content %}<a href=\"https://late.example/x\">x</a>{% endblock %}"
    write(site, {"themes/mine/theme.yaml": theme, "themes/mine/templates/404.html": page})
    edit(site / "content/site.yaml", "title:", "theme: mine\ntitle:")
    build(site)
    write(site, {"content/merchants/late.yaml": "name: Late\nurl: https://late.example\n"})
    with pytest.raises(Exception, match="1 problems"):
        build(site)


# The command


def run(site, *arguments):
    return CliRunner().invoke(
        group, ["audit", "--root", str(site), "--now", "2026-11-22T12:00:00Z", "--jobs", "1", *arguments]
    )


def test_the_table_names_page_label_and_record(site):
    result = run(site)
    assert result.exit_code == 0, result.output
    assert "/sam/lists/run/" in result.output
    assert "Ad · gifted by Fjell" in result.output
    assert f"{KIT}:9" in result.output
    assert f"storefront {__version__}, as of 2026-11-22T12:00:00Z" in result.output
    assert not (site / "site").exists()


def test_csv_and_json_say_the_same(site):
    table = list(csv.DictReader(io.StringIO(run(site, "--format", "csv").output)))
    links = json.loads(run(site, "--format", "json").output)["links"]
    assert [(row["page"], row["url"]) for row in table] == [(link["page"], link["url"]) for link in links]
    assert all(row["storefront"] == __version__ and row["reviewed"] and row["now"] for row in table)


@pytest.mark.parametrize(
    ("option", "name", "key", "value"),
    [
        ("--creator", "sam", "creator", "sam"),
        ("--brand", "Fjell", "brand", "Fjell"),
        ("--brand", "fjell", "brand", "Fjell"),
    ],
)
def test_links_can_be_chosen(site, option, name, key, value):
    links = json.loads(run(site, "--format", "json", option, name).output)["links"]
    assert {link[key] for link in links} == {value}


def test_links_can_be_chosen_by_market(site):
    links = json.loads(run(site, "--format", "json", "--market", "de").output)["links"]
    assert {link["page"].split("/")[1] for link in links} == {"jonas"}


@pytest.mark.parametrize("option", ["--creator", "--brand", "--market"])
def test_a_name_that_no_link_has_is_wrong_usage(site, option):
    result = run(site, option, "nobody")
    assert result.exit_code == 2
    assert "no link has nobody" in result.output


def test_what_cannot_be_proven_is_not_printed(site):
    write(site, {"themes/editorial/templates/base.html": "<a href='https://nordshop.example'>x</a>"})
    result = run(site)
    assert result.exit_code == 1
    assert "unaccounted" in result.output


def test_the_file_can_be_read_as_plain_json(site):
    build(site)
    plain = msgspec.json.decode((site / "site" / FILE).read_bytes())
    assert plain["pages"]
    assert plain["reviewed_on"] == everywhere().reviewed_on
