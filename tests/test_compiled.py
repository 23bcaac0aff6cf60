"""Templates are compiled once, and what is kept of them is never needed and never wrong."""

import time
from pathlib import Path

import jinja2
import pytest

from building import copy_of_minimal, write
from checking import NOW
from storefront import compiled, engine
from storefront.compiled import FILE, Compiled
from storefront.gather import gather
from storefront.render import Renderer

CODE = "themes/editorial/templates/404.html"


@pytest.fixture
def rendered(tmp_path, monkeypatch):
    """Renders a page with what is kept in a folder: its bytes, and the templates compiled for it."""
    site = copy_of_minimal(tmp_path / "site")
    made: list[str | None] = []
    whole = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment, "compile", lambda *given: made.append(Path(given[3] or "").name) or whole(*given)
    )

    def render() -> tuple[bytes, list[str | None]]:
        made.clear()
        gathered = gather(site, NOW)
        page = next(page for page in gathered.pages if page.path == "/404.html")
        kept = Compiled(tmp_path)
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
        patch.setattr(Path, "write_bytes", full)
        render()
    assert not (tmp_path / FILE).exists()
