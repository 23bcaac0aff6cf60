"""The command line: what it prints, and how it ends."""

import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from building import build, bytes_of, edit, names_in, write
from storefront import __version__, pipeline, publish
from storefront.cli import COMMANDS, group
from storefront.outcome import FOLDER

NOW = "2026-11-22T12:00:00Z"
PRODUCT = "content/products/merino-tee.yaml"
PAGE = """<title>Mug</title><link rel="canonical" href="https://nordshop.example/mug">
<script type="application/ld+json">
{"@type": "Product", "name": "Mug", "brand": "Fjell", "category": "Mugs"}</script>"""
EPOCH = {"SOURCE_DATE_EPOCH": "1795348800"}  # 2026-11-22T12:00:00Z


@pytest.fixture
def run(site, monkeypatch):
    """Runs a command in the minimal site's folder."""
    monkeypatch.chdir(site)
    runner = CliRunner()
    return lambda *words, **environment: runner.invoke(group, words, env=environment)


def storefront(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as users do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "storefront", *words],
        cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


# Help


def commands(found=group, path=()):
    """Every command that does something, by the words that call it."""
    context = click.Context(found)
    for name in found.list_commands(context):
        command = found.get_command(context, name)
        yield from commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself_with_examples(run, words, option):
    result = run(*words, option)
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: {group.name} {' '.join(words)} ")
    assert COMMANDS.get(" ".join(words), "") in result.output
    examples = result.output.split("Examples:")[1]
    assert f"storefront {' '.join(words)}" in examples


def test_where_a_command_writes_can_be_said_in_short(run):
    told = [(words, run(*words, "--help").output) for words in commands()]
    writing = [(words, text) for words, text in told if "--output" in text.partition("Examples:")[0]]
    assert len(writing) >= 10
    assert not [" ".join(words) for words, text in writing if "-o, --output " not in text]


def test_a_table_is_written_where_o_says(run, tmp_path):
    assert run("export", "picks", "--format", "csv", "-o", str(tmp_path / "picks.csv")).exit_code == 0
    assert (tmp_path / "picks.csv").exists()


def test_the_help_lists_every_command(run):
    result = run("--help")
    for name, summary in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", result.output, re.MULTILINE)
    assert "storefront new my-site" in result.output


def test_the_version_is_told(run):
    assert run("--version").output == f"storefront {__version__}\n"


@pytest.mark.parametrize(
    ("word", "meant"), [("biuld", "build"), ("chek", "check"), ("Build", "build"), ("sever", "serve")]
)
def test_a_misspelt_command_is_recognised(run, word, meant):
    result = run(word)
    assert result.exit_code == 2
    assert f"Did you mean {meant}?" in result.output


def test_a_word_like_no_command_is_left_alone(run):
    result = run("xyzzy")
    assert result.exit_code == 2
    assert "Did you mean" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--nope"),
        ("build", "--jobs", "0"),
        ("build", "--format", "xml"),
        ("build", "--now", "tomorrow"),
        ("build", "--now", "2026-02-30"),
        ("build", "--now", "0001-01-01T00:00:00+14:00"),
        ("build", "--root", "nowhere"),
        ("build", "--output", "content/site.yaml"),
        ("build", "extra"),
        ("new",),
        ("serve", "--port", "70000"),
    ],
)
def test_wrong_usage_ends_with_2(run, words):
    result = run(*words)
    assert result.exit_code == 2
    assert "Error: " in result.output
    assert "Traceback" not in result.output


# Build and check


def test_a_build_sums_up(run, site):
    result = run("build", "--now", NOW)
    assert result.exit_code == 0
    assert re.fullmatch(
        r"Built 28 pages \(28 anew\) from 8 files and 2 pictures in \d+\.\d s: site "
        r"\(as of 2026-11-22 12:00 UTC, next change 2026-12-04 00:00 UTC\)\n",
        result.output,
    )
    assert (site / "site/index.html").exists()
    assert "Built 28 pages (0 anew)" in run("build", "--now", NOW).output


def test_a_check_sums_up_and_writes_nothing(run, site):
    before = names_in(site)
    result = run("check", "--now", NOW)
    assert result.exit_code == 0
    assert re.match(r"No problems in 8 files, 28 pages and 2 pictures in \d+\.\d s \(as of 2026-11-22", result.output)
    assert names_in(site) == before


def test_what_is_held_back_is_counted(run, site):
    write(site, {"content/brands/later.yaml": "name: Later\nfrom: 2026-12-01\n"})
    assert "1 record held back, next change 2026-12-01 00:00 UTC" in run("check", "--now", NOW).output


def test_quiet_says_nothing_when_all_is_well(run):
    assert run("build", "-q", "--now", NOW).output == ""
    assert run("check", "--quiet", "--now", NOW).output == ""


def test_a_build_can_go_elsewhere(run, site, tmp_path):
    result = run("build", "--now", NOW, "--output", str(tmp_path / "out"))
    assert f": {tmp_path / 'out'} (as of" in result.output
    assert (tmp_path / "out/index.html").exists()
    assert not (site / "site").exists()


def test_a_site_elsewhere_can_be_built(run, site, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("build", "--now", NOW, "--root", "here").exit_code == 0
    assert (site / "site/index.html").exists()


def test_a_day_is_its_beginning(run):
    assert "as of 2026-11-22 00:00 UTC" in run("check", "--now", "2026-11-22").output


# Problems


def test_problems_are_told_with_their_place_and_what_to_do(run, site):
    edit(site / PRODUCT, "brand: fjell", "brand: fjel")
    result = run("build", "--now", NOW)
    assert result.exit_code == 1
    assert result.output == (
        "content/products/merino-tee.yaml:2:1: unknown-reference: there is no brand fjel\n"
        "    Did you mean fjell?\n"
        "1 problem found. Nothing was published.\n"
    )


def test_problems_are_told_to_programs(run, site):
    edit(site / PRODUCT, "brand: fjell", "brand: fjel")
    result = run("check", "--now", NOW, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "problems": [
            {
                "code": "unknown-reference",
                "message": "there is no brand fjel",
                "hint": "Did you mean fjell?",
                "file": "content/products/merino-tee.yaml",
                "line": 2,
                "column": 1,
                "related": [],
            }
        ]
    }


def test_related_places_are_told_to_programs(run, site):
    write(site, {"content/influencers/maya.yaml": "name: Maya\n"})
    [problem] = json.loads(run("check", "--now", NOW, "--format", "json").output)["problems"]
    assert problem["code"] == "duplicate-id"
    assert problem["related"] == [{"file": "content/influencers/maya/profile.yaml", "line": 1, "column": 1}]


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_the_summary_is_told_to_programs(run, command, quiet):
    summary = json.loads(run(command, "--now", NOW, "--format", "json", *quiet).output)
    assert summary["problems"] == []
    assert 0 <= summary["summary"].pop("seconds") < 60
    written = 54 if command == "build" else 0
    assert summary["summary"] == {
        "pages": 28,
        "rendered": 28,
        "restored": 0,
        "written": written,
        "removed": 0,
        "pictures": 2,
        "files": written,
        "sources": 8,
        "held": 0,
        "now": "2026-11-22T12:00:00+00:00",
        "next_change": "2026-12-04T00:00:00+00:00",
    }


def test_problems_become_annotations(run, site):
    edit(site / PRODUCT, "title: Merino Tee", 'title: Merino Tee\n"pri,ze: 100%": 1')
    result = run("check", "--now", NOW, "--format", "github")
    assert result.exit_code == 1
    first, last = result.output.splitlines()
    assert first.startswith("::error file=content/products/merino-tee.yaml,line=2,col=1,title=unknown-key::")
    assert "pri,ze: 100%25" in first
    assert "%0A" in first
    assert last == "1 problem found. Nothing was published."


def test_an_annotation_of_a_whole_file_has_no_line(run, site):
    write(site, {"content/brands/fjell.yaml": ""})
    assert "::error file=content/brands/fjell.yaml,title=yaml-syntax::" in run("check", "--format", "github").output


def test_a_log_has_an_end_and_programs_get_all(run, site):
    write(site, {f"content/brands/b{number}.yaml": "" for number in range(1010)})
    lines = run("check").output.splitlines()
    assert lines[-2:] == ["… and 10 more.", "1010 problems found. Nothing was published."]
    assert len(json.loads(run("check", "--format", "json").output)["problems"]) == 1010


def test_nothing_here_is_told_with_how_to_start(run, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = run("build")
    assert result.exit_code == 1
    assert "no-content" in result.output
    assert "storefront new my-site" in result.output


OF_A_SITE = [
    "check", "build", "fmt", "due", "new creator ole", "new theme mine", "clean", "clean --unused",
    "init-ci github --host pages",
]  # fmt: skip


@pytest.mark.parametrize("command", OF_A_SITE)
@pytest.mark.parametrize(("folder", "way"), [("..", "here"), ("content/influencers/maya", "../../..")])
def test_in_the_wrong_folder_the_right_one_is_named(run, site, monkeypatch, command, folder, way):
    """And nothing is written there."""
    monkeypatch.chdir(site / folder)
    before = names_in(site)
    result = run(*command.split())
    assert (result.exit_code, result.output.splitlines()[1]) == (
        1, f"    There is a site in {way}: go there with cd {way}, or add --root {way}",
    )  # fmt: skip
    assert names_in(site) == before


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        ("build", " Nothing was published."),
        ("clean", " Nothing was deleted."),
        ("init-ci github --host pages", " Nothing was written."),
        ("due", ""),
        ("list", ""),
        ("audit", ""),
    ],
)
def test_the_end_says_what_was_not_done(run, tmp_path, monkeypatch, command, ending):
    monkeypatch.chdir(tmp_path)
    assert run(*command.split()).output.splitlines()[-1] == f"1 problem found.{ending}"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("check --format gitlap", "gitlab"),
        ("add page.html --list kit --relationship bought", "purchased"),
        ("add page.html --list kit --relationship Gifted", "gifted"),
        ("import picks page.html --from linktre --list kit --relationship none", "linktree"),
        ("init-ci gitlap --host pages", "gitlab"),
        ("add page.html --list Kit --relationship gifted", "kit"),
    ],
)
def test_a_word_that_an_option_does_not_know_is_answered_with_the_nearest(run, site, words, meant):
    (site / "page.html").write_text(PAGE)
    result = run(*words.split())
    assert (result.exit_code, result.output.splitlines()[-1].rsplit(". ", 1)[-1]) == (2, f"Did you mean {meant}?")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("new list winter-kit", "A new list is a file in content/: copy another one, and change it."),
        ("deploy", "Say where to: a folder, or s3://bucket/prefix."),
        ("add page.html --list kit", "--relationship purchased, or gifted, loaned, paid"),
    ],
)
def test_what_is_left_out_is_asked_for(run, site, command, told):
    (site / "page.html").write_text(PAGE)
    result = run(*command.split())
    assert (result.exit_code, told in " ".join(result.output.split())) == (2, True), result.output


def test_an_address_without_its_beginning_is_told_from_a_file(run):
    assert "write https://shop.example/mug" in run("add", "shop.example/mug").output


def test_the_places_to_publish_at_are_named_where_none_is(run):
    assert "Say where the site is published: apache, " in run("init-ci", "github").output


def test_control_characters_never_reach_the_terminal(run, site):
    edit(site / PRODUCT, "brand: fjell", '"\\e[31mred": fjell\nbrand: fjell')
    result = run("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.output


# The machine is at fault


def test_another_build_is_the_machines_fault(run, site):
    with publish.Lock(site / FOLDER):
        result = run("build", "--now", NOW)
    assert result.exit_code == 3
    assert result.stderr == "storefront: another build of this site is running; wait for it to end\n"
    assert result.stdout == ""


def test_two_processes_do_not_build_one_site_at_once(site):
    with publish.Lock(site / FOLDER):
        result = storefront("build", "--now", NOW, cwd=site)
    assert (result.returncode, result.stdout) == (3, "")
    assert "another build of this site is running" in result.stderr


@pytest.mark.parametrize("output", ["/proc/storefront-site", "content/site.yaml/deep"])
def test_a_place_that_cannot_be_written_ends_with_3(run, output):
    result = run("build", "--now", NOW, "--output", output)
    assert result.exit_code == 3
    assert result.stderr.startswith("storefront: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_ends_with_3(run, site):
    (site / "content/brands").chmod(0)
    try:
        assert run("build").exit_code == 3
    finally:
        (site / "content/brands").chmod(0o755)


def test_the_machines_fault_leaves_json_alone(run, site):
    with publish.Lock(site / FOLDER):
        result = run("build", "--format", "json")
    assert (result.exit_code, result.stdout) == (3, "")


# The program is at fault


@pytest.fixture
def broken(monkeypatch):
    """A build that fails for no fault of the user's."""

    def fail(*_):
        raise KeyError("nobody thought of it")

    monkeypatch.setattr(pipeline, "gather", fail)


@pytest.mark.usefixtures("broken")
def test_our_own_faults_are_owned_up_to(run, site):
    result = run("build")
    assert result.exit_code == 1
    assert result.output == (
        "storefront: internal: KeyError: 'nobody thought of it'\n"
        "    Please report it, with the file .storefront/internal-error.txt.\n"
        "1 problem found. Nothing was published.\n"
    )
    report = (site / ".storefront/internal-error.txt").read_text()
    assert "Traceback" in report
    assert "in fail" in report


@pytest.mark.usefixtures("broken")
def test_our_own_faults_are_told_to_programs(run):
    [problem] = json.loads(run("check", "--format", "json").output)["problems"]
    assert (problem["code"], problem["file"]) == ("internal", "storefront")


@pytest.mark.usefixtures("broken")
def test_a_report_that_cannot_be_written_is_not_promised(run, site):
    write(site, {".storefront": "a file"})
    assert "Please report it.\n" in run("check").output


# Interrupts and pipes

INTERRUPT = """
import sys
from storefront import pipeline
from storefront.cli import main

def interrupted(*_):
    raise KeyboardInterrupt

pipeline.gather = interrupted
sys.argv = ["storefront", "build"]
main()
"""


def test_an_interrupt_ends_with_130(site):
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPT], cwd=site, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 130
    assert "Traceback" not in result.stderr


def test_a_reader_who_leaves_is_no_fault(site):
    """As in `storefront check | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", "from storefront.cli import main; main()", "check", "--now", NOW]
    result = subprocess.run(command, cwd=site, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert result.stderr == b""
    assert result.returncode in {0, 1}


NOISY = """
import sys, warnings
from storefront import pipeline
from storefront.cli import main

pipeline.gather = lambda *_: warnings.warn("a library has doubts")
sys.argv = ["storefront", "check"]
main()
"""


def test_doubts_of_libraries_are_not_the_users(site):
    command = [sys.executable, "-c", NOISY]
    result = subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=60, check=False)
    assert "doubts" not in result.stderr


# Colour


def on_a_terminal(site: Path, **environment: str) -> str:
    """What a check prints on a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from storefront.cli import main; main()", "check", "--now", NOW]
    result = subprocess.run(
        command,
        cwd=site,
        env=os.environ | environment,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert result.returncode == 1
    return said


def test_a_terminal_gets_colour_unless_it_is_not_wanted(site):
    edit(site / PRODUCT, "brand: fjell", "brand: fjel")
    assert "\x1b[31munknown-reference\x1b[0m" in on_a_terminal(site, TERM="xterm-256color", NO_COLOR="")
    assert "\x1b" not in on_a_terminal(site, TERM="xterm-256color", NO_COLOR="1")


def test_what_is_no_terminal_gets_no_escape_codes(site):
    edit(site / PRODUCT, "brand: fjell", "brand: fjel")
    result = storefront("check", cwd=site, TERM="xterm-256color")
    assert "\x1b" not in result.stdout + result.stderr
    edit(site / PRODUCT, "brand: fjel", "brand: fjell")
    result = storefront("build", "--now", NOW, cwd=site, TERM="xterm-256color")
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


# The clock


def test_the_epoch_of_the_source_is_the_moment(run):
    assert "as of 2026-11-22 12:00 UTC" in run("check", **EPOCH).output


def test_now_goes_before_the_epoch_of_the_source(run):
    assert "as of 2026-01-02 00:00 UTC" in run("check", "--now", "2026-01-02", **EPOCH).output


@pytest.mark.parametrize("now", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_a_clock_in_a_year_without_content_is_wrong_usage(run, now):
    result = run("check", "--now", now)
    assert result.exit_code == 2
    assert f"the clock is at {now}; it can be in the years 1900 to 9998." in result.output


@pytest.mark.parametrize("epoch", ["soon", "1.5", "9" * 30, "9" * 13])
def test_an_epoch_that_is_no_moment_is_wrong_usage(run, epoch):
    result = run("check", SOURCE_DATE_EPOCH=epoch)
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is not a number of seconds." in result.output


# Clean


def test_clean_deletes_what_was_made_and_nothing_else(run, site):
    write(site / "site", {".gitkeep": ""})
    before = bytes_of(site)
    run("build", "--now", NOW)
    result = run("clean")
    assert result.exit_code == 0
    assert result.output == "Deleted 55 files from site, and the cache.\n"
    assert bytes_of(site) == before


def test_clean_leaves_a_folder_with_files_of_somebody_elses_alone(run, site):
    run("build", "--now", NOW)
    write(site / "site", {"CNAME": "mine"})
    before = bytes_of(site)
    result = run("clean")
    assert result.exit_code == 1
    assert "site: output: storefront did not write all of the folder site: it holds CNAME" in result.output
    assert bytes_of(site) == before


def test_clean_of_what_is_unused_keeps_what_is_shown(run, site):
    build(site)
    cache, before = site / FOLDER / "images", bytes_of(site / "site")
    assert run("clean", "--unused", "--now", NOW).output == "Deleted 0 files of the cache, 0.0 MB.\n"
    there = names_in(cache)
    write(site, {f"{FOLDER}/previews/old-card.jpg": b"1" * 200_000, f"{FOLDER}/images/old-640.webp": b""})
    edit(site / PRODUCT, "images:", "x-images:")
    assert re.fullmatch(
        r"Deleted [1-9]\d* files of the cache, 0\.2 MB\.\n", run("clean", "--unused", "--now", NOW).output
    )
    assert {name for name in there if not name.startswith("merino-tee")} == names_in(cache)
    assert bytes_of(site / "site") == before


def test_clean_without_the_cache_leaves_strangers_alone(run, site):
    run("build", "--now", NOW)
    for path in (site / ".storefront").glob("state*"):
        path.unlink()
    write(site / "site", {"CNAME": "mine"})
    assert run("clean").exit_code == 1
    (site / "site/CNAME").unlink()
    assert run("clean").exit_code == 0


RUNNING = "another build of this site is running; wait for it to end"


def test_clean_takes_away_what_builds_left_that_were_cut_off(run, site):
    before = bytes_of(site)
    run("build", "--now", NOW)
    ours = (".site.next", ".site.next.parts", ".site.next-1a2b", ".site.next-1a2b.parts", ".site.spare", ".site.old")
    for name in (*ours, ".site.hosting.next"):
        write(site, {f"{name}/maya/index.html": "left"})
    write(site, {".site.nextcloud/mine": "mine"})
    assert run("clean").exit_code == 0
    assert bytes_of(site) == {**before, ".site.nextcloud/mine": b"mine"}
    assert {path.name for path in site.iterdir()} == {"content", "site", ".site.nextcloud"}


@pytest.mark.parametrize("how", [[], ["--unused", "--now", NOW]])
def test_clean_waits_for_no_build(run, site, how):
    run("build", "--now", NOW)
    before = bytes_of(site / "site")
    with publish.Lock(site / FOLDER):
        result = run("clean", *how)
        assert (result.exit_code, result.output) == (3, f"storefront: {RUNNING}\n")
    assert bytes_of(site / "site") == before
    assert run("clean", *how).exit_code == 0


def test_clean_where_nothing_was_built(run):
    assert run("clean").output == "Deleted 0 files from site, and the cache.\n"


def test_clean_of_another_folder(run, tmp_path):
    run("build", "--now", NOW, "--output", str(tmp_path / "out"))
    assert run("clean", "--output", str(tmp_path / "out")).exit_code == 0
    assert names_in(tmp_path / "out") == set()


# New and schema


def test_a_new_site_builds_at_once(tmp_path, run, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("new", "my-site")
    assert result.exit_code == 0
    assert re.match(r"Made \d+ files in my-site\. Next:\n    cd my-site\n    storefront serve\n", result.output)
    monkeypatch.chdir(tmp_path / "my-site")
    assert run("check").exit_code == 0
    assert run("build").exit_code == 0
    assert (tmp_path / "my-site/site/sam/index.html").exists()


def test_a_new_site_can_be_laid_out_in_an_empty_folder(tmp_path, run, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert run("new", ".").exit_code == 0
    assert run("check").exit_code == 0


def test_a_new_site_overwrites_nothing(run, site):
    before = bytes_of(site)
    result = run("new", ".")
    assert result.exit_code == 1
    assert ": output: there is something here already" in result.output
    assert bytes_of(site) == before


def test_schemas_are_written(run, site):
    result = run("schema")
    assert result.exit_code == 0
    count = len(list((site / "schemas").iterdir()))
    assert result.output == f"Wrote {count} schemas to schemas.\n"
    for path in (site / "schemas").iterdir():
        assert json.loads(path.read_text())["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("schema", "--output", "elsewhere").exit_code == 0
    assert bytes_of(site / "elsewhere") == bytes_of(site / "schemas")


def test_the_program_starts_without_loading_what_a_command_needs():
    code = "import sys, storefront.cli; print(sorted({'jinja2', 'PIL', 'babel', 'uvicorn', 'rich'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout == "[]\n"


def test_a_build_with_nothing_to_do_loads_nothing_to_do_it_with(site):
    run = f"from storefront.cli import group; group(['build', '--now', '{NOW}'], standalone_mode=False)"
    heavy = "{'babel', 'jinja2', 'yaml', 'storefront.vocabulary.common', 'storefront.pipeline', 'storefront.edits'}"
    code = f"import sys; {run}; print(sorted({heavy} & set(sys.modules)))"
    time.sleep(0.05)  # content as young as its build leaves no manifest
    for nothing in (False, True):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stdout.endswith("\n[]\n") == nothing, done.stdout


def test_a_build_from_the_command_line_is_the_same_build(run, site, tmp_path):
    run("build", "--now", NOW, "--jobs", "4")
    build(site, tmp_path / "other")
    assert bytes_of(site / "site") == bytes_of(tmp_path / "other")
