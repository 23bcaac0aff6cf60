"""The audit of a page and of a creator's exports, on bytes that no theme has written."""

import re

import pytest

from building import NOW, build, copy_of_minimal, edit, write
from checking import written
from storefront import pipeline
from storefront.audit import exports as audited
from storefront.gather import gather
from storefront.pages import exports, feed_entries
from storefront.problems import ProblemsFound

PASTED = "https://amzn.to/abc"
KIT = "content/influencers/maya/lists/kit.yaml"
TWICE = f"""title: Kit
items:
  - {{title: A mug, link: "{PASTED}", relationship: gifted}}
  - {{title: A jug, link: "{PASTED}", relationship: purchased}}
"""
CARD = "themes/editorial/templates/list.html"
HEAD = "{% extends 'base.html' %}{% block content %}<h1>{{ view.list.title }}</h1>"
TAIL = "{% endblock %}"


def problems_of(site):
    try:
        pipeline.check(site, NOW, 1)
    except ProblemsFound as failure:
        return failure.problems
    return []


def listed(site, body):
    return write(site, {CARD: f"{HEAD}{body}{TAIL}"})


@pytest.fixture
def pasted(tmp_path):
    return write(copy_of_minimal(tmp_path), {KIT: TWICE})


IN_ORDER = "{% for card in view.list.cards %}<p>{{ card.shop.html }}</p>{% endfor %}"


@pytest.mark.parametrize("body", [IN_ORDER, IN_ORDER.replace("view.list.cards", "view.list.cards|reverse")])
def test_links_with_one_address_and_other_ties_are_told_apart(pasted, body):
    assert written(problems_of(listed(pasted, body))) == ""


@pytest.mark.parametrize("number", [0, 1])
def test_one_of_them_alone_is_right_too(pasted, number):
    assert written(problems_of(listed(pasted, f"<p>{{{{ view.list.cards[{number}].shop.html }}}}</p>"))) == ""


def test_two_links_with_the_labels_of_the_weaker_are_one_too_many(pasted):
    twice = "<p>{{ view.list.cards[1].shop.html }}</p>" * 2
    found = problems_of(listed(pasted, twice))
    assert [(str(each.place), each.code) for each in found] == [(f"{KIT}:3:5", "undisclosed")]


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({"bio": "See [this](https://www.awin1.com/cread.php?awinmid=1)."}, "www.awin1.com (Awin)"),
        ({"bio": "See [this](https://www.amazon.co.uk/dp/B000000001?tag=me-21)."}, "www.amazon.co.uk"),
        ({"bio": "See [this](https://nordshop.example/tee?awc=1_2_3)."}, "nordshop.example (nordshop)"),
        ({"bio": "See [this](https://bit.ly/abc)."}, "bit.ly (a shortened address)"),
        ({"bio": "See [this](https://spoons.example/?aff=maya)."}, "spoons.example (aff=maya)"),
    ],
)
def test_a_tracked_link_in_a_text_is_nobodys(tmp_path, edits, said):
    site = copy_of_minimal(tmp_path)
    edit(site / "content/influencers/maya/profile.yaml", "name: M", f"bio: {edits['bio']}\nname: M")
    found = problems_of(site)
    assert {each.code for each in found} == {"unaccounted"}
    assert all(said in each.message for each in found)


@pytest.mark.parametrize("url", ["https://nordshop.example/about", "https://elsewhere.example"])
def test_a_plain_link_in_a_text_may_stand(tmp_path, url):
    site = copy_of_minimal(tmp_path)
    edit(site / "content/influencers/maya/profile.yaml", "name: M", f"bio: See [this]({url}).\nname: M")
    assert written(problems_of(site)) == ""


def test_links_through_the_site_itself_are_links_to_shops(tmp_path):
    site = copy_of_minimal(tmp_path)
    edit(site / "content/site.yaml", "title:", "route: go\nhosts: [netlify]\ntitle:")
    edit(site / "content/merchants/nordshop.yaml", "name:", "redirects: true\nname:")
    build(site)
    assert 'href="/go/maya/merino-tee' in (site / "site/maya/index.html").read_text()
    write(site, {CARD: f"{HEAD}<a href='/go/maya/merino-tee'>Buy</a><a href='/go/other/thing'>x</a>{TAIL}"})
    assert {each.code for each in problems_of(site)} == {"unaccounted", "undisclosed", "wrong-rel"}


def test_the_labels_of_one_link_are_not_anothers(pasted):
    edit(pasted / KIT, "purchased", "gifted")
    body = (
        "<p><span>{{ view.list.cards[0].shop.html }}</span>"
        '<a href="https://amzn.to/abc" rel="sponsored nofollow noopener">Jug</a></p>'
    )
    assert {each.code for each in problems_of(listed(pasted, body))} == {"undisclosed"}


def test_a_thing_that_is_not_shown_needs_no_label_where_its_title_stands(tmp_path):
    """A vanity page shows the first of a list; a teaser leads to the product of one that it does not show."""
    site = copy_of_minimal(tmp_path)
    many = "".join(f"  - {{title: T{n}, link: 'https://t.example/{n}', relationship: purchased}}\n" for n in range(12))
    retired = "  - {product: merino-tee, relationship: gifted, status: retired, reason: Worn}\n"
    write(site, {KIT: f"title: Kit\nitems:\n{many}{retired}"})
    assert written(problems_of(site)) == ""


# What the program writes itself


BROKEN = {
    "titles in feeds": (feed_entries, "_titled", lambda title, *_: title, "bears no label"),
    "reviews in feeds": (feed_entries, "_reviewed", lambda *_: iter(["<p>Nice.</p>"]), "what was received"),
    "items of the document": (exports.documents, "_labels", lambda *_: (), "bears no label"),
    "rel in the document": (exports.documents.links, "rel", lambda **_: "nofollow", "lacks its rel"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_feed_or_a_document_that_drops_labels_is_refused(name, site, monkeypatch):
    module, attribute, broken, said = BROKEN[name]
    monkeypatch.setattr(module, attribute, broken)
    found = problems_of(site)
    assert any(said in each.message and "(U-11; gb)" in each.message for each in found), written(found)
    assert all(each.place.file.startswith("content/influencers/") for each in found)
    assert all("report it" in each.hint for each in found)


def told_of(site, make, data_of):
    """What is said of a creator's export whose bytes are changed."""
    planned = next(each for each in gather(site, NOW).pages if each.make is make and "/maya/" in each.path)
    data = make(planned.inputs)
    changed = data_of(data)
    assert changed != data
    return [each.what for each in audited.audit(make, changed, planned.inputs)[0]]


ATOM = {
    "as it is written": lambda data: data,
    "in other words of XML": lambda data: data.replace(b"<title>", b'<title type="text">'),
    "with a comment": lambda data: data.replace(b"<entry>", b"<entry><!-- new -->"),
}


@pytest.mark.parametrize("form", ATOM)
def test_an_atom_feed_is_read_in_any_form(form, site):
    unlabelled = re.compile(rb"(<title[^>]*>)\[[^\]]*\] ")
    assert told_of(site, exports.atom, lambda data: ATOM[form](data) + b"\n") == []
    said = told_of(site, exports.atom, lambda data: unlabelled.sub(rb"\1", ATOM[form](data)))
    assert said
    assert all("bears no label" in each for each in said)


def test_each_feed_of_a_creator_is_judged_by_its_own_bytes(site):
    """What was right in one is not taken for right in the other."""
    assert told_of(site, exports.atom, lambda data: data + b"\n") == []
    said = told_of(site, exports.json_feed, lambda data: re.sub(rb'"title":"\[[^\]]*\] ', b'"title":"', data))
    assert said
    assert all("bears no label" in each for each in said)
