"""A site held in memory answers with the bytes that a build writes, after every edit, and tells what changed."""

import gc
from datetime import timedelta
from pathlib import Path

import pytest

from building import DEMO_NOW, build, bytes_of, edit, names_in, picture, write
from checking import NOW
from edits import EDITS, KIT, MAYA, PRODUCT, SITE
from storefront import engine, live, sums
from storefront.live import Change, LiveSite
from storefront.publish import MARKER

BASE = "themes/editorial/templates/base.html"


def answers(held: LiveSite, files) -> dict[str, bytes]:
    """What a site in memory gives for files of the output."""
    served = {file: held.get(f"/{file}") for file in sorted(files)}
    return {file: each.file.read_bytes() if each.file else each.data for file, each in served.items() if each}


def equals_a_build(held: LiveSite, output: Path) -> bool:
    """Whether every file of a build is what the site in memory gives, and there are no other pages.

    What is published has a list of digests; what is looked at needs none.
    """
    written = {file: data for file, data in bytes_of(output).items() if file not in {MARKER, sums.FILE}}
    return answers(held, written) == written and len(held.gathered.pages) == sum(
        file.endswith((".html", ".xml", ".json", ".svg", ".ics")) and file not in {"sitemap.xml", "disclosures.json"}
        for file in written
        if not file.startswith("assets/")
    )


def pages_that_differ(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The addresses of files that are new, gone or other than before."""
    changed = {file for file, _ in before.items() ^ after.items()}
    return {"/" + file.removesuffix("index.html") for file in changed}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_it_gives_what_a_build_makes(site, name):
    held = LiveSite(site, NOW)
    pages = {page.path for page in held.gathered.pages}
    answers(held, names_in(site))
    build(site)
    before = bytes_of(site / "site")
    assert equals_a_build(held, site / "site")
    EDITS[name](site)
    changed = held.refresh()
    build(site)
    assert equals_a_build(held, site / "site")
    assert not changed.problems
    differing = pages_that_differ(before, bytes_of(site / "site"))
    pages |= {page.path for page in held.gathered.pages}
    assert differing & pages <= changed.paths <= pages


def test_the_demo_in_memory_is_the_demo_built(demo):
    held = LiveSite(demo.root, DEMO_NOW)
    assert held.problems == ()
    assert equals_a_build(held, demo.output)
    assert held.site.url == demo.report.site_url
    assert held.next_change == demo.report.next_change


def test_an_edit_changes_the_pages_that_show_it(site):
    held = LiveSite(site, NOW)
    edit(site / KIT, "no smell", "no holes")
    of_her = {"/maya/lists/kit/", "/maya/", "/maya/feed.xml", "/maya/feed.json", "/maya/index.json"}
    of_the_brand = {f"/brands/fjell/mentions/{name}" for name in ("", "feed.xml", "index.json")}
    assert held.refresh() == Change(paths=frozenset(of_her | of_the_brand | {"/products/merino-tee/"}))
    assert held.refresh() == Change()


def test_only_stylesheets_are_styles(site):
    write(site, {"themes/editorial/assets/print.css": "p{margin:0}"})
    held = LiveSite(site, NOW)
    write(site, {"themes/editorial/assets/print.css": "p{margin:1px}"})
    assert held.refresh().styles
    write(site, {"themes/editorial/assets/print.css": "p{margin:2px}"})
    edit(site / KIT, "no smell", "no holes")
    assert not held.refresh().styles
    assert not held.refresh().styles


def test_pages_are_made_once(site, monkeypatch):
    held = LiveSite(site, NOW)
    first = held.get("/maya/")
    monkeypatch.setattr(live, "_made", None)
    edit(site / PRODUCT, "title: Merino Tee", "title:  Merino Tee")
    held.refresh()
    assert held.get("/maya/") is first
    assert held.get("/maya/index.html") is first


def test_few_pages_are_held(site, monkeypatch):
    monkeypatch.setattr(live, "KEPT", 2)
    held = LiveSite(site, NOW)
    build(site)
    assert equals_a_build(held, site / "site")
    assert len(held._made) == 2


def test_what_is_not_there_is_none(site):
    held = LiveSite(site, NOW)
    missing = ("/nobody/", "/media/nothing.jpg", "/media/", "/content/site.yaml", "//", "/maya", "")
    assert [path for path in missing if held.get(path)] == []


KINDS = {
    "/maya/": "text/html; charset=utf-8",
    "/maya/feed.xml": "application/atom+xml",
    "/maya/feed.json": "application/feed+json",
    "/maya/index.json": "application/json",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain; charset=utf-8",
}


def test_answers_say_what_they_are(site):
    held = LiveSite(site, NOW)
    assert {path: held.get(path).media_type for path in KINDS} == KINDS
    shown = next(iter(held.gathered.cuts)).names[0]
    assert held.get(f"/media/{shown}").media_type.startswith("image/")


# Mistakes


def test_mistakes_in_content_are_values_and_the_last_good_site_stays(site):
    held = LiveSite(site, NOW)
    good = held.get("/maya/")
    edit(site / KIT, "product: merino-tee", "product: merino-tea")
    changed = held.refresh()
    assert [problem.code for problem in changed.problems] == ["unknown-reference"]
    assert changed == Change(problems=held.problems)
    assert held.get("/maya/") is good
    edit(site / KIT, "product: merino-tea", "product: merino-tee")
    assert held.refresh() == Change()
    assert held.problems == ()


def test_a_site_that_begins_with_mistakes_gives_nothing_until_they_are_mended(site):
    edit(site / SITE, "title:", "titel:")
    held = LiveSite(site, NOW)
    assert held.problems
    assert (held.get("/"), held.gathered, held.site, held.next_change, dict(held.redirects)) == (None,) * 4 + ({},)
    edit(site / SITE, "titel:", "title:")
    assert "/" in held.refresh().paths
    assert held.get("/").data


def test_what_the_audit_finds_is_a_problem_of_the_page_and_never_fine(site):
    held = LiveSite(site, NOW)
    template = (engine.themes() / "editorial/templates/parts/card.html").read_text()
    write(site, {"themes/editorial/templates/parts/card.html": template.replace("{{ link.html }}", "")})
    write(site, {BASE: "<a href='https://nordshop.example'>x</a>"})
    assert not held.refresh().problems
    served = held.get("/maya/")
    assert {problem.code for problem in served.problems} >= {"unaccounted"}
    assert set(served.problems) <= set(held.problems)
    (site / BASE).unlink()
    (site / "themes/editorial/templates/parts/card.html").unlink()
    assert not held.refresh().problems
    assert not held.get("/maya/").problems


def test_a_template_that_fails_is_a_problem_of_the_pages_it_makes(site):
    write(site, {"themes/editorial/templates/404.html": "{{ nobody.there }}"})
    held = LiveSite(site, NOW)
    assert held.problems == ()
    served = held.get("/404.html")
    assert [problem.code for problem in served.problems] == ["theme"]
    assert (served.data, held.problems) == (b"", served.problems)
    assert not held.get("/maya/").problems


def test_a_host_that_becomes_a_shop_has_its_pages_audited_again(site):
    page = "{% extends 'base.html' %}{% block content %}<a href='https://late.example/x'>x</a>{% endblock %}"
    write(site, {"themes/editorial/templates/404.html": page})
    held = LiveSite(site, NOW)
    assert not held.get("/404.html").problems
    write(site, {"content/merchants/late.yaml": "name: Late\nurl: https://late.example\n"})
    held.refresh()
    assert len(held.get("/404.html").problems) == 1


@pytest.mark.parametrize("size", [0, 200, None], ids=["empty", "cut off", "another picture"])
def test_a_picture_that_is_changed_meanwhile_is_no_answer(site, size):
    """Its name is that of other bytes. When these are back it is what it was: nothing false has been kept."""
    held = LiveSite(site, NOW)
    cut = held.gathered.cuts[0]
    address, before = f"/media/{cut.names[0]}", (site / cut.source).read_bytes()
    (site / cut.source).write_bytes(picture((64, 48), "navy")[:size])
    served = held.get(address)
    assert [(problem.code, problem.message) for problem in served.problems] == [
        ("bad-image", f"{cut.source}: the picture was changed while it was being read")
    ]
    assert (served.data, served.file) == (b"", None)
    (site / cut.source).write_bytes(before)
    assert not held.get(address).problems
    build(site)
    assert held.get(address).file.read_bytes() == (site / "site" / address[1:]).read_bytes()


def test_time_goes_on(site):
    held = LiveSite(site, NOW)
    due = held.next_change
    assert held.refresh(due - timedelta(seconds=1)).paths == frozenset()
    assert held.refresh(due).paths
    assert held.next_change != due


def test_a_folder_that_holds_itself_does_no_harm(site):
    (site / "themes").mkdir()
    (site / "themes/loop").symlink_to(site / "themes")
    held = LiveSite(site, NOW)
    assert held.get(f"/{MAYA.rpartition('/')[2]}/").data
    assert held.refresh() == Change()


# Memory


@pytest.mark.parametrize("patching", [True, False], ids=["in slices", "whole"])
def test_what_it_no_longer_needs_is_let_go(site, patching):
    """What is frozen is what the collector never looks at again."""
    held, frozen = LiveSite(site, NOW, patching=patching), []
    for number in range(8):
        edit(site / KIT, "note: ", f"note: {number} ")
        held.refresh()
        frozen.append(gc.get_freeze_count())
    assert frozen[-1] - frozen[3] < frozen[3] / 1000
    gc.unfreeze()
