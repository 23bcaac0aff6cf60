"""Whether anything has changed since the last build, told by signatures alone: no content is read, no page rendered.

A signature is a file's size, the times at which its bytes and its entry last changed, and its inode. A file that was
changed in the very moment in which a build began could have the signature of what that build read; then no manifest is
left, as git does not trust an entry that is as young as its index ("racy git").
"""

import os
import stat
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from storefront import cachefile, engine
from storefront.outcome import Options, Report
from storefront.publish import KEPT
from storefront.state import Written

FILE = "manifest.msgpack"
VERSION = 3
READ = ("content", "themes", "markets", "networks.yaml")  # all that a build reads of a site's folder
DEEP = 64  # folders in folders; a link to a folder around it has no end
Signature = tuple[int, int, int, int]
Tree = dict[str, Signature]


class Manifest(Struct):
    """What a build read, what it wrote, and what it told."""

    version: int
    engine: str
    output: str
    read: Tree
    written: Tree
    report: Report


class Snapshot(Struct, frozen=True):
    """All that a build is about to read, and when it began by the clock of the file system, in ns."""

    began: int
    read: Tree


def snapshot(root: Path, folder: Path) -> Snapshot | None:
    """What can be read of a site now; None where that has no end. A file made in `folder` tells the time."""
    probe = folder / f"{FILE}.{os.getpid()}"
    probe.write_bytes(b"")
    began = probe.stat().st_mtime_ns
    probe.unlink()
    try:
        return Snapshot(began, tree(root))
    except OSError:
        return None


def trusted_manifest(options: Options, folder: Path) -> Manifest | None:
    """The manifest of the last build, if this one can rely on it; else None.

    It can if engine and output are the same, the same content still gives the same site at this moment, and nobody has
    touched the output.
    """
    try:
        manifest = msgspec.msgpack.decode(cachefile.read(folder / FILE), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    report = manifest.report
    if (manifest.version, manifest.engine, manifest.output) != (VERSION, engine.fingerprint(), _place(options.output)):
        return None
    if options.now < report.now or (report.next_change is not None and options.now >= report.next_change):
        return None
    try:
        return manifest if _written(options.output) == manifest.written else None
    except OSError:
        return None


def unchanged_report(options: Options, manifest: Manifest | None, now: Snapshot | None) -> Report | None:
    """The report of a build that has nothing to do; None when there may be something to do.

    There is nothing to do when what it reads is what the last one read (`last`).
    """
    if manifest is None or now is None or now.read != manifest.read:
        return None
    report = structs.replace(manifest.report, now=options.now, rendered=0, restored=0, written=0, removed=0, encoded=0)
    return structs.replace(report, recalled=report.sources, templates=(), slowest=())


def differing(before: Tree, after: Tree) -> list[str]:
    """The files that differ between two looks at what a build reads."""
    changed = [file for file, known in after.items() if before.get(file) != known]
    return changed + [file for file in before if file not in after]


def remember(
    options: Options,
    folder: Path,
    before: Snapshot | None,
    made: Mapping[str, Written],
    told: Report,
    left: Manifest | None = None,
    linked: Iterable[str] = (),
) -> None:
    """Leave a manifest of a finished build, unless its signatures could mislead.

    `made` is all that it wrote, or what it wrote in the place of what an earlier one had written, which is `left`.
    Of that, the entries of files that were `linked` anew have another time; else they must be as they were.
    """
    manifest = folder / FILE
    manifest.unlink(missing_ok=True)
    if before is None or any(max(changed) >= before.began for _, *changed, _ in before.read.values()):
        return
    try:
        if left is None:
            written = _written(options.output)
        else:
            anew = [file for file in linked if file not in made and f"/{file}" in left.written]
            written = left.written | _signatures(options.output, [*made, *anew])
            if any(_but_for_entry(written[f"/{file}"]) != _but_for_entry(left.written[f"/{file}"]) for file in anew):
                return
    except OSError:  # the site is published, and somebody else has changed it meanwhile
        return
    if any(written.get(f"/{file}", ())[:2] != known.signature for file, known in made.items()):
        return  # somebody else wrote into the output meanwhile
    newest = Manifest(VERSION, engine.fingerprint(), _place(options.output), before.read, written, told)
    with suppress(OSError):  # the site is published; without a manifest the next build looks at everything
        cachefile.write(manifest, msgspec.msgpack.encode(newest))


def inodes(left: Manifest) -> dict[str, int]:
    """The inodes of all files of an output, by their paths in it, as a build left them."""
    return {file[1:]: inode for file, (*_, inode) in left.written.items() if file.startswith("/")}


def _signatures(output: Path, files: Iterable[str]) -> Tree:
    place = str(output)
    return {f"/{file}": _signature(os.stat(f"{place}/{file}")) for file in files}


def _but_for_entry(signature: Signature) -> tuple[int, int, int]:
    size, changed, _, inode = signature
    return size, changed, inode


def _place(output: Path) -> str:
    return str(output.resolve())


def tree(root: Path) -> Tree:
    """The signatures of all that a build reads of a site. Raises OSError where folders have no end."""
    there: Tree = {}
    for name in READ:
        _look(there, name, root / name)
    _look(there, "*", engine.themes())
    return there


def glance(root: Path, files: Iterable[str], seen: Tree) -> Tree | None:
    """The signatures of files that were seen, by their paths from the root; None where more than these has changed.

    With a thousand creators and five thousand products it takes 20 ms to look at everything, and 20 µs at one file.
    """
    there: Tree = {}
    for file in files:
        try:
            found = (root / file).stat()
        except FileNotFoundError:
            if file in seen:
                return None
        else:
            if file not in seen or not stat.S_ISREG(found.st_mode):
                return None
            there[file] = _signature(found)
    return there


def _written(output: Path) -> Tree:
    """The output folder, but for what is not ours in it, and the folder beside it."""
    there: Tree = {}
    _look(there, "", output, KEPT)
    _look(there, "*", output.with_name(f"{output.name}.hosting"))
    return there


def _look(there: Tree, named: str, place: Path, but: Container[str] = ()) -> None:
    """Put the signatures of all files below a folder into a tree, or of a file; none where there is neither.

    Their names begin with `named`. Entries directly in the folder whose names are in `but` are passed over.
    """
    try:
        found = place.stat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        there[named] = _signature(found)
        return
    waiting = [(str(place), named, DEEP)]
    while waiting:  # sixteen thousand files in fourteen thousand folders are common, so nothing is called in vain
        folder, name, deep = waiting.pop()
        if not deep:
            raise OSError(f"{folder} lies too deep")
        with os.scandir(folder) as entries:
            for entry in entries:
                if deep == DEEP and entry.name in but:
                    continue
                if entry.is_dir():
                    waiting.append((entry.path, f"{name}/{entry.name}", deep - 1))
                else:
                    each = entry.stat()
                    there[f"{name}/{entry.name}"] = each.st_size, each.st_mtime_ns, each.st_ctime_ns, each.st_ino


def _signature(found: os.stat_result) -> Signature:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
