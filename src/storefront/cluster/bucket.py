"""An object store as the place where a site is published.

A store has no folders that could be exchanged. Pages grow below `.storefront.next-…/`; when all are there and proven,
they are copied to where they are read, inside the store, parts before pages, and then what is gone is deleted.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from uuid import uuid4

from msgspec import structs

from storefront.cluster.objects import Objects
from storefront.hosting.values import FIXED
from storefront.problems import Place, Problem, ProblemsFound
from storefront.publish import MARKER, marked, unmarked
from storefront.shards import UNKNOWN, Signature
from storefront.state import Written

NEXT = ".storefront.next-"
BATCH = 200  # files, or
BYTES = 32 << 20  # so many bytes are written at a time


class Bucket:
    """A place (`outputs.OutputPlace`) below an address."""

    def __init__(self, address: str) -> None:
        self._site = Objects(address)
        self.name = self._site.address
        self._next = Objects(f"{self.name}/{NEXT}{uuid4().hex[:8]}")
        self.next = self._next.address
        self._beside = Objects(f"{self.name}.hosting")
        self._there: dict[str, Signature] = {}
        self._waiting: dict[str, bytes] = {}

    def ours(self, known: Collection[str]) -> Collection[str]:
        listed = self._site.listed()
        self._left = [file for file in listed if file.startswith(NEXT)]
        self._there = {file: stamp for file, stamp in listed.items() if not file.startswith(NEXT)}
        marker = self._site.read([MARKER])[MARKER] if MARKER in self._there else b""
        ours = (frozenset(known) | unmarked(marker)) & self._there.keys()
        strangers = sorted(self._there.keys() - ours - {MARKER})
        if strangers:
            others = f" and {len(strangers) - 1} more" if len(strangers) > 1 else ""
            message = f"storefront did not write all that lies at {self.name}: it holds {strangers[0]}{others}"
            hint = "Move what is not storefront's out of it, or choose another address with --output."
            raise ProblemsFound([Problem("output", message, Place(self.name), hint)])
        return ours

    def has(self, file: str) -> bool:
        return file in self._there

    def intact(self, file: str, written: Written) -> bool:
        return written.signature != UNKNOWN and self._there.get(file) == written.signature

    def read(self, file: str) -> bytes:
        return self._site.read([file])[file]

    def begin(self) -> None:
        self._site.delete(self._left)  # by a build that was cut off

    def put_pieces(self, file: str, pieces: Iterable[bytes]) -> Signature:
        return self.put(file, b"".join(pieces))

    def put(self, file: str, data: bytes) -> Signature:
        self._waiting[file] = data
        if len(self._waiting) >= BATCH or sum(map(len, self._waiting.values())) >= BYTES:
            self._flush()
        return UNKNOWN

    def _flush(self) -> None:
        self._next.write(self._waiting)
        self._waiting = {}

    def replace(self, files: Collection[str]) -> None:
        self.update(sorted(files), sorted(self._there.keys() - {*files, MARKER}), files)

    def update(self, changed: Collection[str], gone: Collection[str], files: Collection[str]) -> None:
        self._flush()
        self._site.write({MARKER: marked({*files, *gone})})
        for parts in (True, False):
            self._site.copy([file for file in changed if file.startswith(FIXED) is parts], self._next)
        self._site.delete([file for file in gone if file in self._there])
        self._site.write({MARKER: marked(files)})

    def write_beside(self, files: Mapping[str, bytes]) -> None:
        there = self._beside.listed()
        if not files and MARKER not in there:
            return
        ours = unmarked(self._beside.read([MARKER])[MARKER]) if MARKER in there else frozenset()
        self._beside.delete(sorted((ours & there.keys()) - files.keys()))
        if files:
            self._beside.write({**files, MARKER: marked(files)})
        else:
            self._beside.delete([MARKER])

    def signed(self, files: dict[str, Written]) -> dict[str, Written]:
        there = self._site.listed()
        return {file: structs.replace(each, signature=there.get(file, UNKNOWN)) for file, each in files.items()}

    def end(self) -> None:
        self._waiting = {}
        with suppress(OSError):  # the next build tries again
            self._next.clear()
