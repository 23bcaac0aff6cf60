"""Pages in Chromium: what axe-core finds, and whether anything is missing without scripts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from measuring.scores import FLAGS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWPORTS = ({"width": 390, "height": 844}, {"width": 1280, "height": 800})
SCHEMES = ("light", "dark")
# What a page is for: its words, links and pictures. Controls that scripts add, and their names, are not.
CONTENT = """() => {
  const shown = selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility())
  const words = []
  const texts = document.createTreeWalker(document.querySelector('main') || document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim()
    const over = texts.currentNode.parentElement
    if (text && !over.closest('button, label, legend, select, output, [role=status]') && over.checkVisibility())
      words.push(text)
  }
  return {
    texts: words,
    links: shown('a[href]').map(each => each.getAttribute('href')),
    pictures: shown('img').map(each => each.src),
  }
}"""
AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"""


class Seen(NamedTuple):
    """What is wrong with a page: axe violations, errors on the console, and kinds of content that need a script."""

    violations: tuple[str, ...]
    errors: tuple[str, ...]
    needing: tuple[str, ...]


def needing(without: Mapping[str, list[str]], scripted: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Kinds of content of which some is there only with scripts."""
    return tuple(kind for kind, shown in scripted.items() if set(shown) - set(without[kind]))


def look(chromium: str, axe: Path, address: str) -> Seen:
    """A page on a phone and a desk, light and dark, and without scripts."""
    from playwright.sync_api import sync_playwright

    flags = [flag.replace("'", "") for flag in FLAGS if "headless" not in flag]
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=flags) as browser:
        return _seen(browser, axe.read_text(encoding="utf-8"), address)


def _seen(browser: Any, axe: str, address: str) -> Seen:
    violations: list[str] = []
    errors: list[str] = []
    with browser.new_context(viewport=VIEWPORTS[0]) as context:
        page = context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        scripted = page.evaluate(CONTENT)
        page.evaluate(axe)
        for viewport in VIEWPORTS:
            for scheme in SCHEMES:
                page.set_viewport_size(viewport)
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                violations += [f"{each['id']}: {each['help']}" for each in page.evaluate(AXE, TAGS)]
    with browser.new_context(java_script_enabled=False, viewport=VIEWPORTS[0]) as context:
        page = context.new_page()
        page.goto(address)
        without = page.evaluate(CONTENT)
    return Seen(tuple(violations), tuple(errors), needing(without, scripted))
