"""Staged release: a squad's build, a brand's and everybody's lie apart, and none has a byte of what is not its own."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from building import build, bytes_of, edit, html_of, write
from checking import NOW
from communities.site import MAYA, PROFILE
from storefront.cli import group

LIST = f"{MAYA}/lists/secret.yaml"
STAGED = (
    "title: Canary of the squad\n"
    "items:\n  - {product: merino-tee, note: Canary zznote of it, relationship: purchased}\n"
    "releases:\n  - {audience: squad:runners, at: 2026-11-20}\n  - {audience: brand:fjell, at: 2026-11-25}\n"
    "  - {audience: public, at: 2026-12-01}\n"
)
ITEM = (
    "  - product: merino-tee\n    note: Canary zzitem words here\n    relationship: purchased\n"
    "    releases: [{audience: squad:runners, at: 2026-11-01}]\n"
)


@pytest.fixture
def staged(site):
    write(site, {LIST: STAGED})
    kit = site / f"{MAYA}/lists/kit.yaml"
    kit.write_text(kit.read_text() + ITEM)
    return site


def run(*arguments, now="2026-11-22T12:00:00Z"):
    return CliRunner().invoke(group, [*map(str, arguments), "--now", now])


def audience(site, who, now="2026-11-22T12:00:00Z", *more):
    made = run("build", "--root", site, "--audience", who, *more, now=now)
    assert made.exit_code == 0, made.output
    return site / "audiences" / who.replace(":", "-")


def holds(folder, word):
    return any(word.encode() in data for data in bytes_of(folder).values())


def test_a_squad_sees_first_then_a_brand_then_everybody(staged):
    for day, who in ((22, {"squad:runners"}), (26, {"squad:runners", "brand:fjell"})):
        when = f"2026-11-{day}T12:00:00Z"
        for each in ("squad:runners", "brand:fjell"):
            assert holds(audience(staged, each, when), "Canary of the squad") is (each in who)
    report = build(staged, now=datetime(2026, 11, 26, tzinfo=UTC))
    assert not holds(staged / "site", "Canary")
    assert report.next_change == datetime(2026, 12, 1, tzinfo=UTC)
    build(staged, now=datetime(2026, 12, 1, 1, tzinfo=UTC))
    assert holds(staged / "site", "Canary of the squad")
    assert not holds(staged / "site", "zzitem")  # it is never for everybody


def test_the_public_build_has_no_byte_of_it_and_leakcheck_says_so(staged):
    build(staged)
    audience(staged, "squad:runners")
    assert run("leakcheck", "--root", staged).exit_code == 0
    assert run("leakcheck", "--root", staged, "--audience", "squad:runners").exit_code == 0
    folder = staged / "audiences/squad-runners"
    found = run("leakcheck", folder, "--root", staged)
    assert found.exit_code == 1
    assert "held back until 2026-12-01" in found.output
    assert "maya/secret" in found.output


def test_a_build_for_an_audience_touches_neither_the_site_nor_what_is_known_of_it(staged):
    build(staged)
    before = bytes_of(staged / "site")
    audience(staged, "squad:runners")
    assert bytes_of(staged / "site") == before
    assert build(staged).rendered == 0


def test_builds_are_never_mixed(staged):
    build(staged)
    folder = audience(staged, "squad:runners")
    before = bytes_of(folder)
    for other in (
        ["--audience", "brand:fjell", "--output", folder],
        ["--audience", "squad:runners", "--output", staged / "site"],
    ):
        made = run("build", "--root", staged, *other)
        assert made.exit_code in {1, 2}
    assert bytes_of(folder) == before
    assert "audiences" not in "".join(html_of(staged / "site"))


def test_the_same_content_gives_the_same_bytes(staged, tmp_path):
    first = bytes_of(audience(staged, "squad:runners"))
    again = run("build", "--root", staged, "--audience", "squad:runners", "--output", tmp_path / "again")
    assert again.exit_code == 0
    assert bytes_of(tmp_path / "again") == first


def test_search_engines_are_told_to_stay_away(staged):
    folder = audience(staged, "squad:runners")
    assert (folder / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert not list(folder.glob("sitemap*"))
    assert all('<meta name="robots" content="noindex, nofollow">' in html for html in html_of(folder).values())


def test_a_brands_build_names_those_who_share_with_brands(site):
    edit(site / PROFILE, "recognition: public", "recognition: brand")
    build(site)
    assert "Maya Lind" not in html_of(site / "site")[""]
    assert "Maya Lind" in html_of(audience(site, "brand:fjell"))[""]
    assert "Maya Lind" not in html_of(audience(site, "squad:runners"))[""]


@pytest.mark.parametrize(
    ("who", "code", "says"),
    [
        ("squad:runnners", 1, "Did you mean squad:runners?"),
        ("brand:nobody", 1, "there is no brand nobody"),
        ("runners", 2, "write it as squad:ID or brand:ID"),
    ],
)
def test_an_audience_that_there_is_not_is_told(site, who, code, says):
    made = run("build", "--root", site, "--audience", who)
    assert made.exit_code == code
    assert says in made.output


def test_a_preview_shows_what_is_staged(staged):
    assert run("build", "--root", staged, "--preview", "--audience", "squad:runners").exit_code == 2
    assert NOW.year == 2026
