"""Build the docs as a site with Zensical: build/docs/site. Every link and anchor must lead somewhere.

    .venv/bin/python tools/docs.py

Pages link to files of the repository too. The two that people read, CONTRIBUTING.md and CHANGELOG.md, become pages; of
all others the site shows the name.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS, BUILD = ROOT / "docs", ROOT / "build" / "docs"
TOLD = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def pages() -> dict[str, str]:
    """Every page of the site by its path, as Zensical is to read it."""
    found = {path.relative_to(DOCS).as_posix(): path for path in sorted(DOCS.rglob("*.md"))}
    found |= {name: ROOT / file for file, name in TOLD.items()}
    return {name: _within(path.read_text(encoding="utf-8"), name, path) for name, path in found.items()}


def _within(text: str, name: str, path: Path) -> str:
    """A page whose links stay within the site."""

    def mended(link: re.Match[str]) -> str:
        words, target, anchor = link[1], link[2], link[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        file = (path.parent / target).resolve()
        if file.is_relative_to(DOCS):
            inside = file.relative_to(DOCS).as_posix()
        elif file.is_relative_to(ROOT) and file.name in TOLD:
            inside = TOLD[file.name]
        else:
            return words if words.startswith("`") else f"{words} (`{file.relative_to(ROOT).as_posix()}`)"
        return f"[{words}]({os.path.relpath(inside, os.path.dirname(name) or '.')}{anchor})"

    # What stands in a block of code is no link.
    joined = LINK.sub(mended, re.sub(r"```.*?```", lambda block: block[0].replace("](", "]\0("), text, flags=re.DOTALL))
    return joined.replace("]\0(", "](")


def lay() -> None:
    """Lay out what Zensical reads."""
    shutil.rmtree(BUILD, ignore_errors=True)
    for name, text in pages().items():
        target = BUILD / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    shutil.copytree(DOCS / "images", BUILD / "source" / "images")


def main() -> int:
    """Build, and say how it ended. A warning is a fault."""
    lay()
    command = [Path(sys.executable).with_name("zensical"), "build", "--strict", "--clean"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        print(done.stdout + done.stderr.partition("Traceback")[0], file=sys.stderr)
        return 1
    print(f"The docs lie in {(BUILD / 'site').relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
