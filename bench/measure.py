#!/usr/bin/env python3
"""Measure pages: the demo in each theme, as a phone on slow 4G gets it from a host that compresses.

    bench/measure.py [--theme market] [--runs 5] [--page /mara/] [--only-sizes] [--json FILE]

For each theme and page: Lighthouse's four scores, largest and first paint, blocking time and layout shift, the median
of the runs; bytes of HTML and CSS in brotli, of pictures and scripts that Lighthouse saw loaded; what axe-core finds on
a phone and a desk, light and dark; whether anything is missing without scripts. For each theme the errors of two HTML
checkers. What it needs and does not find it installs in bench/.tools; what could not be had is named and left out.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from measuring import checkers, host, scores, seen, tables

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
TOOLS = HERE / ".tools" / "pages"
AXE = "node_modules/axe-core/axe.min.js"
NOW = "2026-11-26T09:00:00Z"
THEMES = ("editorial", "gridline", "market")
PAGES = ("/mara/", "/products/casserole-red/", "/")
Measured = Iterator[tuple[str, tables.Figures]]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--theme", action="append", choices=THEMES, help="one theme; all if none is named")
    parser.add_argument("--page", action="append", help="a page's path, in place of the three")
    parser.add_argument("--runs", type=int, default=5, help="how often Lighthouse runs over each page")
    parser.add_argument("--only-sizes", action="store_true", help="no Lighthouse, no browser, no checkers")
    parser.add_argument("--json", type=Path, help="also write all figures here")
    given = parser.parse_args()
    lacking = install()
    for each in lacking:
        print(f"could not be had: {each}")
    if "node" in lacking:
        sys.exit("Without Node nothing can be compressed as hosts do.")
    figures = {}
    for theme in given.theme or THEMES:
        site = build(theme)
        print(f"\n{theme}\n")
        pages = dict(measure(site, given.page or PAGES, 0 if given.only_sizes else given.runs, lacking))
        checked = {} if given.only_sizes else dict(check(site, lacking))
        print("\n".join(f"{page}: {said}" for page, each in pages.items() for said in tables.over(page, each)))
        print("\n".join(tables.checks(checked)), flush=True)
        figures[theme] = {"pages": {page: each._asdict() for page, each in pages.items()}, "checkers": checked}
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1, default=str), encoding="utf-8")


def install() -> list[str]:
    """Install what is not there; the names of what could not be had."""
    lacking = [name for name in ("node", "npm", "java") if shutil.which(name) is None]
    if chromium() is None:
        lacking.append("chromium")
    wanted = HERE / "measuring" / "package.json"
    there = TOOLS / "package.json"
    if not there.is_file() or there.read_bytes() != wanted.read_bytes() or not (TOOLS / "node_modules").is_dir():
        done = subprocess.run([HERE / "measuring" / "install"], check=False)
        if done.returncode:
            shutil.rmtree(TOOLS / "node_modules", ignore_errors=True)
    programs = {"lighthouse": scores.PROGRAM, "axe-core": AXE, "html-validate": checkers.PROGRAM, "vnu": checkers.JAR}
    lacking += [name for name, file in programs.items() if not (TOOLS / file).exists()]
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        lacking.append("playwright")
    return lacking


def chromium() -> str | None:
    """The browser: what $CHROMIUM names, else the system's."""
    return os.environ.get("CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def build(theme: str) -> Path:
    """The demo in a theme. All themes share one folder, so that its pictures are encoded once."""
    root = TOOLS / "demo"
    shutil.rmtree(root / "content", ignore_errors=True)
    shutil.copytree(REPOSITORY / "content", root / "content")
    settings = root / "content" / "site.yaml"
    before, line, after = settings.read_text(encoding="utf-8").partition("\ntheme: editorial\n")
    if not line:
        sys.exit(f"{settings}: no line “theme: editorial” to put another theme into")
    settings.write_text(f"{before}\ntheme: {theme}\n{after}", encoding="utf-8")
    command = [sys.executable, "-c", "from storefront.cli import main; main()", "build"]
    subprocess.run([*command, "--root", root, "--now", NOW, "--quiet"], check=True)
    return root / "site"


def measure(site: Path, pages: Sequence[str], runs: int, lacking: Sequence[str]) -> Measured:
    """The figures of each page, printed as they come; only sizes without runs."""
    files = host.stored(site, pages)
    print(tables.HEAD, flush=True)
    with host.served(files) as address:
        for page in pages:
            found = tables.Figures(size=host.size(files, page))
            if runs and not {"chromium", "lighthouse"} & set(lacking):
                found = found._replace(run=lighthouse(address + page, runs), load=os.getloadavg()[0])
            if runs and not {"chromium", "playwright", "axe-core"} & set(lacking):
                found = found._replace(seen=seen.look(str(chromium()), TOOLS / AXE, address + page))
            print(tables.row(page, found), flush=True)
            yield page, found


def lighthouse(address: str, runs: int) -> scores.Run | None:
    """The median of several runs over a page; none where every run failed, which is told."""
    found = []
    for _ in range(runs):
        try:
            found.append(scores.measure(TOOLS, str(chromium()), address))
        except scores.Failed as error:
            print(f"Lighthouse failed: {error}")
    return scores.median(found) if found else None


def check(site: Path, lacking: Sequence[str]) -> Iterator[tuple[str, list[str] | None]]:
    """What the two checkers say of every page, None for one that could not be had."""
    yield "Nu Html Checker", None if {"java", "vnu"} & set(lacking) else checkers.nu(TOOLS, site)
    yield "html-validate", None if "html-validate" in lacking else checkers.html_validate(TOOLS, site)


if __name__ == "__main__":
    main()
