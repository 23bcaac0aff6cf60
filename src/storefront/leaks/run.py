"""Searching a built tree for what must not be seen: every file's name and every byte of it that can hold words."""

import gzip
import io
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import hosting, publish, records
from storefront.catalog.live import Live
from storefront.clock import PUBLIC, Clock
from storefront.gather import Gathered, assemble
from storefront.leaks import pictures, seen
from storefront.leaks.people import people
from storefront.leaks.phrases import Finder, Phrase, place_in, views_of, words_of
from storefront.leaks.pictures import Hidden
from storefront.leaks.secrets import EMBEDS, Secret, secrets
from storefront.outcome import Progress, quiet
from storefront.problems import Place, Problem, in_order, shown
from storefront.records import Curation

HINT = "Build the site again and publish it whole; then see who could read this."
FEWEST_WORDS = 4  # of a phrase by which a review that stands elsewhere is known below a folder
MOST_UNPACKED = 64 * 2**20
GZIP = b"\x1f\x8b"
_runs = re.compile(rb"[\x20-\x7e\t\r\n]{6,}").findall

ByPhrase = dict[Phrase, list[tuple[Secret, str]]]


class SearchResult(Struct, frozen=True):
    """How many files were searched, for how many secret records or parts of records, and what was found."""

    files: int
    secrets: int
    problems: list[Problem]


def leaks(root: Path, site: Path, now: datetime, progress: Progress = quiet, audience: str = PUBLIC) -> SearchResult:
    """Search a built tree for what the content at `root` must not show an audience at a moment. Raises `ProblemsFound`.

    The folder for a host's own configuration that a build lays beside the site is searched too, where there is one.
    """
    loaded = records.load(root)
    gathered = assemble(root, now, loaded, audience=audience)
    zone = ZoneInfo(loaded.curation.site.record.timezone) if loaded.curation.site else ZoneInfo("UTC")
    live = Live(loaded.curation, Clock(now, zone, audience=audience))
    found = [*secrets(loaded.curation, live), *people(live)]
    search = _Search(found, loaded.curation, live, gathered)
    problems: list[Problem] = []
    files = [(site, file) for file in publish.files(site)]
    aside = hosting.beside(site)
    files += [(aside, file) for file in publish.files(aside)]
    for done, (folder, file) in enumerate(files, 1):
        progress("Search", done, len(files))
        problems += search.in_file(folder, file)
    return SearchResult(len(files), len(found), in_order(problems))


class _Search:
    """The secrets to look for, prepared once for many files."""

    def __init__(self, found: list[Secret], curation: Curation, live: Live, gathered: Gathered) -> None:
        self.gathered = gathered
        self.hidden: Hidden = pictures.hidden(curation, live, gathered)
        everywhere, below = _by_phrase(found)
        common: Counter[str] = Counter()
        program = list(seen.of_program(gathered.theme.layers))
        texts = [*seen.of_records(curation, live), *program]
        for text in texts:
            common.update(words_of(text))
        self.phrases = _unknown(everywhere, texts, common)
        self.finder = Finder(self.phrases, common)
        self.below = _unknown(below, [*seen.of_embeds(live), *program], common)
        self.below_finder = Finder(self.below, common)

    def in_file(self, folder: Path, file: str) -> Iterator[Problem]:
        """A problem for each secret that a file holds, at the first place that tells it."""
        path, place = folder / file, f"{folder.name}/{file}"
        if path.is_symlink():
            return
        data = publish.plain(path)
        if data is None:
            yield Problem("leak", "this is a pipe, a socket or a device, which cannot be searched", Place(place), HINT)
            return
        text = text_of(data)
        wanted = self.hidden.find(file, data)
        if wanted:
            related = self.gathered.places.of(wanted.origin, *wanted.path)
            yield Problem("leak", "this is a picture that must not be seen", Place(place), HINT, (related,))
        named = f"/{file} "
        met: dict[int, Problem] = {}
        for haystack, is_name in ((named, True), (text, False)):
            views = views_of(haystack)
            phrases = self.finder.find(views, haystack)
            found = [(each, *of) for each in phrases for of in self.phrases[each]]
            phrases = self.below_finder.find(views, haystack)
            found += [
                (each, secret, label)
                for each in phrases
                for secret, label in self.below[each]
                if file.startswith(secret.below)
            ]
            for each, secret, label in sorted(found, key=lambda one: (one[2] != "title", one[2], one[0].words)):
                if id(secret) not in met:
                    line, column = (0, 0) if is_name else place_in(haystack, each)
                    met[id(secret)] = self._problem(Place(place, line, column), secret, label, is_name=is_name)
        yield from met.values()

    def _problem(self, place: Place, secret: Secret, label: str, *, is_name: bool) -> Problem:
        where = "the name of this file" if is_name else "this file"
        message = f"{where} has the {shown(label)} of the {shown(secret.name)}, which is {secret.why}"
        record = self.gathered.places.of(secret.origin, *secret.path)
        return Problem("leak", message, place, HINT, (record,))


def _by_phrase(found: list[Secret]) -> tuple[ByPhrase, ByPhrase]:
    """Which secrets each phrase tells: those that nobody may see, and those that must not be below a folder."""
    everywhere: ByPhrase = defaultdict(list)
    below: ByPhrase = defaultdict(list)
    for secret in found:
        for label, each in dict.fromkeys((label, each) for label, each in secret.phrases):
            # A few words of a review that stands elsewhere may stand by chance below the folder too.
            if not secret.below or (label == "address" and secret.below == (EMBEDS,)):
                everywhere[each].append((secret, label))
            elif label in {"address", "name", "city"} or each.words.count(" ") > FEWEST_WORDS:
                below[each].append((secret, label))
    return everywhere, below


def _unknown(phrases: ByPhrase, texts: list[str], common: Counter[str]) -> ByPhrase:
    """The phrases that occur in none of the texts that everybody may see."""
    finder = Finder(phrases, common)
    known = {each for text in texts for each in finder.find(views_of(text), text)}
    return {each: secrets for each, secrets in phrases.items() if each not in known}


def text_of(data: bytes) -> str:
    """All that can be read in a file: UTF-8, whatever gzip packed, or the runs of plain letters in other bytes."""
    if data.startswith(GZIP):
        with suppress(OSError, EOFError, zlib.error):
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MOST_UNPACKED)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return b"\n".join(_runs(data)).decode("ascii")
