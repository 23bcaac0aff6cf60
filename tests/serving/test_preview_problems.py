"""What is wrong lies over the last good page, with the lines around it, and leads to the editor."""

import json

import pytest

from asking import Asked
from building import edit, write
from checking import NOW
from storefront.cli.serve import EDITORS
from storefront.problems import Place, Problem
from storefront.serving import Preview, Settings, editors, explaining

SITE = "content/site.yaml"
KIT = "content/influencers/maya/lists/kit.yaml"


@pytest.fixture
def ask(site) -> Asked:
    return Asked(site, editor="code")


def state(ask: Asked, path: str = "/maya/", *, near: bool = True):
    return json.loads(json.dumps(ask.preview.state(path, near=near), default=str))


def test_a_mistake_leaves_the_last_good_page_and_is_told_with_its_lines(ask, site):
    before = ask("/maya/").text
    edit(site / KIT, "note:", "nte:")
    ask.preview.refresh()
    assert ask("/maya/").text == before
    (problem,) = state(ask)["problems"]
    assert problem["place"] == f"{KIT}:4:5"
    assert (problem["code"], problem["hint"]) == ("unknown-key", "Did you mean note?")
    assert problem["excerpt"] == [
        {"number": 2, "text": "items:", "caret": 0},
        {"number": 3, "text": "  - product: merino-tee", "caret": 0},
        {"number": 4, "text": "    nte: Five winters, no smell.", "caret": 5},
    ]
    assert problem["open"] == f"vscode://file{site / KIT}:4:5"
    edit(site / KIT, "nte:", "note:")
    ask.preview.refresh()
    assert state(ask)["problems"] == []


def test_very_many_problems_are_counted_and_the_first_are_told(ask, site):
    items = "".join(f"  - product: merino-tee\n    nte: {number}\n" for number in range(explaining.MOST + 50))
    write(site, {KIT: f"title: Kit\nitems:\n{items}"})
    ask.preview.refresh()
    told = state(ask)
    assert told["count"] == explaining.MOST + 50
    assert len(told["problems"]) == explaining.MOST


def test_a_page_that_fails_alone_stays_as_it_was_good(ask, site):
    before = ask("/products/merino-tee/").text
    whole = ask("/maya/").text
    product = "themes/editorial/templates/product.html"
    write(site, {product: "{% extends 'base.html' %}\n{% block content %}{{ view.nothing.at.all }}{% endblock %}"})
    ask.preview.refresh()
    assert ask("/products/merino-tee/").text == before
    assert state(ask, "/products/merino-tee/")["problems"][0]["place"] == f"{product}:2:1"
    assert len(whole) > 1000


def test_a_page_that_was_never_good_is_shown_under_its_problems(site):
    base = "themes/editorial/templates/base.html"
    write(site, {base: "<!doctype html><html><head><title>Bare</title></head><body>{% block content %}{% endblock %}"})
    ask = Asked(site)
    answer = ask("/maya/")
    assert answer.status == 200
    assert "<title>Bare</title>" in answer.text
    assert {problem["code"] for problem in state(ask)["problems"]} >= {"unstated"}


def test_a_site_that_was_never_good_begins_with_its_problems(site):
    edit(site / SITE, "title:", "titel:")
    ask = Asked(site)
    answer = ask("/maya/")
    assert answer.status == 503
    assert "preview.js" in answer.text
    waiting = state(ask)
    assert {problem["code"] for problem in waiting["problems"]} == {"unknown-key"}
    edit(site / SITE, "titel:", "title:")
    ask.preview.refresh()
    assert state(ask)["problems"] == []
    assert state(ask)["page"] != waiting["page"]
    assert ask("/maya/").status == 200


def test_a_site_is_waited_for_while_it_is_read(site):
    preview = Preview(site, Settings(now=NOW))
    ask = Asked.over(preview)
    waiting = ask("/maya/")
    assert waiting.status == 503
    assert "preview.js" in waiting.text
    assert ask("/_storefront/").status == 200
    before = state(ask)
    assert before["problems"] == []
    preview.refresh()
    assert state(ask)["page"] != before["page"]
    assert ask("/maya/").status == 200


def test_a_folder_without_a_site_begins_too(tmp_path):
    (tmp_path / "content").mkdir()
    ask = Asked(tmp_path)
    assert ask("/").status == 503
    assert state(ask, "/")["problems"][0]["code"] == "no-content"
    assert ask("/_storefront/").status == 200
    assert ask.panel("/")["scope"] == ""


def test_a_fault_of_ours_is_a_problem_too(site, monkeypatch):
    told = Problem("internal", "KeyError: 'x'", Place("storefront"), "Please report it.")
    ask = Asked(site)
    ask.preview.report = lambda _: told
    monkeypatch.setattr(ask.preview.live, "refresh", lambda *_: {}["x"])
    ask.preview.refresh()
    assert ask("/maya/").status == 200
    assert [problem["code"] for problem in state(ask)["problems"]] == ["internal"]


def test_a_page_stays_itself_when_only_its_styles_change(ask, site):
    before = state(ask)
    write(site, {"themes/editorial/assets/state.css": "body { outline: 9px solid }"})
    ask.preview.refresh()
    after = state(ask)
    assert after["page"] == before["page"]
    assert after["styles"] != before["styles"]


def test_only_pages_that_changed_are_others(ask, site):
    pages = ("/maya/", "/products/merino-tee/", "/brands/fjell/")
    before = {page: state(ask, page)["page"] for page in pages}
    edit(site / KIT, "no smell", "no holes")
    ask.preview.refresh()
    changed = {page for page in pages if state(ask, page)["page"] != before[page]}
    assert changed == {"/maya/", "/products/merino-tee/"}


def test_another_machine_gets_no_address_of_a_file_here(ask, site):
    edit(site / KIT, "note:", "nte:")
    ask.preview.refresh()
    assert state(ask, near=False)["problems"][0]["open"] == ""
    edit(site / KIT, "nte:", "note:")
    ask.preview.refresh()
    assert any(link["open"] for link in ask.panel("/maya/")["links"])
    assert not any(link["open"] for link in ask.panel("/maya/", client="192.168.0.9")["links"])


# Excerpts


def excerpt(site, file, line=1, column=1):
    return explaining.excerpt(Place(file, line, column), site)


@pytest.mark.parametrize(
    "file",
    ["../precious.txt", "content/../../precious.txt", "/etc/passwd", "site/index.html", ".storefront/lock",
     "storefront", "content/leak.yaml", "content", "content/none.yaml", ""],
)  # fmt: skip
def test_only_what_a_build_reads_is_ever_quoted(site, file):
    write(site.parent, {"precious.txt": "secret"})
    (site / "content/leak.yaml").symlink_to(site.parent / "precious.txt")
    assert not any("secret" in each["text"] for each in excerpt(site, file))
    assert excerpt(site, file) == []


def test_a_theme_that_ships_is_quoted(site):
    assert "<!doctype html>" in excerpt(site, "themes/editorial/templates/base.html")[0]["text"]


def test_a_long_line_is_cut_around_the_mistake(site):
    write(site, {"content/long.yaml": f"{'a' * 500}HERE{'b' * 500}\n"})
    (line,) = excerpt(site, "content/long.yaml", 1, 501)
    assert len(line["text"]) <= explaining.LONGEST + 2
    assert line["text"][line["caret"] - 1 :].startswith("HERE")
    assert line["text"].startswith("…")
    assert line["text"].endswith("…")


def test_a_file_that_shrank_meanwhile_is_quoted_as_far_as_it_goes(site):
    assert excerpt(site, SITE, 900) == []


# Editors


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "code"),
        ({"EDITOR": "vi"}, "code"),
        ({"EDITOR": "vi", "VISUAL": "/usr/local/bin/subl -w"}, "subl"),
        ({"STOREFRONT_EDITOR": "zed --wait", "VISUAL": "code"}, "zed"),
        ({"STOREFRONT_EDITOR": "none"}, "none"),
        ({"STOREFRONT_EDITOR": " "}, "code"),
    ],
)
def test_the_editor_is_the_one_that_the_environment_names(environment, name):
    assert editors.chosen(environment) == name


def test_an_address_of_a_file_cannot_be_another(tmp_path):
    path = tmp_path / 'a b&c?d#e"f%.yaml'
    for name in editors.PATTERNS:
        link = editors.link(name, path, 3, 7)
        assert "a%20b%26c%3Fd%23e%22f%25.yaml" in link
        assert '"' not in link
    assert editors.link("none", path, 3, 7) == ""


def test_the_command_offers_the_editors_that_are_known():
    assert sorted(EDITORS) == sorted(editors.NAMES)
