"""`storefront build --verify`: what was kept is what would be made."""

import json

import pytest
from click.testing import CliRunner

from building import build, bytes_of, picture, write
from storefront import state, sums
from storefront.cli import group
from storefront.clock import read_now
from storefront.outcome import FOLDER, Options
from storefront.state import Written
from storefront.verify import differences

NOW = "2026-11-22T12:00:00Z"


@pytest.fixture
def run(site, monkeypatch):
    monkeypatch.chdir(site)
    return lambda *arguments: CliRunner().invoke(group, ["build", "--now", NOW, *arguments])


def plant(site, file: str, data: bytes):
    """Put a file into the output so that a build takes it for its own, as a wrong key would."""
    path = site / "site" / file
    path.write_bytes(data)
    left = state.read(site / FOLDER, str((site / "site").resolve()))
    key = left.files[file].key if file in left.files else "key"
    left.files[file] = Written(key, sums.of_bytes(data), state.signature(str(path)))
    state.write(site / FOLDER, left)


def test_a_site_that_is_right_is_verified(run, site):
    assert run("--verify").exit_code == 0
    before = bytes_of(site / "site")
    again = run("--verify")
    assert (again.exit_code, again.output.splitlines()[0].split(" in ")[0]) == (
        0, "Built 28 pages (0 anew) from 8 files and 2 pictures",
    )  # fmt: skip
    assert bytes_of(site / "site") == before
    assert not (site / FOLDER / "verify").exists()


def test_files_that_differ_are_told_each_with_what_is_wrong(run, site):
    build(site)
    plant(site, "maya/index.html", b"old")
    image = next((site / "site/media").glob("*.webp"))
    plant(site, f"media/{image.name}", picture(kind="WEBP"))
    result = run("--verify")
    assert result.exit_code == 1
    assert result.output == (
        "site/SHA256SUMS: differs: the file is not what a build from nothing makes\n"
        "    Please report it. storefront clean and a new build make the site right.\n"
        "site/maya/index.html: differs: the file is not what a build from nothing makes\n"
        "    Please report it. storefront clean and a new build make the site right.\n"
        f"site/media/{image.name}: differs: the file is not what a build from nothing makes\n"
        "    Please report it. storefront clean and a new build make the site right.\n"
        "3 problems found. The site was published as it is.\n"
    )
    told = json.loads(run("--verify", "--format", "json").output)
    assert [each["code"] for each in told["problems"]] == ["differs"] * 3


def test_a_file_too_many_and_one_too_few_are_told(site):
    options = Options(root=site, output=site / "site", now=read_now(NOW), workers=1)
    build(site)
    (site / "site/maya/index.html").unlink()
    write(site, {"site/zebra.html": "strange"})
    assert [(each.place.file, each.message) for each in differences(options)] == [
        ("site/maya/index.html", "the file is missing"),
        ("site/zebra.html", "the file is not made by a build from nothing"),
    ]


def test_a_mistake_is_told_before_anything_is_compared(run, site):
    write(site, {"content/brands/fjell.yaml": "nam: Fjell\n"})
    result = run("--verify")
    assert result.exit_code == 1
    assert "unknown-key" in result.output
