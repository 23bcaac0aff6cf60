"""What is due, when, and for whom."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from building import edit, write
from storefront.catalog.patience import Age, defaults
from storefront.cli import group
from storefront.due import collect
from storefront.due.calendar import calendar as ics
from storefront.due.calendar import table
from storefront.due.tasks import Due, Kind, Task
from storefront.problems import Place, ProblemsFound

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
LIST = "content/influencers/maya/lists/kit.yaml"
PROFILE = "content/influencers/maya/profile.yaml"
PRODUCT = "content/products/hat.yaml"
SHOP = "content/merchants/nordshop.yaml"
HAT = "title: Wool hat\nbrand: fjell\ncategory: Clothing\n"


def due(site, kind, within=3650):
    """Day, what and place of the tasks of a kind."""
    found = collect(site, NOW, within)
    return [(task.day.isoformat(), task.what, str(task.place)) for task in found.tasks if task.kind is kind]


def review(rest="", day="2026-10-01", rating="4.5"):
    return f"product: merino-tee\ndate: {day}\nrating: {rating}\nprovenance: purchased\n{rest}"


def days(found):
    return [day for day, *_ in found]


# Updates


def test_updates_are_due_at_three_ages(site):
    write(site, {REVIEW: review(day="2026-11-20")})
    assert due(site, Kind.UPDATE) == [
        ("2026-11-27", "update the review of Merino Tee: 1 week", f"{REVIEW}:1:1"),
        ("2027-02-20", "update the review of Merino Tee: 3 months", f"{REVIEW}:1:1"),
        ("2027-11-20", "update the review of Merino Tee: 1 year", f"{REVIEW}:1:1"),
    ]


def test_of_ages_that_passed_in_silence_only_the_newest_is_due(site):
    write(site, {REVIEW: review(day="2026-05-01")})
    assert days(due(site, Kind.UPDATE)) == ["2026-08-01", "2027-05-01"]


def test_an_update_covers_the_ages_before_it(site):
    write(site, {REVIEW: review("updates:\n  - {date: 2026-08-01, text: Fine.}\n", day="2026-05-01")})
    assert due(site, Kind.UPDATE) == [("2027-05-01", "update the review of Merino Tee: 1 year", f"{REVIEW}:5:1")]


def test_an_update_a_day_too_early_does_not(site):
    write(site, {REVIEW: review("updates:\n  - {date: 2026-07-31, text: Fine.}\n", day="2026-05-01")})
    assert days(due(site, Kind.UPDATE)) == ["2026-08-01", "2027-05-01"]


def test_ages_count_from_the_day_the_thing_came(site):
    write(site, {LIST: "title: Kit\nitems:\n  - {product: merino-tee, owned_since: 2026-01-15}\n"})
    assert days(due(site, Kind.UPDATE)) == ["2027-01-15"]  # the review itself, of October, covers what was before


@pytest.mark.parametrize("line", ["status: removed\nremoved: {reason: spam, by: Me, date: 2026-11-01}", "draft: true"])
def test_nothing_is_due_of_a_review_that_is_not_shown(site, line):
    write(site, {REVIEW: review(f"{line}\n", rating="1")})
    assert due(site, Kind.UPDATE) == due(site, Kind.RESPONSE) == []


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [("2026-11-30", 3, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2024-02-29", 12, "2025-02-28"),
     ("2026-12-31", 12, "2027-12-31")],
)  # fmt: skip
def test_a_month_without_the_day_ends_earlier(day, months, reached):
    assert Age("x", months=months).since(date.fromisoformat(day)) == date.fromisoformat(reached)


@given(st.dates(date(1900, 1, 1), date(9000, 1, 1)))
def test_ages_come_one_after_the_other(day):
    reached = [age.since(day) for age in defaults().updates]
    assert [day, *reached] == sorted({day, *reached})


# Reviews to ask for


@pytest.mark.parametrize(
    ("category", "day"),
    [("Clothing", "2026-11-11"), ("Clothing > Socks", "2026-11-04"), ("Bedroom > Mattresses", "2027-01-19")],
)
def test_a_review_is_asked_for_when_there_is_something_to_say(site, category, day):
    owned = "title: Kit\nitems:\n  - product: hat\n    relationship: gifted\n    owned_since: 2026-10-21\n"
    write(site, {PRODUCT: HAT.replace("Clothing", category), LIST: owned})
    assert due(site, Kind.REVIEW) == [(day, "ask for a review of Wool hat", f"{LIST}:5:5")]
    review = "product: hat\ndate: 2026-11-01\nrating: 4\nprovenance: gifted\n"
    write(site, {"content/influencers/maya/reviews/hat.yaml": review})
    assert due(site, Kind.REVIEW) == []


def test_a_gift_whose_review_is_a_draft(site):
    draft = "product: hat\ndate: 2026-11-01\nprovenance: gifted\ndraft: true\n"
    draft += "incentive: {kind: product, given: 2026-11-01}\n"
    write(site, {PRODUCT: HAT, "content/influencers/maya/reviews/hat.yaml": draft})
    place = "content/influencers/maya/reviews/hat.yaml:5:28"
    assert due(site, Kind.REVIEW) == [("2026-11-22", "finish the review of Wool hat", place)]


def test_a_retired_pick_is_asked_nothing(site):
    retired = "{product: hat, relationship: gifted, owned_since: 2026-10-01, status: retired, reason: Lost}"
    write(site, {PRODUCT: HAT, LIST: f"title: K\nitems:\n  - {retired}\n"})
    assert due(site, Kind.REVIEW) == []


# Asks to post a review at a shop too

ASKED = "asks:\n  - {merchant: nordshop, date: 2026-11-20}\n"


def test_an_ask_is_due_on_its_day_until_she_has_posted_there(site):
    write(site, {REVIEW: review(ASKED)})
    what = "ask to post the review of Merino Tee at Nordshop too"
    assert due(site, Kind.REVIEW) == [("2026-11-20", what, f"{REVIEW}:6:26")]
    write(site, {REVIEW: review(ASKED.replace("}", ", posted: 2026-11-21}"))})
    assert due(site, Kind.REVIEW) == []


@pytest.mark.parametrize(("policy", "provenance"), [("prohibited", "purchased"), ("allowed", "gifted")])
def test_a_shop_may_be_asked_for_what_it_takes(site, policy, provenance):
    shop = (site / SHOP).read_text(encoding="utf-8")
    asked = review(ASKED).replace("purchased", provenance)
    write(site, {SHOP: f"{shop}review_policy: {{incentivized: {policy}}}\n", REVIEW: asked})
    assert days(due(site, Kind.REVIEW)) == ["2026-11-20"]


def test_no_ask_is_due_where_the_shop_takes_no_such_review(site):
    shop = (site / SHOP).read_text(encoding="utf-8")
    asked = review(ASKED).replace("purchased", "gifted")
    write(site, {SHOP: f"{shop}review_policy: {{incentivized: prohibited}}\n", REVIEW: asked})
    with pytest.raises(ProblemsFound) as failure:
        collect(site, NOW, 30)
    assert [(each.code, each.place.line) for each in failure.value.problems] == [("forbidden-ask", 6)]


@pytest.mark.parametrize("tie", ["kind: ambassador, until: 2026-09-30", "kind: affiliate"])
def test_a_tie_that_is_over_and_a_link_that_pays_are_no_incentive(site, tie):
    shop, profile = ((site / name).read_text(encoding="utf-8") for name in (SHOP, PROFILE))
    write(
        site,
        {
            SHOP: f"{shop}review_policy: {{incentivized: prohibited}}\n",
            PROFILE: f"{profile}relationships: [{{brand: fjell, {tie}}}]\n",
            REVIEW: review(ASKED),
        },
    )
    assert days(due(site, Kind.REVIEW)) == ["2026-11-20"]


# Answers

ANSWERED_BEFORE = """\
updates:
  - {date: 2026-11-01, text: Where is it?}
responses:
  - {by: fjell, date: 2026-10-02, text: Sorry.}
"""


@pytest.mark.parametrize(
    ("rating", "rest", "expected"),
    [
        ("3", "", ["2026-10-08"]),
        ("3.5", "", []),
        ("5", "body: Is it warm?\n", ["2026-10-08"]),
        ("5", "updates:\n  - {date: 2026-11-01, rating: 2, text: It tore.}\n", ["2026-11-08"]),
        ("1", "responses:\n  - {by: fjell, date: 2026-10-02, text: Sorry.}\n", []),
        ("1", ANSWERED_BEFORE, ["2026-11-08"]),
        ("1", "responses:\n  - {by: weft, date: 2026-10-02, text: Ours holds.}\n", ["2026-10-08"]),
    ],
)
def test_a_brand_owes_an_answer_to_criticism_and_questions(site, rating, rest, expected):
    write(site, {REVIEW: review(rest, rating=rating), "content/brands/weft.yaml": "name: Weft\n"})
    assert days(due(site, Kind.RESPONSE)) == expected


@pytest.mark.parametrize(
    ("rating", "rest", "expected"),
    [
        ("4", "", [("2026-10-08", "Fjell gives thanks for the review of Merino Tee")]),
        ("3.5", "", []),
        ("5", "responses:\n  - {by: fjell, date: 2026-10-02, text: Thanks.}\n", []),
        ("5", "body: Is it warm?\n", [("2026-10-08", "Fjell answers the review of Merino Tee")]),
        ("2", "", [("2026-10-08", "Fjell answers the review of Merino Tee")]),
    ],
)
def test_praise_that_meets_silence_is_listed_when_it_is_asked_for(site, rating, rest, expected):
    write(site, {REVIEW: review(rest, rating=rating)})
    told = CliRunner().invoke(
        group, ["due", "--root", str(site), "--now", "2026-11-22", "--praise", "--format", "json"]
    )
    tasks = json.loads(told.output)["tasks"]
    assert [(task["day"], task["what"]) for task in tasks if task["kind"] == "response"] == expected
    assert not [what for _, what, _ in due(site, Kind.RESPONSE) if "thanks" in what]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (
            "  - {by: weft, date: 2026-10-20, text: Ours holds.}\n",
            [("2027-01-03", "Fjell tells what came of its plan of 2026-10-05 for Merino Tee", f"{REVIEW}:6:5")],
        ),
        ("", [("2027-01-03", "Fjell tells what came of its plan of 2026-10-05 for Merino Tee", f"{REVIEW}:6:5")]),
        ("  - {by: fjell, date: 2026-10-20, text: Done., outcome: fixed}\n", []),
        (
            "  - {by: fjell, date: 2026-10-02, text: So it is., outcome: explained}\n",
            [("2027-01-03", "Fjell tells what came of its plan of 2026-10-05 for Merino Tee", f"{REVIEW}:6:5")],
        ),
    ],
)
def test_what_a_brand_has_planned_stays_open_until_it_tells_what_came_of_it(site, later, expected):
    plan = "responses:\n  - {by: fjell, date: 2026-10-05, text: We look into it., outcome: planned}\n"
    write(site, {REVIEW: review(plan + later, rating="2"), "content/brands/weft.yaml": "name: Weft\n"})
    assert due(site, Kind.RESPONSE, within=60) == expected


def test_a_brand_may_promise_to_be_faster(site):
    brand = site / "content/brands/fjell.yaml"
    brand.write_text(f"{brand.read_text()}response_days: 2\n")
    write(site, {REVIEW: review(rating="2")})
    assert due(site, Kind.RESPONSE) == [("2026-10-03", "Fjell answers the review of Merino Tee", f"{REVIEW}:1:1")]


# What runs out or appears


def test_a_code_that_runs_out(site):
    path = site / PROFILE
    path.write_text(path.read_text().replace("percent_off: 15", "percent_off: 15\n    until: 2026-12-01"))
    assert due(site, Kind.PROMO) == [("2026-12-01", "promo MAYA15 runs out", f"{PROFILE}:10:5")]


def test_a_price_on_its_last_day(site):
    offer = "{merchant: nordshop, link: https://nordshop.example/hat, price: 10.00 GBP, as_of: 2026-11-01}"
    write(site, {PRODUCT: f"{HAT}offers:\n  - {offer}\n"})
    place = next(place for _, what, place in due(site, Kind.PRICE) if "Wool hat" in what)
    assert place.startswith(f"{PRODUCT}:5:")
    assert "2026-11-14" in days(due(site, Kind.PRICE))


def test_windows_that_open_and_close(site):
    product = f"{HAT}from: 2026-11-25\nembargo_until: 2026-11-27T09:00\nuntil: 2026-12-24\n"
    pick = "{product: merino-tee, until: 2026-11-30}"
    past = pick.replace("11-30", "11-01")
    write(site, {PRODUCT: product, LIST: f"title: K\nitems:\n  - {pick}\n  - {past}\n"})
    assert due(site, Kind.OPENS) == [("2026-11-27", "product hat appears", f"{PRODUCT}:5:1")]
    assert due(site, Kind.CLOSES) == [
        ("2026-11-30", "Merino Tee on list kit goes", f"{LIST}:3:27"),
        ("2026-12-24", "product hat goes", f"{PRODUCT}:6:1"),
    ]


def test_days_are_the_sites(site):
    path = site / "content/site.yaml"
    path.write_text(path.read_text().replace("Europe/London", "Pacific/Auckland"))
    write(site, {PRODUCT: f"{HAT}until: 2026-11-30\n"})
    assert days(due(site, Kind.CLOSES)) == ["2026-11-30"]


def test_how_far_to_look_ahead(site):
    write(site, {REVIEW: review(day="2026-11-20")})
    assert days(due(site, Kind.UPDATE, within=5)) == ["2026-11-27"]
    assert due(site, Kind.UPDATE, within=4) == []


def test_content_with_problems_is_mended_first(site):
    write(site, {PRODUCT: "title: Hat\nbrand: nobody\ncategory: C\n"})
    with pytest.raises(ProblemsFound, match="1 problem"):
        collect(site, NOW, 30)


# The command


@pytest.fixture
def run(site, monkeypatch):
    monkeypatch.chdir(site)
    write(site, {REVIEW: review(rating="2")})
    return lambda *words: CliRunner().invoke(group, ["due", "--now", "2026-11-22T12:00:00Z", *words])


def test_the_table(run):
    result = run()
    assert result.exit_code == 0
    assert (
        f"2026-10-08 response Fjell answers the review of Merino Tee (maya, fjell) overdue\n    {REVIEW}:1:1\n"
        in result.output
    )
    assert result.output.endswith(" overdue.\n")


def test_what_is_nearest_to_today_is_told_and_the_rest_counted(run, site):
    posts = "".join(f"  - {{id: p{n}, title: P{n}, date: 2026-11-01, from: 2026-12-{n:02}}}\n" for n in range(1, 13))
    write(site, {"content/influencers/noor.yaml": f"name: Noor\nposts:\n{posts}"})
    lines = run("--creator", "noor").output.splitlines()
    assert [line for line in lines[:-1] if line[0] not in " 2"] == [
        "Later: 12",
        "… 2 later: opens 2. --all lists them.",
    ]
    assert [line[:10] for line in lines if line.startswith("2026")] == [f"2026-12-{n:02}" for n in range(1, 11)]
    assert run("--creator", "noor", "--now", "2026-11-25").output.startswith("Within 7 days: 2\n")
    whole = run("--creator", "noor", "--all").output
    assert "… " not in whole
    assert whole.count("appears (noor)") == 12


def test_of_what_is_overdue_the_newest_is_told(run, site):
    numbers = range(1, 13)
    reviews = "".join(
        f"  - {{product: hat-{n}, date: 2026-10-{n:02}, rating: 1, provenance: purchased}}\n" for n in numbers
    )
    write(site, {f"content/products/hat-{n}.yaml": HAT for n in numbers})
    write(site, {"content/influencers/noor.yaml": f"name: Noor\nreviews:\n{reviews}"})
    head, folded, *lines = run("--creator", "noor", "--within", "0").output.splitlines()
    shown = [line[:10] for line in lines if line.startswith("2026")]
    assert (head, folded, len(shown)) == ("Overdue: 24", "… 14 older: response 7, update 7. --all lists them.", 10)
    assert (shown, shown[-1]) == (sorted(shown), "2026-10-19")


def test_json(run):
    told = json.loads(run("--format", "json").output)
    assert told["today"] == "2026-11-22"
    assert {
        "day": "2026-10-08", "overdue": True, "kind": "response", "what": "Fjell answers the review of Merino Tee",
        "creator": "maya", "brand": "fjell", "campaign": "", "file": REVIEW, "line": 1, "column": 1,
    } in told["tasks"]  # fmt: skip


def test_a_spreadsheet(run):
    rows = list(csv.DictReader(StringIO(run("--format", "csv").output)))
    assert [row["overdue"] for row in rows if row["kind"] == "response"] == ["yes"]


def test_only_one_creators_and_one_brands(run, site):
    noors = "{product: merino-tee, date: 2026-10-02, rating: 1, provenance: purchased}"
    write(site, {"content/influencers/noor.yaml": f"name: Noor\nreviews:\n  - {noors}\n"})
    lines = run("--creator", "noor").output
    assert "(noor, fjell)" in lines
    assert "maya" not in lines
    assert "(noor, fjell)" in run("--brand", "fjell").output


def test_only_some_kinds(run, site):
    write(site, {PRODUCT: f"{HAT}from: 2026-11-30\n"})
    told = json.loads(run("--kind", "opens", "--kind", "response", "--format", "json").output)
    assert [task["kind"] for task in told["tasks"]] == ["response", "opens"]


def test_what_must_not_be_sold_has_no_price_to_look_up(site):
    recall = "recalls:\n  - {id: x, products: [merino-tee], date: 2026-11-01, notice: Stop., stop_sale: true}\n"
    assert due(site, Kind.PRICE)
    write(site, {"content/recalls.yaml": recall})
    assert due(site, Kind.PRICE) == []


def test_each_audience_has_its_moment_and_a_release_its_embargo(site):
    stages = '"squad:north", at: 2026-11-25', '"brand:fjell", at: 2026-11-27', "public, at: 2026-12-01"
    releases = "".join(f"  - {{audience: {each}}}\n" for each in stages)
    product = f"{HAT}embargo_until: 2026-11-26\nreleases:\n{releases}"
    squad = "name: North\nsteward: Ida\nmembers: [maya]\n"
    write(site, {PRODUCT: product, "content/squads/north.yaml": squad})
    assert due(site, Kind.OPENS) == [
        ("2026-11-26", "product hat appears for squad:north", f"{PRODUCT}:4:1"),
        ("2026-11-27", "product hat appears for brand:fjell", f"{PRODUCT}:5:1"),
        ("2026-12-01", "product hat appears", f"{PRODUCT}:5:1"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--creator", "mayo"), "there is no mayo here. Did you mean maya?"),
        (("--brand", "fjel"), "there is no fjel here. Did you mean fjell?"),
        (("--kind", "open"), "there is no kind open. One of: update, review, response,"),
        (("--within", "soon"), "soon is no number of days"),
        (("--within", "99999d"), "99999d is no number of days"),
        (("--within", "-1"), "-1 is no number of days"),
    ],
)
def test_a_wrong_word_is_wrong_usage(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_it_fails_only_when_asked(run, site):
    assert run().exit_code == 0
    assert run("--fail-overdue").exit_code == 1
    answered = "responses:\n  - {by: fjell, date: 2026-11-21, text: Good.}\n"
    write(site, {REVIEW: review(answered, day="2026-11-20", rating="2")})
    assert run("--fail-overdue", "--creator", "maya").exit_code == 0


# Calendars


def tasks(*texts):
    found = tuple(
        Task(day=date(2026, 12, 1), kind=Kind.PROMO, what=text, creator="maya", brand="", place=Place("a.yaml", 3, 1))
        for text in texts
    )
    return Due(date(2026, 11, 22), "https://shelves.example", found, ("maya",), ())


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_a_whole_day_for_each_task():
    lines = unfolded(ics(tasks("code A; runs, out"), NOW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20261201" in lines
    assert "DTEND;VALUE=DATE:20261202" in lines
    assert "DTSTAMP:20261122T120000Z" in lines
    assert "SUMMARY:code A\\; runs\\, out (maya)" in lines
    assert "DESCRIPTION:a.yaml:3:1" in lines


def test_a_task_keeps_its_uid():
    uids = [line for line in unfolded(ics(tasks("a", "b"), NOW)) if line.startswith("UID:")]
    later = [line for line in unfolded(ics(tasks("b"), NOW.replace(day=30))) if line.startswith("UID:")]
    assert len(set(uids)) == 2
    assert later == uids[1:]
    assert all(uid.endswith("@shelves.example") for uid in uids)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_no_line_is_too_long_and_no_letter_is_cut(text):
    written = ics(tasks(text), NOW)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escaped} (maya)" in unfolded(written)


def test_a_spreadsheet_reckons_nothing():
    assert "'=1+1" in table(tasks("=1+1"))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_days_at_the_end_of_the_calendar_are_days(site, zone):
    last, waits = "9998-12-31", "{max_age_days: 3650}"
    edit(site / "content/site.yaml", "Europe/London", zone)
    more = f"promos: {waits}\nprices: {waits}\nasks: {{email: a@shelves.example, after_days: {{clothing: 3650}}}}\n"
    edit(site / "content/site.yaml", "title:", f"{more}title:")
    edit(site / "content/brands/fjell.yaml", "name:", "response_days: 3650\nname:")
    edit(site / PROFILE, "percent_off: 15", f"percent_off: 15\n    verified_on: {last}")
    edit(site / REVIEW, "date: 2026-10-01", f"date: {last}")
    edit(site / "content/products/merino-tee.yaml", "as_of: 2026-11-20", f"as_of: {last}")
    log = f"samples: [{{product: hat, expectation: review, received: {last}}}]\n"
    write(site, {PRODUCT: HAT, "content/samples/maya.yaml": log})
    for now in ("2026-11-22", "9998-12-31T23:59"):
        for command in (["check", "--now", now], ["due", "--now", now, "--within", "3650"]):
            done = CliRunner().invoke(group, [*command, "--root", str(site)])
            assert done.exit_code == 0, done.output
