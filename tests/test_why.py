"""`storefront build --why`: what changed, and where a page shows it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from building import build, edit, write
from storefront.cli import group
from storefront.clock import read_now
from storefront.outcome import FOLDER, Options
from storefront.problems import ProblemsFound
from storefront.why import MOST, Difference, Input, Unknown, why

NOW = "2026-11-22T12:00:00Z"
KIT = "content/influencers/maya/lists/kit.yaml"
PRODUCT = "content/products/merino-tee.yaml"


def asked(site, url, now=NOW):
    return why(Options(root=site, output=site / "site", now=read_now(now), workers=1), url)


def test_a_page_that_nothing_touched_is_kept(site):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    assert asked(site, "/brands/fjell/").kept
    assert not asked(site, "/maya/").kept


def test_an_edit_is_told_with_the_record_and_the_field_of_the_view(site):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    told = asked(site, "/maya/lists/kit/")
    assert told.inputs == (Input("list:maya/kit", KIT),)
    [difference] = [each for each in told.differences if each.field.endswith(".note")]
    assert difference.field == "view.list.cards[0].note"
    assert "no smell" in difference.before
    assert difference.now == difference.before.replace("no smell", "no holes")


def test_a_document_is_told_line_by_line(site):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    [difference] = asked(site, "/maya/index.json").differences
    assert difference.field.startswith("line[")
    assert "no holes" in difference.now


def test_time_is_told_as_what_it_changes(site):
    report = build(site)
    over = report.next_change.isoformat()
    told = asked(site, "/products/merino-tee/", now=over)
    assert Difference("view.shops[0].price", "£69.00", None) in told.differences


def test_what_a_thing_is_called_is_found_on_the_pages_of_others(site):
    build(site)
    edit(site / PRODUCT, "title: Merino Tee", "title: Merino Shirt")
    told = asked(site, "/maya/")
    assert {each.ref for each in told.inputs} >= {"list:maya/kit"}
    assert any((each.before, each.now) == ("Merino Tee", "Merino Shirt") for each in told.differences)
    assert len(told.differences) <= MOST


def test_a_new_page_is_new_and_an_unknown_one_is_told_with_the_nearest(site):
    build(site)
    write(site, {"content/products/wool-cap.yaml": "title: Wool Cap\nbrand: fjell\ncategory: Clothing > Hats\n"})
    assert asked(site, "/products/wool-cap/").new
    with pytest.raises(Unknown) as unknown:
        asked(site, "/products/wool-cup/")
    assert "/products/wool-cap/" in unknown.value.paths


def test_without_a_build_before_nothing_is_known(site):
    assert not asked(site, "/maya/").known
    build(site)
    shutil.rmtree(site / FOLDER)
    assert not asked(site, "/maya/").known


def test_a_build_that_failed_is_no_build_before(site):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    edit(site / KIT, "items:", "itms:")
    with pytest.raises(ProblemsFound):
        build(site)
    edit(site / KIT, "itms:", "items:")
    assert asked(site, "/maya/lists/kit/").differences


def test_a_change_of_the_theme_is_none_of_content(site):
    build(site)
    write(site, {"themes/editorial/assets/base.css": "b{top:0}"})
    told = asked(site, "/maya/")
    assert not told.kept
    assert [each.field for each in told.differences] in ([], ["chrome.stylesheet"])


@pytest.mark.parametrize("url", ["/maya", "maya/", "https://shelves.example/maya/", "/maya/"])
def test_an_address_is_understood_as_people_write_it(site, url):
    assert asked(site, url).path == "/maya/"


def test_an_address_below_the_sites_path_is_understood(site):
    edit(site / "content/site.yaml", "https://shelves.example", "https://host.example/shop")
    assert asked(site, "/shop/maya/").path == "/maya/"
    assert asked(site, "https://host.example/shop/").path == "/"


# The command


@pytest.fixture
def run(site, monkeypatch):
    monkeypatch.chdir(site)
    return lambda *arguments: CliRunner().invoke(group, ["build", "--now", NOW, *arguments])


def test_the_command_explains_and_builds(run, site):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    lines = run("--why", "/maya/lists/kit/").output.splitlines()
    assert lines[:2] == [
        "/maya/lists/kit/ is made anew:",
        "    list:maya/kit has changed (content/influencers/maya/lists/kit.yaml)",
    ]
    assert any(line.startswith("    view.list.cards[0].note: ") and "→" in line for line in lines)
    assert any(line.startswith("Built ") for line in lines)
    stays = "/maya/lists/kit/ stays as it is: nothing that it is made of has changed."
    assert run("--why", "/maya/lists/kit/").output.splitlines()[0] == stays


def test_programs_are_told_too(run, site):
    build(site)
    edit(site / KIT, "no smell", "no holes")
    told = json.loads(run("--why", "/maya/lists/kit/", "--format", "json").output)["why"]
    assert told["inputs"] == [{"ref": "list:maya/kit", "file": KIT}]
    assert {each["field"] for each in told["differences"]} >= {"view.list.cards[0].note"}


def test_an_address_without_a_page_is_wrong_usage(run):
    result = run("--why", "/may/")
    assert result.exit_code == 2
    assert "no page stands at /may/" in result.output
    assert "/maya/" in result.output
