"""The pipeline: gather, encode pictures, render what changed, publish. And the same without writing: `check`."""

import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from storefront import digests, hosting, publish, shards, state
from storefront.audit import House, disclosures
from storefront.catalog.redirects import FOLDER as THROUGH
from storefront.collector import uncollected
from storefront.compiled import Compiled
from storefront.edits import rebuilding
from storefront.edits.relations import relations_of
from storefront.gather import Gathered, gather
from storefront.hosting.values import FIXED
from storefront.keys import Keys
from storefront.media import Media
from storefront.outcome import FOLDER, Options, Progress, Report, quiet, timed
from storefront.pages import directory, embeds, routes, sitemap
from storefront.pages.plan import Planned
from storefront.problems import EnvironmentFailure, Problem, ProblemsFound, in_order
from storefront.remembered import Remembered
from storefront.render import Renderer
from storefront.shards import Job
from storefront.state import State, Written

UNLISTED = (directory.moved_sheet, directory.missing_sheet, embeds.review_sheet, embeds.product_sheet)


@uncollected()
def build(options: Options, progress: Progress = quiet) -> tuple[Report, Mapping[str, Written]]:
    """Build a site: what there is to tell, and all files of the output. Call it with the site's lock held.

    Raises `ProblemsFound` or `EnvironmentFailure`; the last good output then stays as it was.
    """
    started = time.perf_counter()
    folder, output = options.root / FOLDER, Path(os.path.abspath(options.output))
    remembered = Remembered(folder, keeping=True)
    try:
        gathered = gather(options.root, options.now, options.workers, progress, remembered)
    except ProblemsFound:
        remembered.save()
        raise
    gathered.index.save()
    progress("Compare", 0, 0)
    before = state.read(folder, output.resolve())
    ours = before.files.keys() | publish.listed(output)
    publish.check_ours(output, ours)
    aside = hosting.beside(output)
    publish.check_ours(aside, publish.listed(aside))
    media = Media(gathered, folder)
    progress("Pictures", 0, 0)
    media.make(options.workers, progress)
    progress("Keys", 0, 0)
    compiled = Compiled(folder)
    work = Work(gathered, output, before, media, compiled)
    staging = publish.staging_of(output)
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        after = work.make(staging, options.workers, progress)
        progress("Publish", 0, 0)
        removed = work.publish(staging, output, ours)
        publish.lay(aside, gathered.told.files.beside)
        state.write(folder, after)
        state.tell_when(folder, gathered.next_change)
        remembered.save(options.now)
        rebuilding.keep(relations_of(gathered.curation, gathered.catalog, gathered.pages), gathered.made, folder)
        compiled.save()
    except OSError as error:
        raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or staging}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return _report(gathered, work, len(after.files), removed, started), after.files


@uncollected()
def check(root: Path, now: datetime, workers: int, progress: Progress = quiet) -> Report:
    """All that a build does but writing: pages are rendered, pictures decoded. Raises `ProblemsFound`."""
    started = time.perf_counter()
    gathered = gather(root, now, workers, progress, Remembered(root / FOLDER))
    work = Work(gathered, root / "site", State(), Media(gathered, root / FOLDER))
    work.make(None, workers, progress)
    return _report(gathered, work, 0, 0, started)


@uncollected()
def disclose(root: Path, now: datetime, workers: int, progress: Progress = quiet) -> bytes:
    """What every page discloses at a moment (`audit.disclosures`): pages are rendered and audited, nothing is written.

    Raises `ProblemsFound`.
    """
    gathered = gather(root, now, workers, progress, Remembered(root / FOLDER))
    work = Work(gathered, root / "site", State(), Media(gathered, root / FOLDER))
    work.make(None, workers, progress)
    return work.disclosures()


def _report(gathered: Gathered, work: "Work", files: int, removed: int, started: float) -> Report:
    report = Report(
        pages=len(gathered.pages),
        rendered=len(work.stale),
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
    )
    return timed(report, work.spent)


class Work:
    """What must be made anew, given what the last build left."""

    def __init__(
        self, gathered: Gathered, output: Path, before: State, media: Media, compiled: Compiled | None = None
    ) -> None:
        self.compiled = compiled
        self.gathered, self.output, self.before, self.media = gathered, output, before, media
        keys = Keys(gathered.theme.digest)
        self.pages = {routes.file_of(page.path): (page, keys.of(page)) for page in gathered.pages}
        self.blobs = blobs(gathered)
        self.house = house(gathered)
        self.shown = {f"media/{name}": name for name in media.names}
        wanted = {file: key for file, (_, key) in self.pages.items()}
        wanted |= {file: digests.of_bytes(data) for file, data in self.blobs.items()} | self.shown
        if gathered.disclosures:
            wanted[disclosures.FILE] = ""  # known when every page has been audited
        self.wanted = wanted
        self.told = self._told(output)
        self.lines: dict[str, bytes] = {}
        self.kept = {file: known for file, key in wanted.items() if (known := self._known(output, file, key))}
        self.stale = [page for file, (page, _) in self.pages.items() if file not in self.kept]
        self.made: dict[str, Written] = {}
        self.spent: list[tuple[float, str, str]] = []
        self.written = 0

    def _told(self, output: Path) -> Mapping[str, bytes] | None:
        """What the last build disclosed of each page; None when it is wanted and lost."""
        known = self.before.files.get(disclosures.FILE)
        if disclosures.FILE not in self.wanted:
            return {}
        if known is None or not state.intact(f"{output}/{disclosures.FILE}", known):
            return None
        return disclosures.lines((output / disclosures.FILE).read_bytes())

    def _known(self, output: Path, file: str, key: str) -> Written | None:
        known = self.before.files.get(file)
        if not known or known.key != key or any(map(self.house.seller, known.hosts)):
            return None  # a host that sold nothing may be a shop's by now
        if self.told is None and file in self.pages:
            return None  # what the page discloses is lost
        return known if state.intact(f"{output}/{file}", known) else None

    def make(self, staging: Path | None, workers: int, progress: Progress) -> State:
        """Render what is stale into `staging` (without one, only render). Raises `ProblemsFound`."""
        problems: list[Problem] = []
        progress("Pages", 0, 0)
        job = Job(self.stale, Renderer(self.gathered.theme, self.compiled), self.house, staging)
        done = 0
        for outputs, failed in shards.run(job, workers):
            problems += failed
            done += len(outputs) + len(failed)
            progress("Pages", done, len(self.stale))
            for output in outputs:
                (page, key), proof = self.pages[output.file], output.proof
                self.made[output.file] = Written(key, output.digest, output.signature, proof.hosts)
                self.spent.append((output.seconds, output.template, page.path))
                self.lines[page.path] = proof.line
        if problems:
            raise ProblemsFound(in_order(problems))
        progress("Parts", 0, 0)
        if staging is not None:
            self._put_blobs(staging)
            self._put_media(staging)
            if disclosures.FILE in self.wanted:
                self._put_disclosures(staging)
        files = self.kept | self.made
        lacking = not files.keys() >= {f"media/{name}" for name in self.media.names}
        return State(output=str(self.before.output), files=files, lacking=lacking)

    def _put_blobs(self, staging: Path) -> None:
        for file, data in self.blobs.items():
            if file not in self.kept:
                digest = self.wanted[file]
                self.made[file] = Written(digest, digest, shards.write(f"{staging}/{file}", data))

    def disclosures(self) -> bytes:
        """What all pages disclose, those that were kept among them; call it when all are made."""
        gathered = self.gathered
        kept = {page.path: self.told.get(page.path, b"") for page in self._kept_pages()} if self.told else {}
        lines = (kept | self.lines).values()
        return disclosures.document(gathered.site, gathered.catalog, gathered.places, gathered.next_change, lines)

    def _kept_pages(self) -> Iterator[Planned]:
        return (page for file, (page, _) in self.pages.items() if file in self.kept)

    def _put_disclosures(self, staging: Path) -> None:
        data = self.disclosures()
        digest = self.wanted[disclosures.FILE] = digests.of_bytes(data)
        known = self._known(self.output, disclosures.FILE, digest)
        if known:
            self.kept[disclosures.FILE] = known
        else:
            written = shards.write(f"{staging}/{disclosures.FILE}", data)
            self.made[disclosures.FILE] = Written(digest, digest, written)

    def _put_media(self, staging: Path) -> None:
        for file, name in self.shown.items():
            if file not in self.kept:
                data = self.media.get(name).read_bytes()
                self.made[file] = Written(name, digests.of_bytes(data), shards.write(f"{staging}/{file}", data))

    def publish(self, staging: Path, output: Path, ours: Collection[str]) -> int:
        """Bring the output up to date, parts before pages, and say how many files are gone, pages before parts."""
        self.written = len(self.made)
        gone = sorted(set(ours) - self.wanted.keys(), key=lambda file: (file.startswith(FIXED), file))
        if not self.kept:
            publish.replace(staging, output, self.wanted)
        else:
            changed = sorted(filter(self.made.__contains__, self.wanted), key=lambda file: not file.startswith(FIXED))
            publish.update(staging, output, changed, gone, self.wanted)
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
        routed=any(redirect.source.startswith(gathered.site.base + THROUGH) for redirect in gathered.told.redirects),
    )


def blobs(gathered: Gathered) -> Mapping[str, bytes]:
    """Files made whole, without a template: the theme's assets, sitemap and robots, and what hosts are told."""
    theme = gathered.theme
    listed = [page.path for page in gathered.pages if _is_listed(page)]
    made = sitemap.sitemaps(gathered.site, listed) | {
        routes.ROBOTS: sitemap.robots(gathered.site, gathered.told.closed)
    }
    files = {routes.file_of(path): data for path, data in made.items()}
    brought = [theme.stylesheet, theme.icon, *gathered.accents]
    brought += [asset for _, asset in (*theme.stylesheets, *theme.scripts)]
    if gathered.site.embeds:
        brought.append(theme.embed_stylesheet)
    assets = {routes.file_of(routes.asset(asset.name)): asset.data for asset in brought if asset.name}
    return files | assets | gathered.told.files.inside


def _is_listed(page: Planned) -> bool:
    return page.path.endswith("/") and page.make not in UNLISTED
