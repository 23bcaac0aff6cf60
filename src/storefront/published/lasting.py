"""Lasting addresses: what is published and would be there no longer, and leads nowhere else."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path

from storefront import publish, sums
from storefront.pages import routes
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound, shown
from storefront.published.comparing import CODE, FOUND
from storefront.published.fetching import Asking, Refused

GONE = "address-gone"
KINDS = (".html", ".xml", ".json", ".ics", ".svg")
HINT = (
    "Give the file or the id its old name back, put an old handle into aliases, or keep what has had "
    "its day: a product with status: discontinued, a pick with status: retired."
)
FEW = 50  # so many are compared with all that stays
# Names that follow their content, files for programs that read them anew, and pages that others are counted into.
_passing = re.compile(
    r"(?:assets|media|search)/|sitemap(?:-\d+)?\.xml$|disclosures\.json$|404\.html$|(?:.*/)?page/\d+/"
).match


def listed(where: str) -> tuple[str, list[str]]:
    """The list of digests of a folder or an address, as what it is called and the paths in it.

    Raises `ProblemsFound` where there is none, `EnvironmentFailure` where nobody answers, OSError.
    """
    place, data = _read(where)
    try:
        if data is not None:
            return place, list(sums.read(data))
        why = "there is no list of digests"
    except ValueError as error:
        why = f"this is no list of digests: {error}"
    hint = "Give the folder or the address of a site that storefront has built."
    raise ProblemsFound([Problem(CODE, why, Place(place), hint)])


def _read(where: str) -> tuple[str, bytes | None]:
    if "://" not in where:
        return f"{Path(where).name or where}/{sums.FILE}", publish.plain(Path(where) / sums.FILE)
    with Asking(where) as asking:
        place = asking.address + sums.FILE
        answer = asking.get(sums.FILE)
        if isinstance(answer, Refused):
            raise EnvironmentFailure(f"{place}: {answer.why}")
        return place, answer.body if answer.status == FOUND else None


def addresses(paths: Iterable[str], left: Collection[str] = ()) -> list[str]:
    """The lasting ones of a list of files; what was a creator's who has `left` goes on purpose."""
    found = []
    for path in paths:
        parts = path.split("/")
        owner = parts[min(2, len(parts) - 1)] if parts[0] == "embed" else parts[0]  # embed/creator/<handle>/
        if path.endswith(KINDS) and not _passing(path) and owner not in left:
            found.append(routes.path_of(path))
    return found


def vanished(place: str, published: Iterable[str], stays: Collection[str]) -> list[Problem]:
    """The published addresses that are not among those that stay, each of a few with the nearest that does."""
    gone = sorted(set(published) - set(stays))
    few = gone if len(gone) <= FEW else ()
    return [
        Problem(
            GONE,
            f"{shown(address)} is published and would be gone",
            Place(place),
            f"{_renamed(address, stays) if address in few else ''}{HINT}",
        )
        for address in gone
    ]


def _renamed(address: str, stays: Collection[str]) -> str:
    folder = address.rstrip("/").rpartition("/")[0]
    beside = [each for each in stays if each.rstrip("/").rpartition("/")[0] == folder]
    near = get_close_matches(address, sorted(beside), n=1, cutoff=0.8)
    return f"Is it {near[0]} now? " if near else ""
