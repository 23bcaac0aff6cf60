"""All that is said of a brand: reviews, posts and picks, the critical too, each with its label and its day."""

import json
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from audit.test_audit import problems_of
from building import build, bytes_of, copy_of_minimal, edit, html_of, write
from checking import written
from storefront import engine
from storefront.pages import mention_exports

ATOM = "{http://www.w3.org/2005/Atom}"
MENTIONS = "site/brands/fjell/mentions"
PEOPLE = "content/influencers"
CAP = "title: Wool Cap\nbrand: fjell\ncategory: Clothing > Hats\n"
OTHERS = {
    "content/products/wool-cap.yaml": CAP,
    "content/products/tin-mug.yaml": "title: Tin Mug\nbrand: kiln\ncategory: Kitchen\n",
    "content/brands/kiln.yaml": "name: Kiln\n",
    f"{PEOPLE}/ida/profile.yaml": "name: Ida\n",
    f"{PEOPLE}/ida/lists/bag.yaml": (
        "title: Ida's bag\nupdated: 2026-11-20\nitems:\n"
        "  - product: wool-cap\n    note: Itches at the brow.\n    relationship: gifted\n"
        "  - product: merino-tee\n    status: retired\n    reason: It fell apart.\n    relationship: purchased\n"
        "  - product: tin-mug\n    relationship: purchased\n"
    ),
    f"{PEOPLE}/ida/reviews/wool-cap.yaml": (
        "product: wool-cap\ndate: 2026-09-09\nrating: 1\ntitle: Too small\nbody: It never fit me.\nprovenance: gifted\n"
    ),
}


def listening(root, per_page=None):
    """A site with four kinds of voices on one brand, and a brand of which nobody says a word."""
    write(copy_of_minimal(root), OTHERS)
    if per_page:
        edit(root / "content/site.yaml", "title:", f"directory: {{per_page: {per_page}}}\ntitle:")
    return root


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    root = listening(tmp_path_factory.mktemp("told"))
    build(root)
    return root


def page(root, number=1):
    folder = MENTIONS if number == 1 else f"{MENTIONS}/page/{number}"
    return LexborHTMLParser((root / folder / "index.html").read_text())


def names(tree):
    return [node.attributes["id"] for node in tree.css("li.said")]


def said(tree, name):
    return tree.css_first(f'[id="{name}"]')


CAP_PICK = "said-pick--ida--bag--bag-wool-cap"
TEE_PICK = "said-pick--ida--bag--bag-merino-tee"
KIT_PICK = "said-pick--maya--kit--kit-merino-tee"
POST = "said-post--maya--first-frost"
GOOD, BAD = "said-review--maya--merino-tee", "said-review--ida--wool-cap"


def test_everything_stands_there_newest_first_and_what_has_no_day_last(told):
    tree = page(told)
    assert names(tree) == [TEE_PICK, CAP_PICK, POST, GOOD, BAD, KIT_PICK]
    assert [node.text() for node in tree.css("h2")] == [
        "November 2026",
        "October 2026",
        "September 2026",
        "Without a date",
    ]
    assert "6 mentions, newest first" in tree.css_first(".head").text()


def test_each_says_who_of_what_when_and_where(told):
    tree = page(told)
    links = {name: [node.attributes["href"] for node in said(tree, name).css("a")] for name in names(tree)}
    assert links[CAP_PICK] == ["/ida/", "/ida/lists/bag/#bag-wool-cap", "/products/wool-cap/"]
    assert links[POST] == ["/maya/", "/maya/posts/first-frost/", "/products/merino-tee/"]
    assert links[BAD] == ["/ida/", "/products/wool-cap/#review-ida-wool-cap", "/products/wool-cap/"]
    days = {name: node.attributes["datetime"] for name in names(tree) for node in said(tree, name).css("time")}
    assert days == {
        CAP_PICK: "2026-11-20",
        TEE_PICK: "2026-11-20",
        POST: "2026-11-15",
        GOOD: "2026-10-01",
        BAD: "2026-09-09",
    }


def test_the_critical_and_the_retired_are_among_them(told):
    tree = page(told)
    bad = said(tree, BAD).text()
    assert "Too small" in bad
    assert "It never fit me." in bad
    assert "1 out of 5" in bad
    assert "It fell apart." in said(tree, TEE_PICK).css_first(".retired").text()
    assert "Itches at the brow." in said(tree, CAP_PICK).text()


def test_each_bears_what_was_received_for_it(told):
    tree = page(told)
    assert said(tree, CAP_PICK).css_first(".badges").text().strip()
    assert "Fjell gave this to Ida free of charge." in said(tree, BAD).css_first(".said__disclosure").text()
    assert said(tree, KIT_PICK).css_first(".badge--affiliate")
    assert said(tree, TEE_PICK).css_first(".badges") is None
    assert tree.css_first(".statement")


@pytest.mark.parametrize(
    "piece",
    ["{% if said.badges %}{{ badges(said.badges) }}\n", '<p class="said__disclosure">{{ said.disclosure }}</p>'],
)
def test_a_theme_cannot_drop_it(tmp_path, piece):
    part = "templates/parts/said.html"
    template = (engine.themes() / "editorial" / part).read_text()
    assert piece in template
    kept = "{% if said.badges %}" if "badges" in piece else ""
    write(listening(tmp_path), {f"themes/editorial/{part}": template.replace(piece, kept)})
    found = problems_of(tmp_path)
    assert {each.code for each in found} == {"undisclosed"}
    assert "/brands/fjell/mentions/" in written(found)


def test_the_brands_page_leads_there_and_a_brand_without_a_word_has_none(told):
    html = html_of(told / "site")
    assert '<a href="/brands/fjell/mentions/">Everything said of Fjell (6)</a>' in html["brands/fjell/"]
    assert "mentions" not in html["brands/kiln/"]
    assert not (told / "site/brands/kiln/mentions").exists()
    assert "/brands/fjell/mentions/" in (told / "site/sitemap.xml").read_text()


def test_what_is_too_much_for_one_page_goes_on_on_the_next(tmp_path):
    build(listening(tmp_path, per_page=4))
    assert [names(page(tmp_path, number)) for number in (1, 2)] == [
        [TEE_PICK, CAP_PICK, POST, GOOD],
        [BAD, KIT_PICK],
    ]
    assert not (tmp_path / MENTIONS / "page/3").exists()
    first, second = (
        json.loads((tmp_path / MENTIONS / name).read_text()) for name in ("index.json", "page/2/index.json")
    )
    assert first["next"] == "https://shelves.example/brands/fjell/mentions/page/2/index.json"
    assert "next" not in second
    assert (first["count"], len(first["mentions"]), len(second["mentions"])) == (6, 4, 2)


def test_the_document_has_days_labels_and_where_it_stands(told):
    made = json.loads((told / MENTIONS / "index.json").read_text())
    by_kind = {(each["kind"], each["creator"]["handle"], each["products"][0]["id"]): each for each in made["mentions"]}
    cap = by_kind["pick", "ida", "wool-cap"]
    assert (cap["date"], cap["relationships"], cap["notes"]) == ("2026-11-20", ["gifted"], ["Itches at the brow."])
    assert "Fjell" in cap["disclosure"][0]
    assert cap["page"] == "https://shelves.example/ida/lists/bag/#bag-wool-cap"
    assert by_kind["pick", "ida", "merino-tee"]["retired"] == {"reason": "It fell apart."}
    bad = by_kind["review", "ida", "wool-cap"]
    assert (bad["rating"], bad["title"], bad["date"]) == (1.0, "Too small", "2026-09-09")
    assert "date" not in by_kind["pick", "maya", "merino-tee"]
    brand = json.loads((told / "site/brands/fjell/index.json").read_text())
    assert brand["mentions"] == "https://shelves.example/brands/fjell/mentions/index.json"


def test_the_feed_has_what_has_a_day_with_its_label_in_the_title(told):
    feed = ET.fromstring((told / MENTIONS / "feed.xml").read_bytes())
    entries = {each.findtext(f"{ATOM}id"): each for each in feed.findall(f"{ATOM}entry")}
    assert [each.removeprefix("https://shelves.example") for each in entries] == [
        "/ida/lists/bag/#bag-merino-tee",
        "/ida/lists/bag/#bag-wool-cap",
        "/maya/posts/first-frost/",
        "/products/merino-tee/#review-maya-merino-tee",
        "/products/wool-cap/#review-ida-wool-cap",
    ]
    cap = entries["https://shelves.example/ida/lists/bag/#bag-wool-cap"]
    assert cap.findtext(f"{ATOM}title").startswith("[")
    assert "Itches at the brow." in cap.findtext(f"{ATOM}content")
    assert cap.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"


@pytest.mark.parametrize("where", ["feed.xml", "index.json"])
def test_feed_and_document_cannot_drop_a_label(tmp_path, monkeypatch, where):
    monkeypatch.setattr(mention_exports.parts, "badges_of", lambda *_: ())
    found = [each for each in problems_of(listening(tmp_path)) if f"mentions/{where}" in each.message]
    assert {each.code for each in found} == {"undisclosed"}


# Edits


EDITS = {
    "a note": (f"{PEOPLE}/ida/lists/bag.yaml", "at the brow", "at the ears"),
    "a reason": (f"{PEOPLE}/ida/lists/bag.yaml", "fell apart", "came apart"),
    "a day": (f"{PEOPLE}/ida/lists/bag.yaml", "2026-11-20", "2026-11-10"),
    "a first word": (f"{PEOPLE}/ida/lists/bag.yaml", "- product: tin-mug\n", "- product: tin-mug\n    note: Rusts.\n"),
    "a last word": (f"{PEOPLE}/ida/lists/bag.yaml", "    note: Itches at the brow.\n", ""),
    "a tie": (f"{PEOPLE}/ida/lists/bag.yaml", "relationship: gifted", "relationship: paid"),
    "stars": (f"{PEOPLE}/ida/reviews/wool-cap.yaml", "rating: 1", "rating: 2"),
    "a review's day": (f"{PEOPLE}/ida/reviews/wool-cap.yaml", "2026-09-09", "2026-11-19"),
    "a caption": (f"{PEOPLE}/maya/posts/first-frost.yaml", "on the canal", "on the towpath"),
    "another list": (f"{PEOPLE}/maya/lists/kit.yaml", "no smell", "no holes"),
}


@pytest.mark.parametrize("per_page", [2, 24])
@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_it_is_what_a_build_from_nothing_makes(tmp_path, name, per_page):
    here, there = (listening(tmp_path / each, per_page) for each in ("here", "there"))
    build(here)
    file, old, new = EDITS[name]
    for root in (here, there):
        edit(root / file, old, new)
    build(here)
    build(there)
    assert bytes_of(here / "site") == bytes_of(there / "site")


def test_an_edit_of_one_makes_its_own_page_anew_and_no_other(tmp_path):
    root = listening(tmp_path, per_page=1)
    build(root)
    kept = {path: path.stat().st_ino for path in (root / MENTIONS).rglob("*") if path.is_file()}
    edit(root / f"{PEOPLE}/ida/lists/bag.yaml", "at the brow", "at the ears")
    report = build(root)
    changed = {str(path.relative_to(root / MENTIONS)) for path, node in kept.items() if path.stat().st_ino != node}
    assert changed == {"page/2/index.html", "page/2/index.json"}
    assert report.rendered < len(kept)
