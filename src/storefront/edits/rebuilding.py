"""Rebuilding after a small edit, from what the last build left: no other content is read, no other page is planned.

A build after one edit of the content of a thousand creators took 4.9 s of CPU when it read and joined everything, and
takes 0.8 s so (`bench/run.py`).
Where anything is not as the last build left it, or other pages may show the edit, nothing is done here.
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import msgspec
from msgspec import Struct, structs

from storefront import (
    cachefile,
    compiled,
    content,
    disclosure,
    engine,
    links,
    publish,
    records,
    shards,
    spare,
    state,
    sums,
)
from storefront.audit import House, audit, disclosures
from storefront.catalog.pictures import Key, Made, MadeOf
from storefront.catalog.whole import Catalog
from storefront.content import CONTENT, Kind, Source
from storefront.edits import slices
from storefront.edits.patching import OWNED, Patch, patch
from storefront.edits.relations import Relations
from storefront.edits.slices import EditContext, Members
from storefront.keys import Keys
from storefront.outcome import FOLDER, Options, Progress, Report, timed
from storefront.pages import routes
from storefront.pages.planned import Planned
from storefront.problems import EnvironmentFailure, ProblemsFound
from storefront.publish import Updated
from storefront.records import Curation
from storefront.remembered import Remembered
from storefront.render import Renderer
from storefront.sitewide import shops_of, site_fact, theme_of
from storefront.spare import Left
from storefront.state import Kept, Written
from storefront.unchanged import Manifest, Snapshot, differing

FILE = "edits.msgpack"


class Rebuilt(NamedTuple):
    """What there is to tell, the files that were written, and what was done to publish them."""

    report: Report
    made: dict[str, Written]
    done: Updated


class Baseline(Struct, array_like=True):
    """What a build leaves for edits to be compared with: relations, and what became of each picture."""

    engine: str
    relations: Relations
    made: list[tuple[Key, Made]]


def keep_baseline(known: Relations, made: MadeOf, folder: Path) -> None:
    """Leave of a finished build what edits are compared with."""
    _write_baseline(folder, Baseline(engine.fingerprint(), known, list(made.items())))


def _write_baseline(folder: Path, baseline: Baseline) -> None:
    with suppress(OSError):  # the next edit is built from everything
        cachefile.write(folder / FILE, msgspec.msgpack.encode(baseline))


def _read_baseline(folder: Path) -> Baseline | None:
    try:
        baseline = msgspec.msgpack.decode(cachefile.read(folder / FILE), type=Baseline)
    except (OSError, msgspec.MsgspecError):
        return None
    return baseline if baseline.engine == engine.fingerprint() else None


def rebuild(options: Options, last: Manifest, now: Snapshot, progress: Progress) -> Rebuilt | None:
    """What was built after a small edit, and written; None if there may be more to it. Call it with the lock held.

    `last` is what the last build left, whose output nobody has touched. Raises `EnvironmentFailure`.
    """
    folder = options.root / FOLDER
    changed = [
        content.classify(file) if file.startswith(f"{CONTENT}/") and file in now.read else None
        for file in differing(last.read, now.read)
    ]
    sources = [source for source in changed if source]
    if _are_warned_of({source.file for source in sources}, last.report):
        return None
    baseline = _read_baseline(folder) if sources and len(sources) == len(changed) else None
    if baseline is None:
        return None
    progress("Read", 0, 0)
    remembered = Remembered(folder, keeping=True)
    try:
        context = _context(options.root, last, baseline, remembered)
        found = patch(context, sources, options.now, remembered) if context else None
        if context is None or found is None:
            return None
        return _Work(options, context, found, state.read_kept(folder, str(options.output.resolve()))).run(
            last, baseline, remembered, progress
        )
    except (ProblemsFound, _NeedsFullBuild):
        return None
    except OSError as error:
        raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or folder}") from error


def _are_warned_of(files: set[str], report: Report) -> bool:
    """Whether a warning of the last build stands in one of some files: it may be settled now, or have moved."""
    return any(place.file in files for each in report.warnings for place in (each.place, *each.related))


class _NeedsFullBuild(Exception):
    """The last build left something else than it seemed to: only a build of everything is right."""


def _context(root: Path, last: Manifest, baseline: Baseline, remembered: Remembered) -> EditContext | None:
    """What an edit leaves as it is, from what the last build left. Raises `ProblemsFound`."""

    def records_of(taken: Members) -> Curation:
        loaded = records.load_last(root, remembered.beside(), lambda source: _taken(source, taken))
        if loaded is None:
            raise _NeedsFullBuild
        return slices.sliced(loaded.curation, taken)

    entry = records_of(slices.all_of((), ())).site
    if entry is None:
        return None
    places = content.Places(lambda source: content.read(root, source))
    theme = theme_of(root, entry, places)
    networks, own = links.of_site(root)[0], disclosure.of_site(root)
    return EditContext(
        root=root,
        entry=entry,
        site=site_fact(entry.record, baseline.relations.counts, theme, networks, own.packs),
        theme=theme,
        networks=networks,
        made=dict(baseline.made),
        next_change=last.report.next_change,
        relations=baseline.relations,
        records=records_of,
    )


def _taken(source: Source, taken: Members) -> bool:
    """Whether a file may hold records of a slice."""
    if source.kind in OWNED:
        return source.owner in taken.people
    return source.kind not in {Kind.PRODUCT, Kind.IMPORTED} or source.name in taken.things


class _Work:
    """The pages of a patch, made anew where their keys differ. Raises `_NeedsFullBuild` if the last build's do."""

    def __init__(self, options: Options, context: EditContext, found: Patch, before: Kept) -> None:
        self.options, self.context, self.found, self.before = options, context, found, before
        self.staging = publish.staging_of(options.output)
        if {file: known for file, (_, known) in self._keys(found.before.pages).items()} != {
            file: before.of(file).key for file in map(_file_of, found.before.pages) if file in before.files
        }:
            raise _NeedsFullBuild
        pages = self._keys(found.after.pages)
        self.stale = {file: each for file, each in pages.items() if before.of(file).key != each[1]}
        self.made: dict[str, Written] = {}
        self.read = len(_files_of(found))
        self.spent: list[tuple[float, str, str]] = []
        self.lines: dict[str, bytes] = {}

    def _keys(self, pages: Sequence[Planned]) -> dict[str, tuple[Planned, str]]:
        keys = Keys(self.context.theme.digest)
        return {_file_of(page): (page, keys.of(page)) for page in pages}

    def run(self, last: Manifest, baseline: Baseline, remembered: Remembered, progress: Progress) -> Rebuilt:
        """Make, audit and publish. Raises `ProblemsFound` and OSError; the last good output then stays as it was."""
        folder, found = self.options.root / FOLDER, self.found
        try:
            shutil.rmtree(self.staging, ignore_errors=True)
            self.staging.mkdir(parents=True)
            progress("Pages", 0, 0)
            self.make()
            if self.context.entry.record.disclosures:
                self.disclose(found.next_change)
            self.sum_up()
            progress("Publish", 0, 0)
            done = self.publish(last)
        finally:
            shutil.rmtree(self.staging, ignore_errors=True)
        state.write(folder, self.before.after(self.made))
        state.write_next_change(folder, found.next_change)
        remembered.renew(self.options.now)
        if found.relations != baseline.relations:
            _write_baseline(folder, structs.replace(baseline, relations=found.relations))
        report = structs.replace(
            last.report,
            now=self.options.now,
            next_change=found.next_change,
            rendered=len(self.stale),
            restored=0,
            recalled=last.report.sources - self.read,
            encoded=0,
            written=len(self.made),
            removed=0,
        )
        return Rebuilt(timed(report, self.spent), self.made, done)

    def publish(self, last: Manifest) -> Updated:
        """Bring the output up to date."""
        if not self.made:
            return Updated((), last.written.marks, last.spare or None)
        spared, left = self.options.root / FOLDER / spare.NAME, Left(last.written, last.spare)
        return publish.update(self.staging, self.options.output, self.made, (), None, spared, left)

    def make(self) -> None:
        """Render what is stale, and read it again."""
        context, after = self.context, self.found.after
        shops = shops_of(after.curation)
        house = House(context.site, context.theme, after.catalog, self.found.places, context.networks, shops)
        templates = compiled.usual()
        renderer = Renderer(context.theme, templates)
        for file, (page, key) in self.stale.items():
            began = perf_counter()
            made = page.make(page.inputs)
            data, template = (made, "") if isinstance(made, bytes) else (renderer.render(made), made.template)
            digest = sums.of_bytes(data)
            proof = audit(house, page, data, digest, template)
            signature = shards.write(f"{self.staging}/{file}", data)
            self.made[file] = Written(key, digest, signature, proof.hosts)
            self.lines[page.path] = proof.line
            self.spent.append((perf_counter() - began, template, page.path))
        templates.save()

    def disclose(self, until: datetime | None) -> None:
        """Bring `disclosures.json` up to date. Records can move in their files while no page changes."""
        with (self.options.output / disclosures.FILE).open("rb") as file:
            old = mmap(file.fileno(), 0, access=ACCESS_READ)
        pieces = disclosures.edited(old, self._edited(), self.found.places, until, self.lines)
        if pieces:
            new = self.staging / disclosures.FILE
            with new.open("xb") as made:
                made.writelines(pieces)
            digest, signature = sums.of_parts(pieces), state.signature(str(new))
            assert signature  # noqa: S101  it was written just now
            self.made[disclosures.FILE] = Written(digest, digest, signature)

    def sum_up(self) -> None:
        """Bring `SHA256SUMS` up to date."""
        if self.made:
            old = (self.options.output / sums.FILE).read_bytes()
            data = sums.edited(old, {file: written.digest for file, written in self.made.items()})
            digest = sums.of_bytes(data)
            self.made[sums.FILE] = Written(digest, digest, shards.write(f"{self.staging}/{sums.FILE}", data))

    def _edited(self) -> Catalog:
        """The facts that come from files which were edited."""
        catalog = self.found.after.catalog
        files = _files_of(self.found)
        entries = {ref: each for ref, each in catalog.entries.items() if catalog.origins[ref].source.file in files}
        return structs.replace(catalog, entries=entries)


def _files_of(found: Patch) -> set[str]:
    """The files that were edited."""
    tables = [getattr(found.fresh, name) for name in slices.TABLES]
    return {entry.origin.source.file for table in tables for entry in table.values()}


def _file_of(page: Planned) -> str:
    return routes.file_of(page.path)
