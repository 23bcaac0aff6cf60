"""What campaigns say, beside the weights of their messages."""

import csv
import json
import re
from datetime import date

import pytest
from click.testing import CliRunner

from building import write
from checking import NOW
from storefront.catalog.seasons import SOUTH, season_of
from storefront.cli import group

FROST = "content/campaigns/frost.yaml"
MAYA = "content/influencers/maya"
CAMPAIGN = """\
title: Frost
brand: fjell
window: {from: 2026-11-01, until: 2027-02-28}
disclosure: gifted
goal: {metric: posts, target: 4}
messages:
  warmth: {words: [warm*, cosy], default: 20, winter: 70, summer: 10}
  looks: {default: 80, winter: 30, summer: 90}
"""


def post(caption: str, day: str = "2026-11-15", more: str = "") -> str:
    return f"date: {day}\ncaption: {caption}\ncampaign: frost\n{more}"


@pytest.fixture
def shelf(site):
    return write(site, {FROST: CAMPAIGN, f"{MAYA}/posts/first-frost.yaml": post("A warm walk")})


def report(site, *more: str):
    result = CliRunner().invoke(group, ["report", "messages", "--root", str(site), "--now", NOW.isoformat(), *more])
    assert result.exit_code == 0, result.output
    return result.output


def rows(site, table):
    """The rows of a table, by the keys of its columns."""
    tables = {each["id"]: each for each in json.loads(report(site, "--format", "json"))["tables"]}
    keys = [column["key"] for column in tables[table]["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in tables[table]["rows"]]


def told(site):
    return rows(site, "campaigns")[0]


def by_message(site):
    """Weight and share in per cent, and mentions."""
    found = [(each["message"], each["weight"], each["share"], each["mentions"]) for each in rows(site, "messages")]
    return {name: (float(w) * 100, share and round(float(share) * 100, 1), n) for name, w, share, n in found}


def test_mentions_stand_beside_weights(shelf):
    write(shelf, {f"{MAYA}/posts/second.yaml": post("Warmest thing I have, and its looks")})
    assert by_message(shelf) == {"warmth": (20, 66.7, 2), "looks": (80, 33.3, 1)}


def test_weights_are_those_of_the_season_of_each_record(shelf):
    write(shelf, {f"{MAYA}/posts/second.yaml": post("Snow", "2026-01-10")})
    assert by_message(shelf)["warmth"][0] == 45  # 20 in autumn, 70 in winter
    assert told(shelf)["seasons"] == "autumn, winter"


def test_january_is_summer_in_the_south(shelf):
    write(shelf, {f"{MAYA}/profile.yaml": "name: Maya\nlocation: {country: NZ}\naffiliate: {awin: {publisher: '7'}}\n"
                                          "promos: {MAYA15: {merchant: nordshop, percent_off: 15}}\n"})  # fmt: skip
    write(shelf, {f"{MAYA}/posts/first-frost.yaml": post("A cosy walk", "2026-01-10")})
    assert by_message(shelf)["warmth"][0] == 10
    assert told(shelf)["seasons"] == "summer"


def test_what_is_denied_mentions_nothing(shelf):
    write(shelf, {f"{MAYA}/posts/first-frost.yaml": post("It was not warm at all")})
    assert by_message(shelf) == {"warmth": (20, None, 0), "looks": (80, None, 0)}
    assert told(shelf)["silent"] == 1


def test_only_what_is_shown_and_of_the_campaign_counts(shelf):
    write(
        shelf,
        {
            f"{MAYA}/posts/draft.yaml": post("Warm", more="draft: true\n"),
            f"{MAYA}/posts/other.yaml": "date: 2026-11-15\ncaption: Warm\n",
        },
    )
    assert told(shelf)["records"] == 1


def test_items_and_reviews_count_too(shelf):
    write(
        shelf,
        {
            f"{MAYA}/lists/kit.yaml": "title: Kit\nitems: [{product: merino-tee, note: Cosy, campaign: frost}]\n",
            f"{MAYA}/reviews/merino-tee.yaml": "product: merino-tee\ndate: 2026-11-01\nprovenance: gifted\n"
            "body: Warm.\ncons: [The looks]\ncampaign: frost\n",
        },
    )
    assert told(shelf)["records"] == 3
    assert by_message(shelf)["warmth"][2] == 3
    assert by_message(shelf)["looks"][2] == 0  # what speaks against a thing is not read


def test_posts_are_told_by_kind_and_the_goal_with_what_is_reached(shelf):
    write(shelf, {f"{MAYA}/posts/second.yaml": post("Snow", more="kind: community\n")})
    assert {each["kind"]: each["posts"] for each in rows(shelf, "posts")} == {"campaign": 1, "community": 1}
    assert [told(shelf)[key] for key in ("goal", "target", "reached")] == ["posts", 4, 2]


def test_what_only_a_shop_knows_is_not_made_up(shelf):
    write(shelf, {FROST: CAMPAIGN.replace("posts", "in_store_redemptions")})
    assert told(shelf)["reached"] is None
    assert re.search(r"in store redemptions +4 +unknown\n", report(shelf))


def test_who_mentioned_what_is_told_by_creator(shelf):
    assert rows(shelf, "creators") == [{"campaign": "frost", "message": "warmth", "creator": "maya", "mentions": 1}]


def test_a_table_for_spreadsheets_has_the_messages(shelf):
    assert next(csv.DictReader(report(shelf, "--format", "csv").splitlines())) == {
        "campaign": "frost", "brand": "fjell", "message": "warmth", "weight": "0.2", "share": "1", "mentions": "1",
        "records": "1",
    }  # fmt: skip


def test_it_is_given_out_in_every_form_that_reports_have(shelf, tmp_path):
    page = report(shelf, "--format", "html")
    assert "<svg" in page
    assert "Mentions beside weights" in page
    report(shelf, "--format", "parquet", "--output", str(tmp_path / "made"))
    assert {path.name for path in (tmp_path / "made").iterdir()} == {
        f"messages-{table}.parquet" for table in ("messages", "creators", "campaigns", "posts")
    }


def test_a_campaign_that_there_is_not_is_wrong_usage(shelf):
    result = CliRunner().invoke(group, ["report", "messages", "--root", str(shelf), "--campaign", "forst"])
    assert result.exit_code == 2
    assert "Did you mean frost?" in result.output


@pytest.mark.parametrize(
    ("day", "north", "south"),
    [("2026-12-01", "winter", "summer"), ("2026-02-28", "winter", "summer"), ("2026-03-01", "spring", "autumn"),
     ("2026-08-31", "summer", "winter"), ("2026-09-01", "autumn", "spring")],
)  # fmt: skip
def test_seasons_are_whole_months(day, north, south):
    assert season_of(date.fromisoformat(day), south=False) == north
    assert season_of(date.fromisoformat(day), south=True) == south


def test_hemispheres_are_told_of_countries_that_exist():
    from babel.core import get_global

    assert set(get_global("territory_currencies")) >= SOUTH
