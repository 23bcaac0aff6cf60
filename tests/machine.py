"""A site under random edits of every kind, built again and again, and compared with a build from nothing each time.

Edits may leave the site with problems: then both builds have to find the same ones, and the old output has to stay.
`tests/test_exact.py` runs it for some seconds, `make soak` for as long as one likes.
"""

import functools
import os
import shutil
import tempfile
import warnings
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from building import build, bytes_of, copy_of_minimal, names_in, picture, write
from checking import NOW
from storefront import engine, pipeline
from storefront.build import build as make
from storefront.outcome import FOLDER, Options
from storefront.problems import Problem, ProblemsFound
from storefront.publish import MARKER
from storefront.render import Renderer

MAYA = "content/influencers/maya"
THEME = "themes/editorial"
TEMPLATES = ("404.html", "base.html", "list.html", "product.html", "vanity.html")
TOGETHER = (1, 2, 1, 4)  # so many edits lie between two builds, in turn
CALLS = ("open", "write", "replace", "rename", "unlink", "mkdir", "rmdir")  # where a build can be cut off
DAMAGES = ("gone", "emptied", "cut", "flipped", "longer", "touched")
COUNTED: Counter[str] = Counter()  # what all machines of this process have done
Outcome = dict[str, bytes] | list[Problem]
KINDS: list[str] = []


def kind(function):
    """An edit: it is given two numbers, which say what exactly it does."""
    KINDS.append(function.__name__)
    return function


SETTINGS = (
    "previews: true\n", "embeds: true\n", "qr: true\n", "disclosures: false\n", "hosts: [nginx, netlify]\n",
    "directory: {per_page: 1}\n", "directory: {per_page: 2}\n", 'accent: "#24606b"\n', "theme: gridline\n",
    'theme: {tokens: {paper: "#fff"}}\n', "markets: [us]\n", "timezone: Pacific/Kiritimati\n", "locale: de\n",
    "prices: {max_age_days: 1}\n", "tagline: All of it.\n", "title: Shelves\n", "url: https://shelves.example/shop\n",
    "publisher: {name: Ida}\n", "markets: [gb, de]\n", "theme: nobody-has-it\n",
)  # fmt: skip
OVERLAYS = {
    f"{THEME}/assets/print.css": ("p{margin:0}", "p{margin:1px}"),
    f"{THEME}/assets/copy.js": ("1", "2", "3"),
    f"{THEME}/assets/icon.svg": ("<svg/>", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    f"{THEME}/templates/404.html": ("{{ nope }}", "{{ page.title }}"),
    "networks.yaml": ("awin: {name: The Window}\n", "awin: {statement: {en: Awin pays for links.}}\n", "awin: 1\n"),
    "markets/gb.yaml": ("texts: {en: {label: Advert}}\n", "texts: {en: {label: Ad}}\n", "texts: [\n"),
}
WORDS = ("warmer", "see https://shop1.example/x", "<b>", "see [it](https://shop2.example/y)", "{{ x }}", "#ad")


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
    """Edits of the site, its theme, its clock, its cache and its output; after a few it is built and compared."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(pipeline, "Renderer", functools.lru_cache(16)(Renderer))
        self.base = Path(tempfile.mkdtemp(prefix="edits-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        self.site = copy_of_minimal(self.base / "here")
        self.now, self.caching = NOW, False
        self.places = self.edits = self.builds = 0
        self.original = bytes_of(self.site / "content")

    def teardown(self) -> None:
        if self.edits:
            self.built()
        self.patch.undo()
        shutil.rmtree(self.base, ignore_errors=True)

    @initialize()
    def first(self) -> None:
        build(self.site)

    @rule(chosen=st.sampled_from(KINDS), one=st.integers(0, 2**16), other=st.integers(0, 2**16))
    def edit(self, chosen: str, one: int, other: int) -> None:
        getattr(self, chosen)(one, other)
        COUNTED[chosen] += 1
        self.edits += 1
        if self.edits >= TOGETHER[self.builds % len(TOGETHER)]:
            self.built()

    def put(self, file: str, text: str | bytes) -> None:
        write(self.site, {file: text})

    def sources(self, pattern: str = "*.yaml") -> list[Path]:
        return sorted((self.site / "content").rglob(pattern))

    # Content

    @kind
    def content_product(self, one: int, other: int) -> None:
        price = f"price: {other % 5}.50 GBP, as_of: 2026-11-{10 + other % 12}"
        offer = f"offers: [{{merchant: nordshop, link: 'https://nordshop.example/{other % 3}', {price}}}]\n"
        category = ("Clothing", "Clothing > Hats", "Kitchen", "Kitchen > Pans")[other % 4]
        text = f"title: Thing {other % 6}\nbrand: fjell\ncategory: {category}\n{offer if other % 3 else ''}"
        self.put(f"content/products/p{one % 3}.yaml", text)

    @kind
    def content_list(self, one: int, other: int) -> None:
        known = [path.stem for path in sorted((self.site / "content/products").glob("*.yaml"))]
        chosen = [each for at, each in enumerate(known) if other >> at & 1]
        items = "".join(f"  - {{product: {each}, note: n{other % 5}, relationship: gifted}}\n" for each in chosen)
        held = ("", "", "draft: true\n", "from: 2026-11-25\n", "until: 2026-12-01\n")[one % 5]
        self.put(
            f"{MAYA}/lists/l{one % 3}.yaml", f"{held}title: L {other % 4}\nitems:{'' if items else ' []'}\n{items}"
        )

    @kind
    def content_review(self, one: int, other: int) -> None:
        came = ("purchased", "gifted", "loaned")[other % 3]
        text = f"date: 2026-11-1{one % 10}\nrating: {other % 5 + 1}\nprovenance: {came}\nbody: Says {other % 7}.\n"
        self.put(f"{MAYA}/reviews/merino-tee.yaml", f"product: merino-tee\n{text}")

    @kind
    def content_review_removed(self, one: int, _other: int) -> None:
        text = f"status: removed\nremoved: {{reason: author-request, by: Maya, date: 2026-11-1{one % 10}}}\n"
        path = self.site / f"{MAYA}/reviews/merino-tee.yaml"
        if path.exists():
            path.write_text(path.read_text() + text)

    @kind
    def content_post(self, one: int, other: int) -> None:
        text = f"date: 2026-11-1{other % 10}\ncaption: Post {other % 4}.\nproducts: [{{product: merino-tee}}]\n"
        self.put(f"{MAYA}/posts/s{one % 3}.yaml", text)

    @kind
    def content_creator(self, one: int, other: int) -> None:
        lists = "lists: {a: {title: A, items: [{product: merino-tee, relationship: purchased}]}}\n"
        self.put(f"content/influencers/c{one % 3}.yaml", f"name: Name {other % 4}\n{lists if other % 2 else ''}")

    @kind
    def content_merchant(self, one: int, other: int) -> None:
        host = f"shop{other % 3}.example"
        self.put(
            f"content/merchants/m{one % 2}.yaml", f"name: Shop {one % 2}\nurl: https://{host}\ndomains: [{host}]\n"
        )

    @kind
    def content_settings(self, one: int, other: int) -> None:
        chosen = [SETTINGS[one % len(SETTINGS)], SETTINGS[other % len(SETTINGS)]]
        given = {each.split(":")[0]: each for each in ("title: Four\n", "url: https://shelves.example\n", *chosen)}
        self.put("content/site.yaml", "".join(given.values()) + ("" if "markets" in given else "markets: [gb]\n"))

    @kind
    def content_words(self, one: int, other: int) -> None:
        words = WORDS[other % len(WORDS)]
        for path in self.sources():
            text = path.read_text()
            changed = text.replace("does not itch.", f"does not itch. {words}").replace("canal.", f"canal. {words}")
            if one % 2:
                changed = text.replace("no smell.", f"no smell {one % 9}. {words}")
            path.write_text(changed)

    @kind
    def content_less(self, one: int, _other: int) -> None:
        found = self.sources("*.*")
        if found:
            found[one % len(found)].unlink()

    @kind
    def content_renamed(self, one: int, other: int) -> None:
        found = [path for path in self.sources() if path.stem != "site"]
        if found:
            path = found[one % len(found)]
            path.rename(path.with_name(f"r{other % 3}.yaml"))

    @kind
    def content_handle(self, one: int, _other: int) -> None:
        people = self.site / "content/influencers"
        found = sorted(path for path in people.iterdir() if path.is_dir()) if people.is_dir() else []
        to = people / ("may", "maya", "moved")[one % 3]
        if found and not to.exists():
            found[0].rename(to)

    @kind
    def content_new_times(self, _one: int, _other: int) -> None:
        for path in self.sources("*.*"):
            path.touch()

    @kind
    def content_comment(self, one: int, _other: int) -> None:
        found = self.sources()
        if found:
            path = found[one % len(found)]
            path.write_bytes(b"# seen\n" + path.read_bytes())

    @kind
    def all_as_it_was(self, _one: int, _other: int) -> None:
        """As in the beginning, so that sites without problems are not rare."""
        for name in ("content", "themes", "markets"):
            shutil.rmtree(self.site / name, ignore_errors=True)
        (self.site / "networks.yaml").unlink(missing_ok=True)
        write(self.site, {f"content/{name}": data for name, data in self.original.items()})

    # Media

    @kind
    def media_bytes(self, one: int, other: int) -> None:
        file = "content/products/media/merino-tee.jpg" if one % 2 else f"{MAYA}/media/canal.jpg"
        if (self.site / file).parent.is_dir():
            self.put(file, picture((40 + other % 4, 30), kind="PNG" if other % 8 == 0 else "JPEG"))

    @kind
    def media_less(self, one: int, _other: int) -> None:
        file = "content/products/media/merino-tee.jpg" if one % 2 else f"{MAYA}/media/canal.jpg"
        (self.site / file).unlink(missing_ok=True)

    # Theme, assets, configuration

    @kind
    def theme_template(self, one: int, other: int) -> None:
        name = TEMPLATES[one % len(TEMPLATES)]
        shipped = (engine.themes() / "editorial/templates" / name).read_text()
        self.put(f"{THEME}/templates/{name}", shipped.replace("<main", f'<main data-edit="{other % 5}"'))

    @kind
    def theme_or_configuration(self, one: int, other: int) -> None:
        file, texts = sorted(OVERLAYS.items())[one % len(OVERLAYS)]
        self.put(file, texts[other % len(texts)])

    @kind
    def theme_or_configuration_less(self, one: int, _other: int) -> None:
        found = [path for path in (self.site / "themes").rglob("*") if path.is_file()]
        found += [path for path in (self.site / "networks.yaml", self.site / "markets/gb.yaml") if path.exists()]
        if found:
            sorted(found)[one % len(found)].unlink()

    @kind
    def theme_font(self, one: int, _other: int) -> None:
        fonts = sorted((Path(engine.__file__).parent / "data/fonts").glob("*.ttf"))
        self.put(f"{THEME}/assets/fonts/newsreader-card.ttf", fonts[one % len(fonts)].read_bytes())

    # Clock and options

    @kind
    def clock(self, one: int, other: int) -> None:
        self.now = NOW + timedelta(days=one % 44 - 3, hours=other % 24)

    @kind
    def option_cache(self, one: int, _other: int) -> None:
        self.caching = bool(one % 2)

    @kind
    def option_whole(self, _one: int, _other: int) -> None:
        """As `serve` builds: pictures only when asked for."""
        with suppress(ProblemsFound):
            make(Options(root=self.site, output=self.site / "site", now=self.now, workers=1, whole=True))

    @kind
    def option_output(self, _one: int, _other: int) -> None:
        """A build into another folder in between."""
        with suppress(ProblemsFound):
            build(self.site, self.site / "elsewhere", now=self.now)

    # Cache and output

    @kind
    def cache_damaged(self, one: int, other: int) -> None:
        """One file of the cache; and the output is lost, so that the cache is needed."""
        folder = self.site / FOLDER
        names = sorted(names_in(folder) - {"lock"}) if folder.is_dir() else []
        if names:
            damage(folder / names[one % len(names)], other, DAMAGES[other % 5])
            if one % 3:
                shutil.rmtree(self.site / "site", ignore_errors=True)

    @kind
    def cache_gone(self, one: int, _other: int) -> None:
        names = ("", "pages", "images", "previews", "state.msgpack", "records.msgpack", "pictures.msgpack")
        path = self.site / FOLDER / names[one % len(names)]
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    @kind
    def cache_of_an_earlier_build(self, one: int, _other: int) -> None:
        """Saved, or put in the place of what there is."""
        saved = self.base / "saved"
        if saved.exists() and one % 2:
            shutil.rmtree(self.site / FOLDER, ignore_errors=True)
            shutil.copytree(saved, self.site / FOLDER)
        elif (self.site / FOLDER).is_dir():
            shutil.rmtree(saved, ignore_errors=True)
            shutil.copytree(self.site / FOLDER, saved)

    @kind
    def cache_in_a_fresh_clone(self, _one: int, _other: int) -> None:
        """Another place, new times, no output; the cache is restored."""
        self.places += 1
        there = self.base / f"clone{self.places}"
        shutil.copytree(self.site, there, copy_function=shutil.copyfile, ignore=lambda *_: {"site", "elsewhere"})
        shutil.rmtree(self.site)
        self.site = there

    @kind
    def output_damaged(self, one: int, other: int) -> None:
        names = sorted(names_in(self.site / "site") - {MARKER}) if (self.site / "site").is_dir() else []
        if names:
            damage(self.site / "site" / names[one % len(names)], other, DAMAGES[other % len(DAMAGES)])

    @kind
    def output_gone(self, one: int, _other: int) -> None:
        """Not the marker alone: without it and with another folder's cache, nobody knows whose the rest is."""
        shutil.rmtree(self.site / "site" / ("", "maya", "assets", "media")[one % 4], ignore_errors=True)

    # Builds

    @kind
    def build_killed(self, one: int, _other: int) -> None:
        """A build that is killed at one of its calls to the system."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the child runs no thread of pytest's
            child = os.fork()
        if not child:
            cut_off(one % 300)
            try:
                self.run()
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    def run(self) -> None:
        make(Options(root=self.site, output=self.site / "site", now=self.now, workers=1, cache=self.caching))

    def built(self) -> None:
        """Build, and compare with what a build from nothing makes."""
        self.edits, self.builds = 0, self.builds + 1
        before = published(self.site)
        found = outcome(self.run, self.site)
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
    return sum(count for each, count in COUNTED.items() if not each.startswith("compared"))
