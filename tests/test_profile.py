"""`storefront build --profile`: where the time went."""

import re
import shutil

import pytest
from click.testing import CliRunner

from building import build, edit
from storefront.cli import group
from storefront.cli.profile import Stages

NOW = "2026-11-22T12:00:00Z"


@pytest.fixture
def run(site, monkeypatch):
    monkeypatch.chdir(site)
    return lambda *arguments: CliRunner().invoke(group, ["build", "--now", NOW, *arguments])


def test_stages_take_what_lies_between_them():
    told, times = [], iter([0, 1, 3, 6, 10, 15])
    stages = Stages(lambda *given: told.append(given), lambda: next(times))
    for given in (("Read", 0, 0), ("Join", 0, 0), ("Join", 1, 2), ("Read", 0, 0)):
        stages(*given)
    stages.end()
    assert stages.seconds == {"Start": 1, "Read": 2 + 4, "Join": 3}
    assert told == [("Read", 0, 0), ("Join", 0, 0), ("Join", 1, 2), ("Read", 0, 0)]


def test_a_build_says_where_its_time_went(run):
    lines = run("--profile").output.splitlines()
    assert lines[0] == "Stages, in seconds:"
    stages = {
        line.split()[1]: float(line.split()[0])
        for line in lines[1 : lines.index(next(x for x in lines if x.startswith("Kept")))]
    }
    assert {"Read", "Check", "Join", "Plan", "Keys", "Pages", "Publish"} <= stages.keys()
    assert all(seconds >= 0 for seconds in stages.values())
    templates = [line for line in lines if re.fullmatch(r" +\d+\.\d{3}  [\w.-]+\.html \(\d+ pages?\)", line)]
    assert sum(int(re.search(r"\((\d+)", line)[1]) for line in templates) < 25
    slowest = lines[lines.index("The slowest pages:") + 1 : -1]
    assert len(slowest) == 10
    assert [float(line.split()[0]) for line in slowest] == sorted(
        (float(line.split()[0]) for line in slowest), reverse=True
    )
    assert lines[-1].startswith("Built 28 pages (28 anew)")


def test_only_what_was_made_anew_is_listed(run, site):
    build(site)
    edit(site / "content/influencers/maya/lists/kit.yaml", "no smell", "no holes")
    said = run("--profile").output
    assert re.search(r"Kept from the last build: (1\d|2[0-7]) of 28 pages\.", said)
    assert "list.html (1 page)" in said
    said = run("--profile").output
    assert "Kept from the last build: 28 of 28 pages." in said
    assert "slowest" not in said


def test_what_came_from_the_cache_is_told(run, site):
    assert "From the cache: 0 pages, 0 of 8 files of content, 0 of " in run("--profile", "--cache").output
    shutil.rmtree(site / "site")
    said = run("--profile").output
    shown = re.search(r"From the cache: 28 pages, 8 of 8 files of content, (\d+) of (\d+) files of pictures\.", said)
    assert shown[1] == shown[2] != "0"
    assert "Kept from the last build: 0 of 28 pages." in said
    assert "Built 28 pages (0 anew, 28 from the cache) from 8 files" in said
