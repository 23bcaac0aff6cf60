"""Verifying: the output folder compared with what a build from nothing makes, byte for byte."""

import os
import shutil
from pathlib import Path

from storefront import pipeline, publish
from storefront.gather import gather
from storefront.media import Media
from storefront.outcome import FOLDER, Options, Progress, quiet
from storefront.outputs import OutputFolder
from storefront.problems import EnvironmentFailure, Place, Problem
from storefront.state import State

HINT = "Please report it. storefront clean and a new build make the site right."


def differences(options: Options, progress: Progress = quiet) -> list[Problem]:
    """A problem for each file that a build from nothing makes otherwise, or that only one of the two has.

    Nothing of earlier builds is used, pictures are encoded again, and nothing is kept. Raises `ProblemsFound` or
    `EnvironmentFailure`, as a build does.
    """
    output = Path(os.path.abspath(options.output))
    with publish.Lock(options.root / FOLDER):
        aside = options.root / FOLDER / "verify"
        try:
            shutil.rmtree(aside, ignore_errors=True)
            (aside / "site").mkdir(parents=True)
            _build(options, output, aside, progress)
            return [_differs(output, file, what) for file, what in _compare(aside / "site", output)]
        except OSError as error:
            raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or aside}") from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _build(options: Options, output: Path, aside: Path, progress: Progress) -> None:
    gathered = gather(options.root, options.now, options.workers, progress)
    media = Media(gathered, aside)
    media.make(options.workers, progress)
    place = OutputFolder(output, staging=aside / "site")
    pipeline.Work(gathered, place, State(), media).make(options.workers, progress)


def _compare(clean: Path, output: Path) -> list[tuple[str, str]]:
    """What differs, by file in order."""
    made, found = set(publish.files(clean)), set(publish.files(output)) - {publish.MARKER}
    missing = [(file, "is missing") for file in made - found]
    strange = [(file, "is not made by a build from nothing") for file in found - made]
    others = [
        (file, "is not what a build from nothing makes")
        for file in made & found
        if (clean / file).read_bytes() != (output / file).read_bytes()
    ]
    return sorted([*missing, *strange, *others])


def _differs(output: Path, file: str, what: str) -> Problem:
    return Problem("differs", f"the file {what}", Place(f"{output.name}/{file}"), HINT)
