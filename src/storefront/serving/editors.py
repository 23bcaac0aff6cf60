"""Editors: addresses that open a file at a line, by the scheme that each editor registers with the system.

A browser asks before it opens one. Nothing is started by the preview itself, so that no request can start anything.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

NONE = "none"
DEFAULT = "code"
PATTERNS = {
    "code": "vscode://file{path}:{line}:{column}",
    "codium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "mvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "subl": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
}
NAMES = (*PATTERNS, NONE)
ASKED = ("STOREFRONT_EDITOR", "VISUAL", "EDITOR")


def chosen(environment: Mapping[str, str] = os.environ) -> str:
    """The editor that the environment names, if its addresses are known; else Visual Studio Code's."""
    for variable in ASKED:
        words = environment.get(variable, "").split()
        name = Path(words[0]).stem if words else ""
        if name in NAMES:
            return name
    return DEFAULT


def link(editor: str, path: Path, line: int, column: int) -> str:
    """The address that opens a file; "" where no editor is wanted."""
    if editor not in PATTERNS:
        return ""
    plain = path.as_posix()
    rooted = plain if plain.startswith("/") else f"/{plain}"  # a drive letter
    return PATTERNS[editor].format(path=quote(rooted, safe="/:"), line=line or 1, column=column or 1)
