"""The tutorial, followed word by word: each command as it stands, in an empty folder, with the wheel."""

import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
SERVERS = ("storefront serve", "python3 -m http.server")
INSTALL, START = BLOCKS[0][1], BLOCKS[1][1]


def sh(script, cwd, **environment):
    """Type lines into a shell of a new user: nothing that this environment knows of storefront is known there."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    path = f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"
    author = {f"GIT_{who}_{what}": "Robin Hale" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=cwd,
        env={**kept, **author, "PATH": path, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An empty folder in which the first block has been typed, where `pip` finds the wheel and no index."""
    dist, empty = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("empty")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    sh(INSTALL, empty, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(dist), PIP_NO_DEPS="1")
    return empty


def type_in(place, script, folder="my-site"):
    """Type a block in a shell in which the environment is switched on; libraries are those of the tests."""
    libraries = os.pathsep.join(sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    return sh(f". {place}/.venv/bin/activate\n{script}", place / folder, PYTHONPATH=libraries)


def answers(place, command):
    """Start a server, look at what it shows, and end it with Ctrl+C, as the tutorial says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = re.sub(r" 8001$", f" {port}", command.strip())
    own = own if own != command.strip() else f"{own} --port {port}"
    libraries = os.pathsep.join(sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    path = f"{place}/.venv/bin:/usr/bin:/bin"
    process = subprocess.Popen(
        ["bash", "-c", f"exec {own}"], cwd=place / "my-site", env={"PATH": path, "PYTHONPATH": libraries},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        for _ in range(600):
            assert process.poll() is None, process.stdout.read()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    return page.read().decode()
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"{own} does not answer")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def test_the_tutorial_leads_from_an_empty_folder_to_a_published_site(place):
    said = {}
    type_in(place, START, ".")
    for kind, text in BLOCKS[2:]:
        if kind == "yaml":
            file, _, content = text.removeprefix("# ").partition("\n")
            path = place / "my-site" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        elif text.startswith(SERVERS):
            said[text.strip()] = answers(place, text)
        else:
            said[text.strip()] = type_in(place, text)
    assert "Sam Rivers" in said["storefront serve"]
    assert "Robin Hale" in said["python3 -m http.server --directory ../www 8001"]
    assert "No problems" in said["storefront check"]
    bread = (place / "www/robin/lists/bread/index.html").read_text(encoding="utf-8")
    assert "Baking Stone" in bread
    assert "gifted" in bread.lower()
    again = type_in(place, "storefront deploy ../www")
    assert " 0 files put" in again
    assert (place / "my-site/.github/workflows/storefront.yml").exists()
    assert type_in(place, "git status --porcelain") == ""


def test_without_the_word_the_site_is_not_built(place):
    path = place / "my-site/content/influencers/robin/lists/bread.yaml"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept.replace("    relationship: gifted\n", ""), encoding="utf-8")
    said = type_in(place, "storefront check || true")
    path.write_text(kept, encoding="utf-8")
    assert "bread.yaml" in said
    assert "no-relationship" in said


def test_every_block_of_the_tutorial_is_typed_or_written():
    assert {kind for kind, _ in BLOCKS} == {"sh", "yaml"}
    assert all(text.startswith("# content/") for kind, text in BLOCKS if kind == "yaml")
    assert not re.search(r"^    \S", re.sub(r"^```.*?^```", "", TEXT, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
