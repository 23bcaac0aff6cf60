"""Why a page is made anew: which of its inputs have changed since the last build, and what differs in its view.

The last build left its records behind (`remembered`), so that its view of the page can be made again and compared.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from storefront import digests, records, state
from storefront.catalog.facts import Fact
from storefront.gather import Gathered, assemble, gather
from storefront.keys import Keys
from storefront.outcome import FOLDER, Options
from storefront.pages import recalled, routes
from storefront.pages.planned import Planned
from storefront.problems import ProblemsFound
from storefront.remembered import Remembered

MOST = 20  # differences that are told; a page that is wholly another has hundreds
NOTHING = object()


class Input(Struct, frozen=True):
    """A fact that the page reads and that has changed: its name, and the file of its record ("" for none)."""

    ref: str
    file: str


class Difference(Struct, frozen=True):
    """A field of the page's view, and its value before and now; `None` where there is none."""

    field: str
    before: Any
    now: Any


class Why(Struct, frozen=True):
    """Why the page at `path` is made anew. It is not, when it is `kept`.

    `known` says whether enough is left of the last build to tell; `new` that it had no such page. Without inputs and
    differences, something that all pages share has changed: the theme, a market pack, networks, or the program.
    """

    path: str
    kept: bool = False
    known: bool = True
    new: bool = False
    inputs: tuple[Input, ...] = ()
    differences: tuple[Difference, ...] = ()


class Unknown(Exception):
    """No page of the site stands at the address asked for; `paths` are those of all pages."""

    def __init__(self, path: str, paths: list[str]) -> None:
        super().__init__(path)
        self.path, self.paths = path, paths


def why(options: Options, url: str) -> Why:
    """Why a build would make the page at an address of the site. Raises `ProblemsFound` and `Unknown`."""
    folder = options.root / FOLDER
    remembered = Remembered(folder)
    now = gather(options.root, options.now, remembered=remembered)
    path = _path(url, now)
    page = _page(now, path)
    if page is None:
        raise Unknown(path, [each.path for each in now.pages])
    known = state.read(folder, str(options.output.resolve())).files.get(routes.file_of(path))
    if known and known.key == Keys(now.theme.digest).of(page) and state.intact(_file(options, path), known):
        return Why(path, kept=True)
    before = _before(options.root, remembered)
    if before is None:
        return Why(path, known=False)
    other = _page(before, path)
    if other is None:
        return Why(path, new=True)
    inputs = tuple(Input(ref, _origin(now, ref)) for ref in _others(other.inputs, page.inputs))
    return Why(path, inputs=inputs, differences=tuple(_differences(other, page))[:MOST])


def _path(url: str, gathered: Gathered) -> str:
    """The address from the site's root, of one that may have the site's own address or its base path before it."""
    site = gathered.site
    inner = url.removeprefix(site.url) if url.startswith(site.url) else url.removeprefix(site.base)
    plain = f"/{inner.strip('/')}"
    return plain if plain == "/" or "." in plain.rpartition("/")[2] else f"{plain}/"


def _before(root: Path, remembered: Remembered) -> Gathered | None:
    """The site as the last build had it, with today's theme, markets, networks and pictures."""
    loaded = records.load_last(root, remembered)
    if loaded is None or remembered.last is None:
        return None
    try:
        return assemble(root, remembered.last[0], loaded)
    except ProblemsFound:
        return None


def _page(gathered: Gathered, path: str) -> Planned | None:
    return next((page for page in gathered.pages if page.path == path), None)


def _file(options: Options, path: str) -> str:
    return f"{options.output}/{routes.file_of(path)}"


def _origin(gathered: Gathered, ref: str) -> str:
    origin = gathered.catalog.origins.get(ref)
    return origin.source.file if origin else ""


def _others(before: Struct, now: Struct) -> list[str]:
    """The names of the facts that differ between two inputs, or that only one of them has."""
    old, new = _facts(before), _facts(now)
    return sorted(ref for ref in old.keys() | new.keys() if old.get(ref) != new.get(ref))


def _facts(value: Any) -> dict[str, str]:
    """The facts inside inputs by name, each with its digest."""
    if isinstance(value, Fact):
        return {value.ref: digests.of_value(value)}
    if isinstance(value, Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    found: dict[str, str] = {}
    if isinstance(value, list | tuple):
        for each in value:
            found |= _facts(each)
    return found


def _differences(before: Planned, now: Planned) -> Iterator[Difference]:
    old, new = recalled.make_page(before), recalled.make_page(now)
    if isinstance(old, bytes) or isinstance(new, bytes):
        yield from _between("line", _lines(old), _lines(new))
    else:
        yield from _between("", _plain(old), _plain(new))


def _lines(made: Any) -> list[str]:
    return made.decode().splitlines() if isinstance(made, bytes) else []


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, str_keys=True, enc_hook=str)


def _between(field: str, before: Any, now: Any) -> Iterator[Difference]:
    """What differs between plain values, leaf by leaf."""
    if isinstance(before, dict) and isinstance(now, dict):
        for name in {**before, **now}:
            yield from _between(f"{field}.{name}".lstrip("."), before.get(name, NOTHING), now.get(name, NOTHING))
    elif isinstance(before, list | tuple) and isinstance(now, list | tuple):
        for index in range(max(len(before), len(now))):
            pair = [each[index] if index < len(each) else NOTHING for each in (before, now)]
            yield from _between(f"{field}[{index}]", *pair)
    elif before != now:
        yield Difference(field, *(None if each is NOTHING else each for each in (before, now)))
