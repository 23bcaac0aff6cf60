"""Whatever of communities is edited, a build gives what a build from nothing gives, and so does a site in memory."""

import pytest

import machine
from building import build, edit, html_of, write
from checking import NOW
from communities.site import BRAND, CALL, IDA, MAYA, PROFILE, SQUAD
from storefront.live import LiveSite

EDITS = {
    "a note on a shared list": lambda site: edit(site / f"{IDA}.yaml", "Two sizes up", "Three sizes up"),
    "a note of somebody else": lambda site: edit(site / f"{MAYA}/lists/kit.yaml", "no smell", "no hole"),
    "a product on a shared list": lambda site: edit(site / "content/products/merino-tee.yaml", "69.00", "59.00"),
    "a review of a product on a shared list": lambda site: edit(
        site / f"{MAYA}/reviews/merino-tee.yaml", "does not itch", "never itches"
    ),
    "a member's name": lambda site: edit(site / f"{IDA}.yaml", "Ida Berg", "Ida Dal"),
    "a member less": lambda site: edit(site / SQUAD, "[maya, ida, ola]", "[ida, ola]"),
    "a squad of minors": lambda site: edit(site / SQUAD, "steward:", "minors: true\nsteward:"),
    "who shares": lambda site: edit(site / f"{IDA}.yaml", "public", "none"),
    "the words of a snippet": lambda site: edit(site / PROFILE, "which no cotton is", "which cotton is not"),
    "the rights to a snippet": lambda site: edit(site / PROFILE, "[site, brand]", "[site]"),
    "thanks": lambda site: edit(site / BRAND, "Found the loose seam", "Found two loose seams"),
    "a call": lambda site: edit(site / CALL, "Three people", "Four people"),
    "how one gets in": lambda site: edit(site / "content/site.yaml", "title:", "access: {kind: open}\ntitle:"),
    "the segments of a creator": lambda site: edit(site / PROFILE, "name:", "segments: [answers-fast]\nname:"),
    "a saved query": lambda site: edit(site / "content/site.yaml", "title:", "segments: {all: {}}\ntitle:"),
    "somebody waiting": lambda site: write(site, {"content/influencers/eli.yaml": "name: Eli\nstatus: waitlisted\n"}),
    "a release": lambda site: edit(
        site / SQUAD, "steward:", "releases: [{audience: public, at: 2026-12-01}]\nsteward:"
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_the_site_is_what_a_clean_build_makes(site, name):
    build(site)
    EDITS[name](site)
    build(site)
    assert machine.published(site) == machine.clean_build(site, NOW, site.with_name("clean"))
    assert build(site).rendered == 0


@pytest.mark.parametrize("name", EDITS)
def test_a_site_in_memory_follows(site, name):
    live = LiveSite(site, NOW)
    EDITS[name](site)
    live.refresh()
    build(site)
    for path, html in html_of(site / "site").items():
        answered = live.get(f"/{path}")
        assert answered is not None, path
        assert answered.data.decode() == html, path
