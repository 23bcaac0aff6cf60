"""The starter: it is whole, it has no problem at any time, and it never lies down over what is there."""

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from jsonschema import Draft202012Validator
from PIL import Image as Pillow

from storefront import __version__, content, reader, records, scaffold, schema
from storefront.catalog import join, pictures, references
from storefront.catalog.live import Live
from storefront.clock import Clock
from storefront.content import Kind
from storefront.problems import EnvironmentFailure, ProblemsFound
from storefront.vocabulary.validate import convert

CONTENT = [name for name in scaffold.files() if name.startswith("content/") and name.endswith(".yaml")]
PICTURES = [name for name in scaffold.files() if name.endswith((".jpg", ".png"))]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    scaffold.new(tmp_path / "my-site")
    return tmp_path / "my-site"


def in_site(site: Path) -> list[str]:
    return sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())


def test_it_gives_the_files_it_wrote(tmp_path: Path) -> None:
    written = scaffold.new(tmp_path / "deep" / "my-site")
    assert written == in_site(tmp_path / "deep" / "my-site")


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        ".gitignore",
        ".vscode/settings.json",
        ".github/workflows/check.yml",
        "content/site.yaml",
        "schemas/list.schema.json",
    ],
)
def test_it_holds_what_a_creator_needs(site: Path, name: str) -> None:
    assert (site / name).stat().st_size > 0


def test_it_holds_one_of_every_kind_that_people_write() -> None:
    kinds = {source.kind for name in CONTENT if (source := content.classify(name))}
    assert kinds == set(Kind) - {Kind.IMPORTED, Kind.CAMPAIGN, Kind.SAMPLES, Kind.RECALLS, Kind.SQUAD, Kind.CALL}


def test_it_holds_nothing_that_a_build_makes(site: Path) -> None:
    assert not (site / ".storefront").exists()
    assert not (site / "site").exists()


def test_it_loads_without_a_problem(site: Path) -> None:
    loaded = records.load(site)
    assert loaded.problems == []
    assert references.check(loaded.curation, loaded.places) == []
    assert loaded.files == len(CONTENT)


@pytest.mark.parametrize("year", [2020, 2026, 2027, 2060])
def test_it_has_no_problem_at_any_time(site: Path, year: int) -> None:
    loaded = records.load(site)
    live = Live(loaded.curation, Clock(datetime(year, 6, 1, tzinfo=UTC), ZoneInfo("Europe/London")))
    assert loaded.curation.site is not None
    catalog = join.join(loaded.curation.site.record, live, {}, loaded.places)
    assert catalog.problems == []
    assert [len(entry.picks) for entry in catalog.lists.values()] == [3]
    assert len(catalog.products) == 2
    assert live.held == 0
    ahead = year < 2025  # its review is of that year; a brand still has to answer it
    assert len(live.changes) == ahead


def test_it_shows_only_pictures_that_are_there_and_all_of_them(site: Path) -> None:
    loaded = records.load(site)
    live = Live(loaded.curation, Clock(datetime(2026, 6, 1, tzinfo=UTC), ZoneInfo("UTC")))
    assert sorted(wanted.file for wanted in pictures.shown_pictures(live)) == sorted(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_sound(name: str) -> None:
    data = scaffold.files()[name]
    assert len(data) < 40 * 1024
    with Pillow.open(BytesIO(data)) as picture:
        picture.load()
        assert min(picture.size) >= 900
        assert not picture.getexif()


def test_it_shows_a_label_and_a_plain_link(site: Path) -> None:
    loaded = records.load(site)
    ties = {item.relationship for entry in loaded.curation.lists.values() for item in entry.record.items}
    assert ties == {"purchased", "gifted"}


@pytest.mark.parametrize("name", CONTENT)
def test_the_first_line_leads_an_editor_to_the_schema(site: Path, name: str) -> None:
    first = (site / name).read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    target = (site / name).parent / found[1]
    source = content.classify(name)
    assert source is not None
    assert target.resolve() == (site / "schemas" / f"{source.kind}.schema.json").resolve()
    assert target.is_file()


@pytest.mark.parametrize("name", CONTENT)
def test_nothing_is_underlined(name: str) -> None:
    source = content.classify(name)
    assert source is not None
    validator = Draft202012Validator(json.loads(schema.schemas()[f"{source.kind}.schema.json"]))
    data = yaml.load(scaffold.files()[name], yaml.BaseLoader)
    assert [error.message for error in validator.iter_errors(data)] == []


def uncommented(text: str) -> str:
    """The text as it is when a creator takes the # from every line that could be YAML."""
    return re.sub(r"^( *)# (?= *(?:- )?(?:\w+:(?: |$)|\{))", r"\1", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", CONTENT)
def test_what_stands_in_comments_is_right_too(name: str) -> None:
    text = uncommented(scaffold.files()[name].decode()).replace("theme: editorial\n", "", 1)
    source = content.classify(name)
    assert source is not None
    made = convert(reader.parse(text, name), records.MODELS[source.kind])
    assert not isinstance(made, list), made
    assert list(records.RULES[type(made)](made)) == []


def test_there_is_something_to_uncomment() -> None:
    assert sum(uncommented(text) != text for text in (scaffold.files()[name].decode() for name in CONTENT)) >= 5


@pytest.mark.parametrize("name", CONTENT)
def test_comments_teach_in_every_file_that_opens_a_kind(name: str) -> None:
    if not name.endswith("reading-lamp.yaml"):  # the second of its kind
        assert scaffold.files()[name].decode().splitlines()[1].startswith("# ")


def test_settings_name_a_schema_for_every_file(site: Path) -> None:
    mapped = json.loads((site / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert {path.removeprefix("./") for path in mapped} == {f"schemas/{name}" for name in schema.schemas()}
    for kind, globs in scaffold.GLOBS.items():
        for name in CONTENT:
            source = content.classify(name)
            assert source is not None
            if any(Path(name).match(pattern.replace("/**/", "/")) for pattern in globs):
                assert source.kind == kind


def test_every_file_is_in_one_glob_only() -> None:
    for name in CONTENT:
        hits = [
            kind
            for kind, globs in scaffold.GLOBS.items()
            if any(Path(name).match(pattern.replace("/**/", "/")) for pattern in globs)
        ]
        source = content.classify(name)
        assert source is not None
        assert hits == [source.kind]


def test_the_workflow_installs_the_version_that_made_it(site: Path) -> None:
    steps = workflow_of(site)["jobs"]["check"]["steps"]
    assert f"pip install storefront=={__version__}" in [step.get("run") for step in steps]
    assert workflow_of(site)["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("0" * 40, "check --format github"),
        ("", "check --format github"),
        ("f" * 39 + "0", f"check --format github --against {'f' * 39}0"),
        ("$(touch x)", "check --format github --against $(touch x)"),
    ],
)
def test_the_workflow_compares_reviews_with_those_before(site: Path, tmp_path: Path, before: str, words: str) -> None:
    step = workflow_of(site)["jobs"]["check"]["steps"][-1]
    assert list(step["env"]) == ["BEFORE"]
    stand_in = tmp_path / "bin" / "storefront"
    stand_in.parent.mkdir()
    stand_in.write_text('#!/bin/sh\necho "$@"\n')
    stand_in.chmod(0o755)
    environment = os.environ | {"PATH": f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}", "BEFORE": before}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{words}\n"


def workflow_of(site: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((site / ".github/workflows/check.yml").read_text())
    return read


def test_the_readme_names_only_what_is_there(site: Path) -> None:
    named = re.findall(r"`((?:content|schemas)/[^`]*)`", (site / "README.md").read_text())
    assert named
    assert [path for path in named if not (site / path).exists()] == []


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert scaffold.new(tmp_path)


def test_a_repository_without_files_will_do(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert scaffold.new(tmp_path)


def test_a_folder_in_use_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(ProblemsFound) as failure:
        scaffold.new(tmp_path)
    (problem,) = failure.value.problems
    assert problem.code == "output"
    assert str(tmp_path) in str(problem.place)
    assert in_site(tmp_path) == ["README.md"]
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my-site").write_text("mine")
    with pytest.raises(ProblemsFound):
        scaffold.new(tmp_path / "my-site")
    assert (tmp_path / "my-site").read_text() == "mine"


def test_a_second_time_is_refused(site: Path) -> None:
    before = {name: (site / name).read_bytes() for name in in_site(site)}
    with pytest.raises(ProblemsFound):
        scaffold.new(site)
    assert {name: (site / name).read_bytes() for name in in_site(site)} == before


def test_a_machine_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFailure, match="cannot be written"):
        scaffold.new(tmp_path / "file" / "my-site")


def test_other_files_have_no_modeline() -> None:
    assert scaffold.modeline("README.md") == ""
    assert scaffold.modeline("content/notes.yaml") == ""


def test_it_is_the_same_each_time() -> None:
    assert scaffold.files() == scaffold.files()
