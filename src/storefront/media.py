"""Media: the files under media/. Pictures and cards for link previews, made all before a build, or each on demand."""

from functools import partial
from pathlib import Path

from storefront import images, previews
from storefront.gather import Gathered
from storefront.images import Cut, Unusable
from storefront.outcome import Progress
from storefront.problems import EnvironmentFailure, Problem, ProblemsFound


class Media:
    """The pictures and cards of a site, and the folders below `folder` that keep all that were ever made."""

    def __init__(self, gathered: Gathered, folder: Path) -> None:
        self._gathered = gathered
        self._images, self._shelf = folder / "images", folder / "previews"
        self._cuts = {name: cut for cut in gathered.cuts for name in cut.names}
        self.names = [*self._cuts, *gathered.cards]

    def make(self, workers: int, progress: Progress) -> None:
        """Make all that were never made.

        Raises `ProblemsFound` for pictures that cannot be decoded, and `EnvironmentFailure`.
        """
        wanted = images.missing(self._images, self._gathered.cuts)
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
        wanted = previews.missing(self._shelf, self._gathered.cards)
        try:
            for more in previews.fill(self._shelf, wanted, look, partial(_bytes, self), workers):
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
            previews.one(self._shelf, name, self._gathered.cards[name], look, partial(_bytes, self))
            return self._shelf / name
        return images.one(self._images, self._cuts[name], name, self._gathered.root)

    def unused(self) -> list[Path]:
        """The files that are kept of what the site does not show, in order."""
        shown = frozenset(self.names)
        kept = [path for folder in (self._images, self._shelf) if folder.is_dir() for path in folder.iterdir()]
        return sorted(path for path in kept if path.name not in shown)


def _bytes(media: Media, name: str) -> bytes:
    return media.get(name).read_bytes()


def problem(cut: Cut, failure: Unusable, gathered: Gathered) -> Problem:
    """A picture that cannot be used, at the first place that names it."""
    return Problem("bad-image", f"{cut.source}: {failure}", gathered.place_of(cut), failure.hint)
