"""Who is named beyond what she wrote: nobody who does not say so, and nobody who has taken it back."""

import pytest

from building import build, edit, html_of, write
from checking import NOW
from communities.site import BRAND, IDA, PROFILE
from storefront.leaks import leaks

BEYOND = ("", "404.html", "search/", "squads/", "thanks/", "calls/", "brands/fjell/")
WRITTEN = "brands/fjell/mentions/"  # has what creators wrote, and nothing else


def naming(site, name):
    """The pages beyond her own that name her, but for what she wrote herself."""
    return {
        path
        for path, html in html_of(site / "site").items()
        if name in html and path != WRITTEN and (path in BEYOND or path.startswith(BEYOND[2:]))
    }


def test_somebody_who_shares_is_in_the_directory_the_search_the_squad_and_the_thanks(site):
    build(site)
    assert naming(site, "Ida Berg") >= {"", "404.html", "squads/runners/", "thanks/", "brands/fjell/", "search/i/"}
    index = "".join(path.read_text() for path in (site / "site/search/index").iterdir())
    assert "Ida Berg" in index
    assert "Ola Moen" not in index


def test_left_out_is_none(site):
    build(site)
    assert naming(site, "Ola Moen") == set()
    assert "Ola Moen" in html_of(site / "site")["ola/"]


def test_opting_out_takes_her_name_from_everywhere_and_what_she_wrote_stays(site):
    build(site)
    edit(site / f"{IDA}.yaml", "recognition: public", "recognition: none")
    before = leaks(site, site / "site", NOW).problems
    found = {each.place.file for each in before if "creator ida" in each.message}
    assert {"site/index.html", "site/thanks/index.html", "site/squads/runners/index.html"} <= found
    build(site)
    assert naming(site, "Ida Berg") == set()
    assert leaks(site, site / "site", NOW).problems == []
    for path in ("products/merino-tee/", WRITTEN):
        assert "Ida Berg" in html_of(site / "site")[path]


def test_who_has_left_is_on_no_page(site):
    edit(site / f"{IDA}.yaml", "name: Ida Berg", "name: Ida Berg\nstatus: left")
    build(site)
    assert not any("Ida" in html for html in html_of(site / "site").values())
    assert leaks(site, site / "site", NOW).problems == []


@pytest.mark.parametrize("recognition", ["none", "brand"])
def test_nothing_of_hers_is_embedded_elsewhere_without_her_word(site, recognition):
    edit(site / PROFILE, "recognition: public", f"recognition: {recognition}")
    build(site)
    pages = html_of(site / "site")
    assert not any(path.startswith(("embed/review/", "embed/snippet/")) for path in pages)
    assert "which no cotton is" not in pages["brands/fjell/"]


def test_a_family_name_of_a_minor_is_found_wherever_it_leaks(site, tmp_path):
    small = "name: Small Feet\nsteward: The school\nmembers: [ida]\nminors: true\n"
    build(write(site, {"content/squads/small.yaml": small}))
    assert leaks(site, site / "site", NOW).problems == []
    write(tmp_path, {"public/maya/index.html": "<p>with Ida <b>Berg</b> in Bergen</p>"})
    [found] = leaks(site, tmp_path / "public", NOW).problems
    assert "under age" in found.message


def test_thanks_to_a_brands_own_file_tell_nothing_of_who_is_not_named(site):
    assert "Drew the seam" in (site / BRAND).read_text()
    build(site)
    assert not any("Drew the seam" in html for html in html_of(site / "site").values())
