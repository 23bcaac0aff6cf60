"""Publishing: a finished tree takes the place of the output folder in one step, be all of it new or a few files.

Nothing here runs before every page has rendered. A folder that holds files of somebody else's is never touched.
"""

import errno
import glob
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

from storefront import spare
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound
from storefront.spare import Left, drop_empty, take_out

MARKER = ".storefront"
DEPLOYED = ".storefront-deployed.json"  # beside a copy that was deployed: what was put there
MARKER_HEAD = "Made by storefront. Every build replaces what is in this folder, which is:"
LOCK = "lock"
BUILDING = b"A build is running, or was cut off.\n"
_is_half = re.compile(r".+\.\d+|(?:tmp.+|[0-9]+)\.new|verify").fullmatch  # of what is renamed when it is whole
KEPT = frozenset({".gitkeep", ".git"})
AT_FDCWD, RENAME_EXCHANGE = -100, 2


def staging_of(output: Path, apart: str = "") -> Path:
    """Where the next tree grows: beside the output, on the same file system; under a name of its own where given."""
    return output.parent / f".{output.name}.next{f'-{apart}' if apart else ''}"


def _old(output: Path) -> Path:
    """Where an old tree waits for its end, on systems that cannot exchange folders."""
    return output.parent / f".{output.name}.old"


def check_place(output: Path) -> None:
    """Raise `EnvironmentFailure` where no other folder can be put in the place of the output."""
    if os.path.ismount(output):
        hint = "no other folder can take its place; choose a folder in it with --output"
        raise EnvironmentFailure(f"the folder {output} is where a file system is mounted: {hint}")


def check_ours(output: Path, known: Collection[str]) -> None:
    """Raise `ProblemsFound` when the output folder holds anything that storefront did not write: `known`."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise _foreign(output, "it is not a folder")
    strangers = [file for file in _files(str(output)) if file not in known and file != MARKER]
    if strangers:
        others = f" and {len(strangers) - 1} more" if len(strangers) > 1 else ""
        raise _foreign(output, f"it holds {strangers[0]}{others}")


def listed(output: Path) -> frozenset[str]:
    """The files that the marker in a folder says storefront wrote; none without a marker. Raises `OSError`."""
    return unmarked(plain(output / MARKER) or b"")  # a site's own folder has a folder of that name


def unmarked(marker: bytes) -> frozenset[str]:
    """The files that a marker names."""
    return frozenset(marker.decode(errors="replace").splitlines()[1:])


def marked(files: Collection[str]) -> bytes:
    """A marker that names files as ours."""
    return "\n".join([MARKER_HEAD, *sorted(files), ""]).encode()


def _mark(folder: Path, files: Collection[str], beside: Path) -> None:
    """Say in a folder which files are ours; by rename from `beside`, and only when it says something else."""
    text = marked(files)
    marker = folder / MARKER
    if not marker.is_file() or marker.read_bytes() != text:
        new = beside / f"{MARKER}.new"
        new.write_bytes(text)
        os.replace(new, marker)


def _foreign(output: Path, why: str) -> ProblemsFound:
    message = f"storefront did not write all of the folder {output.name}: {why}"
    hint = "Move what is not storefront's out of it, or choose another folder with --output."
    return ProblemsFound([Problem("output", message, Place(output.name), hint)])


def plain(path: Path) -> bytes | None:
    """The bytes of a regular file; None for anything else: a link may lead anywhere, and opening a pipe would block."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def files(folder: Path) -> Iterator[str]:
    """Every file below a folder but what may be kept there, by its path in it, in order."""
    return _files(str(folder))


def _files(folder: str, below: str = "") -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if not below and entry.name in KEPT:
            continue
        name = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{name}/")
        else:
            yield name


def replace(staging: Path, output: Path, files: Collection[str], spared: Path | None = None) -> None:
    """Put a whole new tree, of `files`, in the place of the old one, in one step where the system can.

    Nothing of the old one stays, nor in the spare at `spared`.
    """
    _mark(staging, files, staging)
    for name in sorted(KEPT):
        if (output / name).exists():
            _copy(output / name, staging / name)
    if not output.exists():
        staging.rename(output)
    elif not _exchange(staging, output):
        old = _old(output)
        shutil.rmtree(old, ignore_errors=True)
        output.rename(old)
        staging.rename(output)
        staging = old
    for left in (staging, spared):
        if left:
            shutil.rmtree(left, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False where the system cannot. Raises `OSError` where it could and failed."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in spare.CANNOT or code == errno.EBUSY:  # what is mounted somewhere is busy
        return False
    raise OSError(code, os.strerror(code), str(other))


class Updated(NamedTuple):
    """What an update did: `linked` are files whose entries have changed, though their bytes may not have.

    And what the marks of the folders were before files were changed in them: of those that are the output's now, and
    of the spare's. Empty where that is not known, None where there is no spare that is abreast. `anew` is whether all
    folders that are the output's now were made by this update.
    """

    linked: Collection[str] = ()
    marks: bytes = b""
    spare: bytes | None = None
    anew: bool = False


def update(
    staging: Path,
    output: Path,
    changed: Collection[str],
    gone: Collection[str],
    files: Collection[str] | None,
    spared: Path | None = None,
    left: Left | None = None,
) -> Updated:
    """Lay changed files over the output and delete those that are gone; `files` are then all there are.

    In one step: the spare, a second tree of hard links to the output's files, is brought abreast, then changed, and
    then exchanged with the output. What is the spare then, the old tree, follows, so that nothing that was withdrawn
    lies in it, and stays at `spared`. Where folders cannot be exchanged, or files not linked, files are moved one by
    one, in the orders given.

    Without `files` none is new and none gone. `left` is what an output was left as that nobody has touched.
    """
    apart = spare.place_for(output, spared)
    abreast = left is not None and apart == spared and spare.is_abreast(apart, left)
    anew = not apart.exists()
    was, aside = (left.known.marks if left else b""), (left.marks if left and abreast else b"")
    linked = () if abreast else spare.bring_abreast(apart, output, KEPT, left)
    if linked is None:
        done = Updated(spare.drop(apart), was)
        _update_in_place(staging, output, changed, gone, files)
    else:
        if files is not None:
            _mark(apart, files, staging)
        put(staging, apart, changed)
        take_out(apart, gone)
        if not _exchange(apart, output):
            done = Updated(linked, was)
            _update_in_place(apart, output, changed, gone, files)
        elif apart != spared:
            done = Updated(linked, aside)
        elif spare.follow(apart, output, [*changed, *([] if files is None else [MARKER])], gone):
            done = Updated(linked, aside, was, anew)
        else:
            done = Updated(spare.drop(apart), aside)
    if apart != spared:
        shutil.rmtree(apart, ignore_errors=True)
    shutil.rmtree(staging, ignore_errors=True)
    return done


def _update_in_place(
    staging: Path, output: Path, changed: Collection[str], gone: Collection[str], files: Collection[str] | None
) -> None:
    """Move files in and out one by one. What is on its way is marked as ours before, for the build after a crash."""
    if files is not None:
        _mark(output, {*files, *gone}, staging)
    put(staging, output, changed)
    take_out(output, gone)
    if files is not None:
        _mark(output, files, staging)


def put(staging: Path, tree: Path, changed: Iterable[str]) -> None:
    """Move changed files into a tree, each in the place of the one that is there, in the order given."""
    for file in changed:
        target = tree / file
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():  # nothing of anybody's is in it: it was looked through
            shutil.rmtree(target)
        os.replace(staging / file, target)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a small folder of ours hold just these files; without any it goes. Untouched when it does already."""
    if not files:
        if folder.is_dir():
            clear(folder)
            with suppress(OSError):  # what is kept in it is not ours
                folder.rmdir()
    elif {name: plain(folder / name) for name in _files(str(folder)) if name != MARKER} != files:
        staging = staging_of(folder)
        shutil.rmtree(staging, ignore_errors=True)
        for name, data in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(data)
        replace(staging, folder, files)


def clear(output: Path) -> int:
    """Delete everything a build made in the output folder; how many files that were."""
    files = list(_files(str(output)))
    for file in files:
        (output / file).unlink()
        drop_empty((output / file).parent, output)
    return len(files)


def sweep(output: Path, cache: Path) -> None:
    """Delete what a build that was cut off left beside an output and in its cache; put back what it was replacing."""
    old = _old(output)
    if old.is_dir() and not output.exists():
        old.rename(output)
    for folder in (*unfinished(output), old, spare.beside(output), *_half(cache)):
        shutil.rmtree(folder, ignore_errors=True)


def unfinished(output: Path) -> Iterator[Path]:
    """The trees that grow beside an output, or that builds have left there."""
    name = glob.escape(staging_of(output).name)
    for ending in ("", ".parts", "-*"):
        yield from output.parent.glob(f"{name}{ending}")


def forget(cache: Path) -> None:
    """Delete a cache with its lock held, the lock last, so that no build begins before."""
    for path in [*cache.iterdir()]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK:
            path.unlink()
    with suppress(OSError):  # the next build waits for nothing but the lock
        (cache / LOCK).unlink()
        cache.rmdir()


def _half(cache: Path) -> Iterator[Path]:
    """Delete files of a cache that were never finished; the folders like that."""
    for folder in (cache, *(cache / name for name in ("images", "pages", "previews"))):
        for path in [*folder.iterdir()] if folder.is_dir() else []:
            if _is_half(path.name):
                if path.is_dir():
                    yield path
                else:
                    path.unlink(missing_ok=True)


class Lock:
    """Held while a folder is being built; a second build of it is told so. Raises `EnvironmentFailure`.

    `cut_off` says that the build before this one did not come to its end, whichever that would have been.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK

    def __enter__(self) -> Self:
        self._take()
        while os.fstat(self._file.fileno()).st_nlink == 0:  # it was deleted with its folder meanwhile
            self._file.close()
            self._take()
        self.cut_off = self._file.read() != b""
        with suppress(OSError):  # on a full disk the next build does not know of this one, and needs not
            self._file.write(BUILDING)
        return self

    def _take(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644), "r+b", buffering=0)
        try:
            _lock(self._file.fileno())
        except OSError:
            self._file.close()
            raise EnvironmentFailure("another build of this site is running; wait for it to end") from None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        ended = kind is None or not issubclass(kind, EnvironmentFailure | OSError)
        with suppress(OSError), self._file:
            if ended:  # else it may not even have been able to tidy up
                self._file.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
