"""Campaigns: what they add to what is disclosed, what they hold back, and what they keep from being said."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from building import build, bytes_of, edit, html_of, write
from checking import NOW, problems_of, written
from storefront import engine
from storefront.cli import group
from storefront.leaks import leaks
from storefront.live import LiveSite

FROST = "content/campaigns/frost.yaml"
POST = "content/influencers/maya/posts/first-frost.yaml"
PRODUCT = "content/products/merino-tee.yaml"
REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
KIT = "content/influencers/maya/lists/kit.yaml"
CAMPAIGN = (
    "title: Frosty Fjord Weeks\nbrand: fjell\nwindow: {from: 2026-11-01, until: 2027-02-28}\ndisclosure: gifted\n"
)
FEES = (
    "budget: 7654.32 GBP\nparticipants: [{creator: maya, fee: 431.17 GBP, gift: 69.13 GBP}]\n"
    "rights: {proof: Folder nine of the tall cabinet}\n"
)


def campaign(site, more: str = ""):
    return write(site, {FROST: CAMPAIGN + more})


def take_part(site, *files: str):
    for file in files:
        key = "    campaign: frost\n" if file == KIT else "campaign: frost\n"
        (site / file).write_text((site / file).read_text().rstrip("\n") + "\n" + key)
    return site


def disclosed(site, page: str) -> set[str]:
    """The ties that are disclosed on a page."""
    build(site)
    told = json.loads((site / "site/disclosures.json").read_text())["pages"]
    found = next(each for each in told if each["page"] == page)
    return {tie for label in found["labels"] for tie in label["relationships"]}


# What is disclosed


@pytest.mark.parametrize(
    ("file", "page"), [(POST, "/maya/posts/first-frost/"), (KIT, "/maya/lists/kit/"), (REVIEW, "/maya/lists/kit/")]
)
def test_taking_part_is_disclosed_beside_what_was_known(site, file, page):
    before = disclosed(site, page)
    take_part(campaign(site), file)
    assert disclosed(site, page) == before | {"gifted"}


def test_a_fee_makes_a_post_paid_whatever_it_says_itself(site):
    take_part(campaign(site, FEES), POST)
    (site / POST).write_text((site / POST).read_text() + "relationship: purchased\n")
    assert {"paid", "gifted", "purchased"} <= disclosed(site, "/maya/posts/first-frost/")


@pytest.fixture
def told_of(site):
    """A post for a campaign in which nothing is to be bought."""
    take_part(campaign(site), POST)
    edit(site / POST, "products:\n  - product: merino-tee\n    at: [0.5, 0.4]\n", "")
    return site


def test_a_post_without_things_bears_the_label_of_its_campaign_wherever_it_goes(told_of):
    build(told_of)
    feed = json.loads((told_of / "site/maya/feed.json").read_text())["items"]
    [title] = [each["title"] for each in feed if "/posts/" in each["id"]]
    assert title.startswith("[Ad · gifted by Fjell]")
    document = json.loads((told_of / "site/maya/index.json").read_text())
    assert [each["disclosure"] for each in document["posts"]] == [["Ad · gifted by Fjell"]]
    assert "Ad · gifted by Fjell" in html_of(told_of / "site")["maya/posts/first-frost/"]


def test_a_theme_that_drops_it_is_refused(told_of):
    name = "themes/editorial/templates/post.html"
    text = (engine.themes().parent / name).read_text()
    piece = "{{ badges(view.badges) }}"
    assert piece in text
    write(told_of, {name: text.replace(piece, "")})
    [problem] = problems_of(told_of)
    assert "on /maya/posts/first-frost/, “First frost on the canal.” bears no label" in problem.message


def test_a_review_of_a_campaign_says_so_in_its_body(site):
    take_part(campaign(site, FEES), REVIEW)
    build(site)
    page = (site / "site/products/merino-tee/index.html").read_text()
    review = page[page.index('id="review-maya-merino-tee"') :]
    assert "Fjell paid Maya Lind" in review[: review.index("Warm when wet")]


@pytest.mark.parametrize("state", ["draft: true\n", "until: 2026-11-02\n", ""])
def test_the_tie_stays_when_a_campaign_is_over_or_its_file_a_draft(site, state):
    take_part(campaign(site, state), POST)
    edit(site / FROST, "until: 2027-02-28", "until: 2026-11-10")
    assert "gifted" in disclosed(site, "/maya/posts/first-frost/")


def test_no_tie_cannot_be_claimed_beside_a_payment(site):
    take_part(campaign(site), POST)
    (site / POST).write_text((site / POST).read_text().replace("First frost", "Not sponsored, first frost"))
    assert "wording" in written(problems_of(site))


# What is held back


def test_nothing_of_an_embargoed_campaign_is_in_any_byte(site):
    take_part(campaign(site, "nda: true\nembargo_until: 2026-12-01T07:00:00Z\n"), POST, KIT)
    edit(site / KIT, "Five winters, no smell", "Woven under moonlight on the quiet island")
    report = build(site)
    said = b"".join(bytes_of(site / "site").values())
    for words in (
        b"First frost on the canal",
        b"first-frost",
        b"Woven under moonlight",
        b"Frosty Fjord Weeks",
        b"frost",
    ):
        assert words not in said
    assert leaks(site, site / "site", NOW).problems == []
    assert report.next_change.isoformat() == "2026-12-01T07:00:00+00:00"
    assert report.held == 1
    build(site, now=report.next_change)
    assert "maya/posts/first-frost/" in html_of(site / "site")


def test_a_leak_of_an_embargoed_campaign_is_found(site):
    take_part(campaign(site, "embargo_until: 2026-12-01\n"), POST)
    build(site)
    (site / "site/notes.txt").write_text("Coming soon: Frosty Fjord Weeks")
    assert [problem.code for problem in leaks(site, site / "site", NOW).problems] == ["leak"]


def test_money_and_agreements_are_on_no_page(site):
    take_part(campaign(site, FEES + "public: true\n"), POST, KIT, REVIEW)
    build(site)
    said = b"".join(bytes_of(site / "site").values())
    assert not [words for words in (b"7654", b"7,654", b"431.17", b"69.13", b"tall cabinet") if words in said]


def test_a_proof_that_gets_out_is_a_leak(site):
    take_part(campaign(site, FEES + "public: true\n"), POST)
    build(site)
    (site / "site/notes.txt").write_text("It lies in folder nine of the tall cabinet.")
    assert [problem.code for problem in leaks(site, site / "site", NOW).problems] == ["leak"]


# What is avoided


AVOID = "avoid: [{pattern: 'waterproof|heal*', why: It is not true.}]\n"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (POST, "First frost on the canal.", "A waterproof tee on the canal."),
        (POST, "at: [0.5, 0.4]", "note: Heals everything"),
        (KIT, "Five winters, no smell.", "Waterproof, I think."),
        (REVIEW, "Warm when wet", "Waterproof"),
        (REVIEW, "provenance:", "pros: [WATERPROOF]\nprovenance:"),
    ],
)
def test_words_that_a_campaign_avoids_are_refused_in_its_texts_only(site, file, old, new):
    campaign(site, AVOID)
    edit(site / file, old, new)
    assert problems_of(site) == []
    take_part(site, file)
    assert [problem.code for problem in problems_of(site)] == ["avoided-words"]


@pytest.mark.parametrize(
    "words", ["It is not waterproof.", "Never was it waterproof!", "Healthy? No, and not waterproof"]
)
def test_what_is_denied_is_no_claim(site, words):
    take_part(campaign(site, AVOID), REVIEW)
    edit(site / REVIEW, "Warm when wet, and it does not itch.", words)
    edit(site / FROST, "heal*", "healing")
    assert problems_of(site) == []


def test_what_speaks_against_a_thing_is_not_read(site):
    take_part(campaign(site, AVOID), REVIEW)
    edit(site / REVIEW, "provenance:", "cons: [Waterproof it is said]\nprovenance:")
    assert problems_of(site) == []


@pytest.mark.parametrize(
    "pattern",
    ["bad", "itch*", "too small", "broke*|cures", "enttäusch*", "ne recommande pas", "isn't warm", "re*"],
)
def test_criticism_cannot_be_forbidden(site, pattern):
    campaign(site, f'avoid: [{{pattern: "{pattern}", why: We like praise.}}]\n')
    assert [problem.code for problem in problems_of(site)] == ["forbidden-criticism"]


@pytest.mark.parametrize(
    "pattern", ["cures|heals", "waterproof", "miracle*", "side effects", "clinically proven", "100 %"]
)
def test_claims_can_be_forbidden(site, pattern):
    assert problems_of(campaign(site, f'avoid: [{{pattern: "{pattern}", why: Not shown.}}]\n')) == []


def test_a_warning_is_told_and_stops_nothing(site):
    take_part(campaign(site, AVOID.replace("}]", ", severity: warning}]")), POST)
    edit(site / POST, "First frost", "Waterproof frost")
    run = CliRunner()
    words = ["build", "--root", str(site), "--now", NOW.isoformat()]
    for _ in range(2):  # the second has nothing to do, and tells it as well
        result = run.invoke(group, words)
        assert result.exit_code == 0
        assert "first-frost.yaml:2:1: warning: avoided-words" in result.output
    told = run.invoke(group, [*words, "--format", "json"]).output
    assert json.loads(told)["summary"]["warnings"][0]["line"] == 2
    assert "::warning file=" in run.invoke(group, [*words, "--format", "github"]).output


# Small edits


@pytest.mark.parametrize(
    "change",
    [
        lambda site: edit(site / FROST, "gifted", "paid"),
        lambda site: edit(site / POST, "campaign: frost\n", ""),
        lambda site: edit(site / POST, "First frost", "Second frost"),
        lambda site: edit(site / KIT, "Five", "Six"),
        lambda site: edit(site / FROST, "disclosure", "embargo_until: 2026-12-24\ndisclosure"),
    ],
)
def test_an_edit_gives_what_a_build_from_nothing_gives(site, tmp_path, change):
    take_part(campaign(site), POST, KIT)
    build(site)
    change(site)
    build(site, now=NOW + timedelta(minutes=1))
    build(site, tmp_path / "clean", now=NOW + timedelta(minutes=1))
    assert bytes_of(site / "site") == bytes_of(tmp_path / "clean")


def test_a_held_site_follows_an_edit_of_a_post_of_a_campaign(site):
    take_part(campaign(site), POST)
    live = LiveSite(site, NOW)
    edit(site / POST, "First frost", "A cold morning")
    live.refresh()
    assert live.problems == ()
    assert b"A cold morning" in live.get("/maya/posts/first-frost/").data


# Reviews against a commit


def test_a_review_under_a_campaigns_embargo_was_not_shown(site):
    take_part(campaign(site, "embargo_until: 2026-12-01\n"), REVIEW)
    build(site)
    assert "review-maya-merino-tee" not in html_of(site / "site")["products/merino-tee/"]


# Highlights


WARM = "messages: {Warmth: {default: 20, winter: 70, summer: 10}, Looks: {default: 80, winter: 30, summer: 90}}\n"


def highlights(site, now):
    write(site, {"content/products/merino-tee.yaml": (site / PRODUCT).read_text().replace(
        "gtin:", "highlights: {Repair: Free for ever, Looks: Four colours, Warmth: Warm when wet}\ngtin:"
    )}) if "highlights" not in (site / PRODUCT).read_text() else None  # fmt: skip
    report = build(site, now=now)
    page = html_of(site / "site")["products/merino-tee/"]
    return sorted(("Repair", "Looks", "Warmth"), key=lambda word: page.index(f"<dt>{word}")), report.next_change


AUTUMN, WINTER, OVER = (datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC),
                        datetime(2027, 3, 2, tzinfo=UTC))  # fmt: skip


def test_the_season_orders_the_highlights_of_a_product(site):
    assert highlights(site, AUTUMN)[0] == ["Repair", "Looks", "Warmth"]
    campaign(site, WARM)
    assert highlights(site, AUTUMN) == (["Looks", "Warmth", "Repair"], datetime(2026, 12, 1, tzinfo=UTC))
    assert highlights(site, WINTER)[0] == ["Warmth", "Looks", "Repair"]
    assert highlights(site, OVER)[0] == ["Repair", "Looks", "Warmth"]


def test_it_is_the_season_where_the_creator_lives(site):
    campaign(site, WARM)
    edit(site / "content/influencers/maya/profile.yaml", "country: GB", "country: NZ")
    assert highlights(site, WINTER)[0] == ["Looks", "Warmth", "Repair"]


def test_a_campaign_under_embargo_orders_nothing(site):
    campaign(site, WARM + "embargo_until: 2027-01-01\n")
    assert highlights(site, WINTER)[0] == ["Repair", "Looks", "Warmth"]


# Posts in which nothing is to be bought


def test_a_post_of_a_campaign_without_a_product_is_labelled(site):
    campaign(site, FEES)
    write(site, {POST: "date: 2026-11-15\ncaption: First frost on the canal.\ncampaign: frost\n"})
    build(site)
    pages = html_of(site / "site")
    for page in ("maya/posts/first-frost/", "maya/posts/", ""):
        assert "Ad · paid" in pages[page], page


# Rights


LAST = "rights: {until: 2026-11-30, credit: Ida Berg, proof: Folder nine of the tall cabinet}\n"
AFTER = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


def test_pictures_are_left_out_when_their_rights_have_ended(site):
    (site / POST).write_text((site / POST).read_text() + LAST)
    report = build(site)
    assert "canal" in " ".join(bytes_of(site / "site"))
    assert "Pictures: Ida Berg" in html_of(site / "site")["maya/posts/first-frost/"]
    assert report.next_change == AFTER
    assert report.warnings == ()
    report = build(site, now=AFTER)
    page = html_of(site / "site")["maya/posts/first-frost/"]
    assert "First frost on the canal" in page
    assert "runner in a grey" not in page
    assert "Ida Berg" not in page
    assert "canal" not in " ".join(bytes_of(site / "site"))
    assert [(each.code, str(each.place)) for each in report.warnings] == [("expired-rights", f"{POST}:3:1")]
    assert leaks(site, site / "site", AFTER).problems == []


def test_what_a_campaign_says_of_rights_holds_for_posts_that_say_nothing(site):
    take_part(campaign(site, "rights: {until: 2026-11-01}\n"), POST)
    assert [each.code for each in build(site).warnings] == ["expired-rights"]
    (site / POST).write_text((site / POST).read_text() + "rights: {until: 2027-11-01}\n")
    assert build(site).warnings == ()


def test_pictures_for_other_channels_are_none_for_the_site(site):
    (site / POST).write_text((site / POST).read_text() + "rights: {channels: [ads, print]}\n")
    assert "are not for pages of a site" in build(site).warnings[0].message


def test_a_picture_that_stays_behind_is_a_leak(site):
    build(site)
    (site / POST).write_text((site / POST).read_text() + LAST)
    assert {problem.code for problem in leaks(site, site / "site", AFTER).problems} == {"leak"}


# Pages


PUBLIC = """\
public: true
brief: Show it **where you use it**.
goal: {metric: posts, target: 1200}
messages: {Warmth: {text: Warm within minutes, default: 20, winter: 70}, Looks: {default: 80, winter: 30}}
avoid: [{pattern: cures|heal*, why: It is no medicine.}]
schedule: [{at: 2026-11-15T07:00, what: "First posts, outdoors", who: [maya]}, {at: 2026-12-01, what: Codes work}]
deliverables: [{what: Posts, kind: post, count: 2, by: 2026-12-20}]
participants: [{creator: maya, fee: 431.17 GBP}, {creator: ida}]
budget: 7654.32 GBP
"""


@pytest.fixture
def public(site):
    write(site, {"content/influencers/ida.yaml": "name: Ida Berg\nsharing: {recognition: public}\n"})
    edit(site / "content/influencers/maya/profile.yaml", "recognition: public", "recognition: brand")
    campaign(site, PUBLIC)
    build(site)
    return site


def test_a_public_campaign_has_a_brief_a_calendar_and_a_file(public):
    pages = html_of(public / "site")
    brief, calendar = pages["campaigns/frost/"], pages["campaigns/frost/calendar/"]
    for words in ("Frosty Fjord Weeks", "where you use it", "1,200", "Warm within minutes", "20%", "cures, heal…",
                  "It is no medicine.", "2 × Posts", "First posts, outdoors", "Ad · gift"):  # fmt: skip
        assert words in brief, words
    assert '<time datetime="2026-11-15T07:00">15 Nov 2026, 07:00</time>' in calendar
    assert [calendar.index(month) for month in ("November 2026", "December 2026", "February 2027")] == sorted(
        calendar.index(month) for month in ("November 2026", "December 2026", "February 2027")
    )
    assert "/campaigns/frost/" in pages["campaigns/"]
    assert "/campaigns/" in pages[""]


def test_only_who_wants_to_be_is_named_and_no_money(public):
    said = b"".join(data for name, data in bytes_of(public / "site").items() if name.startswith("campaigns/"))
    assert b"Ida Berg" in said
    assert b"Maya" not in said
    assert not [words for words in (b"7654", b"7,654", b"431") if words in said]


def test_the_calendar_file_is_what_calendars_read(public):
    text = (public / "site/campaigns/frost/calendar.ics").read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    events = [each.split("\r\n") for each in text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]]
    assert len(events) == 5  # it begins, two dates, one thing that is owed, it ends
    assert "DTSTART:20261115T070000Z" in unfolded
    assert "DTSTART;VALUE=DATE:20261201" in unfolded
    assert "DTEND;VALUE=DATE:20261202" in unfolded
    assert "SUMMARY:Frosty Fjord Weeks: First posts\\, outdoors" in unfolded
    uids = [line for line in unfolded if line.startswith("UID:")]
    assert len(set(uids)) == len(events)
    build(public, now=NOW + timedelta(days=1))
    assert (public / "site/campaigns/frost/calendar.ics").read_bytes().decode() == text


def test_every_date_has_a_name_of_its_own(public):
    told = "Everybody shows what they wear in the first frost, "
    dates = [f"{{at: 2026-12-0{at}, what: '{what}'}}" for at, what in enumerate(
        [f"{told}morning", f"{told}evening", "Go", "Go!", "Go", "山", "川"], 1
    )]  # fmt: skip
    campaign(public, f"public: true\nschedule: [{', '.join(dates)}]\n")
    other = f"{CAMPAIGN}public: true\nschedule: [{{at: 2026-12-05, what: Go}}]\n"
    write(public, {"content/campaigns/frost-date.yaml": other})
    build(public)
    texts = [path.read_text() for path in sorted((public / "site/campaigns").glob("*/calendar.ics"))]
    uids = [line for text in texts for line in text.splitlines() if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == 7 + 2 + 1 + 2


def test_a_date_for_people_who_are_not_named_is_none_for_everybody(public):
    left = "name: Eli Dahl\nstatus: left\nsharing: {recognition: public}\n"
    write(public, {"content/influencers/eli.yaml": left})
    edit(public / "content/campaigns/frost.yaml", "what: Codes work}", "what: Codes work, who: [maya, ida]}, "
         "{at: 2026-12-02, what: A film, who: [eli]}")  # fmt: skip
    edit(public / "content/campaigns/frost.yaml", "{creator: ida}", "{creator: ida}, {creator: eli}")
    build(public)
    page = html_of(public / "site")["campaigns/frost/calendar/"]
    text = (public / "site/campaigns/frost/calendar.ics").read_text().replace("\n ", "")
    assert page.count("1 person who is not named here") == text.count("1 person who is not named here") == 2
    assert "DESCRIPTION:Ida Berg\\, 1 person who is not named here" in text
    assert "A film" not in page + text


@pytest.mark.parametrize("line", ["draft: true\n", "embargo_until: 2026-12-24\n", "from: 2026-12-24\n"])
def test_a_campaign_that_is_not_shown_has_no_page(public, line):
    campaign(public, PUBLIC + line)
    build(public)
    assert not (public / "site/campaigns").exists()
    assert "/campaigns/" not in html_of(public / "site")[""]
    assert leaks(public, public / "site", NOW).problems == []


def test_a_campaign_that_is_not_public_has_no_page(public):
    campaign(public, PUBLIC.replace("public: true\n", ""))
    build(public)
    assert not (public / "site/campaigns").exists()
    (public / "site/notes.txt").write_text("Frosty Fjord Weeks")
    assert [problem.code for problem in leaks(public, public / "site", NOW).problems] == ["leak"]


def test_pages_of_campaigns_follow_the_season_and_an_edit(public, tmp_path):
    edit(public / FROST, "Codes work", "Codes work in shops")
    later = datetime(2026, 12, 2, tzinfo=UTC)
    build(public, now=later)
    build(public, tmp_path / "clean", now=later)
    assert bytes_of(public / "site") == bytes_of(tmp_path / "clean")
    assert "70%" in html_of(public / "site")["campaigns/frost/"]
