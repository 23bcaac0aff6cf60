"""Live: a site held in memory, whose pages are made when they are asked for, by the functions that a build has.

It starts at once on a site of any size, since nothing is rendered before it is wanted. What it gives for an address are
the bytes that a build would write: the same plan, the same templates, and the same audit of every page.
"""

import gc
import os
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, structs

from storefront import compiled, content, media, pipeline, sums, unchanged
from storefront.audit import House, audit, disclosures
from storefront.catalog.facts import SiteFact
from storefront.clock import NOTHING, Shown
from storefront.collector import uncollected
from storefront.edits.applying import apply_patch, context_of
from storefront.edits.patching import patch
from storefront.edits.relations import Relations, relations_of
from storefront.gather import Gathered, gather
from storefront.hosting.media_types import content_type
from storefront.images import Unusable
from storefront.keys import Keys
from storefront.media import Media
from storefront.outcome import FOLDER
from storefront.pages import recalled, routes
from storefront.pages.planned import Planned
from storefront.problems import Problem, ProblemsFound, in_order
from storefront.remembered import Remembered
from storefront.render import Renderer
from storefront.unchanged import Tree

KEPT = 1024  # pages held after they were made; the site of a thousand creators has sixteen times as many
THEMES = ("themes/", "*/")  # the site's own, and those that come along


class Served(Struct, frozen=True, kw_only=True):
    """What an address answers with: bytes, or for a picture the `file` that holds them.

    `problems` are the page's own: what its audit found, or how a template failed; then there may be no bytes.
    """

    media_type: str
    data: bytes = b""
    file: Path | None = None
    problems: tuple[Problem, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """What rereading a site changed: the addresses of pages that are new, changed or gone, and all problems there are.

    `styles` is whether nothing but stylesheets changed, so that a browser can keep its page and take the new ones.
    """

    paths: frozenset[str] = frozenset()
    styles: bool = False
    problems: tuple[Problem, ...] = ()


class MadePage(Struct, frozen=True):
    """A page that was made: its key, its answer, the hosts it leads to that sold nothing, and what it discloses."""

    key: str
    served: Served
    hosts: tuple[str, ...] = ()
    line: bytes = b""


class LoadedSite(Struct):
    """A site without problems in its content, ready to be asked for pages. `pages` go by their files, with their keys.

    `seen` is what there was on disk when it was read, `relations` what edits are judged by. `touched` are the
    files that may differ from those of the site before; None where any may.
    """

    seen: Tree
    relations: Relations
    gathered: Gathered
    pages: Mapping[str, tuple[Planned, str]]
    blobs: Mapping[str, bytes]
    media: Media
    house: House
    renderer: Renderer
    touched: frozenset[str] | None = None


class LiveSite:
    """The site at `root`, at a moment. What is wrong with its content is a value: the last good site stays meanwhile.

    `shown` are held back and shown all the same. Several threads may ask at once; one at a time is answered. Without
    `patching` everything is read anew after every edit, which gives the same. `lazily` nothing is read before the first
    `refresh`.
    """

    def __init__(
        self,
        root: Path,
        now: datetime,
        workers: int = 1,
        *,
        shown: Shown = NOTHING,
        patching: bool = True,
        lazily: bool = False,
    ) -> None:
        self.root, self.now, self.workers, self.shown, self.patching = root, now, workers, shown, patching
        self._lock = threading.RLock()
        self._good: LoadedSite | None = None
        self._content: tuple[Problem, ...] = ()
        self._made: OrderedDict[str, MadePage] = OrderedDict()
        self._failed: dict[str, MadePage] = {}
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        if not lazily:
            self.refresh()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the content as it is, and with the pages that were asked for since they last changed."""
        failed = (problem for kept in self._failed.values() for problem in kept.served.problems)
        return tuple(in_order([*self._content, *dict.fromkeys(failed)]))

    @property
    def gathered(self) -> Gathered | None:
        """The last site without problems in its content; None while there was none yet."""
        return self._good.gathered if self._good else None

    @property
    def site(self) -> SiteFact | None:
        """What is true of that site as a whole."""
        return self._good.gathered.site if self._good else None

    @property
    def next_change(self) -> datetime | None:
        """When the same content will give another site."""
        return self._good.gathered.next_change if self._good else None

    @property
    def redirects(self) -> Mapping[str, tuple[str, int]]:
        """The address and the status that hosts answer to a path, base path included."""
        redirects = self._good.gathered.hosting.redirects if self._good else ()
        return MappingProxyType({each.source: (each.target, each.status) for each in redirects})

    def refresh(
        self,
        now: datetime | None = None,
        touched: Collection[Path] | None = None,
        shown: Shown | None = None,
    ) -> Change:
        """Reread what changed on disk, and judge it at another moment if one is given. Mistakes in content are values.

        `shown` are held back and shown from now on. `touched` are all files that may have changed since the last time,
        from whoever watches the folder; without them everything is looked at. Raises `EnvironmentFailure`.
        """
        with self._lock, uncollected():
            self.now, self.shown = now or self.now, self.shown if shown is None else shown
            before = self._good
            files = {os.path.relpath(path, self.root).replace(os.sep, "/") for path in touched or ()}
            seen, changed = self._look(None if touched is None else files)
            try:
                self._good = self._patched(before, seen, {*changed, *(files & seen.keys())}) or self._read(seen)
            except ProblemsFound as failure:
                self._content = tuple(in_order(failure.problems))
                return Change(problems=self.problems)
            self._content = ()
            self._failed = {file: kept for file, kept in self._failed.items() if self._stays(file, kept)}
            return Change(
                paths=frozenset(_differing(before, self._good)),
                styles=bool(changed) and all(map(_is_style, changed)),
                problems=self.problems,
            )

    def _look(self, touched: Collection[str] | None) -> tuple[Tree, list[str]]:
        """All that can be read of the site's folder now, and the files that differ from what there was."""
        good = self._good
        if touched is not None and good and not self._content:
            found = unchanged.glance(self.root, touched, good.seen)
            if found is not None:
                return good.seen | found, [file for file in found if good.seen[file] != found[file]]
        seen = _seen(self.root)
        return seen, unchanged.differing(good.seen, seen) if good else []

    def _patched(self, before: LoadedSite | None, seen: Tree, files: Collection[str]) -> LoadedSite | None:
        """The site after edits that bear on few pages; None where there may be more to it.

        What was touched is read even if nothing shows: a file can change twice in one step of the file system's clock.
        Slices are not believed: each page of the one before the edit must have the key that it has.
        """
        if before is None or not self.patching or not self._same(before.gathered):
            return None
        gathered = before.gathered
        changed = [content.classify(file) if file in seen else None for file in sorted(files)]
        sources = [source for source in changed if source]
        if len(sources) < len(changed):
            return None
        found = patch(context_of(gathered, before.relations), sources, self.now)
        if found is None:
            return None
        keys = Keys(gathered.theme.digest)
        if any(before.pages[routes.file_of(page.path)][1] != keys.of(page) for page in found.before.pages):
            return None
        after, keys = apply_patch(gathered, found, self.now), Keys(gathered.theme.digest)
        pages = {routes.file_of(page.path): (page, keys.of(page)) for page in found.after.pages}
        return structs.replace(
            before,
            seen=seen,
            relations=found.relations,
            gathered=after,
            pages={**before.pages, **pages},
            touched=frozenset(pages),
            house=before.house.over(after.catalog),
        )

    def _same(self, gathered: Gathered) -> bool:
        """Whether the same content gives the same site as when it was gathered."""
        due = gathered.next_change
        return gathered.shown == self.shown and gathered.now <= self.now and not (due and due <= self.now)

    def _read(self, seen: Tree) -> LoadedSite:
        if self._good or self._content:  # what was read before this: some of it refers to itself
            gc.unfreeze()
            gc.collect()
        try:
            return self._gathered(seen)
        finally:
            gc.freeze()  # the collector would walk the held site again and again: 6 ms for an edit of 40

    def _gathered(self, seen: Tree) -> LoadedSite:
        remembered = Remembered(self.root / FOLDER, keeping=True)
        try:
            gathered = gather(self.root, self.now, self.workers, remembered=remembered, shown=self.shown)
        finally:
            remembered.save()
        gathered.index.save()
        before = self._good
        same = before is not None and before.gathered.theme.digest == gathered.theme.digest
        keys = Keys(gathered.theme.digest)
        return LoadedSite(
            seen=seen,
            relations=relations_of(gathered.curation, gathered.catalog, gathered.pages),
            gathered=gathered,
            pages={routes.file_of(page.path): (page, keys.of(page)) for page in gathered.pages},
            blobs=pipeline.blobs(gathered),
            media=Media(gathered, self.root / FOLDER),
            house=pipeline.house(gathered),
            renderer=before.renderer if before and same else Renderer(gathered.theme, compiled.usual()),
        )

    def get(self, path: str) -> Served | None:
        """The answer to an address without the site's base path, as a build would write it; None where there is none.

        A page with a problem of its own bears it, and it is among `problems` from then on.
        """
        with self._lock:
            good, file = self._good, routes.file_of(path)
            if good is None or path.startswith("//"):
                return None
            if file in good.pages:
                return self._page(good, file).served
            if file in good.blobs:
                return Served(media_type=content_type(file), data=good.blobs[file])
            if file == disclosures.FILE and good.gathered.disclosures:
                return Served(media_type=content_type(file), data=self._disclosures(good))
            folder, _, name = file.partition("/")
            return self._picture(good, name) if folder == "media" else None

    def proof(self, path: str) -> tuple[Planned, bytes] | None:
        """The plan of a page, and what its audit found: its line of `disclosures.json`; None where there is no page."""
        with self._lock:
            good, file = self._good, routes.file_of(path)
            if good is None or file not in good.pages:
                return None
            return good.pages[file][0], self._page(good, file).line

    def _page(self, good: LoadedSite, file: str) -> MadePage:
        """A page, made unless it is kept."""
        kept = self._made.pop(file, None)
        if kept is None or not self._stays(file, kept):
            kept = _made(good, *good.pages[file])
            self._failed.pop(file, None)
            if kept.served.problems:
                self._failed[file] = kept
        self._made[file] = kept
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return kept

    def _stays(self, file: str, kept: MadePage) -> bool:
        """Whether a page is still what was made of it: its key is the same, and no host in it has become a shop's."""
        good = self._good
        if good is None or file not in good.pages or good.pages[file][1] != kept.key:
            return False
        return not any(map(good.house.seller, kept.hosts))

    def _disclosures(self, good: LoadedSite) -> bytes:
        """`disclosures.json` is what all pages disclose: those that nobody asked for yet are made."""
        gathered = good.gathered
        lines = [self._page(good, file).line for file in good.pages]
        return disclosures.document(gathered.site, gathered.catalog, gathered.places, gathered.next_change, lines)

    def _picture(self, good: LoadedSite, name: str) -> Served | None:
        file = f"media/{name}"
        self._failed.pop(file, None)
        try:
            return Served(media_type=content_type(name), file=good.media.get(name))
        except (KeyError, OSError):
            return None
        except Unusable as failure:
            cut = next(cut for cut in good.gathered.cuts if name in cut.names)
            problems = (media.problem(cut, failure, good.gathered),)
            served = Served(media_type=content_type(name), problems=problems)
            self._failed[file] = MadePage("", served)
            return served


def _made(good: LoadedSite, page: Planned, key: str) -> MadePage:
    """A page, its bytes read again by the audit as in a build."""
    file = routes.file_of(page.path)
    template, data = "", b""
    try:
        made = recalled.make_page(page)
        if isinstance(made, bytes):
            data = made
        else:
            template, data = made.template, good.renderer.render(made)
        proof = audit(good.house, page, data, sums.of_bytes(data), template)
    except ProblemsFound as failure:
        served = Served(media_type=content_type(file), data=data, problems=tuple(in_order(failure.problems)))
        return MadePage(key, served)
    return MadePage(key, Served(media_type=content_type(file), data=data), proof.hosts, proof.line)


def _differing(before: LoadedSite | None, after: LoadedSite) -> Iterator[str]:
    """The addresses of pages that are new, gone, or not as they were."""
    known = before.pages if before else {}
    for file in after.pages if after.touched is None else after.touched:
        page, key = after.pages[file]
        if file not in known or known[file][1] != key:
            yield page.path
    if after.touched is None:
        yield from (page.path for file, (page, _) in known.items() if file not in after.pages)


def _seen(root: Path) -> Tree:
    """All that can be read of a site's folder, by `unchanged.tree`; nothing where that has no end."""
    try:
        return unchanged.tree(root)
    except OSError:
        return {}


def _is_style(file: str) -> bool:
    return file.startswith(THEMES) and file.endswith(".css")
