"""The same shards on any executor: the same bytes, the same problems, and a plain word where a process is lost."""

import multiprocessing
import os
import shutil
import signal
import tempfile
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from building import DEMO_NOW, bytes_of, write
from checking import NOW
from storefront import engine, executors, pipeline
from storefront.outcome import Options
from storefront.problems import EnvironmentFailure, ProblemsFound

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of forks beside pytest's threads


class Serial(Executor):
    """Does everything at once, in the order given."""

    def submit(self, function, /, *args, **kwargs):
        done = Future()
        try:
            done.set_result(function(*args, **kwargs))
        except Exception as failure:  # noqa: BLE001  as executors do
            done.set_exception(failure)
        return done


class Backwards(Executor):
    """Does nothing until as much waits as may, and then the last call first."""

    def __init__(self, shards):
        self.left, self.calls = shards, []

    def submit(self, function, /, *args):
        self.calls.append((done := Future(), function, args))
        self.left -= 1
        if not self.left or len(self.calls) == 2 * executors.AHEAD:
            while self.calls:
                each, wanted, given = self.calls.pop()
                each.set_result(wanted(*given))
        return done


def spawned():
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


EXECUTORS = {"serial": Serial, "threads": lambda: ThreadPoolExecutor(4), "processes": spawned}


def build(root, output, executor, now=NOW):
    external = executors.ExternalExecutor(executor, 2) if executor else None
    return pipeline.build(Options(root=root, output=output, now=now, workers=2), external=external)


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch):
    monkeypatch.setattr(executors, "SHARD", 7)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXECUTORS)
def test_every_executor_gives_the_same_bytes(demo, tmp_path, name):
    shutil.copytree(demo.root / "content", tmp_path / "root/content")
    with EXECUTORS[name]() as executor:
        build(tmp_path / "root", tmp_path / "out", executor, DEMO_NOW)
    assert bytes_of(tmp_path / "out") == bytes_of(demo.output)


def test_shards_may_come_back_in_any_order(site, minimal, tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "SHARD", 1)
    build(site, tmp_path / "out", Backwards(shards=minimal.report.pages))
    assert bytes_of(tmp_path / "out") == bytes_of(minimal.output)


@pytest.mark.parametrize("name", ["serial", "threads"])
def test_a_problem_is_told_with_its_place(site, name):
    write(site, {"themes/editorial/templates/list.html": "\n{{ nope }}"})
    with EXECUTORS[name]() as executor, pytest.raises(ProblemsFound) as found:
        build(site, site / "site", executor)
    assert [str(each.place) for each in found.value.problems] == ["themes/editorial/templates/list.html:2:1"]
    assert not (site / "site").exists()


def test_a_page_that_its_audit_refuses_is_told_with_the_record(site):
    shutil.copytree(engine.themes() / "editorial", site / "themes/editorial")
    for path in (site / "themes/editorial/templates").rglob("*.html"):
        path.write_text(path.read_text().replace('<aside class="statement"', '<aside hidden class="statement"'))
    with pytest.raises(ProblemsFound) as found:
        build(site, site / "site", None)
    here = found.value.problems
    with Serial() as executor, pytest.raises(ProblemsFound) as found:
        build(site, site / "site", executor)
    assert found.value.problems == here
    assert len({each.place for each in here}) > 1


def test_a_shard_that_is_made_twice_is_made_once(site, minimal, tmp_path):
    """As when a machine is lost after it has written, and before it could say so."""

    class Twice(Serial):
        def submit(self, function, /, *args, **kwargs):
            super().submit(function, *args, **kwargs)
            return super().submit(function, *args, **kwargs)

    build(site, tmp_path / "out", Twice())
    assert bytes_of(tmp_path / "out") == bytes_of(minimal.output)


def test_a_worker_of_another_version_is_refused(site, monkeypatch, tmp_path):
    class Old(Serial):
        def submit(self, function, /, *args, **kwargs):
            with monkeypatch.context() as patch:
                patch.setattr(engine, "fingerprint", lambda: "of last week")
                return super().submit(function, *args, **kwargs)

    with pytest.raises(EnvironmentFailure, match="another version"):
        build(site, tmp_path / "out", Old())
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / ".out.next").exists()


def _killed_unless(here, make):
    """Makes shards in the process `here`, and ends any other."""

    def make_or_end(*given):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return make(*given)

    return make_or_end


@pytest.mark.slow
@pytest.mark.parametrize("own", [True, False], ids=["forked by the build", "given"])
def test_a_process_that_is_killed_is_told_and_the_old_site_stays(site, monkeypatch, own):
    build(site, site / "site", None)
    before = bytes_of(site / "site")
    write(site, {"themes/editorial/assets/base.css": "b{top:0}"})
    monkeypatch.setattr(executors, "WORTH_A_POOL", 1)
    monkeypatch.setattr(executors.shards, "make", _killed_unless(os.getpid(), executors.shards.make))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        given = None if own else pool
        with pytest.raises(EnvironmentFailure, match="was ended from outside"):
            build(site, site / "site", given)
    assert bytes_of(site / "site") == before


def test_what_is_sent_names_no_folder_of_this_machine_but_the_one_to_write_to(site, monkeypatch):
    """A worker has the templates that it was sent, wherever the theme lies here."""
    seen = []

    class Listening(Serial):
        def submit(self, function, sent, pages):
            seen.append(len(sent))
            return super().submit(function, sent, pages)

    monkeypatch.setattr(tempfile, "tempdir", str(site / "elsewhere"))
    (site / "elsewhere").mkdir()
    build(site, site / "site", Listening())
    assert max(seen) < 120_000
    assert len(list((site / "elsewhere").glob("storefront-*"))) == 1
