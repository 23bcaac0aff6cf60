"""Equal content, theme, moment and version give equal bytes, wherever and however a site is built."""

import locale
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
from datetime import timedelta, timezone
from pathlib import Path

import pytest

import storefront
from building import DEMO_NOW, build, bytes_of, copy_of_minimal, edit, names_in, write
from checking import NOW

# Builds through a pool of processes, which a site of this size would not get.
SCRIPT = """
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from storefront import executors
from storefront.build import build
from storefront.outcome import Options

executors.WORTH_A_POOL, executors.SHARD = 1, 7
if "FILES" in os.environ:
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (int(os.environ["FILES"]),) * 2)
root, output, now, workers = sys.argv[1:]
build(Options(root=Path(root), output=Path(output), now=datetime.fromisoformat(now), workers=int(workers)))
"""


def built_apart(
    site: Path,
    output: Path,
    *,
    workers: int = 1,
    now=NOW,
    cwd: Path | None = None,
    umask: int = -1,
    python: str = sys.executable,
    **env,
):
    """Build in a process of its own; gives every file."""
    command = [python, "-c", SCRIPT, str(site), str(output), now.isoformat(), str(workers)]
    subprocess.run(command, cwd=cwd, env=os.environ | env, umask=umask, timeout=120, check=True)
    return bytes_of((cwd or Path()) / output)


SOURCE = str(Path(storefront.__file__).parents[1])
EAST = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}
WEST = {"PYTHONHASHSEED": "42", "TZ": "Pacific/Niue", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
BARE = {
    "PYTHONHASHSEED": "7",
    "PYTHONOPTIMIZE": "2",
    "HOME": "/nonexistent",
    "USER": "nobody",
    "SOURCE_DATE_EPOCH": "1",
    "NO_COLOR": "1",
}


@pytest.mark.slow
@pytest.mark.parametrize("world", [EAST, WEST, BARE], ids=["east", "west", "bare"])
def test_the_world_around_changes_no_byte(site, minimal, tmp_path, world):
    """The order of sets, the time zone, the language and encoding of the machine, and how Python is run."""
    assert built_apart(site, tmp_path / "out", **world) == bytes_of(minimal.output)


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_bytes(site, minimal, demo, tmp_path):
    root = tmp_path / "root"
    shutil.copytree(demo.root / "content", root / "content")
    assert built_apart(root, tmp_path / "out", workers=5, now=DEMO_NOW) == bytes_of(demo.output)
    assert built_apart(site, tmp_path / "small", workers=2) == bytes_of(minimal.output)


@pytest.mark.slow
def test_one_process_and_four_give_the_same_bytes(site, minimal, tmp_path):
    for workers in (1, 3, 4):
        assert built_apart(site, tmp_path / f"out{workers}", workers=workers) == bytes_of(minimal.output)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_forty_open_files_are_enough(site, minimal, tmp_path):
    assert built_apart(site, tmp_path / "out", workers=2, FILES="40") == bytes_of(minimal.output)


# An interpreter is named in PYTHONS when it has what requirements.lock pins; codecs are pinned there, and so are bytes.
PYTHONS = [python for python in os.environ.get("PYTHONS", "").split(os.pathsep) if python]


@pytest.mark.slow
@pytest.mark.parametrize("python", PYTHONS or [None], ids=lambda python: python or "none")
def test_every_version_of_python_gives_the_same_bytes(site, minimal, tmp_path, python):
    if python is None:
        pytest.skip("PYTHONS names no other interpreter that has what requirements.lock pins")
    assert built_apart(site, tmp_path / "out", python=python, PYTHONPATH=SOURCE) == bytes_of(minimal.output)


@pytest.mark.slow
def test_the_moment_of_an_epoch_counts_unless_one_is_given(site, minimal, tmp_path):
    epoch = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    assert built_by_command(site, tmp_path / "a", epoch) == bytes_of(minimal.output)
    other = {"SOURCE_DATE_EPOCH": "1"}
    assert built_by_command(site, tmp_path / "b", other, "--now", NOW.isoformat()) == bytes_of(minimal.output)


def built_by_command(site, output, env, *arguments):
    command = [sys.executable, "-m", "storefront", "build", "--root", site, "--output", output, *arguments]
    subprocess.run(command, env=os.environ | env, capture_output=True, timeout=120, check=True)
    return bytes_of(output)


@pytest.mark.slow
def test_a_problem_in_another_process_is_told_in_this_one(site):
    write(site, {"themes/editorial/templates/list.html": "\n{{ nope }}"})
    command = [sys.executable, "-c", SCRIPT, str(site), str(site / "site"), NOW.isoformat(), "3"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "storefront.problems.ProblemsFound: 1 problems" in result.stderr
    assert not (site / "site").exists()


@pytest.mark.slow
def test_where_one_stands_and_who_may_read_change_no_byte(site, minimal, tmp_path):
    (tmp_path / "a place").mkdir()
    there = Path(os.path.relpath(site, tmp_path / "a place"))
    assert built_apart(there, Path("../out"), cwd=tmp_path / "a place", umask=0o077) == bytes_of(minimal.output)
    assert stat.S_IMODE((tmp_path / "out/index.html").stat().st_mode) == 0o600


@pytest.fixture
def elsewhere():
    """A folder that everybody may pass through; pytest's own are root's alone."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.slow
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
def test_another_user_builds_the_same_bytes(minimal, elsewhere, umask):
    """Of content that belongs to somebody else and that only root may change."""
    user = 61_234  # nobody's: it has no name and no home
    other = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", sys.executable, "-c"]
    world = os.environ | {"HOME": "/nonexistent", "PYTHONPATH": SOURCE, "PYTHONDONTWRITEBYTECODE": "1"}
    if os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("only root can be somebody else (setpriv)")
    if subprocess.run([*other, "import storefront"], env=world, cwd="/", capture_output=True, check=False).returncode:
        pytest.skip("others may not read Python or the program here")
    site = copy_of_minimal(elsewhere / "site")
    for path in [site / "content", *(site / "content").rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o444)
    for folder in (site / ".storefront", elsewhere / "out"):
        folder.mkdir()
        os.chown(folder, user, user)

    def built() -> dict[str, bytes]:
        arguments = [SCRIPT, str(site), str(elsewhere / "out/site"), NOW.isoformat(), "1"]
        subprocess.run([*other, *arguments], cwd="/", env=world, umask=umask, timeout=120, check=True)
        assert {path.stat().st_uid for path in (elsewhere / "out/site").rglob("*")} == {user}
        return bytes_of(elsewhere / "out/site")

    assert built() == bytes_of(minimal.output)
    edit(site / "content/site.yaml", "Four Shelves", "Five Shelves")
    assert b"Five Shelves" in built()["index.html"]
    edit(site / "content/site.yaml", "Five Shelves", "Four Shelves")
    assert built() == bytes_of(minimal.output)


@pytest.mark.slow
def test_nothing_is_used_that_python_is_going_to_drop(site):
    """Warnings of what is deprecated are errors, so that the next version of Python runs what this one does."""
    command = [sys.executable, "-W", "error::DeprecationWarning", "-W", "error::PendingDeprecationWarning"]
    arguments = ["-m", "storefront", "build", "--root", site, "--now", NOW.isoformat()]
    subprocess.run([*command, *arguments], capture_output=True, timeout=120, check=True)
    assert (site / "site/index.html").exists()


@pytest.mark.parametrize("place", ["x", "a b/ü", "deep/" * 20 + "x"])
def test_the_place_of_a_site_changes_no_byte(minimal, tmp_path, place):
    root = tmp_path / place
    root.mkdir(parents=True)
    build(copy_of_minimal(root))
    assert bytes_of(root / "site") == bytes_of(minimal.output)


def test_a_site_behind_a_link_is_the_same_site(site, minimal, tmp_path):
    (tmp_path / "link").symlink_to(site)
    build(tmp_path / "link")
    assert bytes_of(site / "site") == bytes_of(minimal.output)


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_in_which_files_were_made_changes_no_byte(minimal, tmp_path, reverse):
    for name in sorted(names_in(minimal.root / "content"), reverse=reverse):
        write(tmp_path, {f"content/{name}": (minimal.root / "content" / name).read_bytes()})
    build(tmp_path)
    assert bytes_of(tmp_path / "site") == bytes_of(minimal.output)


class Shuffled:
    """What `os.scandir` gives, in another order."""

    def __init__(self, entries, order) -> None:
        with entries:
            self.entries = list(entries)
        order.shuffle(self.entries)

    def __iter__(self):
        return iter(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_a_file_system_lists_files_changes_no_byte(site, minimal, monkeypatch, seed):
    order = random.Random(seed)
    scandir, listdir = os.scandir, os.listdir
    met = []

    def shuffled(folder="."):
        met.append(folder)
        return Shuffled(scandir(folder), order)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", shuffled)
        patch.setattr(os, "listdir", lambda folder=".": sorted(listdir(folder), key=lambda _: order.random()))
        build(site)
        build(site)  # and once more, from what is known
    assert len(met) > 10
    assert bytes_of(site / "site") == bytes_of(minimal.output)


@pytest.mark.parametrize("age", [0, 315532800, 4102444800])
def test_the_times_of_files_change_no_byte(site, minimal, age):
    for path in [*(site / "content").rglob("*"), site / "content"]:
        os.utime(path, (age, age))
    build(site)
    assert bytes_of(site / "site") == bytes_of(minimal.output)


def test_line_endings_and_byte_order_marks_change_no_byte(site, minimal):
    for path in (site / "content").rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    build(site)
    assert bytes_of(site / "site") == bytes_of(minimal.output)


def test_a_moment_is_the_same_in_every_zone(site, minimal):
    build(site, now=NOW.astimezone(timezone(timedelta(hours=14))))
    assert bytes_of(site / "site") == bytes_of(minimal.output)


def test_pages_can_be_built_in_any_order(demo, tmp_path):
    """From nothing, and some creators after the others, the demo is the same."""
    unnamed = ["ines", "jonas", "noor", "noor.yaml"]  # those whom no squad, campaign, call or thanks names
    assert {path.name for path in (demo.root / "content/influencers").iterdir()} > {*unnamed}
    shutil.copytree(demo.root / "content", tmp_path / "content", ignore=lambda *_: unnamed)
    build(tmp_path, now=DEMO_NOW)
    shutil.copytree(demo.root / "content", tmp_path / "content", dirs_exist_ok=True)
    build(tmp_path, now=DEMO_NOW)
    assert bytes_of(tmp_path / "site") == bytes_of(demo.output)


def test_the_outcome_holds_no_trace_of_this_machine(demo):
    traces = [str(demo.root), str(Path.home()), os.uname().nodename, sys.prefix]
    for name, data in bytes_of(demo.output).items():
        if not name.startswith("media/"):
            for trace in traces:
                assert len(trace) < 6 or trace.encode() not in data, f"{name} says {trace}"


def test_a_build_leaves_the_process_as_it_was(site):
    before = (os.getcwd(), dict(os.environ), locale.setlocale(locale.LC_ALL), os.umask(0o022))
    os.umask(before[-1])
    build(site)
    after = (os.getcwd(), dict(os.environ), locale.setlocale(locale.LC_ALL), os.umask(0o022))
    os.umask(before[-1])
    assert after == before
