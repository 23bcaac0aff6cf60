"""`storefront admit`: a day in her own file, while there is a place."""

import pytest
from click.testing import CliRunner

from building import build, edit, html_of, write
from storefront.cli import group

WAITING = "# hers\nname: Eli Dahl  # as she writes it\nstatus: waitlisted\napplied: 2026-11-01\n"


@pytest.fixture
def waiting(site):
    return write(site, {"content/influencers/eli.yaml": WAITING})


def admit(site, handle):
    return CliRunner().invoke(group, ["admit", handle, "--root", str(site), "--now", "2026-11-22"])


def test_she_gets_pages_and_a_day_and_keeps_her_comments(waiting):
    made = admit(waiting, "eli")
    assert made.exit_code == 0
    text = (waiting / "content/influencers/eli.yaml").read_text()
    assert (
        text
        == ("# hers\nname: Eli Dahl  # as she writes it\nstatus: approved\napplied: 2026-11-01\nadmitted: 2026-11-22\n")
        or "admitted: 2026-11-22" in text
    )
    assert "# as she writes it" in text
    build(waiting)
    assert "22 Nov 2026" in html_of(waiting / "site")["eli/"]
    assert "admitted already" in admit(waiting, "eli").output


def test_nobody_is_admitted_when_all_places_are_taken(waiting):
    edit(waiting / "content/site.yaml", "title:", "access: {kind: waitlist, capacity: 3}\ntitle:")
    made = admit(waiting, "eli")
    assert made.exit_code == 1
    assert "all 3 places are taken" in made.output
    assert (waiting / "content/influencers/eli.yaml").read_text() == WAITING


def test_somebody_unknown_is_told(waiting):
    made = admit(waiting, "elli")
    assert made.exit_code == 1
    assert "Did you mean eli?" in made.output


def test_a_file_in_braces_is_written_key_by_key(site):
    write(site, {"content/influencers/eli.yaml": "# hers\n{name: Eli Dahl, status: waitlisted, applied: 2026-11-01}\n"})
    assert admit(site, "eli").exit_code == 0
    text = (site / "content/influencers/eli.yaml").read_text()
    assert text == "# hers\nname: Eli Dahl\nstatus: approved\napplied: 2026-11-01\nadmitted: 2026-11-22\n"


def test_a_file_whose_keys_cannot_be_changed_is_told_and_stays(site):
    write(site, {"content/influencers/eli.yaml": "--- {name: Eli Dahl, status: waitlisted}\n"})
    made = admit(site, "eli")
    assert made.exit_code == 1
    assert "content/influencers/eli.yaml: unreadable: " in made.output
    assert (site / "content/influencers/eli.yaml").read_text().startswith("--- {")


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Pacific/Auckland", "2026-11-22T20:00:00Z", "2026-11-23"),
        ("America/Lima", "2026-11-23T02:00:00Z", "2026-11-22"),
    ],
)
def test_the_day_is_the_site_s(waiting, zone, now, day):
    edit(waiting / "content/site.yaml", "Europe/London", zone)
    made = CliRunner().invoke(group, ["admit", "eli", "--root", str(waiting), "--now", now])
    assert f"eli on {day}" in made.output
    assert f"admitted: {day}\n" in (waiting / "content/influencers/eli.yaml").read_text()
