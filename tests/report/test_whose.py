"""Whose a figure is, and which campaign's: links that have gone, old handles, campaigns side by side."""

import csv
import json

import pytest
from click.testing import CliRunner
from known import NOW

from building import copy_of_minimal, write
from storefront.cli import group

CAMPAIGN = """\
title: {0}
brand: fjell
goal: {{metric: posts, target: 4}}
window: {{from: 2026-11-01, until: {1}}}
disclosure: paid
participants:
  - creator: maya
"""
KIT = """\
title: Kit
items:
  - {product: merino-tee, relationship: affiliate, campaign: frost}
"""
POST = """\
date: 2026-11-15
caption: On the canal.
campaign: thaw
relationship: gifted
products:
  - product: merino-tee
"""
RECALL = """\
recalls:
  - {id: seam, products: [merino-tee], date: 2026-12-01, notice: The seams open., stop_sale: true}
"""
LIST, IN_POST, OFFERED = "maya_kit_merino-tee", "maya_post_first-frost_merino-tee", "site_offer_merino-tee_nordshop"


@pytest.fixture
def shelf(tmp_path):
    return write(
        copy_of_minimal(tmp_path),
        {
            "content/campaigns/frost.yaml": CAMPAIGN.format("Frost", "2026-11-30"),
            "content/campaigns/thaw.yaml": CAMPAIGN.format("Thaw", "2026-12-31"),
            "content/influencers/maya/lists/kit.yaml": KIT,
            "content/influencers/maya/posts/first-frost.yaml": POST,
        },
    )


def run(root, *words):
    result = CliRunner().invoke(group, [*words, "--root", str(root), "--now", NOW])
    assert result.exit_code == 0, result.output
    return result.stdout


def sold(root, *subids):
    """Import an order for each sub-id."""
    file = root / "table.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = [(n, "2026-11-03", subid, "20.00", "1.00", "GBP") for n, subid in enumerate(subids)]
        headings = ("id", "transactionDate", "clickRef", "saleAmount", "commissionAmount", "currency")
        csv.writer(out).writerows([headings, *rows])
    run(root, "import", "commissions", str(file), "--from", "awin")


def told(root, *words):
    """A report's tables by id, as rows by the first cell, and what it says below them."""
    data = json.loads(run(root, "report", *words, "--format", "json"))
    tables = {
        each["id"]: {
            row[0]: dict(zip([key["key"] for key in each["columns"]], row, strict=True)) for row in each["rows"]
        }
        for each in data["tables"]
    }
    return tables, " ".join(data["notes"])


def orders(root, name):
    return told(root, "campaign", name)[0]["creators"]["Maya Lind"]["orders"]


def test_an_order_is_of_the_campaign_that_its_link_names_and_of_no_other(shelf):
    sold(shelf, LIST, IN_POST, IN_POST)
    assert (orders(shelf, "frost"), orders(shelf, "thaw")) == (1, 2)


def test_what_names_no_campaign_is_in_both_that_have_it_and_each_says_so(shelf):
    write(shelf, {"content/influencers/maya/lists/kit.yaml": KIT.replace(", campaign: frost", "")})
    sold(shelf, LIST)
    assert (orders(shelf, "frost"), orders(shelf, "thaw")) == (1, 1)
    assert (
        "Thaw has creators and days in common with it: what names neither is in both"
        in told(shelf, "campaign", "frost")[1]
    )
    write(shelf, {"content/campaigns/thaw.yaml": CAMPAIGN.format("Thaw", "2026-12-31").replace("11-01", "12-01")})
    assert "in common" not in told(shelf, "campaign", "frost")[1]


def test_whoever_shows_a_thing_for_a_campaign_that_anybody_may_join_takes_part(shelf):
    anybody = CAMPAIGN.format("Frost", "2026-11-30").partition("participants")[0]
    write(shelf, {"content/campaigns/frost.yaml": anybody})
    sold(shelf, LIST)
    assert orders(shelf, "frost") == 1


@pytest.mark.parametrize("gone", ["recalled", "sold nowhere"])
def test_orders_from_before_a_link_went_stay_where_they_were(shelf, gone):
    sold(shelf, LIST, IN_POST, OFFERED, LIST + "--2")
    before = told(shelf, "roi")[0]
    product = "content/products/merino-tee.yaml"
    unsold = (shelf / product).read_text().partition("offers:")[0]
    write(shelf, {"content/recalls.yaml": RECALL} if gone == "recalled" else {product: unsold})
    tables, words = told(shelf, "roi")
    for table, name in (("creators", "Maya Lind"), ("products", "Merino Tee"), ("brands", "Fjell")):
        assert tables[table][name]["orders"] == before[table][name]["orders"]
    assert tables["products"]["Merino Tee"]["orders"] == 4
    assert "Orders whose sub-id leads to no creator of the site: 1." in words
    assert orders(shelf, "thaw") == 1


def test_an_old_handle_leads_to_the_creator_everywhere(shelf):
    sold(shelf, "lind_kit_merino-tee")
    write(
        shelf,
        {
            "mentions.csv": "date,creator,mentions\n2026-11-03,lind,5\n2026-11-03,ruth,7\n",
            "posts.csv": "creator,platform,as_of,followers\nlind,tiktok,2026-11-03,50\n",
        },
    )
    run(shelf, "import", "mentions", str(shelf / "mentions.csv"))
    run(shelf, "import", "metrics", str(shelf / "posts.csv"))
    _, words = told(shelf, "roi")
    assert "the site does not have: lind, ruth." in words
    assert "Mentions that are of no creator of the site: 12." in words
    profile = shelf / "content/influencers/maya/profile.yaml"
    profile.write_text("aliases: [lind]\n" + profile.read_text())
    tables, words = told(shelf, "campaign", "frost")
    maya = tables["creators"]["Maya Lind"]
    assert (maya["orders"], maya["mentions"]) == (1, 5)
    assert "the site does not have: ruth." in words


@pytest.mark.parametrize(
    ("line", "count"), [("", 1), ("draft: true", 0), ("from: 2027-06-01", 0), ("until: 2026-12-01", 1)]
)
def test_a_post_counts_once_it_has_been_shown(shelf, line, count):
    write(shelf, {"content/influencers/maya/posts/first-frost.yaml": f"{POST}{line}\n"})
    assert told(shelf, "campaign", "thaw")[0]["creators"]["Maya Lind"]["posts"] == count


def test_what_was_agreed_is_counted_where_something_was(shelf):
    maya = told(shelf, "campaign", "thaw")[0]["creators"]["Maya Lind"]
    assert maya.keys().isdisjoint({"agreed", "breaches"})
    thaw, folder = "content/campaigns/thaw.yaml", "content/influencers/maya/posts"
    terms = 'require: [{pattern: "#Thaw", severity: warning}]\nexclusivity: [{brands: [sund], severity: warning}]\n'
    post = POST.replace("merino-tee", "mitts").replace("thaw", "frost")
    write(shelf, {
        thaw: CAMPAIGN.format("Thaw", "2026-12-31") + terms,
        f"{folder}/warm.yaml": POST.replace("canal.", "canal. \\#thaw"),
        f"{folder}/mitts.yaml": post,
        f"{folder}/old-mitts.yaml": post.replace("2026-11-15", "2026-10-31"),
        "content/brands/sund.yaml": "name: Sund\n",
        "content/products/mitts.yaml": "title: Mitts\nbrand: sund\ncategory: Clothing\n",
    })  # fmt: skip
    maya = told(shelf, "campaign", "thaw")[0]["creators"]["Maya Lind"]
    assert [maya[key] for key in ("posts", "agreed", "breaches")] == [2, 1, 1]


def test_nothing_counts_as_shown_under_an_embargo_and_no_review_that_was_removed(shelf):
    review = shelf / "content/influencers/maya/reviews/merino-tee.yaml"
    text = review.read_text() + "campaign: thaw\n"
    write(shelf, {str(review): text})
    assert told(shelf, "campaign", "thaw")[0]["creators"]["Maya Lind"]["reviews"] == 1
    removed = "status: removed\nremoved: {reason: author-request, by: Maya Lind, date: 2026-12-01}\n"
    write(shelf, {str(review): text + removed})
    assert told(shelf, "campaign", "thaw")[0]["creators"]["Maya Lind"]["reviews"] == 0
    silent = CAMPAIGN.format("Thaw", "2026-12-31") + "embargo_until: 2027-06-01\n"
    write(shelf, {str(review): text, "content/campaigns/thaw.yaml": silent})
    assert told(shelf, "campaign", "thaw")[0]["creators"]["Maya Lind"]["reviews"] == 0


def test_what_is_taken_off_again_under_the_number_of_its_order_leaves_the_order_where_it_was(shelf):
    head = "id,transactionDate,clickRef,saleAmount,commissionAmount,currency\n"
    bought, back = f"7,2026-11-03,{LIST},20.00,1.00,GBP\n", f"7,2026-11-03,{LIST},-5.00,-0.25,GBP\n"
    for table in (head + bought + back, head + back, head + bought + back):
        run(write(shelf, {"table.csv": table}), "import", "commissions", str(shelf / "table.csv"), "--from", "awin")
        maya = told(shelf, "campaign", "frost")[0]["orders"]["Maya Lind"]
        assert (maya["orders"], maya["cancelled"]) == (1, 1)
        assert (maya["approved_gbp"], maya["returned_gbp"]) == ("1.0000", "-0.2500")
