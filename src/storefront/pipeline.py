"""The pipeline: gather, encode pictures, render what changed, publish. And the same without writing: `check`."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import structs

from storefront import compiled, executors, links, state, sums
from storefront.audit import House, disclosures
from storefront.catalog import advice
from storefront.catalog.redirects import FOLDER as THROUGH
from storefront.collector import uncollected
from storefront.compiled import Compiled
from storefront.edits import rebuilding
from storefront.edits.relations import Relations, relations_of
from storefront.executors import ExternalExecutor
from storefront.gather import Gathered, gather
from storefront.hosting.values import FIXED
from storefront.keys import Keys
from storefront.media import Media
from storefront.outcome import FOLDER, PAGES, Options, Progress, Report, quiet, timed
from storefront.outputs import OutputFolder, OutputPlace
from storefront.pages import directory, embeds, routes, sheets, sitemap
from storefront.pages.planned import Planned
from storefront.problems import EnvironmentFailure, Problem, ProblemsFound, in_order
from storefront.records import Curation
from storefront.remembered import Remembered
from storefront.render import Renderer
from storefront.shards import Job
from storefront.spool import Spool
from storefront.state import State, Written
from storefront.store import Page, Store
from storefront.vocabulary.community import Standing

UNLISTED = (directory.moved_sheet, sheets.ask, sheets.buyer_ask, sheets.coupon, directory.missing_sheet, *embeds.SHEETS)


@uncollected()
def build(
    options: Options,
    progress: Progress = quiet,
    place: OutputPlace | None = None,
    external: ExternalExecutor | None = None,
) -> tuple[Report, Mapping[str, Written]]:
    """Build a site: what there is to tell, and all files of the output. Call it with the site's lock held.

    It is published in the output folder unless a `place` is given, and pages are made in processes of this machine
    unless there is an `external` executor.

    Raises `ProblemsFound` or `EnvironmentFailure`; the last good output then stays as it was.
    """
    started = time.perf_counter()
    folder, place = options.root / FOLDER, place or OutputFolder(options.output)
    remembered = Remembered(folder, keeping=True)
    try:
        gathered = gather(options.root, options.now, options.workers, progress, remembered)
    except ProblemsFound:
        remembered.save()
        raise
    gathered.index.save()
    progress("Compare", 0, 0)
    before = state.read(folder, place.name)
    ours = place.ours(before.files.keys())
    media = Media(gathered, folder)
    progress("Pictures", 0, 0)
    media.make(options.workers, progress)
    progress("Keys", 0, 0)
    templates = compiled.usual()
    relations = relations_of(gathered.curation, gathered.catalog, gathered.pages)
    gathered.curation = Curation()  # no page reads a record, and what is freed now serves the pages
    links.forget()
    work = Work(gathered, place, before, media, templates, folder)
    # Where the output has any page as it has to be, the others were made here too: no need to look.
    pages = Store(folder / PAGES) if options.cache or len(work.stale) == len(work.pages) else None
    try:
        place.begin()
        if pages is not None and len(pages):
            work.restore(pages, progress)
        after = work.make(options.workers, progress, external)
        progress("Publish", 0, 0)
        removed = work.publish(ours)
        place.write_beside(gathered.hosting.files.beside)
        after.files = place.signed(after.files)
        _leave(folder, work, after, remembered, relations)
        templates.save()
        if pages is not None and options.cache:
            progress("Cache", 0, 0)
            work.keep(pages, after, options.workers)
    except OSError as error:
        raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or place.next}") from error
    finally:
        place.end()
        if pages is not None:
            pages.close()
    return _report(gathered, work, len(after.files), removed, started, remembered.recalled), after.files


def _leave(folder: Path, work: "Work", after: State, remembered: Remembered, relations: Relations) -> None:
    """Leave what the next build goes on from: the state of the output, records, pictures, and a baseline for edits."""
    gathered = work.gathered
    state.write(folder, after)
    state.write_next_change(folder, gathered.next_change)
    work.media.remember({name: after.files[file].digest for file, name in work.shown.items()})
    remembered.save(gathered.now)
    rebuilding.keep_baseline(relations, gathered.made, folder)


@uncollected()
def check(
    root: Path, now: datetime, workers: int, progress: Progress = quiet, *, advise: bool = False, fit: bool = False
) -> Report:
    """All that a build does but writing: pages are rendered, pictures decoded. Raises `ProblemsFound`.

    With `advise` the warnings say what could be believed more, too; with `fit` what meets no interest of its creator.
    """
    started = time.perf_counter()
    gathered = gather(root, now, workers, progress, Remembered(root / FOLDER))
    work = Work(gathered, OutputFolder(root / "site"), State(), Media(gathered, root / FOLDER), compiled.usual())
    work.make(workers, progress, write=False, telling=False)
    report = _report(gathered, work, 0, 0, started)
    advised = advice.of_reviews(gathered.catalog, gathered.places) if advise else ()
    unmet: Iterable[Problem] = ()
    if fit:
        from storefront.catalog import fit as fitting

        unmet = fitting.of_creators(gathered.catalog, gathered.places)
    warnings = in_order([*report.warnings, *advised, *unmet])
    return structs.replace(
        report, warnings=tuple(warnings), addresses=_addresses(gathered, work), left=_departed(gathered)
    )


def _addresses(gathered: Gathered, work: "Work") -> frozenset[str]:
    base = gathered.site.base
    redirects = gathered.hosting.redirects if gathered.catalog.site.redirects else ()
    sources = (redirect.source.removeprefix(base) for redirect in redirects)
    return frozenset((*map(routes.path_of, work.wanted), *sources))


def _departed(gathered: Gathered) -> frozenset[str]:
    departed = [entry for entry in gathered.curation.influencers.values() if entry.record.status is Standing.LEFT]
    return frozenset(handle for entry in departed for handle in (entry.id, *entry.record.aliases))


@uncollected()
def disclose(root: Path, now: datetime, workers: int, progress: Progress = quiet) -> bytes:
    """What every page discloses at a moment (`audit.disclosures`): pages are rendered and audited, nothing is written.

    Raises `ProblemsFound`.
    """
    gathered = gather(root, now, workers, progress, Remembered(root / FOLDER))
    work = Work(gathered, OutputFolder(root / "site"), State(), Media(gathered, root / FOLDER), compiled.usual())
    work.make(workers, progress, write=False)
    return b"".join(work.disclosures())


def _report(gathered: Gathered, work: "Work", files: int, removed: int, started: float, recalled: int = 0) -> Report:
    report = Report(
        pages=len(gathered.pages),
        rendered=len(work.stale),
        restored=work.restored,
        recalled=recalled,
        shown=len(work.shown),
        encoded=work.media.made,
        written=work.written,
        removed=removed,
        pictures=len(gathered.named),
        files=files,
        sources=gathered.files,
        held=gathered.held,
        now=gathered.now,
        next_change=gathered.next_change,
        seconds=time.perf_counter() - started,
        site_url=gathered.site.url,
        warnings=tuple(gathered.warnings),
    )
    return timed(report, work.spent)


class Work:
    """What must be made anew, given what the last build left."""

    def __init__(
        self,
        gathered: Gathered,
        place: OutputPlace,
        before: State,
        media: Media,
        templates: Compiled | None = None,
        spool: Path | None = None,
    ) -> None:
        self.templates = templates
        self.gathered, self.place, self.before, self.media = gathered, place, before, media
        keys = Keys(gathered.theme.digest)
        self.pages = {routes.file_of(page.path): (page, keys.of(page)) for page in gathered.pages}
        self.blobs = blobs(gathered)
        self.house = house(gathered)
        self.shown = {f"media/{name}": name for name in media.names}
        wanted = {file: key for file, (_, key) in self.pages.items()}
        wanted |= {file: sums.of_bytes(data) for file, data in self.blobs.items()} | self.shown
        if gathered.disclosures:
            wanted[disclosures.FILE] = ""  # known when every page has been audited
        wanted[sums.FILE] = ""  # known when every other file has been made; the last to be published
        self.wanted = wanted
        self.disclosed = self._disclosed()
        self.lines = Spool(spool)
        self.kept = {file: known for file, key in wanted.items() if (known := self._known(file, key))}
        self.stale = [page for file, (page, _) in self.pages.items() if file not in self.kept]
        self.made: dict[str, Written] = {}
        self.spent: list[tuple[float, str, str]] = []
        self.written = self.restored = 0

    def _disclosed(self) -> Mapping[str, bytes] | None:
        """What the last build disclosed of each page; None when it is wanted and lost."""
        known = self.before.files.get(disclosures.FILE)
        if disclosures.FILE not in self.wanted:
            return {}
        if known is None or not self.place.intact(disclosures.FILE, known):
            return None
        return disclosures.lines(self.place.read(disclosures.FILE))

    def _known(self, file: str, key: str) -> Written | None:
        known = self.before.files.get(file)
        if not known or known.key != key or any(map(self.house.seller, known.hosts)):
            return None  # a host that sold nothing may be a shop's by now
        if self.disclosed is None and file in self.pages:
            return None  # what the page discloses is lost
        return known if self.place.intact(file, known) else None

    def restore(self, pages: Store, progress: Progress) -> None:
        """Write pages that earlier builds finished to where the next tree grows, so that they are not stale."""
        progress("Restore", 0, 0)
        stale = []
        for page in self.stale:
            file = routes.file_of(page.path)
            key = self.pages[file][1]
            found = pages.find(key)
            if found is None or any(map(self.house.seller, found.hosts)):
                stale.append(page)
                continue
            self._write(file, key, found.digest, found.data, found.hosts)
            self.lines[page.path] = found.line
        self.restored, self.stale = len(self.stale) - len(stale), stale

    def keep(self, pages: Store, after: State, workers: int) -> None:
        """Keep every page that was published for builds elsewhere."""
        pages.keep(self._finished(pages, after), [key for _, key in self.pages.values()], workers)

    def _finished(self, pages: Store, after: State) -> Iterator[tuple[str, Page]]:
        """The pages that the store lacks, except those whose line of `disclosures.json` is lost."""
        disclosed = self.disclosed if disclosures.FILE in self.wanted else None
        for file, (page, key) in self.pages.items():
            line = self.lines.get(page.path, None if disclosed is None else disclosed.get(page.path, b""))
            if key in pages or line is None:
                continue
            written, data = after.files[file], self.place.read(file)
            if sums.of_bytes(data) == written.digest:
                yield key, Page(data, written.digest, written.hosts, line)

    def make(
        self,
        workers: int,
        progress: Progress,
        external: ExternalExecutor | None = None,
        *,
        write: bool = True,
        telling: bool = True,
    ) -> State:
        """Render what is stale, and write it to where the next tree grows. Raises `ProblemsFound`.

        Only when `telling` is kept what each page discloses.
        """
        problems: list[Problem] = []
        progress("Pages", 0, 0)
        job = Job(Renderer(self.gathered.theme, self.templates), self.house, self.place.next if write else "")
        done = 0
        meanwhile = self._put_parts if write else executors.nothing
        for outputs, failed in executors.run(job, self.stale, workers, external, meanwhile):
            problems += failed
            done += len(outputs) + len(failed)
            progress("Pages", done, len(self.stale))
            for output in outputs:
                (page, key), proof = self.pages[output.file], output.proof
                self.made[output.file] = Written(key, output.digest, output.signature, proof.hosts)
                self.spent.append((output.seconds, output.template, page.path))
                if telling:
                    self.lines[page.path] = proof.line
        if problems:
            raise ProblemsFound(in_order(problems))
        progress("Parts", 0, 0)
        if write:
            if disclosures.FILE in self.wanted:
                self._put(disclosures.FILE, self.disclosures)
            files = self.kept | self.made
            summed = sums.document({file: written.digest for file, written in files.items()})
            self._put(sums.FILE, lambda: [summed])
        return State(output=str(self.before.output), files=self.kept | self.made)

    def _put_parts(self) -> None:
        """Write what pages need and no template makes: the theme's files, and pictures."""
        for file, data in self.blobs.items():
            if file not in self.kept:
                self._write(file, self.wanted[file], self.wanted[file], data)
        for file, name in self.shown.items():
            if file not in self.kept:
                data, digest = self.media.read(name)
                self._write(file, name, digest, data)

    def disclosures(self) -> Iterator[bytes]:
        """What all pages disclose, those that were kept among them, in pieces; call it when all are made."""
        gathered = self.gathered
        lines = map(self._line, sorted((page.path for page, _ in self.pages.values()), key=disclosures.in_order))
        return disclosures.pieces(gathered.site, gathered.catalog, gathered.places, gathered.next_change, lines)

    def _line(self, path: str) -> bytes:
        """What a page discloses, made anew or kept."""
        return self.lines[path] if path in self.lines else (self.disclosed or {}).get(path, b"")

    def _put(self, file: str, pieces: Callable[[], Iterable[bytes]]) -> None:
        """Write a file whose bytes depend on all others, unless the last build left the same."""
        digest = self.wanted[file] = sums.of_parts(pieces())
        known = self._known(file, digest)
        if known:
            self.kept[file] = known
        else:
            self.made[file] = Written(digest, digest, self.place.put_pieces(file, pieces()))

    def _write(self, file: str, key: str, digest: str, data: bytes, hosts: tuple[str, ...] = ()) -> None:
        self.made[file] = Written(key, digest, self.place.put(file, data), hosts)

    def publish(self, ours: Collection[str]) -> int:
        """Bring the output up to date, parts before pages, and say how many files are gone, pages before parts."""
        self.written = len(self.made)
        gone = sorted(set(ours) - self.wanted.keys(), key=lambda file: (file.startswith(FIXED), file))
        if not self.kept:
            self.place.replace(self.wanted)
        else:
            changed = sorted(filter(self.made.__contains__, self.wanted), key=lambda file: not file.startswith(FIXED))
            self.place.update(changed, gone, self.wanted)
        return len(gone)


def house(gathered: Gathered) -> House:
    """What all audits of a site share."""
    return House(
        gathered.site,
        gathered.theme,
        gathered.catalog,
        gathered.places,
        gathered.networks,
        gathered.shops,
        routed=any(redirect.source.startswith(gathered.site.base + THROUGH) for redirect in gathered.hosting.redirects),
    )


def blobs(gathered: Gathered) -> Mapping[str, bytes]:
    """Files made whole, without a template: the theme's assets, sitemap and robots, and what hosts are told."""
    theme = gathered.theme
    listed = [page.path for page in gathered.pages if _is_listed(page)]
    made = sitemap.sitemaps(gathered.site, listed) | {
        routes.ROBOTS: sitemap.robots(gathered.site, gathered.hosting.closed)
    }
    files = {routes.file_of(path): data for path, data in made.items()}
    brought = [theme.stylesheet, theme.icon, *gathered.accents]
    brought += [asset for _, asset in theme.stylesheets]
    brought += [asset for name, asset in theme.scripts if name != "beacon" or gathered.site.beacon]
    if gathered.site.embeds:
        brought.append(theme.embed_stylesheet)
    assets = {routes.file_of(routes.asset(asset.name)): asset.data for asset in brought if asset.name}
    return files | assets | gathered.hosting.files.inside


def _is_listed(page: Planned) -> bool:
    return page.path.endswith("/") and page.make not in UNLISTED
