"""The bundle: a preview as a folder of files, to look at from a pull request. It says on every page that it is one.

It lies in a folder of its own and never where a site is published from; search engines are told thrice to leave it
alone: on every page, in robots.txt, and in the headers that hosts are told to send.
"""

import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from storefront import audiences, compiled, pipeline, publish, records
from storefront.audit import disclosures
from storefront.clock import EVERYTHING, Clock, Held
from storefront.collector import uncollected
from storefront.escaping import escaped
from storefront.gather import Gathered, assemble
from storefront.media import Media
from storefront.outcome import FOLDER as CACHE
from storefront.outcome import Options, Progress, quiet
from storefront.outputs import OutputFolder
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound
from storefront.remembered import Remembered
from storefront.serving import injecting
from storefront.serving.injecting import CLIENT, FOLDER
from storefront.serving.marks import Marks, OnPage
from storefront.serving.since import Past, Since
from storefront.state import State

NAME = "preview"
FILES = ("bundle.js", "dom.js", "marks.css", "marks.js")
OPEN = EVERYTHING - {Held.EMBARGO}  # what leaves the machine without being asked for twice


class Bundled(Struct, frozen=True):
    """What was made: how many pages, and how many of them bear a mark."""

    pages: int
    marked: int


def bundle(
    options: Options, past: Past | None = None, *, embargoed: bool = False, progress: Progress = quiet
) -> Bundled:
    """Make a preview of the site with all that is held back, marked; what is under embargo only when `embargoed`.

    Raises `ProblemsFound` and `EnvironmentFailure`; the last bundle then stays. Neither the site nor what is known of
    its last build is touched.
    """
    output = Path(os.path.abspath(options.output))
    folder = options.root / CACHE
    with publish.Lock(folder):
        _check(output)
        remembered = Remembered(folder, keeping=True)
        progress("Read", 0, 0)
        loaded = records.load(options.root, remembered)
        shown = EVERYTHING if embargoed else OPEN
        with uncollected():
            gathered = assemble(options.root, options.now, loaded, options.workers, progress, shown)
            gathered.index.save()
            media = Media(gathered, folder)
            media.make(options.workers, progress)
            place = OutputFolder(output)
            work = pipeline.Work(gathered, place, State(), media, compiled.usual())
            clock = Clock(gathered.now, ZoneInfo(gathered.catalog.site.timezone), shown)
            since = past.since(loaded.curation) if past else Since()
            marks = Marks(gathered.catalog, loaded.curation, clock, since, gathered.site.base)
            made = _made(work, place, marks, options.workers, progress)
        remembered.save()
        return made


def _check(output: Path) -> None:
    """Refuse a folder that a site was built into: it may be where that is published from."""
    ours = publish.listed(output)
    publish.check_ours(output, ours)
    if ours and not any(file.startswith(FOLDER.strip("/")) for file in ours):
        message = f"the folder {output.name} holds a site, and a preview must not take its place"
        hint = "Choose another folder with --output; without it, a preview goes to preview/."
        raise ProblemsFound([Problem("output", message, Place(output.name), hint)])


def _made(work: pipeline.Work, place: OutputFolder, marks: Marks, workers: int, progress: Progress) -> Bundled:
    """Render everything beside the output, mark it, and put it in place."""
    staging, gathered = Path(place.next), work.gathered
    try:
        place.begin()
        work.make(workers, progress)
        marked = sum(
            _page(staging / file, page.path, page.ref, gathered, marks) for file, (page, _) in work.pages.items()
        )
        aside = _closed(staging, gathered)
        place.replace(set(publish.files(staging)))
        place.write_beside(aside)
    except OSError as error:
        raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or staging}") from error
    finally:
        place.end()
    return Bundled(len(work.pages), marked)


def _page(file: Path, path: str, ref: str, gathered: Gathered, marks: Marks) -> bool:
    """Put the watermark and the marks on a page; whether it has any mark."""
    if file.suffix != ".html":
        return False
    data = file.read_bytes()
    found = marks.on(ref, path, data.decode())
    data = injecting.in_head(data, b'<meta name="robots" content="noindex, nofollow">\n')
    if path.startswith("/embed/"):  # a page for frames: its policy allows no script
        data = injecting.in_head(data, injecting.stylesheet(gathered.site.base))
    else:
        own = structs.replace(found, page=())  # the watermark says it
        data = injecting.with_preview(data, {"marks": own}, gathered.site.base, "bundle.js")
    file.write_bytes(injecting.in_body(data, _watermark(found, gathered)))
    return bool(found.count)


def _watermark(found: OnPage, gathered: Gathered) -> bytes:
    """The words over a page."""
    more = found.count - bool(found.page)
    said = [
        f"Preview as of {gathered.now:%Y-%m-%d %H:%M} UTC, not published.",
        *([f"This page: {', '.join(mark.text for mark in found.page)}."] if found.page else []),
        *([f"{more} marked thing{'' if more == 1 else 's'} on this page."] if more else []),
    ]
    attributes = 'class="storefront-watermark" role="note" lang="en" dir="ltr" data-word="Preview"'
    return f"\n<div {attributes}>{escaped(' '.join(said))}</div>".encode()


def _closed(staging: Path, gathered: Gathered) -> dict[str, bytes]:
    """Tell search engines to stay away, on every host; the files that lie beside the folder."""
    (staging / disclosures.FILE).unlink(missing_ok=True)
    tool = staging / FOLDER.strip("/")
    tool.mkdir()
    for name in FILES:
        shutil.copyfile(CLIENT / name, tool / name)
    return audiences.closed(staging, gathered)
