"""`storefront export picks`: a creator's things for other programs, each with what is disclosed of it."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from building import DEMO_NOW, write
from storefront.cli import group
from storefront.exporters import merchant, picks
from storefront.gather import gather
from storefront.importers.products import google
from storefront.importers.products.goods import Options
from storefront.links import shipped

G = "{http://base.google.com/ns/1.0}"
KIT = """title: Winter running kit
items:
  - product: merino-tee
    note: "=SUM(A1)"
    relationship: gifted
  - title: Scarf
    link: https://nordshop.example/scarf
    relationship: purchased
"""


def run(site, form, *words):
    words = ["export", "picks", "--format", form, "--root", str(site), "--now", "2026-11-22", *words]
    result = CliRunner().invoke(group, words)
    return result.exit_code, result.stdout_bytes, result.stderr


@pytest.fixture
def kit(site):
    return write(site, {"content/influencers/maya/lists/kit.yaml": KIT})


@pytest.fixture(scope="module")
def of_demo(demo):
    gathered = gather(demo.root, DEMO_NOW)
    return picks.exported(gathered.catalog, gathered.site), gathered


def test_the_json_document_has_each_thing_with_its_label_before_its_link(kit):
    code, data, _ = run(kit, "json")
    tee, scarf = json.loads(data)["picks"]
    assert code == 0
    assert (tee["creator"], tee["list"], tee["position"], scarf["position"]) == ("maya", "kit", 1, 2)
    assert tee["disclosure"][0]
    assert "gifted" in tee["relationships"]
    assert list(tee).index("disclosure") < list(tee).index("link")
    assert "awin1.com" in tee["link"]
    assert (tee["price"], tee["gtin"]) == ("69.00 GBP", "0012345678905")
    assert (scarf["product_id"], scarf["price"]) == (None, None)


def test_the_table_has_no_formulas_and_can_be_imported(kit):
    _, data, _ = run(kit, "csv")
    tee, scarf = csv.DictReader(io.StringIO(data.decode()))
    assert tee["note"] == "'=SUM(A1)"
    assert tee["disclosure"]
    assert scarf["link"].startswith("https://")


def test_the_feed_has_the_label_in_it_and_counts_what_it_lacks(kit):
    _, data, told = run(kit, "google-xml")
    (item,) = ET.fromstring(data).findall("channel/item")
    label = item.findtext(f"{G}custom_label_0")
    assert label
    assert item.findtext(f"{G}description").startswith(f"{label}. ")
    assert item.findtext(f"{G}link") == "https://shelves.example/products/merino-tee/"
    assert told == "1 pick not in the feed: without a price or a picture.\n"


def test_a_creator_and_a_list_can_be_chosen(kit):
    assert json.loads(run(kit, "json", "--creator", "maya", "--list", "other")[1])["picks"] == []
    code, data, _ = run(kit, "json", "--creator", "mayo")
    assert code == 1
    assert b"Did you mean maya?" in data


@pytest.mark.parametrize("form", ["json", "csv", "google-xml"])
def test_the_bytes_are_the_same_each_time_and_in_a_file(kit, tmp_path, form):
    first = run(kit, form)[1]
    assert run(kit, form, "--output", str(tmp_path / "out"))[1] == b""
    assert (tmp_path / "out").read_bytes() == first == run(kit, form)[1]


def test_every_pick_of_the_demo_says_what_its_page_says(of_demo):
    found, gathered = of_demo
    assert len(found) == sum(len(fact.picks) for fact in gathered.catalog.lists.values()) > 100
    assert all(each.disclosure for each in found if set(each.relationships) & {"gifted", "paid", "affiliate", "loaned"})
    assert not any(each.link for each in found if each.retired)


def test_the_feed_of_the_demo_is_read_by_the_importer_whole(of_demo):
    found, gathered = of_demo
    fitting = {each.product_id for each in found if merchant.fits(each)}
    data = merchant.feed(found, "Title & more", gathered.site.url)
    read = google.read(data, "feed.xml", Options(), shipped())
    assert read.problems == ()
    assert len(read.goods) == len(fitting) > 20
    ids = [item.findtext(f"{G}id") for item in ET.fromstring(data).iter("item")]
    assert len(set(ids)) == len(ids)
    assert all(len(each) <= 50 for each in ids)
