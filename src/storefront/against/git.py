"""What a repository held: commits, files and their bytes, asked of git itself, without a checkout.

A name that somebody typed reaches git on its standard input only, where nothing can be an option.
Replaced objects are not followed, and nothing is fetched.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from storefront.problems import EnvironmentFailure, shown
from storefront.reader import MAX_BYTES

QUIET = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
FILES = frozenset({"100644", "100755"})  # modes of plain files; links and submodules are never read
_is_oid = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?").fullmatch


class Blob(Struct, frozen=True):
    """A file of a commit: its path from the site's root, and the name of its bytes."""

    file: str
    oid: str


class Repository:
    """The repository that the folder `root` lies in. Raises EnvironmentFailure when there is none, or no git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            answer = self._run("rev-parse", "--is-inside-work-tree", "--is-shallow-repository").decode().split()
        except EnvironmentFailure as failure:
            message = f"{root.resolve()} is in no git repository that can be read, so there is no past to look at"
            raise EnvironmentFailure(f"{message} ({failure})") from None
        self.shallow = answer[1:] == ["true"]

    def commit(self, ref: str) -> str:
        """The commit that a name means. Raises EnvironmentFailure when it means none here."""
        found = "" if "\n" in ref or "\0" in ref or not ref else self._resolved(f"{ref}^{{commit}}")
        if found:
            return found
        why = "; this clone is shallow, so fetch the rest first: git fetch --unshallow" if self.shallow else ""
        raise EnvironmentFailure(f"git knows no commit {shown(ref)} here{why}")

    def _resolved(self, name: str) -> str:
        answer = self._run(
            "cat-file", "--batch-check=%(objectname)", given=f"{name}\n".encode(errors="surrogateescape")
        )
        said = answer.decode(errors="replace").strip()
        return said if _is_oid(said) else ""

    def files(self, commit: str, folder: str) -> list[Blob]:
        """The plain files below a folder of the site in a commit, in order of path."""
        listed = self._run("ls-tree", "-r", "-z", commit, "--", folder)
        found = (entry.decode(errors="surrogateescape").partition("\t") for entry in listed.split(b"\0") if entry)
        return [Blob(file, about.split()[2]) for about, _, file in found if about.split()[0] in FILES]

    def versions_since(self, commit: str, folder: str) -> Iterator[Blob]:
        """Every version of the files below a folder that a commit on the way from `commit` to now held."""
        if not self._resolved("HEAD^{commit}"):
            return
        log = ("log", "--first-parent", "-m", "--format=", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z")
        parts = self._run(*log, f"{commit}..HEAD", "--", folder).split(b"\0")
        for about, path in zip(parts[::2], parts[1::2], strict=False):
            modes_and_oids = about.decode().strip().lstrip(":").split()
            for mode, oid in zip(modes_and_oids[:2], modes_and_oids[2:4], strict=True):
                if mode in FILES:
                    yield Blob(path.decode(errors="surrogateescape"), oid)

    def read(self, blobs: Iterable[Blob]) -> dict[str, bytes]:
        """The bytes of files by their name, without those larger than any content may be.

        Raises EnvironmentFailure when a partial clone lacks some.
        """
        wanted = _lines(dict.fromkeys(blob.oid for blob in blobs))
        told = self._run("cat-file", "--batch-check=%(objectname) %(objectsize)", given=wanted).decode().splitlines()
        sizes = {oid: size for oid, _, size in (line.partition(" ") for line in told)}
        if not all(map(str.isdecimal, sizes.values())):
            raise EnvironmentFailure("this clone is partial and lacks old files; fetch them first: git fetch --refetch")
        small = _lines(oid for oid, size in sizes.items() if int(size) <= MAX_BYTES)
        return dict(_cut(self._run("cat-file", "--batch", given=small)))

    def _run(self, *words: str, given: bytes = b"") -> bytes:
        try:
            done = subprocess.run(  # noqa: S603  no shell, and no word of it was typed by anybody
                ["git", *words],  # noqa: S607  wherever git is on this machine
                cwd=self.root, input=given, capture_output=True, check=False, env=os.environ | QUIET,
            )  # fmt: skip
        except FileNotFoundError:
            raise EnvironmentFailure("git is not installed, and only git knows what was there before") from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise EnvironmentFailure(shown(said.removeprefix("fatal: ")) or f"git {words[0]} failed")
        return done.stdout


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def _cut(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """The answers of `git cat-file --batch`: a line with name, kind and size, then so many bytes and a line break."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        oid, _, size = answer[at:end].decode().split()
        at = end + 1 + int(size) + 1
        yield oid, answer[end + 1 : at - 1]
