"""The content folder: which files it holds, what each is, and where every part of one stands."""

import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from storefront.problems import KeyPath, Place, Problem, ProblemsFound, nearest
from storefront.reader import MAX_BYTES, Locator, decode

CONTENT = "content"
YAML_ENDINGS = (".yaml", ".yml")
# As some editors save YAML: in capitals, or as what they take for text.
_is_misnamed = re.compile(r"(.+?)(\.ya?ml(?:\.(?:txt|rtf|docx?))?|\.yam)", re.IGNORECASE).fullmatch


class Kind(StrEnum):
    """The kinds of content files."""

    SITE = "site"
    INFLUENCER = "influencer"
    LIST = "list"
    POST = "post"
    REVIEW = "review"
    PRODUCT = "product"
    BRAND = "brand"
    MERCHANT = "merchant"
    CAMPAIGN = "campaign"
    IMPORTED = "imported-reviews"
    SAMPLES = "samples"
    RECALLS = "recalls"
    SQUAD = "squad"
    CALL = "call"


FOLDERS = {
    "products": Kind.PRODUCT,
    "brands": Kind.BRAND,
    "merchants": Kind.MERCHANT,
    "campaigns": Kind.CAMPAIGN,
    "squads": Kind.SQUAD,
    "calls": Kind.CALL,
}
OWNED = {"lists": Kind.LIST, "posts": Kind.POST, "reviews": Kind.REVIEW}
IMPORTED = "reviews"
SAMPLES = "samples"
FILES = {"site": Kind.SITE, "recalls": Kind.RECALLS}
LAYOUT_HINT = (
    "Content lies in content/site.yaml, influencers/, products/, brands/, merchants/, campaigns/, squads/ and calls/; "
    "a creator's folder holds profile.yaml, lists/, posts/ and reviews/; "
    "imported reviews lie in reviews/, in a folder for each source; what creators were sent lies in "
    "samples/<handle>.yaml, and recalls in recalls.yaml."
)


class Source(Struct, frozen=True):
    """A content file: `file` is its path from the site's root, `name` the id it stands for.

    `owner` is the creator's handle for what lies in her folder, and the source of imported reviews.
    `home` is the folder that the file's picture paths start from.
    """

    file: str
    kind: Kind
    name: str
    owner: str
    home: str


class Found(Struct, frozen=True):
    """Everything under content/, in order of path."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def find(root: Path) -> Found:
    """List the content files of the site at `root`; never follows a link."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for entry, file in _walk(root / CONTENT, CONTENT):
        if entry.is_symlink():
            hint = "Put the file itself here: links are never followed."
            problems.append(Problem("unreadable", "this is a link to another place", Place(file), hint))
        elif file.endswith(YAML_ENDINGS):
            source = classify(file)
            if source:
                sources.append(source)
            else:
                problems.append(
                    Problem("unreadable", "no content is expected in this place", Place(file), _where(file))
                )
        elif misnamed := _is_misnamed(entry.name):
            message = f"a name that ends in {misnamed[2]} is not read as content"
            problems.append(Problem("wrong-name", message, Place(file), f"Rename it to {misnamed[1]}.yaml."))
    return Found(tuple(sources), tuple(problems))


def no_site(root: Path) -> Problem:
    """What is said where there is no site: in which folder around or below there is one, if there is."""
    here = Path(os.path.abspath(root))
    above = next((".." + "/.." * i for i, each in enumerate(here.parents) if _is_site(each)), "")
    below = above or next((each.name for each in _folders(here) if _is_site(Path(each))), "")
    hint = "Run this in the folder that holds content/, or start one with: storefront new my-site"
    if below:
        named = below if re.fullmatch(r"[\w./-]+", below) else f'"{below}"'
        hint = f"There is a site in {named}: go there with cd {named}, or add --root {named}"
    return Problem("no-content", f"there is no {CONTENT}/site.yaml here", Place(f"{CONTENT}/site.yaml"), hint)


def refuse_without_site(root: Path) -> None:
    """Raise `ProblemsFound` in a folder that holds no site, before anything is written there."""
    if not _is_site(root):
        raise ProblemsFound([no_site(root)])


def _is_site(folder: Path) -> bool:
    return any(os.path.isfile(folder / CONTENT / f"site{ending}") for ending in YAML_ENDINGS)


def _folders(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return sorted((each for each in os.scandir(folder) if each.is_dir()), key=lambda each: each.name)
    except OSError:
        return []


def _walk(folder: Path, name: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Files and links below a folder in order of name; names that begin with a dot are passed over."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, path)
        else:
            yield entry, path


def classify(file: str) -> Source | None:
    """What a YAML file under content/ is, by its path alone; None where no content belongs."""
    home = os.path.dirname(file)
    name = os.path.basename(file).rsplit(".", 1)[0]
    match file.split("/")[1:-1]:
        case [] if name in FILES:
            return Source(file, FILES[name], name, "", home)
        case [folder] if folder == SAMPLES:
            return Source(file, Kind.SAMPLES, name, name, home)
        case ["influencers", *inner]:
            return _of_creator(file, inner, name, home)
        case [folder, source] if folder == IMPORTED:
            return Source(file, Kind.IMPORTED, name, source, home)
        case [folder, *_] if folder in FOLDERS:
            return Source(file, FOLDERS[folder], name, "", home)
    return None


def _of_creator(file: str, folders: list[str], name: str, home: str) -> Source | None:
    """A creator's one file, or a file in her folder."""
    match folders, name:
        case [], _:
            return Source(file, Kind.INFLUENCER, name, name, f"{home}/{name}")
        case [handle], "profile":
            return Source(file, Kind.INFLUENCER, handle, handle, home)
        case [handle, folder], _ if folder in OWNED:
            return Source(file, OWNED[folder], name, handle, os.path.dirname(home))
    return None


def _where(file: str) -> str:
    """Where a file that lies in the wrong place may belong."""
    name = os.path.basename(file)
    match file.split("/")[1:-1]:
        case ["influencers", handle, *folders]:
            return _where_of_creator(f"{CONTENT}/influencers/{handle}", folders, name)
        case [folder, *_] if folder in OWNED:
            return f"Whose is it? Move it to {CONTENT}/influencers/<handle>/{folder}/{name}."
        case [folder, *_]:
            near = nearest(folder, ["influencers", IMPORTED, SAMPLES, *FOLDERS])
            return f"Did you mean {CONTENT}/{near}/?" if near and near != folder else LAYOUT_HINT
    near = nearest(os.path.splitext(name)[0], FILES)
    return f"Did you mean {CONTENT}/{near}.yaml?" if near else LAYOUT_HINT


def _where_of_creator(home: str, folders: list[str], name: str) -> str:
    """Where a file in a creator's folder may belong."""
    near = nearest(folders[0], OWNED) if folders else ""
    if near and len(folders) > 1:
        return f"Move it into {home}/{near}/ itself: no folder in it is looked into."
    if near:
        return f"Did you mean {home}/{near}/?"
    if not folders and nearest(os.path.splitext(name)[0], ["profile"]):
        return f"Did you mean {home}/profile.yaml?"
    return f"Move it into lists, posts or reviews of {home}/."


def read(root: Path, source: Source) -> bytes:
    """The bytes of a content file, at most one more than `reader.MAX_BYTES`. Raises OSError."""
    descriptor = os.open(
        f"{root}/{source.file}", os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError("not a regular file")
        wanted = min(found.st_size, MAX_BYTES)
        data = os.read(descriptor, wanted + 1)  # a buffer no larger than the file needs
        while len(data) < wanted and (more := os.read(descriptor, wanted + 1 - len(data))):
            data += more  # a system may give less than is asked for
        return data
    finally:
        os.close(descriptor)


class Origin(Struct, frozen=True):
    """Where a record comes from: its file, and the path inside it when the file holds several."""

    source: Source
    path: KeyPath = ()


class Places:
    """Turns paths inside records into line and column. Reads a file again only when asked about it.

    `read` gives the bytes of a file, from wherever the records came. It may raise OSError.
    """

    def __init__(self, read: Callable[[Source], bytes]) -> None:
        self._read = read
        self._locators: dict[str, Locator | None] = {}
        self._lines: dict[str, dict[KeyPath, list[int]]] = defaultdict(dict)

    def note(self, file: str, path: KeyPath, lines: list[int]) -> None:
        """Remember on which lines the entries of a list of a file begin, from 1."""
        self._lines[file][path] = lines

    def renew(self, file: str, newer: "Places") -> None:
        """Take what is known of a file from others, which were asked after it had changed."""
        self._locators.pop(file, None)
        self._lines[file] = newer._lines.get(file, {})  # noqa: SLF001

    def lines(self, origin: Origin, *path: str | int) -> list[int]:
        """The lines on which the entries of a list of a record begin, when they were noted; this reads no file."""
        return self._lines.get(origin.source.file, {}).get((*origin.path, *path), [])

    def of(self, origin: Origin, *path: str | int) -> Place:
        """The place of a value of the record that came from `origin`."""
        locator = self._locator(origin.source)
        return locator.place((*origin.path, *path)) if locator else Place(origin.source.file)

    def _locator(self, source: Source) -> Locator | None:
        if source.file not in self._locators:
            try:
                text = decode(self._read(source), source.file)
                self._locators[source.file] = Locator(text, source.file)
            except OSError:
                self._locators[source.file] = None
        return self._locators[source.file]
