"""Whether anything has changed since the last build, told by signatures alone: no content is read, no page rendered.

A signature is a file's size, the times at which its bytes and its entry last changed, and its inode. A file that was
changed in the very moment in which a build began could have the signature of what that build read; then no manifest is
left, as git does not trust an entry that is as young as its index ("racy git").
"""

import os
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from storefront import cachefile, engine, spare, trees
from storefront.outcome import Options, Report
from storefront.publish import KEPT, Updated
from storefront.state import Written
from storefront.trees import DEEP, Known, Signature

FILE = "manifest.msgpack"
VERSION = 4
READ = ("content", "themes", "markets", "networks.yaml")  # all that a build reads of a site's folder
TICK, TICKS = 0.005, 4  # seconds; the clocks of most file systems go on in steps of at most 10 ms
Tree = dict[str, Signature]


class Manifest(Struct):
    """What a build read, what it wrote, in the output and beside it, and what it told.

    `spare` are the marks of the spare's folders, which are those of the output; empty where they are not known.
    """

    version: int
    engine: str
    output: str
    read: Tree
    written: Known
    beside: Tree
    spare: bytes
    report: Report


class Snapshot(Struct, frozen=True):
    """All that a build is about to read, and when it began by the clock of the file system, in ns."""

    began: int
    read: Tree


def snapshot(root: Path, folder: Path) -> Snapshot | None:
    """What can be read of a site now; None where that has no end. A file made in `folder` tells the time."""
    began, _ = _clock(folder)
    try:
        return Snapshot(began, tree(root))
    except OSError:
        return None


def _clock(folder: Path) -> tuple[int, bool]:
    """The time by the clock of a file system, in ns, and whether its folders tell when a name in them came or went."""
    probe = folder / f"{FILE}.{os.getpid()}"
    probe.write_bytes(b"")
    now = probe.stat().st_mtime_ns
    told = folder.stat().st_ctime_ns >= now
    probe.unlink()
    return now, told


def trusted_manifest(options: Options, folder: Path) -> Manifest | None:
    """The manifest of the last build, if this one can rely on it; else None.

    It can if engine and output are the same, the same content still gives the same site at this moment, and nobody has
    touched the output.
    """
    try:
        manifest = msgspec.msgpack.decode(cachefile.read(folder / FILE), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    try:
        return _untouched(options.output, manifest) if _holds(manifest, options) else None
    except OSError:
        return None


def _holds(manifest: Manifest, options: Options) -> bool:
    """Whether the same program at this moment would make the same output of the same content."""
    report = manifest.report
    due = report.next_change is not None and options.now >= report.next_change
    same = (manifest.version, manifest.engine, manifest.output) == (
        VERSION,
        engine.fingerprint(),
        _place(options.output),
    )
    return same and not due and options.now >= report.now


def _untouched(output: Path, manifest: Manifest) -> Manifest | None:
    """The manifest, if its output is as it was left; else None. Raises OSError."""
    if _beside(output) != manifest.beside:
        return None
    known = trees.seen_again(output, manifest.written)
    if known:
        return structs.replace(manifest, written=known)
    found = trees.look(output, KEPT)  # no file may have changed, though a folder did
    if found.signed() != manifest.written.signed():
        return None
    return structs.replace(manifest, written=structs.replace(found, marks=b""), spare=b"")


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
    done: Updated | None = None,
) -> None:
    """Leave a manifest of a finished build, unless its signatures could mislead.

    `made` is all that it wrote, or what was `done` with it to lay it over what an earlier one had `left`. Of that, the
    entries of files that were linked anew have another time; else they must be as they were.
    """
    manifest = folder / FILE
    manifest.unlink(missing_ok=True)
    if before is None or any(max(changed) >= before.began for _, *changed, _ in before.read.values()):
        return
    try:
        if left is None or done is None:
            written, marks = _looked(options.output, folder, made), b""
        else:
            written, marks = _lately(options, folder, before.began, made, left.written, done) or _again(
                options, folder, made, left.written, done
            )
        beside = _beside(options.output)
    except (OSError, _Touched):  # the site is published, and somebody else has changed it meanwhile
        return
    newest = Manifest(VERSION, engine.fingerprint(), _place(options.output), before.read, written, beside, marks, told)
    with suppress(OSError):  # the site is published; without a manifest the next build looks at everything
        cachefile.write(manifest, msgspec.msgpack.encode(newest))


class _Touched(Exception):
    """Somebody else wrote into the output meanwhile."""


def _looked(output: Path, folder: Path, made: Mapping[str, Written]) -> Known:
    """The output, with marks if these are older than the look at it. Raises OSError."""
    for clock in _clocks(folder, output):
        if output.stat().st_ctime_ns < clock:
            found = trees.look(output, KEPT)
            break
    else:
        clock, found = 0, trees.look(output, KEPT)
    signed = found.signed()
    if any(signed.get(file, ())[:2] != known.signature for file, known in made.items()):
        raise _Touched
    return found if trees.is_older(found.marks, clock) else structs.replace(found, marks=b"")


def _lately(
    options: Options, folder: Path, began: int, made: Mapping[str, Written], left: Known, done: Updated
) -> tuple[Known, bytes] | None:
    """As `_again` where every file was linked since a build began, and every folder made; None where that is not so.

    So that none of them is looked at once more: the next build does it, and this one saves 0.06 s of CPU.
    """
    if not done.anew or done.spare is None or _keeps(options.output):
        return None
    signatures, touched = _signed(options.output, made, left), trees.folders_of(made)
    places = [options.output, folder / spare.NAME]
    for clock in _clocks(folder, options.output):
        if trees.is_older(trees.marks_of(options.output, touched), clock):
            marks = trees.marks_after(places[1], left, done.spare, touched, clock)
            if marks and trees.hold_as_known(places, left, touched, KEPT):
                return structs.replace(left, signatures=signatures, marks=b"", window=(began, clock)), marks
            break
    return None


def _again(
    options: Options, folder: Path, made: Mapping[str, Written], left: Known, done: Updated
) -> tuple[Known, bytes]:
    """The output after an update, with marks if these can be relied on, and then those of the spare. Raises OSError."""
    known = structs.replace(left, signatures=_signed(options.output, made, left, done.linked), marks=b"")
    places = {options.output: done.marks}
    if done.spare is not None and not _keeps(options.output):
        places[folder / spare.NAME] = done.spare
    touched = trees.folders_of(made)
    with suppress(OSError):  # a folder more or less: they are listed the next time
        for clock in _clocks(folder, options.output):
            marks = [trees.marks_after(place, known, each, touched, clock) for place, each in places.items()]
            if all(marks):
                if trees.hold_as_known(places, known, touched, KEPT):
                    return structs.replace(known, marks=marks[0]), b"".join(marks[1:])
                break
    return known, b""


def _signed(output: Path, made: Mapping[str, Written], left: Known, linked: Collection[str] = ()) -> bytes:
    """The signatures of an output in which these files were made. Raises OSError and `_Touched`."""
    signatures = trees.signatures_after(output, left, {file: each.signature for file, each in made.items()}, linked)
    if signatures is None:
        raise _Touched
    return signatures


def _keeps(output: Path) -> bool:
    """Whether something lies in an output that is not storefront's."""
    return any((output / name).exists() for name in KEPT)


def _clocks(folder: Path, output: Path) -> Iterator[int]:
    """The time by the clock of a file system, in ns, again and again, until it must have gone on since what was before.

    None where the output lies on another one, or where folders do not tell when a name in them came or went.
    """
    if trees.CAN and folder.stat().st_dev == output.stat().st_dev:
        for _ in range(TICKS):
            now, told = _clock(folder)
            if not told:
                return
            yield now
            time.sleep(TICK)


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


def _beside(output: Path) -> Tree:
    """The signatures of what is in the folder beside the output."""
    there: Tree = {}
    _look(there, "*", output.with_name(f"{output.name}.hosting"))
    return there


def _look(there: Tree, named: str, place: Path) -> None:
    """Put the signatures of all files below a folder into a tree, or of a file; none where there is neither.

    Their names begin with `named`.
    """
    try:
        found = place.stat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        there[named] = _signature(found)
        return
    waiting = [(str(place), named, DEEP)]
    while waiting:  # thousands of files are common, so nothing is called in vain
        folder, name, deep = waiting.pop()
        if not deep:
            raise OSError(f"{folder} lies too deep")
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append((entry.path, f"{name}/{entry.name}", deep - 1))
                else:
                    each = entry.stat()
                    there[f"{name}/{entry.name}"] = each.st_size, each.st_mtime_ns, each.st_ctime_ns, each.st_ino


def _signature(found: os.stat_result) -> Signature:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
