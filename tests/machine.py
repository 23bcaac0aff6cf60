"""A site under random edits of every kind, built again and again, and compared with a build from nothing each time.

Edits may leave the site with problems: then both builds have to find the same ones, and the old output has to stay.
`tests/test_exact.py` runs it for some seconds, `make soak` for as long as one likes.
"""

import functools
import os
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from building import build, bytes_of, copy_of_minimal, names_in, picture, write
from checking import NOW
from storefront import engine, pipeline
from storefront.build import build as make
from storefront.outcome import FOLDER, Options
from storefront.problems import EnvironmentFailure, Problem, ProblemsFound
from storefront.publish import MARKER
from storefront.render import Renderer

MAYA = "content/influencers/maya"
few = st.integers(0, 3)
often = st.integers(0, 2**16)
HANDLES = ("maya", "c0", "c1", "c2")
THEME = "themes/editorial"
TOGETHER = (1, 2, 1, 4)  # so many edits lie between two builds, in turn
CALLS = ("open", "write", "replace", "rename", "unlink", "mkdir", "rmdir")  # where a build can be cut off
COUNTED: Counter[str] = Counter()  # what all machines of this process have done
Outcome = dict[str, bytes] | list[Problem]

SETTINGS = (
    "previews: true\n", "embeds: true\n", "qr: true\n", "disclosures: true\n", "hosts: [nginx, netlify]\n",
    "directory: {per_page: 1}\n", "directory: {per_page: 2}\n", 'accent: "#24606b"\n', "theme: gridline\n",
    'theme: {tokens: {paper: "#fff"}}\n', "markets: [us]\n", "timezone: Pacific/Kiritimati\n", "locale: de\n",
    "prices: {max_age_days: 1}\n", "tagline: All of it.\n", "title: Shelves\n", "url: https://shelves.example/shop\n",
    "publisher: {name: Ida}\n", "markets: [gb, de]\n", "theme: nobody-has-it\n",
)  # fmt: skip
OVERLAYS = {
    f"{THEME}/templates/404.html": ("{{ page.title }}", "<p>{{ view.title }}</p>", "{{ nope }}"),
    f"{THEME}/assets/print.css": ("p{margin:0}", "p{margin:1px}", ".badge{display:none}"),
    f"{THEME}/assets/copy.js": ("1", "2", "3"),
    f"{THEME}/assets/icon.svg": ("<svg/>", '<svg xmlns="http://www.w3.org/2000/svg"/>', "<svg"),
    "networks.yaml": ("awin: {name: The Window}\n", "awin: {statement: {en: Awin pays for links.}}\n", "awin: 1\n"),
    "markets/gb.yaml": ("texts: {en: {label: Advert}}\n", "texts: {en: {label: Ad}}\n", "texts: [\n"),
}


def clean_build(site: Path, now, aside: Path) -> Outcome:
    """What a build from nothing makes of a site, or finds wrong with it."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(site, aside, ignore=lambda *_: {"site", "elsewhere", "site.hosting", FOLDER})
    return outcome(lambda: build(aside, now=now), aside)


def outcome(do, site: Path) -> Outcome:
    """What lies in the output after a build, and beside it, or why there is none."""
    try:
        do()
    except ProblemsFound as failure:
        return failure.problems
    return published(site)


def published(site: Path) -> dict[str, bytes]:
    beside = bytes_of(site / "site.hosting") if (site / "site.hosting").exists() else {}
    return (bytes_of(site / "site") if (site / "site").exists() else {}) | {f"*{name}": beside[name] for name in beside}


class Edits(RuleBasedStateMachine):
    """Rules edit the site, its theme, its clock, its cache and its output; after a few it is built and compared."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(pipeline, "Renderer", functools.lru_cache(16)(Renderer))
        self.base = Path(tempfile.mkdtemp(prefix="edits-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        self.site = copy_of_minimal(self.base / "here")
        self.now, self.caching = NOW, False
        self.places = self.edits = self.builds = 0
        self.old: Path | None = None
        self.original = bytes_of(self.site / "content")

    def teardown(self) -> None:
        if self.edits:
            self.built()
        self.patch.undo()
        shutil.rmtree(self.base, ignore_errors=True)

    @initialize()
    def first(self) -> None:
        build(self.site)

    def count(self, kind: str) -> None:
        COUNTED[kind] += 1
        self.edits += 1

    @invariant()
    def compare(self) -> None:
        if self.edits >= TOGETHER[self.builds % len(TOGETHER)]:
            self.built()

    def put(self, file: str, text: str | bytes) -> None:
        write(self.site, {file: text})

    def sources(self, pattern: str = "*.yaml") -> list[Path]:
        return sorted((self.site / "content").rglob(pattern))

    # Content

    @rule(number=few, title=few, category=few, price=few)
    def product(self, number: int, title: int, category: int, price: int) -> None:
        offer = f"offers: [{{merchant: nordshop, link: 'https://nordshop.example/{price}', price: {price}.50 GBP}}]\n"
        kind = ("Clothing", "Clothing > Hats", "Kitchen", "Kitchen > Pans")[category]
        text = f"title: Thing {title}\nbrand: fjell\ncategory: {kind}\n{offer if price else ''}"
        self.put(f"content/products/p{number}.yaml", text)
        self.count("content: a product")

    @rule(number=few, chosen=st.lists(few, unique=True, max_size=4), handle=st.sampled_from(HANDLES), when=few)
    def list_of_products(self, number: int, chosen: list[int], handle: str, when: int) -> None:
        items = "".join(f"  - {{product: p{each}, note: n{number}, relationship: gifted}}\n" for each in chosen)
        held = ("", "draft: true\n", "from: 2026-11-25\n", "until: 2026-12-01\n")[when]
        text = f"{held}title: List {number}\nitems:{'' if items else ' []'}\n{items}"
        if (self.site / f"content/influencers/{handle}").is_dir():
            self.put(f"content/influencers/{handle}/lists/l{number}.yaml", text)
            self.count("content: a list")

    @rule(number=few, day=few, rating=few, provenance=few)
    def review(self, number: int, day: int, rating: int, provenance: int) -> None:
        came = ("purchased", "gifted", "loaned", "paid")[provenance]
        text = (
            f"product: p{number}\ndate: 2026-11-1{day}\nrating: {rating + 1}\nprovenance: {came}\nbody: Says {day}.\n"
        )
        self.put(f"{MAYA}/reviews/p{number}.yaml", text)
        self.count("content: a review")

    @rule(number=few, day=few)
    def post(self, number: int, day: int) -> None:
        text = f"date: 2026-11-1{day}\ncaption: Post {number}.\nproducts: [{{product: merino-tee}}]\n"
        self.put(f"{MAYA}/posts/s{number}.yaml", text)
        self.count("content: a post")

    @rule(number=few, name=few, more=st.booleans())
    def creator(self, number: int, name: int, more: bool) -> None:
        lists = "lists: {a: {title: A, items: [{product: merino-tee, relationship: purchased}]}}\n"
        self.put(f"content/influencers/c{number}.yaml", f"name: Name {name}\n{lists if more else ''}")
        self.count("content: a creator")

    @rule(number=few, host=few)
    def merchant(self, number: int, host: int) -> None:
        text = f"name: Shop {number}\nurl: https://shop{host}.example\ndomains: [shop{host}.example]\n"
        self.put(f"content/merchants/m{number}.yaml", text)
        self.count("content: a merchant")

    @rule(chosen=st.lists(st.sampled_from(SETTINGS), max_size=4, unique_by=lambda each: each.split(":")[0]))
    def settings(self, chosen: list[str]) -> None:
        given = {each.split(":")[0]: each for each in ("title: Four\n", "url: https://shelves.example\n", *chosen)}
        self.put("content/site.yaml", "".join(given.values()) + ("" if "markets" in given else "markets: [gb]\n"))
        self.count("content: settings")

    @rule(at=often, words=st.sampled_from(["warmer", "<b>", "{{ x }}", "Ärmel", "#ad", "see https://shop1.example/x"]))
    def words(self, at: int, words: str) -> None:
        found = [path for path in self.sources() if b"note:" in path.read_bytes() or b"body:" in path.read_bytes()]
        if found:
            path = found[at % len(found)]
            lines = path.read_text().splitlines(keepends=True)
            lines = [f"{line[:-1]} {words}\n" if line.startswith("body:") else line for line in lines]
            path.write_text("".join(lines).replace("Five winters", f"Five winters, {at % 7}"))
            self.count("content: words")

    @rule(at=often)
    def remove(self, at: int) -> None:
        found = self.sources("*.*")
        if found:
            found[at % len(found)].unlink()
            self.count("content: a file less")

    @rule(at=often, number=few)
    def rename(self, at: int, number: int) -> None:
        found = [path for path in self.sources() if path.stem != "site"]
        if found:
            path = found[at % len(found)]
            path.rename(path.with_name(f"r{number}.yaml"))
            self.count("content: a file renamed")

    @rule(to=st.sampled_from(["may", "maya", "moved"]))
    def rename_creator(self, to: str) -> None:
        people = self.site / "content/influencers"
        found = sorted(path for path in people.iterdir() if path.is_dir()) if people.is_dir() else []
        if found and not (people / to).exists():
            found[0].rename(people / to)
            self.count("content: a handle")

    @rule(at=often)
    def restore(self, at: int) -> None:
        """A file as it was in the beginning, or all of them."""
        names = sorted(self.original)
        chosen = names if at % 3 == 0 else [names[at % len(names)]]
        for name in chosen:
            self.put(f"content/{name}", self.original[name])
        self.count("content: as it was")

    @rule()
    def start_again(self) -> None:
        """All content and all of the theme as in the beginning, so that sites without problems are not rare."""
        for name in ("content", "themes", "markets"):
            shutil.rmtree(self.site / name, ignore_errors=True)
        (self.site / "networks.yaml").unlink(missing_ok=True)
        write(self.site, {f"content/{name}": data for name, data in self.original.items()})
        self.count("content: all as it was")

    @rule()
    def touch(self) -> None:
        for path in self.sources("*.*"):
            path.touch()
        self.count("content: new times")

    @rule(at=often)
    def comment(self, at: int) -> None:
        found = self.sources()
        if found:
            path = found[at % len(found)]
            path.write_bytes(b"# seen\n" + path.read_bytes())
            self.count("content: a comment")

    # Media

    @rule(size=few, at=st.booleans(), kind=st.sampled_from(["JPEG", "JPEG", "PNG"]))
    def photograph(self, size: int, at: bool, kind: str) -> None:
        file = "content/products/media/merino-tee.jpg" if at else f"{MAYA}/media/canal.jpg"
        if (self.site / file).parent.is_dir():
            self.put(file, picture((40 + size, 30), kind=kind))
            self.count("media: other bytes")

    # Theme, assets, configuration

    @rule(file=st.sampled_from(sorted(OVERLAYS)), number=st.sampled_from([0, 1, 0, 1, 2]))
    def overlay(self, file: str, number: int) -> None:
        self.put(file, OVERLAYS[file][number])
        self.count(f"{file.partition('/')[0].removesuffix('.yaml')}: {Path(file).name}")

    @rule(file=st.sampled_from(sorted(OVERLAYS)))
    def overlay_gone(self, file: str) -> None:
        if (self.site / file).exists():
            (self.site / file).unlink()
            self.count("theme or configuration: a file less")

    @rule()
    def font(self) -> None:
        font = Path(engine.__file__).parent / "data/fonts/inter-card.ttf"
        self.put(f"{THEME}/assets/fonts/newsreader-card.ttf", font.read_bytes())
        self.count("theme: a font")

    # Clock and options

    @rule(days=st.integers(-3, 40), hours=few)
    def clock(self, days: int, hours: int) -> None:
        self.now = NOW + timedelta(days=days, hours=hours)
        self.count("clock")

    @rule(value=st.booleans())
    def cache_option(self, value: bool) -> None:
        self.caching = value
        self.count("options: --cache")

    @rule()
    def preview(self) -> None:
        """As `serve` builds: pictures only when asked for."""
        with suppress(ProblemsFound):
            make(Options(root=self.site, output=self.site / "site", now=self.now, workers=1, on_demand=True))
        self.count("options: on demand")

    @rule()
    def other_output(self) -> None:
        """A build into another folder in between."""
        with suppress(ProblemsFound):
            build(self.site, self.site / "elsewhere", now=self.now)
        self.count("options: --output")

    # Cache and output

    @rule(at=often, where=often, how=st.sampled_from(["gone", "emptied", "cut", "flipped", "longer"]))
    def damaged_cache(self, at: int, where: int, how: str) -> None:
        folder = self.site / FOLDER
        names = sorted(names_in(folder) - {"lock"}) if folder.is_dir() else []
        if names:
            damage(folder / names[at % len(names)], where, how)
            self.count(f"cache: {how}")

    @rule(what=st.sampled_from(["", "pages", "images", "previews", "state.msgpack", "records.msgpack"]))
    def cache_gone(self, what: str) -> None:
        path = self.site / FOLDER / what
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        self.count("cache: deleted")

    @rule()
    def save_cache(self) -> None:
        if (self.site / FOLDER).is_dir():
            self.old = self.base / "saved"
            shutil.rmtree(self.old, ignore_errors=True)
            shutil.copytree(self.site / FOLDER, self.old)

    @precondition(lambda self: self.old is not None)
    @rule()
    def old_cache(self) -> None:
        """The cache of an earlier build, or of another branch, beside what there is."""
        assert self.old is not None
        shutil.rmtree(self.site / FOLDER, ignore_errors=True)
        shutil.copytree(self.old, self.site / FOLDER)
        self.count("cache: of an earlier build")

    @rule()
    def fresh_clone(self) -> None:
        """Another place, new times, no output; the cache is restored."""
        self.places += 1
        there = self.base / f"clone{self.places}"
        shutil.copytree(self.site, there, copy_function=shutil.copyfile, ignore=lambda *_: {"site", "elsewhere"})
        shutil.rmtree(self.site)
        self.site = there
        self.count("cache: restored in a fresh clone")

    @rule(at=often, where=often, how=st.sampled_from(["gone", "emptied", "cut", "flipped", "longer", "touched"]))
    def damaged_output(self, at: int, where: int, how: str) -> None:
        names = sorted(names_in(self.site / "site") - {MARKER}) if (self.site / "site").is_dir() else []
        if names:
            damage(self.site / "site" / names[at % len(names)], where, how)
            self.count(f"output: {how}")

    @rule(what=st.sampled_from(["", "maya", "assets", "media", MARKER]))
    def output_gone(self, what: str) -> None:
        path = self.site / "site" / what
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        self.count("output: deleted")

    # Builds

    @rule(calls=st.integers(1, 400))
    def interrupted(self, calls: int) -> None:
        """A build that is killed at one of its calls to the system."""
        child = os.fork()
        if not child:
            cut_off(calls)
            try:
                self.run()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        self.count("builds: interrupted")

    def run(self) -> None:
        make(Options(root=self.site, output=self.site / "site", now=self.now, workers=1, cache=self.caching))

    def built(self) -> None:
        """Build, and compare with what a build from nothing makes."""
        self.edits, self.builds = 0, self.builds + 1
        before = published(self.site)
        try:
            found = outcome(self.run, self.site)
        except EnvironmentFailure as failure:
            raise AssertionError(failure) from failure
        expected = clean_build(self.site, self.now, self.base / "clean")
        COUNTED["compared" if isinstance(expected, dict) else "compared: problems"] += 1
        if isinstance(expected, dict):
            assert isinstance(found, dict), found
            assert {name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)} == set()
        else:
            assert found == expected
            assert published(self.site) == before


def damage(path: Path, where: int, how: str) -> None:
    """Do something to a file."""
    data = path.read_bytes()
    at = where % len(data) if data else 0
    if how == "gone":
        path.unlink()
    elif how == "touched":
        path.touch()
    else:
        path.write_bytes(
            {
                "emptied": b"",
                "cut": data[:at],
                "flipped": data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else b"?",
                "longer": data + b"\n",
            }[how]
        )


def cut_off(calls: int) -> None:
    """From now on this process ends, as if it was killed, at its so-manieth call to the system that changes files."""
    left = [calls]

    def counted(function):
        def called(*arguments, **named):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return function(*arguments, **named)

        return called

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))


def edits_done() -> int:
    """How many edits all machines of this process have made."""
    return sum(count for kind, count in COUNTED.items() if not kind.startswith(("compared", "builds")))
