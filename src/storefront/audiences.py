"""Builds for those who see something first: a squad or a brand. Each lies in a folder of its own.

A build for an audience is made from nothing, with the clock asked for that audience, and told to search engines thrice
to be left alone: on every page, in robots.txt, and in the headers that hosts are told to send. Whoever has its address
can read it: a static host asks nobody who he is.
"""

import os
from pathlib import Path

from msgspec import structs

from storefront import compiled, hosting, pipeline, publish, records, sums
from storefront.clock import NOTHING, PUBLIC
from storefront.collector import uncollected
from storefront.gather import Gathered, assemble
from storefront.hosting import plan, underscored
from storefront.media import Media
from storefront.outcome import FOLDER, Options, Progress, quiet
from storefront.outputs import OutputFolder
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound, nearest, shown
from storefront.records import Curation
from storefront.remembered import Remembered
from storefront.state import State

BESIDE = "audiences"  # beside content/: a folder for each
MARK = "audience.txt"  # in each of them: whose it is
NOINDEX = ("X-Robots-Tag", "noindex, nofollow")
ROBOTS = b"User-agent: *\nDisallow: /\n"
META = b'<meta name="robots" content="noindex, nofollow">\n'


def folder_of(root: Path, audience: str) -> Path:
    """Where the build for an audience lies unless another folder is named."""
    return root / BESIDE / audience.replace(":", "-")


def build(options: Options, audience: str, progress: Progress = quiet) -> int:
    """Build the site as an audience sees it; how many pages it has.

    Raises `ProblemsFound` and `EnvironmentFailure`; what was there before then stays. Neither the site nor what is
    known of its last build is touched.
    """
    output = Path(os.path.abspath(options.output))
    folder = options.root / FOLDER
    with publish.Lock(folder):
        _check(output, audience)
        remembered = Remembered(folder, keeping=True)
        progress("Read", 0, 0)
        loaded = records.load(options.root, remembered)
        _known(audience, loaded.curation)
        with uncollected():
            gathered = assemble(
                options.root, options.now, loaded, options.workers, progress, NOTHING, audience=audience
            )
            gathered.index.save()
            media = Media(gathered, folder)
            media.make(options.workers, progress)
            place = OutputFolder(output)
            work = pipeline.Work(gathered, place, State(), media, compiled.usual())
            _make(work, place, audience, options.workers, progress)
        remembered.save()
        return len(work.pages)


def _known(audience: str, curation: Curation) -> None:
    """Refuse an audience that there is not."""
    kind, _, name = audience.partition(":")
    known = list(curation.squads if kind == "squad" else curation.brands)
    if name not in known:
        near = nearest(name, known)
        hint = f"Did you mean {kind}:{near}?" if near else "Write squad: or brand: and its id."
        raise ProblemsFound(
            [Problem("unknown-reference", f"there is no {kind} {shown(name)}", Place("--audience"), hint)]
        )


def _check(output: Path, audience: str) -> None:
    """Refuse a folder that holds anything else than a build for this audience."""
    ours = publish.listed(output)
    publish.check_ours(output, ours)
    try:
        whose = (output / MARK).read_text(encoding="utf-8").strip()
    except OSError:
        whose = PUBLIC
    if ours and whose != audience:
        message = f"the folder {output.name} holds a build for {'everybody' if whose == PUBLIC else whose}"
        hint = "Choose another folder with --output: builds for different audiences are never mixed."
        raise ProblemsFound([Problem("output", message, Place(output.name), hint)])


def _make(work: pipeline.Work, place: OutputFolder, audience: str, workers: int, progress: Progress) -> None:
    """Render everything beside the output, close it to search engines, and put it in place."""
    staging = Path(place.next)
    try:
        place.begin()
        work.make(workers, progress)
        for file in work.pages:
            if file.endswith(".html"):
                page = staging / file
                page.write_bytes(page.read_bytes().replace(b"</head>", META + b"</head>", 1))
        aside = closed(staging, work.gathered)
        (staging / MARK).write_text(f"{audience}\n", encoding="utf-8")
        place.replace(set(publish.files(staging)))
        place.write_beside(aside)
    except OSError as error:
        raise EnvironmentFailure(f"{error.strerror or error}: {error.filename or staging}") from error
    finally:
        place.end()


def closed(staging: Path, gathered: Gathered) -> dict[str, bytes]:
    """Tell search engines to stay away, on every host; the files that lie beside the folder."""
    for file in (*staging.glob("sitemap*.xml"), staging / sums.FILE):
        file.unlink(missing_ok=True)
    (staging / "robots.txt").write_bytes(ROBOTS)
    told = plan.plan(gathered.catalog, gathered.site, (page.path for page in gathered.pages))
    told = structs.replace(told, everywhere=(*told.everywhere, NOINDEX))
    inside = dict(underscored.netlify(told).inside)
    beside: dict[str, bytes] = {}
    for host in dict.fromkeys(gathered.catalog.site.hosts):
        files = hosting.files_of(told, host)
        inside |= files.inside
        beside |= files.beside
    for name, data in inside.items():
        (staging / name).parent.mkdir(parents=True, exist_ok=True)
        (staging / name).write_bytes(data)
    return beside
