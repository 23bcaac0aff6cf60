"""A folder as a store: another place on this machine, such as a web server's root or a mounted disk."""

import os
from contextlib import suppress
from pathlib import Path

from storefront import digests, sums
from storefront.deploy.store import Serving
from storefront.problems import EnvironmentFailure

COMING = ".storefront-coming-"  # the beginning of the names of files that are not whole yet


class Folder:
    """Files of a folder. A tag is the digest of the bytes.

    How files are answered is said by whatever serves the folder. Links in it are never followed, and never replaced.
    """

    serves = False

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder
        self._broken: list[str] = []  # what a run that was killed left

    def tags(self) -> dict[str, str]:
        found: dict[str, str] = {}
        self._broken.clear()
        for top, folders, files in os.walk(self._folder, onerror=_raise):
            for name in [*files, *folders]:
                path = os.path.join(top, name)
                inside = Path(path).relative_to(self._folder).as_posix()
                if name.startswith(COMING):
                    self._broken.append(path)
                elif os.path.islink(path):
                    found[inside] = "link"
                elif name in files:
                    found[inside] = sums.of_bytes(_bytes(path))
        return found

    def get(self, path: str) -> bytes | None:
        try:
            return _bytes(self._folder / path)
        except FileNotFoundError:
            return None

    def put(self, path: str, data: bytes, serving: Serving) -> str:  # noqa: ARG002  whatever serves the folder says it
        while self._broken:
            with suppress(IndexError, FileNotFoundError):
                os.unlink(self._broken.pop())
        target = self._place(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        coming = self._folder / f"{COMING}{digests.of_value(path)}"
        with open(coming, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # a name never stands for bytes that a loss of power takes away
        os.replace(coming, target)
        return sums.of_bytes(data)

    def delete(self, path: str) -> None:
        target = self._place(path)
        target.unlink(missing_ok=True)
        for above in target.parents:
            if above == self._folder:
                break
            with suppress(OSError):  # it holds something else
                above.rmdir()

    def _place(self, path: str) -> Path:
        """Where a file goes. Raises `EnvironmentFailure` where a link would lead out of the folder."""
        target = self._folder / path
        for above in target.parents:
            if above == self._folder:
                return target
            if above.is_symlink():
                raise EnvironmentFailure(f"{above} is a link; storefront deploys into no folder that a link leads to")
        return target


def _bytes(path: "str | Path") -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
