"""Explaining: problems as plain data for the overlay, each with the lines around it.

Only what a build reads is ever shown: files of the site's own folder and of the themes that ship, never through a link.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storefront import engine
from storefront.problems import Place, Problem
from storefront.reader import MAX_BYTES
from storefront.serving import editors
from storefront.unchanged import READ

AROUND = 2  # lines before and after
LONGEST = 160  # characters of a line that is shown
BEFORE = 60  # of these, how many before the mistake in a line that is longer
MOST = 200  # problems in one overlay


def explained(problems: Iterable[Problem], root: Path, editor: str) -> list[dict[str, Any]]:
    """The first problems with their excerpts and the address that opens each place in the editor."""
    return [_one(problem, root, editor) for problem, _ in zip(problems, range(MOST), strict=False)]


def _one(problem: Problem, root: Path, editor: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        **place(problem.place, root, editor),
        "excerpt": excerpt(problem.place, root),
        "related": [place(each, root, editor) for each in problem.related],
    }


def place(at: Place, root: Path, editor: str) -> dict[str, Any]:
    """A place in words, and the address that opens it; "" where there is no such file."""
    file = file_of(at, root)
    return {"place": str(at), "open": editors.link(editor, file, at.line, at.column) if file else ""}


def file_of(at: Place, root: Path) -> Path | None:
    """The file of a place, if a build reads it."""
    parts = Path(at.file).parts
    if not parts or parts[0] not in READ or ".." in parts:
        return None
    own, shipped = root.resolve() / at.file, engine.themes() / Path(*parts[1:])
    found = own if own.is_file() or parts[0] != "themes" else shipped
    return found if found.is_file() else None


def excerpt(at: Place, root: Path) -> list[dict[str, Any]]:
    """The lines around a place: number and text of each, and where the caret stands below the one with the mistake."""
    file = file_of(at, root)
    if file is None or not at.line:
        return []
    lines = _text(file).splitlines()
    first = max(0, at.line - 1 - AROUND)
    return [
        _line(number, text, at.column if number == at.line else 0)
        for number, text in enumerate(lines[first : at.line + AROUND], first + 1)
    ]


def _line(number: int, text: str, column: int) -> dict[str, Any]:
    """A line, cut where it is very long so that the mistake stays in sight. `caret` counts from 1; 0 for none."""
    start = column - BEFORE if column > LONGEST else 0
    cut = text[start : start + LONGEST]
    before, after = "…" if start else "", "…" if len(text) > start + LONGEST else ""
    caret = min(column - start + len(before), len(cut) + len(before) + 1) if column else 0
    return {"number": number, "text": f"{before}{cut}{after}".expandtabs(1), "caret": caret}


def _text(file: Path) -> str:
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return os.read(descriptor, MAX_BYTES).decode(errors="replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)
