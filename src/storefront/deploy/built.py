"""What a build made, proven: every file of the output is what the build recorded, and there is no other."""

import re
from pathlib import Path

from msgspec import Struct

from storefront import publish, state, sums
from storefront.deploy.serving import serving
from storefront.deploy.store import Serving
from storefront.problems import Place, Problem, ProblemsFound

HOME = "index.html"
MOST = 20  # files named one by one
# What a page says that nobody shall find. The home page of a site to publish never does.
UNFOUND = re.compile(rb'<meta\s[^>]*name="?robots"?[^>]*noindex')
AGAIN = "Run storefront build, then deploy again."


class Item(Struct, frozen=True):
    """A file to deploy: its path in the output, the digest and size of its bytes, and how it is to be answered."""

    path: str
    digest: str
    size: int
    serving: Serving


def items(folder: Path, output: Path) -> list[Item]:
    """Every file of a site that has been built, in order. `folder` holds the build's record.

    Raises `ProblemsFound` when the record is lost, when a file is not what it says, when there are others, and when the
    output is for looking at only.
    """
    recorded = state.read(folder, str(output.resolve()))
    if _unfound(output):
        message = "this output is a preview, for looking at only: its pages ask not to be found"
        raise ProblemsFound([Problem("not-as-built", message, Place(output.name), AGAIN)])
    if not recorded.files and not output.exists():
        message = "nothing is built here yet"
        raise ProblemsFound([Problem("not-as-built", message, Place(output.name), AGAIN)])
    if not recorded.files:
        message = "it is not known what a build made of this folder, so that nothing in it can be trusted"
        raise ProblemsFound([Problem("not-as-built", message, Place(output.name), AGAIN)])
    found, problems = [], []
    for path, written in sorted(recorded.files.items()):
        data = publish.plain(output / path)
        if data is None:
            problems.append(_wrong(output, path, "this file is gone since the build"))
        elif sums.of_bytes(data) != written.digest:
            problems.append(_wrong(output, path, "this file is not what the build wrote"))
        else:
            found.append(Item(path, written.digest, len(data), serving(path)))
    others = [file for file in publish.files(output) if file not in recorded.files and file != publish.MARKER]
    problems += [_wrong(output, path, "no build wrote this file", "Move it elsewhere.") for path in others]
    if problems:
        raise ProblemsFound(_few(problems, output))
    return found


def read(output: Path, item: Item) -> bytes:
    """The bytes of a file. Raises `ProblemsFound` when they have changed since they were proven."""
    data = publish.plain(output / item.path)
    if data is None or sums.of_bytes(data) != item.digest:
        raise ProblemsFound([_wrong(output, item.path, "this file changed while it was being deployed")])
    return data


def _unfound(output: Path) -> bool:
    home = publish.plain(output / HOME)
    return bool(home and UNFOUND.search(home))


def _wrong(output: Path, path: str, message: str, hint: str = AGAIN) -> Problem:
    return Problem("not-as-built", message, Place(f"{output.name}/{path}"), hint)


def _few(problems: list[Problem], output: Path) -> list[Problem]:
    rest = len(problems) - MOST
    more = [Problem("not-as-built", f"{rest:,} more files are wrong", Place(output.name), AGAIN)] if rest > 0 else []
    return [*problems[:MOST], *more]
