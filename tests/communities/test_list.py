"""`storefront list`: who is found, what is told of her, and that what the team alone knows stays with it."""

import csv
import json
from io import StringIO

import pytest
from click.testing import CliRunner

from building import build, bytes_of, copy_of_minimal, edit, write
from checking import NOW
from communities.site import IDA, PROFILE, SQUAD
from storefront.cli import group
from storefront.leaks import leaks

SITE = "content/site.yaml"
CAL, PIA, TOM, UMA = (f"content/influencers/{handle}.yaml" for handle in ("cal", "pia", "tom", "uma"))
FILES = {
    CAL: "name: Cal Reyes\nlocation: {city: Ventura, region: US-CA, country: US}\n"
    "interests: [Trail running, Café life]\nsegments: [answers-fast]\nshops_at: [nordshop]\nrelationships:\n"
    "  - {brand: fjell, kind: ambassador, since: 2026-01-01}\n  - {brand: fjell, kind: paid, until: 2026-10-31}\n",
    PIA: "name: Pia Novak\nlocation: {region: US-OR, country: US}\ninterests: [Trail running]\nstatus: applied\n",
    TOM: "name: Tom\nlocation: {country: US}\nsegments: [answers-fast]\nstatus: paused\n",
    UMA: "name: Uma Dahl\nlocation: {country: CA}\ninterests: [Running a café]\ndraft: true\n",
    SQUAD: "name: Dawn\nsteward: The club\nmembers: [cal, uma]\n",
    "content/campaigns/frost.yaml": "title: Frost\nbrand: fjell\nwindow: {from: 2026-11-01, until: 2027-02-28}\n"
    "disclosure: gifted\nparticipants: [{creator: maya}, {creator: tom}]\n",
    f"{PROFILE.removesuffix('profile.yaml')}lists/later.yaml": "title: Later\ndraft: true\nitems: []\n",
}
QUERIES = """\
segments:
  coast: {regions: [US-CA, US-OR], interests: [running]}
  wanting-in: {status: [applied], interests: [trail]}
  dawn-shoppers: {shops_at: [nordshop], squads: [runners], brands: [fjell]}
"""


@pytest.fixture
def shelf(tmp_path):
    site = write(copy_of_minimal(tmp_path), FILES)
    (site / SITE).write_text((site / SITE).read_text() + QUERIES)
    return site


def listed(site, *asked, now="2026-11-22"):
    return CliRunner().invoke(group, ["list", "--root", str(site), "--now", now, *asked])


def told(site, *asked, **when):
    """The creators of the document, by handle."""
    made = listed(site, *asked, "--format", "json", **when)
    assert made.exit_code == 0, made.output
    return {each["handle"]: each for each in json.loads(made.output)["creators"]}


def found(site, asked, **when):
    return " ".join(told(site, *asked.split(), **when))


@pytest.mark.parametrize(
    ("asked", "handles"),
    [
        ("", "cal maya uma"),
        ("--status applied --status paused", "pia tom"),
        ("--interest RUNNING", "cal uma"),
        ("--interest cafe", "cal uma"),
        ("--interest runn", ""),
        ("--region US", "cal"),
        ("--region us-ca", "cal"),
        ("--region CA", "uma"),  # Canada, and not California
        ("--region US-CA --region GB", "cal maya"),
        ("--shops-at nordshop", "cal"),
        ("--brand fjell", "cal"),
        ("--squad runners", "cal uma"),
        ("--campaign frost", "maya"),
        ("--campaign frost --status paused", "tom"),
        ("--squad runners --region CA --interest running", "uma"),
        ("--squad runners --campaign frost", ""),
        ("--segment answers-fast", "cal"),
        ("--segment answers-fast --status paused", "tom"),
        ("--segment coast", "cal"),
        ("--segment coast --status applied", "pia"),
        ("--segment coast --status applied --status approved", "cal pia"),
        ("--segment wanting-in", "pia"),
        ("--segment wanting-in --status approved", ""),
        ("--segment wanting-in --segment answers-fast", "cal pia"),
        ("--segment dawn-shoppers", "cal"),
        ("--segment dawn-shoppers --region GB", ""),
    ],
)
def test_all_that_is_asked_must_hold_and_of_one_thing_any(shelf, asked, handles):
    assert found(shelf, asked) == handles


def test_words_of_an_interest_stand_together(shelf):
    assert list(told(shelf, "--interest", "trail running")) == ["cal"]
    assert list(told(shelf, "--interest", "running trail")) == []


def test_a_segment_may_be_of_both_kinds(shelf):
    edit(shelf / PROFILE, "name:", "segments: [coast]\nname:")
    assert found(shelf, "--segment coast") == "cal maya"
    assert told(shelf)["maya"]["segments"] == ["coast"]
    assert told(shelf)["cal"]["segments"] == ["answers-fast", "coast", "dawn-shoppers"]


def test_ties_are_those_of_the_moment(shelf):
    assert [each["kind"] for each in told(shelf)["cal"]["ties"]] == ["ambassador"]
    assert [each["kind"] for each in told(shelf, now="2026-10-31")["cal"]["ties"]] == ["ambassador", "paid"]
    assert found(shelf, "--brand fjell", now="2025-06-01") == "cal"
    edit(shelf / CAL, "2026-10-31", "2025-01-31")
    assert found(shelf, "--brand fjell", now="2025-06-01") == ""


def test_everything_is_told_of_each(shelf):
    assert told(shelf)["cal"] == {
        "handle": "cal",
        "name": "Cal Reyes",
        "status": "approved",
        "shown": True,
        "where": {"city": "Ventura", "region": "US-CA", "country": "US"},
        "interests": ["Trail running", "Café life"],
        "segments": ["answers-fast", "coast", "dawn-shoppers"],
        "shops_at": ["nordshop"],
        "ties": [{"brand": "fjell", "kind": "ambassador", "since": "2026-01-01", "until": None}],
        "lists": 0,
        "posts": 0,
        "reviews": 0,
        "file": CAL,
        "line": 1,
        "column": 1,
    }
    maya, uma = (told(shelf)[handle] for handle in ("maya", "uma"))
    assert (maya["lists"], maya["posts"], maya["reviews"]) == (1, 1, 1)  # a draft is none of them
    assert (maya["where"]["city"], uma["shown"]) == (None, False)


def test_people_read_a_few_lines_for_each(shelf):
    assert listed(shelf, "--squad", "runners").output == (
        "cal Cal Reyes; Ventura, US-CA; approved; 0 lists, 0 posts, 0 reviews\n"
        "    interests: Trail running, Café life\n"
        "    segments: answers-fast, coast, dawn-shoppers\n"
        "    shops at: nordshop\n"
        "    ties: fjell (ambassador)\n"
        f"    {CAL}:1:1\n"
        "uma Uma Dahl; CA; approved, not shown; 0 lists, 0 posts, 0 reviews\n"
        "    interests: Running a café\n"
        f"    {UMA}:1:1\n"
        "2 creators of 5.\n"
    )


def test_nobody_is_no_mistake(shelf):
    made = listed(shelf, "--interest", "chess")
    assert (made.exit_code, made.output) == (0, "Nobody is found.\n")


def test_no_cell_is_a_formula(shelf):
    edit(shelf / CAL, "[Trail", "['=1+1', Trail")
    edit(shelf / CAL, "name: Cal", "name: '@Cal")
    edit(shelf / CAL, "Reyes", "Reyes'")
    [row] = csv.DictReader(StringIO(listed(shelf, "--brand", "fjell", "--format", "csv").output))
    assert row == {
        "handle": "cal", "name": "'@Cal Reyes", "status": "approved", "shown": "yes", "where": "Ventura, US-CA",
        "interests": "'=1+1; Trail running; Café life", "segments": "answers-fast; coast; dawn-shoppers",
        "shops_at": "nordshop", "ties": "fjell (ambassador)", "lists": "0", "posts": "0", "reviews": "0",
        "file": CAL, "line": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("--segment answer-fast", "Did you mean answers-fast?"),
        ("--segment coasts", "Did you mean coast?"),
        ("--shops-at nordshp", "Did you mean nordshop?"),
        ("--brand fjel", "Did you mean fjell?"),
        ("--squad runer", "Did you mean runners?"),
        ("--campaign forst", "Did you mean frost?"),
        ("--region UK", "Did you mean GB?"),
        ("--region california", "write it as US or US-CA"),
        ("--status aproved", "approved"),
    ],
)
def test_what_nothing_here_has_is_wrong_usage(shelf, asked, hint):
    made = listed(shelf, *asked.split())
    assert made.exit_code == 2
    assert hint in " ".join(made.output.split())


def test_broken_content_is_told_with_its_place(shelf):
    edit(shelf / SITE, "[nordshop]", "[nordshp]")
    made = listed(shelf)
    assert made.exit_code == 1
    assert f"{SITE}:10:30: unknown-reference: there is no merchant nordshp\n    Did you mean nordshop?" in made.output
    [problem] = json.loads(listed(shelf, "--format", "json").output)["problems"]
    assert (problem["code"], problem["line"]) == ("unknown-reference", 10)


def test_whoever_is_under_age_has_a_first_name_and_no_place(shelf):
    edit(shelf / SQUAD, "steward:", "minors: true\nsteward:")
    edit(shelf / CAL, "Ventura", "Ojai")
    cal = told(shelf)["cal"]
    assert (cal["name"], cal["where"]) == ("Cal", None)
    assert found(shelf, "--region US") == ""
    for style in ("text", "csv"):
        output = listed(shelf, "--format", style).output
        assert "Reyes" not in output
        assert "Ojai" not in output


def test_segments_are_in_no_byte_of_the_site_and_are_found_where_they_leak(site, tmp_path):
    edit(site / f"{IDA}.yaml", "name:", "segments: [zz-difficult]\nname:")
    (site / SITE).write_text((site / SITE).read_text() + "segments: {zz-expensive: {interests: [zz-hidden-word]}}\n")
    build(site)
    made = bytes_of(site / "site")
    assert [name for name, data in made.items() if b"zz-" in data.lower()] == []
    assert leaks(site, site / "site", NOW).problems == []
    write(tmp_path, {"public/a.html": "<p>ZZ difficult</p>", "public/b.json": '{"segment":"zz-expensive"}'})
    first, second = leaks(site, tmp_path / "public", NOW).problems
    assert first.message == "this file has the name of the creator ida (segments 1), which is private"
    assert second.message == "this file has the name of the site (segments 1), which is private"
    assert [str(each.related[0].file) for each in (first, second)] == [f"{IDA}.yaml", SITE]
