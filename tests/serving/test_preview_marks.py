"""What no build would show can be looked at, marked; and so can another moment, and what a commit did not have."""

import subprocess

import pytest

from asking import Asked, brand, day
from building import build, copy_of_minimal, edit, html_of, write
from checking import NOW
from storefront.clock import EVERYTHING
from storefront.live import LiveSite
from storefront.problems import EnvironmentFailure
from storefront.serving import FOLDER, Past, Scope

MAYA = "content/influencers/maya"
KIT = f"{MAYA}/lists/kit.yaml"
ITEMS = """  - product: wool-cap
    relationship: gifted
    draft: true
  - title: Old cap
    link: https://caps.example/old
    relationship: purchased
    until: 2026-01-31
  - product: scarf
    relationship: purchased
    embargo_until: 2026-12-01T08:30:00+01:00
"""
PRODUCTS = {
    "content/products/wool-cap.yaml": "title: Wool Cap\nbrand: fjell\ncategory: Hats\n",
    "content/products/scarf.yaml": "title: Scarf\nbrand: stria\ncategory: Scarves\nfrom: 2026-11-30\n",
    "content/brands/stria.yaml": "name: Stria\n",
    f"{MAYA}/lists/spring.yaml": "title: Spring\nfrom: 2027-03-01\nitems:\n  - product: merino-tee\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    site = copy_of_minimal(tmp_path_factory.mktemp("marks") / "here")
    write(site, PRODUCTS)
    edit(site / KIT, "no smell.\n", f"no smell.\n{ITEMS}")
    return site


@pytest.fixture(scope="module")
def ask(root) -> Asked:
    """The site with all that is held back. Tests that look elsewhere look back."""
    asked = Asked(root, held=True)
    assert asked.said == []
    return asked


def text_of(marks):
    return {name: [mark["text"] for mark in found] for name, found in marks.items()}


def test_what_is_held_back_is_shown_and_marked(ask):
    marks = ask.marks("/maya/")
    assert text_of(marks["ids"]) == {
        "kit-wool-cap": ["Draft"],
        "kit-old-cap": ["Ended 2026-01-31"],
        "kit-scarf": ["Embargo until 2026-12-01 07:30 UTC"],
    }
    assert text_of(marks["links"]) == {
        "/products/scarf/": ["From 2026-11-30"],
        "/maya/lists/spring/": ["From 2027-03-01"],
    }
    assert [mark["kind"] for mark in ask.marks("/maya/lists/spring/")["page"]] == ["ahead"]
    assert "page" not in ask.marks("/brands/fjell/")


def test_a_thing_is_held_back_with_what_it_cannot_be_without(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / f"{MAYA}/profile.yaml", "tagline:", "draft: true\ntagline:")
    edit(site / "content/brands/fjell.yaml", "country:", "until: 2026-11-01\ncountry:")
    ask = Asked(site, held=True)
    assert [mark["text"] for mark in ask.marks("/maya/lists/kit/")["page"]] == ["Draft"]
    assert [mark["text"] for mark in ask.marks("/products/merino-tee/")["page"]] == ["Ended 2026-11-01"]
    assert text_of(ask.marks("/products/merino-tee/")["ids"])["review-maya-merino-tee"] == ["Draft", "Ended 2026-11-01"]


def test_an_edit_of_what_is_held_back_gives_what_the_whole_gives(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    write(site, PRODUCTS)
    edit(site / KIT, "no smell.\n", f"no smell.\n{ITEMS}")
    one, other = (LiveSite(site, NOW, shown=EVERYTHING, patching=patching) for patching in (True, False))
    edit(site / f"{MAYA}/lists/spring.yaml", "- product: merino-tee", "- product: merino-tee\n    note: Air.")
    assert one.refresh().paths == other.refresh().paths != frozenset()
    assert b"Air." in one.get("/maya/lists/spring/").data
    for page in other.gathered.pages:
        assert one.get(page.path) == other.get(page.path)
    assert one.refresh(shown=frozenset()).paths == other.refresh(shown=frozenset()).paths
    assert one.get("/maya/lists/spring/") is other.get("/maya/lists/spring/") is None


def test_the_switch_takes_them_away(ask):
    assert ask.look("", held=False) == 204
    try:
        assert "Wool Cap" not in ask("/maya/").text
        assert ask("/maya/lists/spring/").status == 404
        assert ask.panel("/maya/")["look"]["held"] is False
    finally:
        ask.look("", held=True)
    assert "Wool Cap" in ask("/maya/").text


def test_another_moment_can_be_looked_at(root):
    ask = Asked(root)
    assert ask("/products/scarf/").status == 404
    assert ask.look("2026-12-01T12:00", held=False) == 204
    assert ask("/products/scarf/").status == 200
    assert 'id="kit-scarf"' in ask("/maya/").text
    assert 'id="kit-wool-cap"' not in ask("/maya/").text
    look = ask.panel("/maya/")["look"]
    assert (look["now"], look["present"], look["chosen"]) == ("2026-12-01T12:00", "2026-11-22T12:00", True)
    assert ask.look("", held=False) == 204
    assert ask("/products/scarf/").status == 404


def test_the_present_goes_on_while_it_is_looked_at(root, monkeypatch):
    ask = Asked(root, now=None)
    at = [day("2026-11-30T23:59:00")]
    monkeypatch.setattr(ask.preview, "_moment", lambda: at[0])
    ask.preview.refresh()
    assert not ask.preview.due()
    at[0] = day("2026-12-01T08:00:00")
    assert ask.preview.due()
    assert 'id="kit-scarf"' not in ask("/maya/").text
    ask.preview.refresh(frozenset())
    assert 'id="kit-scarf"' in ask("/maya/").text
    assert not ask.preview.due()


def test_looking_ahead_is_what_a_build_of_that_moment_gives(root, tmp_path):
    ask = Asked(root)
    ask.look("2027-03-02T00:00", held=False)
    at = ask.preview.live.now
    build(root, tmp_path / "then", now=at)
    for path, html in html_of(tmp_path / "then").items():
        assert ask.preview.live.get(f"/{path}").data.decode() == html


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{}", 400), (b'{"now": "soon", "held": true}', 400), (b'{"now": "", "held": 1}', 400),
        (b'{"now": "", "held": true, "more": 1}', 400), (b'{"now": "' + b"9" * 2000 + b'", "held": true}', 413),
    ],
)  # fmt: skip
def test_nonsense_is_refused(ask, body, status):
    before = ask.preview.live.now
    assert ask(f"{FOLDER}look", "POST", body, origin="http://localhost").status == status
    assert ask.preview.live.now == before


def test_only_a_page_of_the_preview_changes_what_is_looked_at(ask):
    body = b'{"now": "", "held": true}'
    assert ask(f"{FOLDER}look", "POST", body).status == 403
    assert ask(f"{FOLDER}look", "POST", body, origin="https://evil.example").status == 403


# For a brand, for a creator


def sections(ask: Asked) -> dict[str, list[str]]:
    found = {section.title: [entry.title for entry in section.entries] for section in ask.preview.index()}
    page = ask(FOLDER).text
    assert all(title in page for titles in found.values() for title in titles)
    return found


def test_a_brand_sees_what_concerns_it(root):
    ask = Asked(root, held=True, scope=brand("stria"))
    assert sections(ask) == {
        "Pages": ["Stria"],
        "Products": ["Scarf"],
        "Lists": ["Winter running kit"],
        "Picks": ["Scarf"],
    }
    assert "Maya Lind · 1 of 4" in ask(FOLDER).text
    assert "Embargo until 2026-12-01 07:30 UTC" in ask(FOLDER).text
    assert ask.panel("/maya/")["links"] == []
    assert ask.panel("/maya/")["all_links"] > 0
    assert ask.panel("/maya/")["scope"] == "Stria"
    assert [change["what"] for change in ask.panel("/maya/")["changes"]] == [
        "product scarf appears",
        "Scarf on list kit appears",
    ]


def test_a_creator_sees_what_is_hers(root):
    found = sections(Asked(root, held=True, scope=Scope(creator="maya")))
    assert found["Pages"] == ["Maya Lind"]
    assert found["Lists"] == ["Winter running kit", "Spring"]
    assert found["Posts"] == ["First frost on the canal."]
    assert len(found["Reviews"]) == 1
    assert "Products" not in found


def test_without_anybody_the_index_has_what_is_marked(ask):
    assert sections(ask) == {
        "Products": ["Scarf"],
        "Lists": ["Spring"],
        "Picks": ["Wool Cap", "Old cap", "Scarf"],
    }


def test_hostile_titles_stay_text_in_the_index(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / KIT, "title: Winter running kit", "title: '</script><img src=x onerror=alert(1)>'\ndraft: true")
    ask = Asked(site, held=True)
    for path in (FOLDER, "/maya/"):
        assert "<img src=x" not in ask(path).text
    assert "&lt;img src=x" in ask(FOLDER).text


# The panel


def test_the_panel_tells_what_the_audit_found(ask):
    told = ask.panel("/maya/")
    assert told["disclosures"]["markets"] == ["gb"]
    assert {"texts": ["Ad · affiliate link"], "brand": "Fjell", "links": 2, "ties": ["affiliate"]} in [
        {**label, "ties": [tie for tie in label["ties"] if tie == "affiliate"]}
        for label in told["disclosures"]["labels"]
    ]
    assert {"UK-01", "U-01"} <= {rule["id"] for rule in told["rules"]}
    assert all(rule["says"] for rule in told["rules"])
    assert told["words"] == []
    link = told["links"][0]
    assert (link["shop"], link["network"], link["host"]) == ("Nordshop", "awin", "awin1.com")
    assert link["place"].startswith("content/")


def test_the_panel_weighs_a_page_as_it_is_built(ask):
    rows = {row["name"]: row for row in ask.panel("/maya/")["weight"]}
    page = ask.preview.live.get("/maya/").data
    assert rows["Page"]["bytes"] == len(page)
    assert 0 < rows["Page"]["compressed"] < len(page)
    assert any(name.endswith(".css") for name in rows)
    assert any(name.endswith(".js") for name in rows)


def test_the_panel_finds_words_that_could_undo_a_disclosure(tmp_path):
    site = copy_of_minimal(tmp_path / "here")
    edit(site / KIT, "Five winters, no smell.", "Not sponsored. Five winters.")
    assert [each["text"] for each in Asked(site).panel("/maya/")["words"]] == ["not sponsored"]


def test_the_panel_of_a_page_that_is_not_there_is_that_of_the_404_page(ask):
    told = ask.panel("/nowhere/")
    assert (told["status"], told["path"], told["links"]) == (404, "/404.html", [])


# Since a commit


def git(site, *words):
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x.example", *words], cwd=site, check=True)


@pytest.fixture
def repository(site):
    write(site, PRODUCTS)
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "content")
    git(site, "commit", "-qm", "first")
    return site


def test_what_a_commit_did_not_have_is_marked(repository):
    edit(repository / KIT, "no smell.\n", "no holes.\n  - product: wool-cap\n    relationship: gifted\n")
    edit(repository / "content/products/merino-tee.yaml", "69.00", "59.00")
    write(repository, {f"{MAYA}/lists/new.yaml": "# all new\ntitle: New\nitems: []\n"})
    edit(repository / "content/brands/fjell.yaml", "country: NO", "# the same\ncountry:   NO")
    ask = Asked(repository, past=Past(repository, "main"))
    marks = ask.marks("/maya/")
    assert text_of(marks["ids"]) == {"kit-merino-tee": ["Changed since main"], "kit-wool-cap": ["New since main"]}
    assert text_of(marks["links"])["/maya/lists/new/"] == ["New since main"]
    assert [mark["kind"] for mark in ask.marks("/products/merino-tee/")["page"]] == ["changed"]
    assert ask.marks("/brands/fjell/").get("page") is None
    assert "New and changed is against main" in ask(FOLDER).text


def test_a_mistake_changes_no_mark_of_the_page_that_stays(repository):
    ask = Asked(repository, past=Past(repository, "main"))
    before = ask("/maya/").text
    edit(repository / KIT, "note:", "nte:")
    ask.preview.refresh()
    assert ask("/maya/").text == before


def test_a_creators_one_file_is_compared_thing_by_thing(repository):
    two = "  - {id: a, date: 2026-11-01, caption: One.}\n  - {id: b, date: 2026-11-02, caption: Two.}\n"
    one = f"name: Ida\nposts:\n{two}"
    write(repository, {"content/influencers/ida.yaml": one})
    git(repository, "add", "content")
    git(repository, "commit", "-qm", "second")
    more = "  - {id: c, date: 2026-11-03, caption: Three.}\n"
    write(
        repository, {"content/influencers/ida.yaml": one.replace("posts:\n", f"posts:\n{more}").replace("Two", "Two!")}
    )
    past = Asked(repository, past=Past(repository, "main")).preview.marks().facts
    assert {name: mark[0].kind for name, mark in past.items() if "ida" in name} == {
        "post:ida/c": "new",
        "post:ida/b": "changed",
    }


@pytest.mark.parametrize("ref", ["nowhere", "--help", "", "main\nmain"])
def test_a_commit_that_git_does_not_know_is_told(repository, ref):
    with pytest.raises(EnvironmentFailure, match="git knows no commit"):
        Past(repository, ref)


CAMPAIGN = """\
title: Frosty Weeks
brand: fjell
window: {from: 2026-11-01}
disclosure: gifted
embargo_until: 2026-12-05T07:00:00Z
brief: Show it in the frost.
participants: [{creator: maya, fee: 431.17 GBP}]
"""


@pytest.fixture(scope="module")
def of_campaign(tmp_path_factory) -> Asked:
    """A preview of a campaign that is neither public nor to be spoken of yet."""
    site = copy_of_minimal(tmp_path_factory.mktemp("campaign") / "here")
    write(site, {"content/campaigns/frost.yaml": CAMPAIGN})
    post = (site / MAYA / "posts/first-frost.yaml").read_text()
    other = "date: 2026-11-02\ncaption: Rain\nproducts: [{product: merino-tee}]\n"
    write(site, {f"{MAYA}/posts/first-frost.yaml": f"{post}campaign: frost\n", f"{MAYA}/posts/rain.yaml": other})
    edit(site / KIT, "no smell.\n", "no smell.\n    campaign: frost\n")
    return Asked(site, held=True, scope=Scope(campaign="frost"))


def test_a_campaign_is_seen_with_what_names_it_before_a_build_has_it(of_campaign):
    assert of_campaign.said == []
    assert sections(of_campaign) == {
        "Pages": ["Frosty Weeks"],
        "Picks": ["Merino Tee"],
        "Posts": ["First frost on the canal."],
    }
    assert "What this site shows of the campaign" in of_campaign(FOLDER).text
    brief = of_campaign("/campaigns/frost/").text
    assert "Show it in the frost." in brief
    assert "431" not in brief


def test_a_pick_with_a_campaign_s_code_is_among_what_it_has(tmp_path):
    site = write(copy_of_minimal(tmp_path / "here"), {"content/campaigns/frost.yaml": CAMPAIGN})
    edit(site / f"{MAYA}/profile.yaml", "percent_off: 15", "percent_off: 15\n    campaign: frost")
    edit(site / KIT, "no smell.\n", "no smell.\n    promo: MAYA15\n")
    asked = Asked(site, held=True, scope=Scope(campaign="frost"))
    assert sections(asked) == {"Pages": ["Frosty Weeks"], "Picks": ["Merino Tee"]}
    assert len(asked.panel("/maya/lists/kit/")["links"]) == 1


def test_what_a_campaign_holds_back_is_marked(of_campaign):
    until = "Embargo until 2026-12-05 07:00 UTC"
    assert [mark["text"] for mark in of_campaign.marks("/campaigns/frost/")["page"]] == [until, "Not public"]
    assert [mark["text"] for mark in of_campaign.marks("/maya/posts/first-frost/")["page"]] == [until]
    assert text_of(of_campaign.marks("/maya/")["ids"])["kit-merino-tee"] == [until]
    assert of_campaign.marks("/maya/posts/rain/").get("page", []) == []


def test_only_links_of_a_campaign_are_listed_for_it(of_campaign):
    assert of_campaign.panel("/maya/posts/first-frost/")["scope"] == "Frosty Weeks"
    assert len(of_campaign.panel("/maya/posts/first-frost/")["links"]) == 1
    assert of_campaign.panel("/maya/posts/rain/")["links"] == []
    assert [each["what"] for each in of_campaign.panel("/maya/")["changes"]] == [
        "Merino Tee on list kit appears",
        "campaign frost: its embargo ends",
        "post first-frost appears",
    ]
