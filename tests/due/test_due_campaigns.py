"""What is due of campaigns, and for whom."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from building import write
from storefront.cli import group
from storefront.due import collect
from storefront.due.calendar import calendar as ics
from storefront.due.tasks import Kind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FROST = "content/campaigns/frost.yaml"
MAYA = "content/influencers/maya"
CAMPAIGN = """\
title: Frost
brand: fjell
window: {from: 2026-11-01, until: 2027-02-28}
disclosure: gifted
participants: [{creator: maya}, {creator: ida}]
schedule:
  - {at: 2026-11-01, what: Kick-off}
  - {at: 2026-11-25T07:00, what: First posts, who: [maya]}
  - {at: 2026-12-01, what: Codes work}
deliverables:
  - {what: Posts outdoors, kind: post, count: 2, by: 2026-11-20, who: [maya]}
  - {what: A call, by: 2026-11-30, who: [ida]}
  - {what: A call before, by: 2026-11-10, who: [ida]}
"""


@pytest.fixture
def shelf(site):
    return write(site, {FROST: CAMPAIGN, "content/influencers/ida.yaml": "name: Ida\n"})


def due(site, kind):
    found = collect(site, NOW, 365)
    return [
        (task.day.isoformat(), task.what, task.creator, str(task.place)) for task in found.tasks if task.kind is kind
    ]


def test_dates_that_lie_ahead_are_due_for_each_whom_they_concern(shelf):
    assert due(shelf, Kind.CAMPAIGN) == [
        ("2026-11-25", "First posts (Frost)", "maya", f"{FROST}:8:6"),
        ("2026-12-01", "Codes work (Frost)", "ida", f"{FROST}:9:6"),
        ("2026-12-01", "Codes work (Frost)", "maya", f"{FROST}:9:6"),
    ]


def test_what_is_agreed_is_due_until_it_is_done(shelf):
    posts = ("2026-11-20", "Posts outdoors: 0 of 2 (Frost)", "maya", f"{FROST}:11:50")
    call = ("2026-11-30", "A call (Frost)", "ida", f"{FROST}:12:20")
    assert due(shelf, Kind.DELIVERABLE) == [posts, call]
    done = "date: 2026-11-15\ncaption: Snow\ncampaign: frost\n"
    write(shelf, {f"{MAYA}/posts/snow.yaml": done, f"{MAYA}/posts/draft.yaml": f"{done}draft: true\n"})
    assert due(shelf, Kind.DELIVERABLE) == [("2026-11-20", "Posts outdoors: 1 of 2 (Frost)", *posts[2:]), call]
    write(shelf, {f"{MAYA}/posts/ice.yaml": done})
    assert due(shelf, Kind.DELIVERABLE) == [call]


def test_a_record_is_done_once_and_for_what_is_due_first(shelf):
    later = "  - {what: A second post, kind: post, by: 2027-01-10, who: [maya]}\n"
    first = later.replace("A second", "A first").replace("2027-01-10", "2026-12-10")
    agreed = CAMPAIGN.partition("deliverables:\n")[0] + f"deliverables:\n{later}{first}"
    done = "date: 2026-11-15\ncaption: Snow\ncampaign: frost\n"
    write(shelf, {FROST: agreed, f"{MAYA}/posts/snow.yaml": done})
    assert [what for _, what, *_ in due(shelf, Kind.DELIVERABLE)] == ["A second post (Frost)"]
    write(shelf, {f"{MAYA}/posts/ice.yaml": done})
    assert due(shelf, Kind.DELIVERABLE) == []


def test_a_removed_review_is_not_done(shelf):
    agreed = CAMPAIGN.partition("deliverables:\n")[0] + "deliverables:\n  - {what: A, kind: review, by: 2026-12-10}\n"
    review = (shelf / MAYA / "reviews/merino-tee.yaml").read_text() + "campaign: frost\n"
    write(shelf, {FROST: agreed, f"{MAYA}/reviews/merino-tee.yaml": review})
    assert [who for *_, who, _ in due(shelf, Kind.DELIVERABLE)] == ["ida"]
    removed = "status: removed\nremoved: {reason: author-request, by: Maya Lind, date: 2026-11-12}\n"
    write(shelf, {f"{MAYA}/reviews/merino-tee.yaml": review + removed})
    assert [who for *_, who, _ in due(shelf, Kind.DELIVERABLE)] == ["ida", "maya"]


def test_who_has_left_has_no_dates_and_what_she_owed_is_told_as_hers(shelf):
    write(shelf, {"content/influencers/ida.yaml": "name: Ida\nstatus: left\n"})
    assert {who for _, _, who, _ in due(shelf, Kind.CAMPAIGN)} == {"maya"}
    (owed,) = [what for _, what, who, _ in due(shelf, Kind.DELIVERABLE) if who == "ida"]
    assert owed == "A call (Frost), by somebody who has left"


@pytest.mark.parametrize(
    ("rest", "what"),
    [("public: true\n", "campaign frost appears"), ("nda: true\n", "campaign frost: its embargo ends")],
)
def test_what_waits_for_the_embargo_of_its_campaign_opens_with_it(shelf, rest, what):
    post = f"{MAYA}/posts/snow.yaml"
    early = "date: 2026-11-15\ncaption: Snow\nrelationship: gifted\ncampaign: frost\n"
    late = f"{early}from: 2026-12-27\n"
    write(shelf, {FROST: f"{CAMPAIGN}embargo_until: 2026-12-24\n{rest}", post: early, f"{MAYA}/posts/ice.yaml": late})
    assert due(shelf, Kind.OPENS) == [
        ("2026-12-24", what, "", f"{FROST}:14:1"),
        ("2026-12-24", "post snow appears", "maya", f"{post}:4:1"),
        ("2026-12-27", "post ice appears", "maya", f"{MAYA}/posts/ice.yaml:5:1"),
    ]
    found = [task for task in collect(shelf, NOW, 60).tasks if task.kind is Kind.OPENS]
    assert {(task.campaign, task.brand) for task in found} == {("frost", "fjell")}


@pytest.mark.parametrize("line", ["draft: true\n", ""])
def test_a_draft_owes_nothing_and_an_embargo_hides_nothing_here(shelf, line):
    write(shelf, {FROST: CAMPAIGN + (line or "embargo_until: 2026-12-24\n")})
    assert bool(due(shelf, Kind.CAMPAIGN)) is not bool(line)


def test_the_end_of_rights_is_due(shelf):
    write(shelf, {FROST: f"{CAMPAIGN}rights: {{until: 2026-12-31}}\n"})
    post = (shelf / MAYA / "posts/first-frost.yaml").read_text()
    write(shelf, {f"{MAYA}/posts/first-frost.yaml": f"{post}campaign: frost\n"})
    what = "the rights of the pictures of post first-frost end"
    assert due(shelf, Kind.RIGHTS) == [("2026-12-31", what, "maya", f"{FROST}:14:10")]


def test_one_campaign_can_be_asked_for(shelf):
    words = ["due", "--root", str(shelf), "--now", NOW.isoformat(), "--format", "json", "--within", "60d"]
    tasks = json.loads(CliRunner().invoke(group, [*words, "--campaign", "frost"]).output)["tasks"]
    assert {task["campaign"] for task in tasks} == {"frost"}
    assert {task["kind"] for task in tasks} == {"campaign", "deliverable"}
    assert "Did you mean frost?" in CliRunner().invoke(group, [*words, "--campaign", "forst"]).output


def test_a_timetable_can_go_into_a_calendar(shelf):
    assert "SUMMARY:First posts (Frost) (maya\\, fjell)" in ics(collect(shelf, NOW, 60), NOW)


def test_a_post_without_required_words_is_not_done_and_told(shelf):
    agreed = f'{CAMPAIGN}require: [{{pattern: "#Frost|#FrostWeeks"}}, {{pattern: "@fjell"}}]\n'
    done = 'date: 2026-11-15\ncaption: "Snow {}"\ncampaign: frost\n'
    write(shelf, {
        FROST: agreed,
        f"{MAYA}/posts/snow.yaml": done.format("with @Fjell. #frost"),
        f"{MAYA}/posts/ice.yaml": done.format("with @fjell."),
    })  # fmt: skip
    told = "Posts outdoors: 1 of 2, post ice lacks “#Frost” or “#FrostWeeks” (Frost)"
    assert [what for _, what, who, _ in due(shelf, Kind.DELIVERABLE) if who == "maya"] == [told]
    write(shelf, {f"{MAYA}/posts/ice.yaml": done.format("with @fjell #Frostweeks")})
    assert [what for _, what, who, _ in due(shelf, Kind.DELIVERABLE) if who == "maya"] == []


def test_the_end_of_exclusivity_is_due_for_whom_it_binds(shelf):
    clauses = "exclusivity: [{categories: [Clothing], until: 2026-12-31, who: [ida]}, {categories: [Clothing]}]\n"
    write(shelf, {FROST: CAMPAIGN + clauses})
    told = [each for each in due(shelf, Kind.CAMPAIGN) if "exclusivity" in each[1]]
    assert told == [
        ("2026-12-31", "exclusivity ends (Frost)", "ida", f"{FROST}:14:15"),
        ("2027-02-28", "exclusivity ends (Frost)", "ida", f"{FROST}:14:72"),
        ("2027-02-28", "exclusivity ends (Frost)", "maya", f"{FROST}:14:72"),
    ]
    over = [each.what for each in collect(shelf, datetime(2027, 3, 1, 12, tzinfo=UTC), 365).tasks]
    assert not [what for what in over if "exclusivity" in what]
