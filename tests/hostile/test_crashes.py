"""Crashes: killed at random moments, out of disk, out of memory, raced, interrupted; the site is whole, old or new.

What a simulated crash at each step leaves is tested in `tests/test_publish.py`; here real processes die real deaths.
Builds that nothing befalls run in this process.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from building import build, bytes_of, copy_of_minimal, edit, names_in, picture, write
from hostile.evidence import told
from hostile.running import NOW, SOAK, ended_within, kill, limited, run, started

KILLS = 12 * SOAK  # of each family
BUILD = ("build", "--now", NOW)
JOBS = ("--jobs", "2")


def states() -> list[dict[str, str | bytes]]:
    """States of a site: files that add, change and remove pages and pictures; a small edit; and many files less."""
    maya = "content/influencers/maya"
    old = {f"{maya}/lists/l{n}.yaml": f"title: List {n}\nintro: Before.\n" for n in range(40)}
    new = {f"{maya}/lists/l{n}.yaml": f"title: List {n}\nintro: After.\n" for n in range(20, 60)}
    old |= {f"{maya}/posts/p.yaml": "date: 2026-11-16\ncaption: Frost.\n"}
    new |= {"content/products/media/merino-tee.jpg": picture((64, 48), "navy")}
    edited = new | {f"{maya}/lists/l30.yaml": "title: List 30\nintro: Edited.\n"}
    return [old, new, edited, dict(list(new.items())[::5])]


OLD, NEW, EDITED, FEWER = range(4)
FAMILIES = {
    "from nothing": (OLD, NEW),
    "changes": (OLD, NEW),
    "deletions": (NEW, FEWER),
    "a small edit": (NEW, EDITED),
}


def until(condition: Callable[[], object], process: subprocess.Popen) -> None:
    """Wait for something, or for the end of a process."""
    while not condition() and process.poll() is None:
        time.sleep(0.002)


class Site:
    """A site that is in one of its states, and what a clean build makes of each."""

    def __init__(self, root: Path) -> None:
        self.root = copy_of_minimal(root / "site")
        self.states = states()
        self.base = bytes_of(self.root / "content")
        self.whole = []
        for state in self.states:
            self.be(state)
            build(self.root)
            self.whole.append(bytes_of(self.root / "site"))
            shutil.rmtree(self.root / "site")
            shutil.rmtree(self.root / ".storefront")
        self.kept = root / "kept"
        for state in (OLD, NEW):
            self.be(self.states[state])
            assert run(*BUILD, cwd=self.root).code == 0
        self.kept.mkdir()
        shutil.move(self.root / ".storefront/images", self.kept)
        shutil.rmtree(self.root / "site")
        shutil.rmtree(self.root / ".storefront")

    def forget(self, *, everything: bool) -> None:
        """Be as if there had been no build; pictures, which come before the first page, can be there."""
        shutil.rmtree(self.root / ".storefront", ignore_errors=True)
        if not everything:
            shutil.copytree(self.kept, self.root / ".storefront")

    def be(self, state: dict[str, str | bytes]) -> None:
        """Take on a state."""
        wanted = {f"content/{name}": data for name, data in self.base.items()} | state
        wanted = {name: data if isinstance(data, bytes) else data.encode() for name, data in wanted.items()}
        there = {f"content/{name}": data for name, data in bytes_of(self.root / "content").items()}
        for name in there.keys() - wanted.keys():
            (self.root / name).unlink()
        write(self.root, {name: data for name, data in wanted.items() if there.get(name) != data})

    def sound(self) -> None:
        """Every page that is published is of one of the states, and all that it needs is there."""
        made = bytes_of(self.root / "site")
        for name, data in made.items():
            if name.endswith((".html", ".css", ".js")) or name.startswith("media/"):
                assert data in [whole.get(name) for whole in self.whole], name
            if name.endswith(".html"):
                wanted = set(re.findall(r"/((?:assets|media)/[^\"\s,]+)", data.decode()))
                assert wanted <= made.keys(), name

    def tidy(self) -> None:
        """Nothing lies where a build that was cut off may leave something."""
        assert sorted(path.name for path in self.root.iterdir()) == [".storefront", "content", "site"]
        left = [name for name in names_in(self.root / ".storefront") if re.search(r"\.\d+$|\.new$|^verify", name)]
        assert left == []


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    return Site(tmp_path_factory.mktemp("crashes"))


@pytest.mark.parametrize("family", FAMILIES)
def test_killed_at_any_moment_the_site_is_whole_and_the_next_build_is_a_clean_one(site, family):
    """A tree is exchanged at once, so that the site is exactly old or exactly new, whatever was changed."""
    chance = random.Random(f"{family} 20261126")
    counts = {"old": 0, "new": 0}
    ends = FAMILIES[family]
    now, long = ends[0], 0.2  # seconds from the first page to the end; adjusted to what is seen
    site.be(site.states[now])
    time.sleep(0.05)  # content as young as its build leaves nothing for small edits
    build(site.root)
    for n in range(KILLS):
        early = n % 5 == 0  # at any moment from the start on
        if family == "from nothing":
            site.forget(everything=early)
        before, now = now, ends[ends[0] == now]
        site.be(site.states[now])
        process = started(*BUILD, *(JOBS if n % 2 else ()), cwd=site.root)
        if early:
            time.sleep(chance.uniform(0, 1.5))
        else:
            until(lambda: next(site.root.glob(".site.*"), None), process)
            time.sleep(chance.uniform(0, 1.3) * long)
        long *= 1.2 if process.poll() is None else 0.7
        kill(process)
        process.communicate()
        made = bytes_of(site.root / "site")
        assert made in (site.whole[before], site.whole[now])
        counts["old" if made == site.whole[before] else "new"] += 1
        site.sound()
        if n % 5 == 4:  # it is taken back: nothing may be left over
            now = before
            site.be(site.states[now])
        time.sleep(0.05)
        build(site.root)
        assert bytes_of(site.root / "site") == site.whole[now]
        site.tidy()
    told(f"kill -9, {family}", moments=KILLS, **counts)
    assert counts["old"]


def test_the_small_edit_is_one(site, monkeypatch):
    """It is made without the pipeline, which reads everything."""
    site.be(site.states[NEW])
    time.sleep(0.05)
    build(site.root)
    site.be(site.states[EDITED])
    monkeypatch.setattr("storefront.pipeline.build", None)
    assert 0 < build(site.root).rendered < 10
    assert bytes_of(site.root / "site") == site.whole[EDITED]


def test_workers_end_with_a_build_that_is_killed_alone(site):
    """Only the process itself is killed, as the system does when memory runs out: its workers must not hold the lock."""
    root = copy_of_minimal(site.root.parent / "many")
    write(root, {f"content/brands/b{n}.yaml": f"name: Brand {n}\n" for n in range(600)})
    pooled = 0
    for delay in (0, 0.02, 0.05, 0.1) * SOAK:
        shutil.rmtree(root / ".storefront", ignore_errors=True)
        shutil.copytree(site.kept, root / ".storefront")
        process = started(*BUILD, *JOBS, cwd=root)
        until(lambda: len(_members(process.pid)) > 1, process)  # noqa: B023  called at once
        time.sleep(delay)
        pooled += len(_members(process.pid)) > 1
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for _ in range(100):
            if not _members(process.pid):
                break
            time.sleep(0.02)
        assert _members(process.pid) == []
        process.communicate()
    build(root)
    shutil.rmtree(root)
    assert pooled
    told("Killed alone", moments=4 * SOAK, with_workers=pooled)


def _members(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            found.append(int(entry))
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "interrupted"])
@pytest.mark.parametrize("group", [False, True], ids=["alone", "with its workers"])
def test_a_signal_ends_a_build_soon_and_tidily(site, number, group):
    site.be(site.states[0])
    build(site.root)
    for delay in (0.25, 0.6, -0.01, -0.1) * SOAK:
        site.forget(everything=delay > 0)
        site.be(site.states[1])
        process = started(*BUILD, *JOBS, cwd=site.root)
        if delay < 0:  # else from the start on
            until(lambda: next(site.root.glob(".site.*"), None), process)
        time.sleep(abs(delay))
        kill(process, number) if group else os.kill(process.pid, number)
        took = ended_within(process, 10)
        out, err = process.communicate()
        assert took is not None
        assert took < 2
        assert process.returncode in {0, 128 + number, -number}  # it was done, or had not begun
        assert "Traceback" not in out + err
        assert bytes_of(site.root / "site") in site.whole[:2]
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[1]
    site.tidy()


# No room


@pytest.fixture
def small(tmp_path):
    """A file system of 3 MB, with a site on it that fills half of it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("only root can mount a small file system")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("spare", [0, 3, 20, 100, 300, 500, 700])
def test_on_a_full_disk_the_old_site_stays(small, spare):
    """`spare` are the kilobytes that are left when everything is to be made anew."""
    root = copy_of_minimal(small / "here")
    build(root)
    before = bytes_of(root / "site")
    edit(root / "content/site.yaml", "Four Shelves", "Five Shelves")
    write(root, {f"content/brands/b{n}.yaml": f"name: B {n}\n" for n in range(40)})
    shutil.rmtree(root / ".storefront/images")
    free = os.statvfs(small)
    with open(small / "ballast", "wb") as file:
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - spare * 1024)))
    ended = run(*BUILD, cwd=root)
    assert ended.code in ({0, 3} if spare >= 500 else {3}), ended.said
    if ended.code == 3:
        assert ended.out == ""
        assert re.fullmatch(r"storefront: No space left on device: \S+\n", ended.err)
        assert bytes_of(root / "site") == before
        assert not list(root.glob(".site.*"))
    (small / "ballast").unlink()
    assert run(*BUILD, cwd=root).code == 0
    assert "Five Shelves" in (root / "site/index.html").read_text()
    assert not list(root.glob(".site.*"))


@pytest.mark.parametrize("most", [0, 300, 2_000, 20_000])
def test_where_no_file_may_be_large_the_old_site_stays(site, most):
    """Each write beyond `most` bytes of a file fails in the system (RLIMIT_FSIZE gives EFBIG)."""
    site.be(site.states[0])
    build(site.root)
    site.be(site.states[1])
    ended = run(*BUILD, cwd=site.root, before=limited(FSIZE=most))
    assert ended.code == 3, ended.said
    assert re.fullmatch(r"storefront: (File too large|No space left on device): \S+\n", ended.err)
    assert bytes_of(site.root / "site") == site.whole[0]
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[1]
    site.tidy()


@pytest.mark.parametrize("mb", [60, 90, 120, 150, 180, 220])
def test_without_memory_the_old_site_stays(site, mb):
    site.be(site.states[0])
    build(site.root)
    site.be(site.states[1])
    ended = run(*BUILD, "--jobs", "1", cwd=site.root, before=limited(AS=mb * 1024 * 1024))
    if ended.code:
        assert bytes_of(site.root / "site") == site.whole[0]
        # Below what the interpreter and its libraries need to load, they speak for themselves.
        assert mb < 150 or (ended.code == 3 and ended.err.startswith("storefront: ")), ended.said
        assert ended.code in {1, 3} or mb < 100, ended.said
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[1]


@pytest.mark.parametrize("most", [8, 16, 24])
def test_with_few_open_files_the_site_is_the_same(site, most):
    site.be(site.states[1])
    shutil.rmtree(site.root / ".storefront", ignore_errors=True)
    before = bytes_of(site.root / "site")
    ended = run(*BUILD, cwd=site.root, before=limited(NOFILE=most))
    assert "Traceback" not in ended.said or most < 16
    if ended.code:
        assert bytes_of(site.root / "site") == before
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[1]


def test_an_output_that_is_read_only_stays(tmp_path):
    if not shutil.which("mount") or os.geteuid():
        pytest.skip("only root can mount a file system as read-only")
    root = copy_of_minimal(tmp_path / "here")
    build(root)
    before = bytes_of(root / "site")
    subprocess.run(["mount", "--bind", str(root / "site"), str(root / "site")], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(root / "site")], check=True)
        edit(root / "content/site.yaml", "Four Shelves", "Five Shelves")
        for state in ("known", "unknown"):
            ended = run(*BUILD, cwd=root)
            assert (ended.code, ended.out) == (3, ""), state
            assert ended.err.startswith("storefront: ")
            assert ended.err.count("\n") == 1
            assert bytes_of(root / "site") == before
            shutil.rmtree(root / ".storefront")
    finally:
        subprocess.run(["umount", str(root / "site")], check=True)
    assert run(*BUILD, cwd=root).code == 0


# Others


@pytest.mark.parametrize("builders", [2, 3, 4])
def test_builders_that_race_never_mix(site, builders):
    """Of several at once one builds; the others say so, and a site of one state comes out."""
    rounds = 2 * SOAK
    for n in range(rounds):
        state = n % 2
        site.be(site.states[state])
        racing = [started(*BUILD, *(JOBS if each % 2 else ()), cwd=site.root) for each in range(builders)]
        said = [process.communicate() for process in racing]
        codes = [process.returncode for process in racing]
        assert set(codes) <= {0, 3}
        assert 0 in codes
        for code, (_, err) in zip(codes, said, strict=True):
            assert code == 0 or err == "storefront: another build of this site is running; wait for it to end\n"
        assert bytes_of(site.root / "site") == site.whole[state]
        site.tidy()
    told("Races", **{f"rounds of {builders}": rounds})


@pytest.mark.parametrize("moment", ["1970-01-02T00:00:00Z", "2026-11-21T00:00:00Z", "2099-01-01T00:00:00Z"])
def test_a_clock_that_jumps_gives_what_it_would_have_given(site, tmp_path, moment):
    site.be(site.states[1])
    build(site.root)
    assert run("build", "--now", moment, cwd=site.root).code == 0
    assert run("build", "--now", moment, "--output", str(tmp_path / "clean"), cwd=site.root).code == 0
    assert bytes_of(site.root / "site") == bytes_of(tmp_path / "clean")
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[1]


def test_files_from_the_future_and_the_past_are_read_anew(site):
    """The file system's clock jumps, as after a battery: what changed is seen all the same."""
    site.be(site.states[0])
    build(site.root)
    site.be(site.states[1])
    for n, name in enumerate(sorted(names_in(site.root / "content"))):
        os.utime(site.root / "content" / name, ns=((n % 2) * 4 * 10**18, (n % 2) * 4 * 10**18))
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[1]
