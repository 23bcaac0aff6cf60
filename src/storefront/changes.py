"""Changes: files of a site as they were and as they shall be, to be shown first and written whole."""

import difflib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from storefront.problems import EnvironmentFailure


class Change(Struct, frozen=True, kw_only=True):
    """A file as it was ("" when there was none) and as it shall be; `file` is its path from the site's root."""

    file: str
    before: str
    after: str


def write(root: Path, changes: Iterable[Change]) -> None:
    """Write the files, each whole or not at all. Raises OSError, and `EnvironmentFailure` where a link stands."""
    for change in changes:
        path = root / change.file
        for each in (path, *path.parents[: change.file.count("/")]):
            if each.is_symlink():
                raise EnvironmentFailure(f"{each.relative_to(root)} is a link to another place")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_text(change.after, encoding="utf-8", newline="\n")
        os.replace(temporary, path)


def diff(change: Change) -> Iterator[str]:
    """A unified diff by lines; a new file is all additions, which need no comparing."""
    after = change.after.splitlines(keepends=True)
    if not change.before:
        return iter(
            [f"--- /dev/null\n+++ {change.file}\n@@ -0,0 +1,{len(after)} @@\n", *(f"+{line}" for line in after)]
        )
    return difflib.unified_diff(change.before.splitlines(keepends=True), after, change.file, change.file)
