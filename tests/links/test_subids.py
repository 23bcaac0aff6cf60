"""Sub-ids: of an alphabet that every network keeps, never the same for two placements, and told back."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import NOW, problems_of, site_with
from storefront import links
from storefront.gather import gather
from storefront.links import subids
from storefront.pages.placements import Placement, placements, table

names = st.lists(st.sampled_from(["maya", "kit", "tee", "2026", "a" * 20]), min_size=1, max_size=3).map("-".join)
several = st.lists(names, min_size=1, max_size=4)


@given(several, st.integers(16, 300), st.sampled_from(["a-z0-9_-", "a-z0-9", "a-z0-9-", "A-Za-z0-9_"]))
def test_sub_ids_keep_to_what_the_network_takes(parts, length, characters):
    made = links.subid(*parts, length=length, characters=characters)
    assert re.fullmatch(r"[a-z0-9_-]{1,50}", made)
    assert re.fullmatch(f"[{characters}]{{1,{length}}}", made)
    assert made == links.subid(*parts, length=length, characters=characters)


@given(several, several, st.integers(24, 60))
def test_two_placements_have_two_sub_ids(one, other, length):
    assert (links.subid(*one, length=length) == links.subid(*other, length=length)) == (one == other)


def test_long_sub_ids_stay_apart():
    long = "a" * 60
    one, other = links.subid("maya", "kit", long + "1"), links.subid("maya", "kit", long + "2")
    assert one != other
    assert len(one) == len(other) == subids.LENGTH


def test_a_name_met_again_is_numbered_as_no_id_is():
    assert [links.numbered("tee", count) for count in (1, 2, 3)] == ["tee", "tee--2", "tee--3"]


BUSY = {
    "content/influencers/maya/lists/kit.yaml": (
        "title: Kit\nitems:\n"
        "  - {product: merino-tee}\n"
        "  - {product: merino-tee, variant: Grey}\n"
        "  - {title: Merino tee, link: https://nordshop.example/x, relationship: purchased}\n"
        "  - {title: Cap, link: https://caps.example/1, relationship: purchased}\n"
        "  - {title: =Cap(), link: https://caps.example/2, relationship: purchased}\n"
    ),
    "content/influencers/maya/lists/post.yaml": "title: P\nitems: [{product: merino-tee}]\n",
    "content/influencers/maya/lists/offer.yaml": "title: O\nitems: [{product: merino-tee}]\n",
    "content/influencers/maya/posts/kit.yaml": (
        "{date: 2026-10-03, title: K, media: [{src: media/canal.jpg, alt: x}], "
        "products: [{product: merino-tee}, {product: merino-tee}]}"
    ),
    "content/products/merino-tee.yaml": (
        "{title: Merino Tee, brand: fjell, category: C, offers: ["
        "{merchant: nordshop, link: https://nordshop.example/a},"
        "{merchant: nordshop, link: https://nordshop.example/b, regions: [GB]}]}"
    ),
}


@pytest.fixture
def found(tmp_path):
    return list(placements(gather(site_with(tmp_path, BUSY), NOW).catalog))


def test_no_two_placements_of_a_site_share_a_sub_id(found):
    said = [placement.subid for placement in found]
    assert len(said) == len(set(said)) >= 10


def test_a_sub_id_leads_back_to_its_placement(found):
    by_subid = {placement.subid: placement for placement in found}
    assert by_subid["maya_kit_cap"] == Placement(
        subid="maya_kit_cap",
        creator="maya",
        page="/maya/lists/kit/",
        slot="kit",
        product="",
        title="Cap",
        merchant="",
        network="",
    )
    assert {placement.creator for placement in found} <= {"maya", ""}
    assert "maya_kit_cap--2" in by_subid


def test_the_table_is_csv_that_no_spreadsheet_runs(found):
    rows = list(csv.DictReader(io.StringIO(table(found))))
    assert [row["subid"] for row in rows] == [placement.subid for placement in found]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_the_links_carry_the_sub_ids(tmp_path):
    catalog = gather(site_with(tmp_path, BUSY), NOW).catalog
    offers = [pick.offer for entry in catalog.lists.values() for pick in entry.picks]
    assert all(offer.subid in offer.url for offer in offers if offer.subid)


def test_a_sub_id_that_stands_for_two_places_names_both(tmp_path, monkeypatch):
    long = "title: L\nitems: [{title: Cap, link: https://caps.example/1, relationship: purchased}]\n"
    lists = {f"content/influencers/maya/lists/{'a' * 55}-{n}.yaml": long for n in (1, 2)}
    site = site_with(tmp_path, lists)
    assert problems_of(site) == []
    monkeypatch.setattr(links, "subid", lambda *_, **__: "a" * 50)
    clash = next(problem for problem in problems_of(site) if str(problem.place.file).endswith("-2.yaml"))
    assert clash.code == "duplicate-id"
    assert clash.message.startswith(f"the sub-id {'a' * 50} stands for another placement already, at content/")
    assert clash.related
    assert clash.place.line == 2
