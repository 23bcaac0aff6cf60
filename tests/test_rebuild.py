"""A build after a small edit rests on what the last one left, and leaves what a build from nothing leaves."""

import shutil
import time

import pytest
from msgspec import structs

from building import build, bytes_of, edit, write
from checking import NOW
from edits import EDITS, KIT, MAYA, PRODUCT, PROFILE, SITE
from storefront import pipeline
from storefront.build import build as make
from storefront.edits import rebuilding
from storefront.outcome import FOLDER, NEXT_CHANGE, Options
from storefront.problems import ProblemsFound

REVIEW = f"{MAYA}/reviews/merino-tee.yaml"
LEFT = "edits.msgpack"


@pytest.fixture
def settled(site, monkeypatch):
    """A site that was built a moment ago, and how it is built from now on: of a slice, or whole."""
    time.sleep(0.05)  # file systems count time in steps of up to 10 ms
    build(site)
    ways: list[str] = []
    whole, small = pipeline.build, rebuilding.rebuild

    def rebuilt(*arguments):
        made = small(*arguments)
        ways.extend(["slice"] if made else [])
        return made

    monkeypatch.setattr(pipeline, "build", lambda *arguments: ways.append("whole") or whole(*arguments))
    monkeypatch.setattr(rebuilding, "rebuild", rebuilt)
    return site, ways


def again(site, now=NOW):
    time.sleep(0.05)
    return build(site, now=now)


def clean(site):
    """What a build from nothing makes."""
    fresh = site.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(site, fresh, ignore=lambda *_: {"site", FOLDER})
    build(fresh)
    return bytes_of(fresh / "site")


SMALL = {
    "a note": EDITS["a note"],
    "a price": EDITS["a price"],
    "a review": EDITS["a review"],
    "a rating": lambda site: edit(site / REVIEW, "rating: 4.5", "rating: 1"),
    "a bio": lambda site: edit(site / PROFILE, "name: M", "bio: Walks far.\nname: M"),
    "lines more": lambda site: edit(site / KIT, "items:", "# kept short\n\nitems:"),
    "another order of keys": lambda site: (
        edit(site / KIT, "title: Winter running kit\n", "")
        or (site / KIT).write_text((site / KIT).read_text() + "title: Winter running kit\n")
    ),
    "two at once": lambda site: (EDITS["a note"](site), EDITS["a price"](site)),
}
LARGE = ["a list's name", "a product more", "a product less", "a post less", "a creator more", "a creator less"]
LARGE += ["a creator's name", "a brand's name", "the site's title", "a market's words", "a language", "a template"]
LARGE += ["a picture's bytes", "a picture's words", "a draft", "codes"]


@pytest.mark.parametrize("name", SMALL)
def test_a_small_edit_is_built_of_a_slice(settled, name):
    site, ways = settled
    for _ in range(2):
        SMALL[name](site) if not ways else edit(site / REVIEW, "itch", "bite")
        report = again(site)
        assert bytes_of(site / "site") == clean(site)
        due = (root / FOLDER / NEXT_CHANGE for root in (site, site.with_name("fresh")))
        assert len({path.read_text() for path in due}) == 1
    assert ways == ["slice", "whole", "slice", "whole"]  # and each time a clean one
    assert (report.pages, report.removed) == (28, 0)
    assert again(site).written == 0
    assert len(ways) == 4


@pytest.mark.parametrize("name", LARGE)
def test_what_other_pages_may_show_is_built_whole(settled, name):
    site, ways = settled
    EDITS[name](site)
    again(site)
    assert ways == ["whole"]


@pytest.mark.parametrize("damage", ["empty", "half", "gone", "another"])
@pytest.mark.parametrize("file", [LEFT, "records.msgpack", "state.msgpack"])
def test_what_the_last_build_left_can_be_damaged(settled, file, damage):
    site, ways = settled
    path = site / FOLDER / file
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "another": whole[::-1]}[damage])
    EDITS["a note"](site)
    again(site)
    assert ways == ["whole"]
    assert bytes_of(site / "site") == clean(site)


def test_relations_of_another_time_are_found_out_by_the_keys_of_pages(settled):
    site, ways = settled
    kept = (site / FOLDER / LEFT).read_bytes()
    write(site, {"content/influencers/ida.yaml": "name: Ida\nlists: {kit: {title: Hers, items: []}}\n"})
    edit(site / "content/influencers/ida.yaml", "[]", "[{product: merino-tee, note: Warm., relationship: gifted}]")
    again(site)
    (site / FOLDER / LEFT).write_bytes(kept)
    EDITS["a review"](site)
    again(site)
    assert ways == ["whole", "whole"]
    assert bytes_of(site / "site") == clean(site)


def test_a_mistake_is_told_with_all_others_and_the_last_site_stays(settled):
    site, ways = settled
    before = bytes_of(site / "site")
    edit(site / KIT, "merino-tee", "merino-tea")
    with pytest.raises(ProblemsFound) as found:
        again(site)
    assert [problem.code for problem in found.value.problems] == ["unknown-reference"]
    assert bytes_of(site / "site") == before
    edit(site / KIT, "merino-tea", "merino-tee")
    edit(site / KIT, "no smell", "no holes")
    again(site)
    assert bytes_of(site / "site") == clean(site)
    assert ways[:2] == ["whole", "slice"]


def test_when_time_has_passed_the_next_change_the_whole_is_built(settled):
    site, ways = settled
    due = build(site).next_change
    EDITS["a note"](site)
    again(site, now=due)
    assert ways == ["whole"]


def test_a_site_can_be_asked_for_whole(settled):
    site, ways = settled
    EDITS["a note"](site)
    time.sleep(0.05)
    make(Options(root=site, output=site / "site", now=NOW, workers=1, whole=True))
    assert ways == ["whole"]
    assert bytes_of(site / "site") == clean(site)


def test_the_report_after_a_slice_is_that_of_the_whole(settled):
    site, ways = settled
    first = build(site)
    EDITS["a note"](site)
    report = again(site)
    assert ways == ["slice"]
    assert (report.rendered, report.written) == (9, 11)  # disclosures.json and SHA256SUMS, too
    assert {each.name: each.pages for each in report.templates} == {
        "": 5,
        "list.html": 1,
        "mentions.html": 1,
        "product.html": 1,
        "vanity.html": 1,
    }
    assert len(report.slowest) == 9
    assert report.recalled == report.sources - 1
    same = {"rendered": 0, "written": 0, "recalled": 0, "templates": (), "slowest": (), "seconds": 0}
    assert structs.replace(report, **same) == structs.replace(first, **same)


def test_without_disclosures_a_slice_writes_none(site):
    edit(site / SITE, "title:", "disclosures: false\ntitle:")
    build(site)
    EDITS["a price"](site)
    again(site)
    assert bytes_of(site / "site") == clean(site)
    assert not (site / "site/disclosures.json").exists()


def test_a_pick_that_gets_or_loses_its_link_gets_or_loses_its_line(settled):
    site, _ = settled
    text = (site / PRODUCT).read_text()
    edit(site / PRODUCT, "offers:", "x-offers:")
    again(site)
    assert bytes_of(site / "site") == clean(site)
    (site / PRODUCT).write_text(text)
    again(site)
    assert bytes_of(site / "site") == clean(site)


def test_what_was_warned_of_is_told_as_it_is_after_an_edit(settled):
    """A pick of a competitor, of which nothing says since when it is there."""
    site, _ = settled
    write(site, {
        "content/brands/sund.yaml": "name: Sund\n",
        "content/products/sund-tee.yaml": "title: Sund Tee\nbrand: sund\ncategory: Clothing\n",
        "content/campaigns/frost.yaml": "title: Frost\nbrand: fjell\ndisclosure: paid\n"
        "window: {from: 2026-11-01, until: 2027-02-28}\nparticipants: [{creator: maya}]\n"
        "exclusivity: [{brands: [sund]}]\n",
        f"{MAYA}/lists/tees.yaml": "title: Tees\nitems: [{product: sund-tee, relationship: purchased}]\n",
    })  # fmt: skip
    tees = site / MAYA / "lists/tees.yaml"

    def told():
        return [(each.code, each.place.line) for each in again(site).warnings]

    assert told() == [("exclusivity", 2)]
    edit(tees, "title: Tees", "# kept short\ntitle: Tees")
    assert told() == [("exclusivity", 3)]
    edit(tees, "purchased}", "purchased, from: 2026-10-01}")
    assert told() == []
    edit(tees, "from: 2026-10-01", "note: Dry in an hour")
    assert told() == [("exclusivity", 3)]
