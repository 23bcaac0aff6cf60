"""Calls of the system that fail: a damaged disk, a full one, a quota; the site is whole, and the next build is right.

They really fail, in a library that is loaded before libc (`failing.c`), so that all that a build is made of meets them.
"""

import errno
import os
import random
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from building import build, bytes_of, edit
from hostile.evidence import told
from hostile.running import NOW, SOAK, run
from hostile.test_crashes import EDITED, NEW, OLD, Site

HERE = Path(__file__).parent
# Calls, and about how many of each a build of the site makes.
CALLS = {
    "open": 120,
    "create": 80,
    "read": 240,
    "write": 80,
    "rename": 60,
    "renameat2": 1,
    "linkat": 100,
    "unlink": 60,
    "mkdir": 60,
    "mkdirat": 60,
}
FOR_EVER = 1_000_000


@pytest.fixture(scope="module")
def failing(tmp_path_factory) -> Path:
    """The library, compiled."""
    compiler = shutil.which("cc")
    if not compiler or not os.path.isdir("/proc/self/fd"):
        pytest.skip("calls can be made to fail with a C compiler on Linux")
    made = tmp_path_factory.mktemp("failing") / "failing.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, HERE / "failing.c", "-ldl"], check=True)
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    return Site(tmp_path_factory.mktemp("failing"))


def failed(site: Site, failing: Path, *, call: str, first: int, times: int, code: int, under: str):
    """How a build ended in which calls failed, and how many did."""
    log = site.root.parent / "told"
    log.unlink(missing_ok=True)
    wanted = {"CALL": call, "FROM": first, "TIMES": times, "ERRNO": code, "UNDER": under, "TOLD": log}
    environment = {f"FAIL_{name}": str(value) for name, value in wanted.items()}
    ended = run(
        "build",
        "--root",
        str(site.root),
        "--now",
        NOW,
        "--jobs",
        "1",
        cwd=site.root,
        LD_PRELOAD=str(failing),
        **environment,
    )
    return ended, log.stat().st_size if log.exists() else 0


@pytest.mark.parametrize("times", [1, FOR_EVER], ids=["once", "from then on"])
@pytest.mark.parametrize("ends", [(OLD, NEW), (NEW, EDITED)], ids=["changes", "a small edit"])
@pytest.mark.parametrize("call", CALLS)
def test_where_a_call_fails_the_site_is_old_or_new_and_the_next_build_is_right(site, failing, call, ends, times):
    before, now = ends
    chance = random.Random(f"{call} {ends} {times}")
    counts = {"failed": 0, "old": 0, "new": 0}
    for number in range(2 * SOAK):
        first = chance.randrange(CALLS[call]) if number else 0
        site.be(site.states[before])
        time.sleep(0.05)  # content as young as its build leaves nothing for small edits
        build(site.root)
        site.be(site.states[now])
        code = (errno.EIO, errno.EDQUOT, errno.ENOSPC)[number % 3]
        ended, failures = failed(
            site, failing, call=call, first=first, times=times, code=code, under=f"{site.root.name}/"
        )
        assert "Traceback" not in ended.said
        assert "internal" not in ended.said
        assert ended.code in {0, 3}, ended.said
        if ended.code == 3:
            assert re.fullmatch(rf"storefront: .*{re.escape(os.strerror(code))}.*\n", ended.err), ended.err
        made = bytes_of(site.root / "site")
        assert made in (site.whole[before], site.whole[now])
        assert ended.code == 3 or made == site.whole[now]
        counts["failed"] += failures > 0
        counts["new" if made == site.whole[now] else "old"] += 1
        build(site.root)
        assert bytes_of(site.root / "site") == site.whole[now]
        site.tidy()
    which = f"{'a small edit' if ends[0] == NEW else 'changes'}, {'once' if times == 1 else 'from then on'}"
    told(f"{call} fails", **{f"{which}: {name}": number for name, number in counts.items()})
    assert counts["failed"]


def test_content_that_cannot_be_read_is_told(site, failing):
    """The disk is broken where a product is: it is the machine's fault, named, and the old site stays."""
    site.be(site.states[OLD])
    build(site.root)
    edit(site.root / "content/products/merino-tee.yaml", "Merino Tee", "Merino Shirt")
    ended, failures = failed(
        site, failing, call="read", first=0, times=FOR_EVER, code=errno.EIO, under="products/merino-tee.yaml"
    )
    assert failures
    assert (ended.code, ended.out) == (3, "")
    assert "Input/output error" in ended.err
    assert "merino-tee.yaml" in ended.err
    assert bytes_of(site.root / "site") == site.whole[OLD]
    site.be(site.states[NEW])
    build(site.root)
    assert bytes_of(site.root / "site") == site.whole[NEW]
