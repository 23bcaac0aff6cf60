"""A code is shown while it works: inside its windows, tried not long ago, and neither leaked nor withdrawn."""

import json
from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import REPOSITORY, build, edit, write
from checking import NOW, problems_of, written
from gifting import HAT, KIT, PROFILE, SHOP, SITE
from storefront.leaks import leaks

STORES = "stores: [{code: OSLO, name: Nordshop Oslo, city: Oslo, region: NO}, {code: BERGEN, name: B, region: NO}]\n"


def code(site, more):
    edit(site / PROFILE, "    percent_off: 15\n", f"    percent_off: 15\n{more}")


def found_in(site, text, now=NOW):
    """The files of the site that hold a text."""
    build(site, now=now)
    return sorted(
        str(path.relative_to(site / "site"))
        for path in (site / "site").rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    )


def test_a_code_stands_beside_its_thing(site):
    assert "maya/lists/kit/index.html" in found_in(site, "MAYA15")


@pytest.mark.parametrize(
    "more",
    [
        "    status: leaked\n",
        "    status: withdrawn\n",
        "    verified_on: 2026-09-01\n",
        "    valid: {until: 2026-11-21}\n",
        "    valid: {from: 2026-12-01}\n",
        "    until: 2026-11-21\n",
    ],
)
def test_a_code_that_does_not_work_is_in_no_file(site, more):
    code(site, more)
    assert found_in(site, "MAYA15") == []
    assert leaks(site, site / "site", NOW).problems == []


@pytest.mark.parametrize("more", ["status: leaked", "status: withdrawn", "verified_on: 2026-09-01"])
def test_leakcheck_finds_such_a_code_where_it_is(site, more):
    edit(
        site / PROFILE,
        "    percent_off: 15\n",
        f"    percent_off: 15\n  QZ77X:\n    merchant: nordshop\n    free_shipping: true\n    {more}\n",
    )
    build(site)
    write(site, {"site/maya/old.html": "<p>Use QZ77X today</p>"})
    found = leaks(site, site / "site", NOW).problems
    assert "QZ77X" in written(list(found))
    assert (more.removeprefix("status: ") if "status" in more else "tried too long ago") in written(list(found))


def test_a_code_that_was_tried_lately_is_shown_and_the_build_says_until_when(site):
    code(site, "    verified_on: 2026-11-20\n")
    edit(site / SITE, "markets:", "promos: {max_age_days: 5}\nmarkets:")
    assert found_in(site, "MAYA15")
    assert build(site).next_change == datetime(2026, 11, 25, tzinfo=UTC)
    assert found_in(site, "MAYA15", datetime(2026, 11, 25, tzinfo=UTC)) == []


def test_where_a_code_works_is_said_beside_it(site):
    code(site, "    regions: [NO, US-CA]\n    redemption_channel: [online, in_store]\n    limit_quantity: 2\n")
    build(site)
    html = (site / "site/maya/lists/kit/index.html").read_text()
    assert "online and in stores" in html
    assert "only in Norway and United States (CA)" in html
    assert "at most 2 of a thing" in html


def test_a_gift_is_a_code_s_worth(site):
    edit(site / PROFILE, "percent_off: 15", "free_gift_description: A wool cap\n    redemption_channel: [in_store]")
    build(site)
    html = (site / "site/maya/lists/kit/index.html").read_text()
    assert "A wool cap free" in html
    assert "in stores only" in html


def test_a_code_is_for_the_products_it_names(site):
    code(site, "    products: [hat]\n")
    assert "the code MAYA15 is not for merino-tee" in written(problems_of(site))
    edit(site / KIT, "    promo: MAYA15\n", "")
    assert written(problems_of(site)) == ""


def test_two_creators_cannot_have_the_code_of_one(site):
    code(site, "    unique_per: creator\n")
    other = "name: Jonas\npromos: {maya15: {merchant: nordshop, percent_off: 10}}\n"
    write(site, {"content/influencers/jonas.yaml": other})
    assert "a code of one creator alone" in written(problems_of(site))


def test_stores_are_the_merchants(site):
    write(site, {SHOP: (site / SHOP).read_text() + STORES})
    code(site, "    redemption_channel: [in_store]\n    stores: [OSLO, BERGN]\n")
    said = written(problems_of(site))
    assert "nordshop has no store BERGN" in said
    assert "Did you mean BERGEN?" in said


# Codes of campaigns

FROST = (
    "title: Frost\nbrand: fjell\nwindow: {from: 2026-11-01}\ndisclosure: exchange\n"
    "participants: [{creator: maya, fee: 400.00 GBP}]\n"
)
CAMPAIGN = "content/campaigns/frost.yaml"

JONAS = (
    "name: Jonas\nsharing: {recognition: public}\npromos: {MAYA15: {merchant: nordshop, percent_off: 15}}\n"
    "lists: {own: {title: Own, items: [{product: merino-tee, relationship: purchased, promo: MAYA15}]}}\n"
)


def of_campaign(site, more=""):
    """The code is one of a campaign in which Maya is paid, and pays her nothing itself."""
    code(site, f"    pays_creator: false\n    campaign: frost\n{more}")
    return write(site, {CAMPAIGN: FROST})


def boxes(site, page):
    """What each box of a code says on a page."""
    build(site)
    document = LexborHTMLParser((site / "site" / page / "index.html").read_text())
    return [each.text(separator=" ") for each in document.css(".promo")]


@pytest.mark.parametrize("page", ["maya", "maya/lists/kit", "products/merino-tee", "maya/codes/maya15"])
def test_a_code_of_a_paid_campaign_bears_its_ties_wherever_it_stands(site, page):
    of_campaign(site, "    redemption_channel: [online, in_store]\n")
    found = boxes(site, page)
    assert found
    for box in found:
        assert " ".join(box.split()) == "Ad · paid by Fjell Ad · from Fjell for a review or post MAYA15"


def test_what_is_picked_with_the_code_of_a_campaign_bears_its_tie(site):
    of_campaign(site)
    build(site)
    document = json.loads((site / "site/maya/index.json").read_text())
    items = {item["title"]: item for item in document["lists"][0]["items"]}
    assert items["Merino Tee"]["relationships"] == ["paid", "exchange", "affiliate", "purchased"]
    assert items["Merino Tee"]["promo"]["disclosure"] == ["Ad · paid by Fjell", "Ad · from Fjell for a review or post"]
    assert "paid" not in items["Wool hat"]["relationships"]


def test_a_code_beside_another_brand_s_thing_names_the_campaign_s(site):
    of_campaign(site)
    write(site, {"content/brands/tarn.yaml": "name: Tarn\n"})
    edit(site / HAT, "brand: fjell", "brand: tarn")
    edit(
        site / KIT,
        "product: hat\n    relationship: purchased\n",
        "product: hat\n    relationship: purchased\n    promo: MAYA15\n",
    )
    assert all("paid by Fjell" in box for box in boxes(site, "products/hat"))
    document = json.loads((site / "site/maya/index.json").read_text())
    assert "paid" not in document["lists"][0]["items"][1]["relationships"]


def test_two_creators_have_one_code_and_each_box_says_what_it_is_to_her(site):
    of_campaign(site)
    write(site, {"content/influencers/jonas.yaml": JONAS})
    found = boxes(site, "products/merino-tee")
    assert sorted("paid by Fjell" in box for box in found) == [False, True]
    assert sorted("discount code" in box for box in found) == [False, True]


@pytest.mark.parametrize("handle", ["jonas", "zoe"])  # before her and after her on the page
def test_the_label_of_the_one_is_none_for_the_other(site, handle):
    of_campaign(site)
    mention = (REPOSITORY / "themes/editorial/templates/parts/mention.html").read_text()
    assert "{{ promo(mention.promo, t) }}" in mention
    swapped = "{{ promo(mention.promo, t)|replace('Ad · paid by Fjell', 'Fine price') }}"
    write(
        site,
        {
            f"content/influencers/{handle}.yaml": JONAS,
            "themes/editorial/templates/parts/mention.html": mention.replace("{{ promo(mention.promo, t) }}", swapped),
        },
    )
    [found] = [each for each in problems_of(site) if each.code == "undisclosed"]
    assert found.place.file == KIT
    assert "the code MAYA15" in found.message


def test_the_sheet_of_a_paid_campaign_s_code_is_refused_without_its_label(site):
    of_campaign(site, "    redemption_channel: [in_store]\n")
    bare = "{% extends 'base.html' %}{% block content %}<h1>x</h1><code>MAYA15</code>{% endblock %}"
    write(site, {"themes/editorial/templates/print.html": bare})
    found = [each for each in problems_of(site) if each.code == "undisclosed"]
    assert "the code MAYA15 bears no label “Ad · paid by Fjell”" in written(found)


def test_no_tie_cannot_be_claimed_beside_such_a_code(site):
    of_campaign(site)
    edit(site / KIT, "relationship: purchased\n    promo", "relationship: none\n    promo")
    assert "relationship says none, and the campaign frost says exchange" in written(problems_of(site))


def test_a_code_for_a_thing_of_another_brand_is_none_of_the_campaign_s(site):
    of_campaign(site, "    products: [merino-tee, hat]\n")
    write(site, {"content/brands/tarn.yaml": "name: Tarn\n"})
    edit(site / HAT, "brand: fjell", "brand: tarn")
    assert problems_of(site) == []  # one of the two is the campaign's
    edit(site / PROFILE, "[merino-tee, hat]", "[hat]")
    edit(site / KIT, "    promo: MAYA15\n", "")
    assert "hat is no thing of fjell, whose campaign frost is" in written(problems_of(site))


INLINE = "title: Kit\nitems:\n  - {title: Plain tee, link: 'https://tee.example', relationship: purchased, "


def labels_of_the_list(site):
    """The labels of each thing on the list, and what the page says at its top."""
    build(site)
    html = (site / "site/maya/lists/kit/index.html").read_text()
    document = json.loads((site / "site/maya/index.json").read_text())
    return [item["disclosure"] for item in document["lists"][0]["items"]], html


@pytest.mark.parametrize("key", ["campaign: frost", "promo: MAYA15", "campaign: frost, promo: MAYA15"])
def test_a_thing_of_the_list_s_own_is_paid_by_the_campaign_s_brand(site, key):
    of_campaign(site)
    write(site, {KIT: f"{INLINE}{key}}}\n"})
    [labels], html = labels_of_the_list(site)
    assert labels == ["Ad · paid by Fjell", "Ad · from Fjell for a review or post"]
    assert "Plain tee paid me" not in html
    assert "by Plain tee" not in html


def test_one_of_another_brand_has_no_tie_from_a_campaign_s_code(site):
    of_campaign(site)
    write(site, {KIT: f"{INLINE}brand: Tarn, promo: MAYA15}}\n"})
    [labels], html = labels_of_the_list(site)
    assert labels == []
    assert "paid by Fjell" in html  # at the code
    write(site, {KIT: f"{INLINE}brand: FJELL, promo: MAYA15}}\n"})
    assert labels_of_the_list(site)[0] == [["Ad · paid by Fjell", "Ad · from Fjell for a review or post"]]
