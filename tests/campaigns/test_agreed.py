"""What campaigns have agreed with creators: words that posts must have, exclusivity, and the markets they run in."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import build, bytes_of, edit, write
from checking import NOW, problems_of
from storefront.leaks import leaks
from storefront.live import LiveSite

FROST = "content/campaigns/frost.yaml"
MAYA = "content/influencers/maya"
PROFILE = f"{MAYA}/profile.yaml"
POST = f"{MAYA}/posts/snow.yaml"
TEES = f"{MAYA}/lists/tees.yaml"
REVIEW = f"{MAYA}/reviews/sund-tee.yaml"
CAMPAIGN = """\
title: Frosty Fjord Weeks
brand: fjell
window: {from: 2026-11-01, until: 2027-02-28}
disclosure: gifted
participants: [{creator: maya}]
"""
RIVAL = {
    "content/brands/sund.yaml": "name: Sund Outdoor\ncompetes_with: [fjell]\n",
    "content/products/sund-tee.yaml": "title: Sund Tee\nbrand: sund\ncategory: Clothing > Base layers\n",
    "content/influencers/ida.yaml": "name: Ida Berg\n",
}


def campaign(site, more: str, **files: str):
    return write(site, {FROST: CAMPAIGN + more, **files})


def codes(site) -> list[str]:
    return [problem.code for problem in problems_of(site)]


def told(site, now: datetime = NOW) -> list[str]:
    """What a build warns of and stops nothing, by place and code."""
    found = build(site, now=now).warnings
    return [f"{each.place}: {each.code}" for each in found if each.code != "day-ahead"]


# Words that posts must have


def posted(site, caption: str, required: str, more: str = ""):
    post = f"date: 2026-11-10\ncaption: {json.dumps(caption)}\ncampaign: frost\n{more}"
    return campaign(site, f"require: [{{pattern: {required!r}}}]\n", **{POST: post})


@pytest.mark.parametrize(
    ("required", "caption"),
    [
        ("#FrostWeeks", "Snow. #frostweeks"),
        ("#FrostWeeks", "Snow (#FROSTWEEKS)!"),
        ("#Kälte", unicodedata.normalize("NFD", "Schnee. #kälte")),
        ("@fjell.outdoor", "With @Fjell.Outdoor."),
        ("#FrostWeeks|#Frost", "Snow. #frost"),
        ("out in the cold", "Out\nin the **cold**, again"),
        ("cree en el frio", "Cree en el FRÍO"),
        ("thaw*", "Everything is thawing"),
    ],
)
def test_a_caption_has_what_is_required_however_it_is_written(site, required, caption):
    assert problems_of(posted(site, caption, required)) == []


@pytest.mark.parametrize(
    ("required", "caption"),
    [
        ("#FrostWeeks", "Snow. #FrostWeeks2026"),
        ("#FrostWeeks", "Snow. FrostWeeks"),
        ("#Kälte", "Schnee. #Kalte"),
        ("@fjell", "With @fjell.fans"),
        ("@fjell", "Write to me@fjell"),
        ("out in the cold", "Out in the very cold"),
        ("schöner Schnee", "Schon Schnee"),
        ("été", "etes"),
    ],
)
def test_other_words_are_not_what_is_required(site, required, caption):
    [problem] = problems_of(posted(site, caption, required))
    assert (problem.code, problem.place.file, problem.place.line) == ("required-words", POST, 2)
    assert [str(each) for each in problem.related] == [f"{FROST}:6:11"]


def test_a_title_counts_and_a_draft_is_not_read(site):
    assert problems_of(posted(site, "Snow", "#Frost", 'title: "The #frost is here"\n')) == []
    assert problems_of(posted(site, "Snow", "#Frost", "draft: true\n")) == []
    posted(site, "Snow", "#Frost")
    assert codes(site) == ["required-words"]
    (site / FROST).write_text((site / FROST).read_text() + "draft: true\n")
    assert problems_of(site) == []


def test_nothing_is_required_of_reviews_and_of_what_names_no_campaign(site):
    posted(site, "Snow. #Frost", "#Frost", "products: [{product: merino-tee}]\n")
    review = site / MAYA / "reviews/merino-tee.yaml"
    review.write_text(review.read_text() + "campaign: frost\n")
    assert problems_of(site) == []


def test_what_is_only_wished_for_stops_nothing(site):
    posted(site, "Snow", "#Frost")
    edit(site / FROST, "'#Frost'", "'#Frost', severity: warning")
    assert told(site) == [f"{POST}:2:1: required-words"]


def test_words_are_avoided_with_and_without_their_accents(site):
    post = "date: 2026-11-10\ncaption: Ça guérit tout.\ncampaign: frost\n"
    campaign(site, "avoid: [{pattern: guerit, why: It is no medicine.}]\n", **{POST: post})
    assert codes(site) == ["avoided-words"]
    edit(site / FROST, "guerit", "guéri")
    assert problems_of(site) == []


@pytest.mark.parametrize(("market", "said"), [("au", ["wording"]), ("gb", [])])
def test_a_required_hashtag_is_no_label_that_a_market_of_the_campaign_rejects(site, market, said):
    campaign(site, f'markets: [{market}]\nrequire: [{{pattern: "#Gifted"}}]\n')
    edit(site / "content/site.yaml", "markets: [gb]", "markets: [gb, au]")
    assert codes(site) == said
    edit(site / FROST, f"markets: [{market}]\n", "")
    edit(site / PROFILE, "name: Maya Lind", f"name: Maya Lind\nmarkets: [{market}]")
    assert codes(site) == said


# Exclusivity


def shown(day: str) -> dict[str, str]:
    """A pick, a post and a review of a competitor's thing, of a day."""
    thing = "product: sund-tee\n"
    return {
        TEES: f"title: Tees\nupdated: 2026-11-20\nitems:\n  - {thing}    relationship: purchased\n    from: {day}\n",
        POST: f"date: {day}\ncaption: Snow\nproducts:\n  - {thing}    relationship: purchased\n",
        REVIEW: f"{thing}date: {day}\nrating: 4\nprovenance: purchased\n",
    }


CLAUSES = [
    "exclusivity: [{}]\n",
    "exclusivity: [{brands: [sund]}]\n",
    "exclusivity: [{categories: [clothing]}]\n",
    "exclusivity: [{categories: [Clothing > Base layers], who: [maya]}]\n",
]


@pytest.mark.parametrize("clause", CLAUSES)
def test_nothing_new_of_a_competitor_is_shown_meanwhile(site, clause):
    campaign(site, clause, **RIVAL, **shown("2026-11-05"))
    found = problems_of(site)
    assert [problem.code for problem in found] == ["exclusivity"] * 3
    assert [str(problem.place) for problem in found] == [f"{TEES}:4:5", f"{POST}:4:5", f"{REVIEW}:1:1"]
    assert {str(each) for problem in found for each in problem.related} == {f"{FROST}:6:15"}


@pytest.mark.parametrize("day", ["2026-10-31", "2027-03-01"])
def test_what_was_there_before_and_what_comes_after_is_free(site, day):
    campaign(site, CLAUSES[0], **RIVAL, **shown(day))
    assert problems_of(site) == []


def test_a_clause_has_days_of_its_own(site):
    campaign(site, "exclusivity: [{from: 2026-12-01, until: 2027-06-30}]\n", **RIVAL, **shown("2026-11-05"))
    assert problems_of(site) == []
    write(site, shown("2027-06-30"))
    assert codes(site) == ["exclusivity"] * 3


def test_what_is_shown_first_meanwhile_is_new_whatever_its_day(site):
    campaign(site, CLAUSES[0], **RIVAL, **shown("2026-10-01"))
    for file in (POST, REVIEW):
        (site / file).write_text((site / file).read_text() + "from: 2026-11-18\n")
    edit(site / TEES, "title: Tees", "title: Tees\nembargo_until: 2026-11-18T07:00")
    assert codes(site) == ["exclusivity"] * 3


def test_it_binds_nobody_else(site):
    theirs = {file.replace("/maya/", "/ida/"): text for file, text in shown("2026-11-05").items()}
    profile = {"content/influencers/ida/profile.yaml": "name: Ida Berg\n"}
    rival = {file: text for file, text in RIVAL.items() if "ida" not in file}
    campaign(site, CLAUSES[0], **rival, **profile, **theirs)
    assert problems_of(site) == []
    edit(site / FROST, "[{creator: maya}]", "[{creator: maya}, {creator: ida}]")
    assert codes(site) == ["exclusivity"] * 3
    edit(site / FROST, "[{}]", "[{who: [maya]}]")
    assert problems_of(site) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda site: edit(site / FROST, "title:", "draft: true\ntitle:"),
        lambda site: edit(site / PROFILE, "name: Maya Lind", "name: Maya Lind\nstatus: left"),
        lambda site: [(site / each).write_text((site / each).read_text() + "draft: true\n") for each in shown("x")],
    ],
)
def test_what_nobody_sees_and_what_is_not_agreed_yet_breaks_nothing(site, change):
    campaign(site, CLAUSES[0], **RIVAL, **shown("2026-11-05"))
    change(site)
    assert problems_of(site) == []


def test_a_retired_pick_and_a_removed_review_show_nothing(site):
    campaign(site, CLAUSES[0], **RIVAL, **shown("2026-11-05"))
    (site / POST).unlink()
    edit(site / TEES, "    from:", "    status: retired\n    reason: It tore.\n    from:")
    removed = "status: removed\nremoved: {reason: duplicate, by: Desk, date: 2026-11-06}\n"
    (site / REVIEW).write_text((site / REVIEW).read_text() + removed)
    assert problems_of(site) == []


def test_a_thing_of_a_lists_own_counts_by_the_brand_that_it_names(site):
    item = "  - title: Sund Cap\n    link: https://nordshop.example/cap\n    brand: {}\n    relationship: purchased\n"
    text = f"title: Tees\nitems:\n{item}    from: 2026-11-05\n"
    campaign(site, CLAUSES[0], **RIVAL, **{TEES: text.format("sund outdoor")})
    assert codes(site) == ["exclusivity"]
    write(site, {TEES: text.format("Nobody")})
    assert problems_of(site) == []


def test_the_brands_own_things_are_free_in_an_exclusive_category(site):
    campaign(site, CLAUSES[2], **{POST: "date: 2026-11-10\ncaption: Snow\nproducts: [{product: merino-tee}]\n"})
    assert problems_of(site) == []


def test_a_pick_without_a_day_is_told_of_while_it_may_be_new(site):
    undated = {TEES: shown("")[TEES].replace("    from: \n", "")}
    campaign(site, CLAUSES[0], **RIVAL, **undated)
    place = f"{TEES}:4:5: exclusivity"
    assert told(site) == [place]
    for day in (datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2027, 3, 1, 12, tzinfo=UTC)):
        assert told(site, now=day) == []
    edit(site / TEES, "updated: 2026-11-20\n", "")
    assert told(site) == [f"{TEES}:3:5: exclusivity"]
    edit(site / TEES, "title: Tees\n", "title: Tees\nfrom: 2026-10-01\n")
    assert told(site) == [f"{TEES}:4:5: exclusivity"]
    edit(site / TEES, "from: 2026-10-01", "from: 2027-03-01")
    assert told(site) == []
    edit(site / TEES, "from: 2027-03-01", "updated: 2026-10-31")
    assert told(site) == []


def test_several_picks_without_a_day_are_told_once_for_their_list(site):
    item = "  - product: sund-tee\n    relationship: purchased\n"
    campaign(site, CLAUSES[0], **RIVAL, **{TEES: f"title: Tees\nitems:\n{item * 3}"})
    [warning] = [each for each in build(site).warnings if each.code == "exclusivity"]
    assert "this pick and 2 more on this list" in warning.message
    assert str(warning.place) == f"{TEES}:3:5"


def test_a_breach_that_the_brand_forgives_stops_nothing(site):
    campaign(site, "exclusivity: [{severity: warning}]\n", **RIVAL, **shown("2026-11-05"))
    assert told(site) == [f"{TEES}:4:5: exclusivity", f"{POST}:4:5: exclusivity", f"{REVIEW}:1:1: exclusivity"]


def test_taking_part_in_a_competitors_campaign_of_the_same_days_is_told(site):
    other = CAMPAIGN.replace("fjell", "sund").replace("2027-02-28", "2026-11-30")
    campaign(site, CLAUSES[1], **RIVAL, **{"content/campaigns/sund-days.yaml": other})
    assert told(site) == ["content/campaigns/sund-days.yaml:5:17: exclusivity"]
    edit(site / "content/campaigns/sund-days.yaml", "from: 2026-11-01, until: 2026-11-30", "from: 2027-03-01")
    assert told(site) == []


def test_a_small_edit_is_refused_as_a_build_from_nothing_refuses_it(site, tmp_path):
    campaign(site, CLAUSES[0], **RIVAL, **shown("2026-10-05"))
    build(site)
    live = LiveSite(site, NOW)
    edit(site / TEES, "from: 2026-10-05", "from: 2026-11-05\n    note: Dry in an hour.")
    live.refresh()
    assert [problem.code for problem in live.problems] == ["exclusivity"]
    edit(site / TEES, "from: 2026-11-05", "from: 2026-10-05")
    live.refresh()
    assert live.problems == ()
    later = NOW + timedelta(minutes=1)
    build(site, now=later)
    build(site, tmp_path / "clean", now=later)
    assert bytes_of(site / "site") == bytes_of(tmp_path / "clean")


def test_of_files_with_other_mistakes_nothing_is_guessed(site):
    campaign(site, "exclusivity: [{categories: [Tents]}]\n", **RIVAL)
    assert codes(site) == ["unknown-reference"]
    write(site, {"content/products/tent.yaml": "title: Tent\nbrand: fjell\ncategory: Tents\nprice: 1\n"})
    assert codes(site) == ["unknown-key"]
    (site / "content/products/tent.yaml").unlink()
    campaign(site, CLAUSES[0], **{**RIVAL, "content/brands/sund.yaml": "name: Sund\ncompetes_wiht: [fjell]\n"})
    assert "missing-key" not in codes(site)


# Markets


def test_a_participant_writes_for_one_of_the_markets(site):
    campaign(site, "markets: [de]\n")
    assert codes(site) == ["outside-markets"]
    edit(site / PROFILE, "name: Maya Lind", "name: Maya Lind\nmarkets: [us, de]")
    assert problems_of(site) == []


def test_a_market_covers_the_countries_of_its_pack(site):
    campaign(site, "markets: [eu]\n")
    edit(site / PROFILE, "name: Maya Lind", "name: Maya Lind\nmarkets: [fr]")
    assert problems_of(site) == []


def test_where_anybody_may_take_part_whoever_names_it_writes_for_one_of_the_markets(site):
    campaign(site, "markets: [de]\n", **{POST: "date: 2026-11-10\ncaption: Snow\ncampaign: frost\n"})
    edit(site / FROST, "participants: [{creator: maya}]\n", "")
    [problem] = problems_of(site)
    assert (problem.code, str(problem.place)) == ("outside-markets", f"{POST}:3:1")
    edit(site / POST, "campaign: frost\n", "")
    assert problems_of(site) == []


@pytest.mark.parametrize(("regions", "said"), [("[US, FR]", ["outside-markets"]), ("[GB-SCT, US]", [])])
def test_a_code_works_in_one_of_the_markets(site, regions, said):
    campaign(site, "markets: [gb]\n")
    edit(site / PROFILE, "percent_off: 15", f"percent_off: 15\n    campaign: frost\n    regions: {regions}")
    assert codes(site) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    regions: [US]\n", ["content/products/merino-tee.yaml:7:1: outside-markets"]),
        ("    regions: [US, GB]\n", []),
        ("", []),
    ],
)
def test_a_thing_of_the_campaign_that_is_not_sold_there_is_told(site, more, said):
    post = "date: 2026-11-10\ncaption: Snow\ncampaign: frost\nproducts: [{product: merino-tee}]\n"
    campaign(site, "markets: [gb]\n", **{POST: post})
    product = site / "content/products/merino-tee.yaml"
    product.write_text(product.read_text() + more)
    assert told(site) == said


# The brief


AGREED = """\
public: true
markets: [gb, de]
require: [{pattern: "#FrostWeeks|@fjell", why: The shop shows these posts.}]
exclusivity:
  - {until: 2027-03-31}
  - {categories: [Clothing > Base layers], who: [ida, maya]}
"""


@pytest.fixture
def public(site):
    write(site, {**RIVAL, "content/influencers/ida.yaml": "name: Ida Berg\nsharing: {recognition: public}\n"})
    edit(site / PROFILE, "recognition: public", "recognition: none")
    campaign(site, AGREED)
    edit(site / FROST, "[{creator: maya}]", "[{creator: maya}, {creator: ida}]")
    return site


def lines_of(site) -> dict[str, list[str]]:
    """The lines of a brief below each heading, and of its figures."""
    build(site)
    page = LexborHTMLParser((site / "site/campaigns/frost/index.html").read_text())
    found = {
        part.attributes["aria-labelledby"]: [" ".join(each.text().split()) for each in part.css("li.entry")]
        for part in page.css("section.part")
    }
    return {**found, "facts": [" ".join(each.text().split()) for each in page.css("dl div")]}


def test_the_brief_says_what_is_agreed(public):
    brief = lines_of(public)
    assert "MarketsUnited Kingdom and Germany" in brief["facts"]
    assert brief["require_"] == ["#FrostWeeks or @fjell The shop shows these posts."]
    assert brief["exclusive_"] == [
        "Sund Outdoor 1 Nov 2026 to 31 Mar 2027",
        "Clothing > Base layers: other brands 1 Nov 2026 to 28 Feb 2027, Ida Berg, 1 person who is not named here",
    ]


def test_the_brief_names_no_competitor_that_is_not_shown(public):
    edit(public / "content/brands/sund.yaml", "name:", "embargo_until: 2026-12-24\nname:")
    assert [each[:8] for each in lines_of(public)["exclusive_"]] == ["Clothing"]
    said = b"".join(bytes_of(public / "site").values())
    assert b"Sund Outdoor" not in said
    assert leaks(public, public / "site", NOW).problems == []
    (public / "site/notes.txt").write_text("Sund Outdoor")
    assert [problem.code for problem in leaks(public, public / "site", NOW).problems] == ["leak"]
