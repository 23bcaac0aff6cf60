"""Templates are compiled once, and what is kept of them is never needed and never wrong."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import jinja2
import pytest
from jinja2.bccache import bc_magic

from building import bytes_of, copy_of_minimal, write
from checking import NOW
from storefront import compiled, engine
from storefront.compiled import Compiled
from storefront.gather import gather
from storefront.render import Renderer

FILE = "kept"
CODE = "themes/editorial/templates/404.html"


@pytest.fixture
def rendered(tmp_path, monkeypatch):
    """Renders a page with what is kept in a folder: its bytes, and the templates compiled for it."""
    site = copy_of_minimal(tmp_path / "site")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made: list[str | None] = []
    whole = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment, "compile", lambda *given: made.append(Path(given[3] or "").name) or whole(*given)
    )

    def render() -> tuple[bytes, list[str | None]]:
        made.clear()
        gathered = gather(site, NOW)
        page = next(page for page in gathered.pages if page.path == "/404.html")
        kept = Compiled(tmp_path / FILE)
        data = Renderer(gathered.theme, kept).render(page.make(page.inputs))
        kept.save()
        return data, list(made)

    return site, render


def test_a_template_is_compiled_once(rendered, tmp_path):
    _, render = rendered
    first, compiled_first = render()
    written = (tmp_path / FILE).stat().st_mtime_ns
    time.sleep(0.02)
    assert {"404.html", "base.html"} <= set(compiled_first)
    assert render() == (first, [])
    assert (tmp_path / FILE).stat().st_mtime_ns == written


def test_a_template_that_changes_is_compiled_again(rendered):
    site, render = rendered
    first, _ = render()
    write(site, {CODE: "{{ page.title }}"})
    second, made = render()
    assert second != first
    assert made == ["404.html"]
    write(site, {CODE: "{{ page.title }}!"})
    assert render() == (second + b"!", ["404.html"])


@pytest.mark.parametrize("damage", ["empty", "half", "a byte", "gone"])
def test_damage_is_compiled_over(rendered, tmp_path, damage):
    _, render = rendered
    first, made = render()
    path, whole = tmp_path / FILE, (tmp_path / FILE).read_bytes()
    middle = len(whole) // 2
    others = {"empty": b"", "half": whole[:middle], "a byte": whole[:middle] + b"\x00\xff" + whole[middle + 2 :]}
    path.unlink() if damage == "gone" else path.write_bytes(others[damage])
    assert render() == (first, made)
    assert render() == (first, [])


def test_another_engine_compiles_all_again(rendered, monkeypatch):
    _, render = rendered
    first, made = render()
    monkeypatch.setattr(engine, "fingerprint", lambda: "another")
    assert render() == (first, made)


def test_no_more_is_kept_than_a_few_themes_have(rendered, tmp_path, monkeypatch):
    site, render = rendered
    _, made = render()
    monkeypatch.setattr(compiled, "MOST", len(made))
    write(site, {CODE: "{{ page.title }}"})
    render()
    assert len(compiled._read(tmp_path / FILE)) == 1


def test_a_full_disk_keeps_nothing(rendered, tmp_path, monkeypatch):
    _, render = rendered

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        render()
    assert {path.name for path in tmp_path.iterdir()} == {"site"}


def test_nobody_else_can_write_what_will_be_run(rendered, tmp_path):
    _, render = rendered
    before = os.umask(0)
    try:
        render()
    finally:
        os.umask(before)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.fixture
def built(tmp_path):
    """Builds a site from nothing in a process of its own, which keeps byte code below a folder or keeps none."""
    site, prefix = copy_of_minimal(tmp_path / "site"), tmp_path / "prefix"
    write(site, {CODE: "{{ page.title }}"})
    command = [sys.executable, "-m", "storefront", "build", "--quiet", "--root", site, "--now", NOW.isoformat()]

    def build(*, keeping: bool) -> dict[str, bytes]:
        for folder in ("site", ".storefront"):
            shutil.rmtree(site / folder, ignore_errors=True)
        world = os.environ | {"PYTHONPYCACHEPREFIX": str(prefix), "PYTHONDONTWRITEBYTECODE": "" if keeping else "1"}
        subprocess.run(command, env=world, timeout=120, check=True)
        return bytes_of(site / "site")

    return site, prefix, build


def test_templates_are_kept_where_python_keeps_what_it_compiled(built):
    _, prefix, build = built
    first = build(keeping=False)
    assert not list(prefix.rglob("*.templates"))
    assert build(keeping=True) == first
    (kept,) = prefix.rglob("*.templates")
    assert kept.with_suffix(".pyc").exists()
    written = kept.stat().st_mtime_ns
    assert build(keeping=True) == first
    assert kept.stat().st_mtime_ns == written


def test_a_site_holds_no_code_that_a_build_would_run(built):
    site, _, build = built
    build(keeping=True)
    assert not [name for name, data in bytes_of(site / ".storefront").items() if bc_magic in data]
