"""What is hostile in content is refused by the command: where it stands, in one run with all the others, and tamely."""

import json
import re
from collections import defaultdict

import pytest

from building import copy_of_minimal, write
from hostile.refused import cases
from hostile.running import NOW, Ended, run

CASES = {f"{case.family}: {case.name}": case for case in cases()}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The minimal site with all of it at once."""
    root = copy_of_minimal(tmp_path_factory.mktemp("refused"))
    return write(root, {case.file: case.data for case in CASES.values()})


@pytest.fixture(scope="module")
def refused(site) -> dict[str, list[dict]]:
    """The problems of a build by their files."""
    ended = run("build", "--now", NOW, "--format", "json", cwd=site)
    assert (ended.code, ended.err) == (1, "")
    by_file = defaultdict(list)
    for problem in json.loads(ended.out)["problems"]:
        by_file[problem["file"]].append(problem)
    return by_file


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_where_it_stands(refused, name):
    case = CASES[name]
    found = refused[case.file]
    assert found, "it was taken"
    assert {problem["code"] for problem in found} <= set(case.code.split())
    assert {problem["line"] for problem in found} == {case.line}
    assert all(problem["hint"] or problem["message"].startswith("expected ") for problem in found)
    assert all((problem["column"] > 0) == (case.line > 0) for problem in found)


def test_nothing_else_is_refused_and_nothing_is_published(refused, site):
    assert set(refused) == {case.file for case in CASES.values()}
    assert not (site / "site").exists()
    assert sorted(path.name for path in site.iterdir()) == [".storefront", "content"]


@pytest.fixture(scope="module", params=["text", "github"])
def log(request, site) -> Ended:
    return run("check", "--now", NOW, "--format", request.param, cwd=site)


def test_the_log_is_tame(log):
    """No control character reaches a terminal, no content stands where a CI service obeys it, and a log has an end."""
    assert (log.code, log.err) == (1, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", log.out)
    assert len(log.out) < 1_000_000
    for line in log.out.splitlines():
        assert not re.search(r"##\w*\[", line.split("::", 2)[-1] if line.startswith("::error file=") else line), line
        assert not line.lstrip().startswith("::") or line.startswith("::error file=content/"), line
        assert len(line) < 1000
    assert "Traceback" not in log.out
