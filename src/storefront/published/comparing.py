"""Comparing: which files of a list of digests are missing or changed, and which files are not in the list."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from storefront import publish, sums
from storefront.problems import EnvironmentFailure, Place, Problem, in_order, shown
from storefront.published.fetching import Asking, Refused

CODE = "not-as-listed"
AGAIN = "Publish the site again: what was built, whole."
# Files that hosts read and do not serve (`hosting`).
UNSERVED = frozenset(
    {"_redirects", "_headers", ".htaccess", "vercel.json", "firebase.json", "staticwebapp.config.json"}
)
INDEX = "index.html"
MISSING_PAGE = "404.html"  # answered with 404 by some hosts, and with 200 by others
FOUND, GONE = 200, {404, 410}

Progress = Callable[[str, int, int], None]


class Compared(Struct, frozen=True):
    """What a comparison found: how many files are as listed, how many could not be asked for, and what differs."""

    same: int
    unasked: int
    problems: list[Problem]


def in_folder(folder: Path, listed: bytes | None, progress: Progress) -> Compared:
    """A folder compared with a list of digests, its own when none is given. Raises OSError."""
    named = folder.name or str(folder)
    if listed is None:
        listed = publish.plain(folder / sums.FILE)
        if listed is None:
            return _without_list(named)
    wanted = _read(listed, f"{named}/{sums.FILE}")
    if isinstance(wanted, Problem):
        return Compared(0, 0, [wanted])
    found = set(publish.files(folder)) - {publish.MARKER, publish.DEPLOYED}
    problems = [
        _problem(f"{named}/{shown(path)}", "the file is in no list of what was built", "Delete it.")
        for path in found - wanted.keys() - {sums.FILE}
    ]
    for done, path in enumerate(sorted(wanted), 1):
        progress("Compare", done, len(wanted))
        place = f"{named}/{path}"
        if path not in found:
            problems.append(_problem(place, "the file is missing"))
        elif os.path.islink(folder / path):
            problems.append(_problem(place, "a link is in the place of the file"))
        elif (data := publish.plain(folder / path)) is None:
            problems.append(_problem(place, "a pipe, a socket or a device is in the place of the file"))
        elif sums.of_bytes(data) != wanted[path]:
            problems.append(_problem(place, "the file is not what was built"))
    if os.path.lexists(folder / sums.FILE) and publish.plain(folder / sums.FILE) != listed:
        problems.append(_problem(f"{named}/{sums.FILE}", "the list is not the one that was given"))
    bad = {problem.place.file for problem in problems}
    return Compared(sum(f"{named}/{path}" not in bad for path in wanted), 0, in_order(problems))


def of_site(asking: Asking, listed: bytes | None, progress: Progress) -> Compared:
    """The answers of a host compared with a list of digests, its own when none is given.

    What a host serves beyond the list cannot be asked. Raises `EnvironmentFailure` when the host cannot be reached.
    """
    own = asking.get(sums.FILE)
    if isinstance(own, Refused):
        raise EnvironmentFailure(f"{asking.address}{sums.FILE}: {own.why}")
    if own.status != FOUND and listed is None:
        return _without_list(asking.address.rstrip("/"))
    wanted = _read(listed if listed is not None else own.body, asking.address + sums.FILE)
    if isinstance(wanted, Problem):
        return Compared(0, 0, [wanted])
    problems = []
    if listed is not None and own.body != listed:
        problems.append(_problem(asking.address + sums.FILE, "the list there is not the one that was given"))
    asked = [path for path in sorted(wanted) if path not in UNSERVED]
    for done, path in enumerate(asked, 1):
        progress("Compare", done, len(asked))
        wrong = _wrong(asking, path, wanted[path])
        if wrong:
            problems.append(_problem(asking.address + path, wrong))
    differing = sum(problem.place.file != asking.address + sums.FILE for problem in problems)
    return Compared(len(asked) - differing, len(wanted) - len(asked), in_order(problems))


def _wrong(asking: Asking, path: str, digest: str) -> str:
    """What is wrong with the answer for a file; "" when it is as listed."""
    answer = asking.get(quote(path.removesuffix(INDEX) if f"/{path}".endswith(f"/{INDEX}") else path))
    if isinstance(answer, Refused):
        return f"there is no answer: {answer.why}"
    if sums.of_bytes(answer.body) == digest and (answer.status == FOUND or path == MISSING_PAGE):
        return ""
    if answer.status in GONE and path != MISSING_PAGE:
        return "the file is missing"
    return "the file is not what was built" if answer.status == FOUND else f"the host answers with {answer.status}"


def _read(listed: bytes, place: str) -> dict[str, str] | Problem:
    try:
        return sums.read(listed)
    except ValueError as error:
        return _problem(place, f"this is no list of digests: {error}")


def _without_list(named: str) -> Compared:
    return Compared(0, 0, [_problem(f"{named}/{sums.FILE}", "there is no list of digests")])


def _problem(place: str, message: str, hint: str = AGAIN) -> Problem:
    return Problem(CODE, message, Place(place), hint)
