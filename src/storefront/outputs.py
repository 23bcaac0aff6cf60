"""Where a site is published: what a place must be able to do, and the one that is used, a folder.

`cluster.objects` has another, an object store.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from storefront import hosting, publish, shards, state
from storefront.shards import Signature
from storefront.state import Written


class OutputPlace(Protocol):
    """Where a site is published. `name` tells it from others, `next` is where the next tree grows.

    Every method may raise `OSError`.
    """

    name: str
    next: str

    def ours(self, known: Collection[str]) -> Collection[str]:
        """The files that storefront wrote: those `known`, and those marked. Raises `ProblemsFound` for others."""

    def has(self, file: str) -> bool:
        """Whether there is such a file."""

    def intact(self, file: str, written: Written) -> bool:
        """Whether a file still is what was written."""

    def read(self, file: str) -> bytes:
        """The bytes of a file."""

    def begin(self) -> None:
        """Make ready for the next tree."""

    def put(self, file: str, data: bytes) -> Signature:
        """Write a file of the next tree."""

    def put_pieces(self, file: str, pieces: Iterable[bytes]) -> Signature:
        """As `put`, of a file that is larger than one wants to hold in memory."""

    def replace(self, files: Collection[str]) -> None:
        """Put the next tree, of `files`, in the place of the old one."""

    def update(self, changed: Collection[str], gone: Collection[str], files: Collection[str]) -> None:
        """Move changed files in, then delete those that are gone, in the orders given; `files` are all there are."""

    def write_beside(self, files: Mapping[str, bytes]) -> None:
        """Make what lies beside the published tree hold just these files."""

    def signed(self, files: dict[str, Written]) -> dict[str, Written]:
        """Files with the signatures that they have where they are published."""

    def end(self) -> None:
        """Leave nothing of the next tree."""


class OutputFolder:
    """A folder, with the next tree beside it, on the same file system.

    `apart` is a name for a next tree that nobody else's writes can meet: of workers that a former build has lost, one
    may still be at it. `spare` is where the tree that changes are laid over may stay until the next time.
    """

    def __init__(self, output: Path, staging: Path | None = None, apart: str = "", spare: Path | None = None) -> None:
        self.output = Path(os.path.abspath(output))
        self._spare = spare
        self.name = str(self.output.resolve())
        self._staging = staging or publish.staging_of(self.output, apart)
        self.next = str(self._staging)
        self._aside = hosting.beside(self.output)

    def ours(self, known: Collection[str]) -> Collection[str]:
        ours = frozenset(known) | publish.listed(self.output)
        publish.check_ours(self.output, ours)
        publish.check_ours(self._aside, publish.listed(self._aside))
        return ours

    def has(self, file: str) -> bool:
        return os.path.isfile(f"{self.output}/{file}")

    def intact(self, file: str, written: Written) -> bool:
        return state.intact(f"{self.output}/{file}", written)

    def read(self, file: str) -> bytes:
        return (self.output / file).read_bytes()

    def begin(self) -> None:
        self.end()
        for left in publish.unfinished(self.output):
            shutil.rmtree(left, ignore_errors=True)
        self._staging.mkdir(parents=True)

    def put(self, file: str, data: bytes) -> Signature:
        return shards.write(f"{self.next}/{file}", data)

    def put_pieces(self, file: str, pieces: Iterable[bytes]) -> Signature:
        path = self._staging / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as made:
            made.writelines(pieces)
        signature = state.signature(str(path))
        assert signature  # noqa: S101  it was written just now
        return signature

    def replace(self, files: Collection[str]) -> None:
        publish.replace(self._staging, self.output, files, self._spare)

    def update(self, changed: Collection[str], gone: Collection[str], files: Collection[str]) -> None:
        publish.update(self._staging, self.output, changed, gone, files, self._spare)

    def write_beside(self, files: Mapping[str, bytes]) -> None:
        publish.write_folder(self._aside, files)

    def signed(self, files: dict[str, Written]) -> dict[str, Written]:
        return files

    def end(self) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        shutil.rmtree(shards.parts_of(self.next), ignore_errors=True)
