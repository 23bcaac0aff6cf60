"""Media: the files under media/. Pictures and cards for link previews, made all before a build, or each on demand."""

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path

import msgspec

from storefront import cachefile, images, sums
from storefront.gather import Gathered
from storefront.images import Cut, Unusable
from storefront.outcome import Progress
from storefront.previews import shelf
from storefront.problems import EnvironmentFailure, Problem, ProblemsFound

SUMS = "media.msgpack"


class Media:
    """The pictures and cards of a site, and the folders below `folder` that keep all that were ever made."""

    def __init__(self, gathered: Gathered, folder: Path) -> None:
        self._gathered, self._sums = gathered, folder / SUMS
        self._images, self._shelf = folder / "images", folder / "previews"
        self._cuts = {name: cut for cut in gathered.cuts for name in cut.names}
        self.names = [*self._cuts, *gathered.cards]
        self.made = 0

    def make(self, workers: int, progress: Progress) -> None:
        """Make all that were never made; `made` counts them.

        Raises `ProblemsFound` for pictures that cannot be decoded, and `EnvironmentFailure`.
        """
        wanted = images.missing(self._images, self._gathered.cuts)
        self.made += sum(not os.path.exists(self._images / name) for cut in wanted for name in cut.names)
        problems = []
        for done, (cut, failure) in enumerate(images.encode(self._images, wanted, workers, self._gathered.root), 1):
            progress("Pictures made", done, len(wanted))
            if failure:
                problems.append(problem(cut, failure, self._gathered))
        if problems:
            raise ProblemsFound(problems)
        self._draw(workers, progress)

    def _draw(self, workers: int, progress: Progress) -> None:
        look, done = self._gathered.theme.look, 0
        if look is None:
            return
        wanted = shelf.missing(self._shelf, self._gathered.cards)
        self.made += len(wanted)
        try:
            for more in shelf.fill(self._shelf, wanted, look, partial(_bytes, self), workers):
                done += more
                progress("Previews", done, len(wanted))
        except OSError as error:
            raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or self._shelf}") from error

    def get(self, name: str) -> Path:
        """The file of a name under media/, made now if need be.

        Raises `KeyError` for a name that the site does not show, `Unusable` and `OSError`.
        """
        look = self._gathered.theme.look
        if look and name in self._gathered.cards:
            shelf.draw_one(self._shelf, name, self._gathered.cards[name], look, partial(_bytes, self))
            return self._shelf / name
        return images.encode_one(self._images, self._cuts[name], name, self._gathered.root)

    def read(self, name: str) -> tuple[bytes, str]:
        """The bytes of a name under media/ and their digest; made anew where the cache does not hold what it held.

        Raises as `get`.
        """
        path, known = self.get(name), self._known.get(name)
        data = path.read_bytes()
        digest = sums.of_bytes(data)
        if known in {None, digest}:
            return data, digest
        path.unlink()
        data = self.get(name).read_bytes()
        return data, sums.of_bytes(data)

    @cached_property
    def _known(self) -> dict[str, str]:
        """The digests of what the cache holds, as far as builds have published it."""
        try:
            return msgspec.msgpack.decode(cachefile.read(self._sums), type=dict[str, str])
        except (OSError, msgspec.MsgspecError):
            return {}

    def remember(self, published: Mapping[str, str]) -> None:
        """Keep the digests of names that were published; of those that the cache does not hold any more, none."""
        if published.items() <= self._known.items():
            return
        there = {name for folder in (self._images, self._shelf) if folder.is_dir() for name in os.listdir(folder)}
        kept = {name: digest for name, digest in {**self._known, **published}.items() if name in there}
        with suppress(OSError):
            cachefile.write(self._sums, msgspec.msgpack.encode(kept))

    def unused(self) -> list[Path]:
        """The files that are kept of what the site does not show, in order."""
        shown = frozenset(self.names)
        kept = [path for folder in (self._images, self._shelf) if folder.is_dir() for path in folder.iterdir()]
        return sorted(path for path in kept if path.name not in shown)


def _bytes(media: Media, name: str) -> bytes:
    return media.read(name)[0]


def problem(cut: Cut, failure: Unusable, gathered: Gathered) -> Problem:
    """A picture that cannot be used, at the first place that names it."""
    return Problem("bad-image", f"{cut.source}: {failure}", gathered.place_of(cut), failure.hint)
