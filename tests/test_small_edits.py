"""A small edit is made from a slice of the site, and gives what the whole gives: the same facts, pages and keys."""

import random
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from building import DEMO_NOW, copy_of_demo, copy_of_minimal, edit, write
from checking import NOW
from edits import EDITS, KIT, MAYA, PRODUCT, PROFILE
from storefront.live import LiveSite

SEEDS = range(2)
STEPS = 25
WORDS = ("quiet", "blue", "worn every day", "not for hills", "à la carte")
# What a random edit writes for a key. Others get a word more.
VALUES = {
    "rating": ("1", "3.5", "5"),
    "date": ("2026-01-02", "2026-10-30", "2026-11-25"),
    "as_of": ("2026-11-24", "2026-10-20", "2026-11-20"),
    "price": ("12.50 GBP", "7.77 GBP"),
    "relationship": ("purchased", "gifted", "paid", "none"),
    "provenance": ("purchased", "gifted", "loaned"),
    "draft": ("true", "false"),
    "status": ("retired", "active"),
    "until": ("2026-11-27", "2027-01-01"),
    "embargo_until": ("2026-11-27", "2026-01-01"),
    "availability": ("out_of_stock", "in_stock"),
}
LINE = re.compile(r"^(\s*(?:- )?)([a-z_]+): ([^\[{|>&*'\"#]+)$")


@pytest.fixture(scope="module")
def demo_root(tmp_path_factory) -> Path:
    return copy_of_demo(tmp_path_factory.mktemp("edited"))


def held(root: Path, now, *, patching: bool) -> LiveSite:
    return LiveSite(root, now, patching=patching)


def state_of(live: LiveSite) -> tuple[object, ...]:
    """All that a site in memory knows, but for where its files lie."""
    gathered, good = live.gathered, live._good
    return (
        live.problems,
        {name: getattr(gathered.catalog, name) for name in gathered.catalog.__struct_fields__},
        gathered.pages,
        gathered.cards,
        gathered.next_change,
        gathered.held,
        {file: key for file, (_, key) in good.pages.items()},
        good.relations,
        {name: getattr(gathered.curation, name) for name in gathered.curation.__struct_fields__},
        lines_of(gathered),
    )


def lines_of(gathered) -> dict[str, list[int]]:
    """Where the entries of each fact's list begin in its file."""
    catalog = gathered.catalog
    return {
        ref: gathered.places.lines(catalog.origins[ref], key) or catalog.entries[ref][1]
        for ref, (key, _) in catalog.entries.items()
    }


@pytest.fixture
def counted(monkeypatch):
    """How often a whole site is read."""
    reads = []
    whole = LiveSite._read
    monkeypatch.setattr(LiveSite, "_read", lambda live, seen: reads.append(0) or whole(live, seen))
    return reads


class Editor:
    """Changes a random line of a random file, or puts the files back that were found to be wrong."""

    def __init__(self, root: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.files = sorted((root / "content").rglob("*.yaml"))
        self.kept: tuple[Path, str] | None = None

    def change(self) -> Path:
        chosen = self.random.random()
        if self.kept and chosen < 0.2:
            path, text = self.kept
            self.kept = None
            path.write_text(text)
            return path
        while True:
            path = self.random.choice(self.files)
            text = path.read_text()
            lines = text.split("\n")
            places = [number for number, line in enumerate(lines) if LINE.match(line)]
            if places and path.name != "site.yaml":
                break
        self.kept = (path, text)
        number = self.random.choice(places)
        lead, key, value = LINE.match(lines[number]).groups()
        if chosen < 0.25:
            lines.insert(number, "# a line more")
        else:
            lines[number] = f"{lead}{key}: {self.random.choice(VALUES.get(key, [f'{value} {w}' for w in WORDS]))}"
        path.write_text("\n".join(lines))
        return path

    def undo(self) -> None:
        path, text = self.kept
        self.kept = None
        path.write_text(text)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_edits_of_the_demo_give_what_the_whole_gives(demo_root, seed, counted):
    editor = Editor(demo_root, seed)
    patched, plain = (held(demo_root, DEMO_NOW, patching=patching) for patching in (True, False))
    outcomes = Counter()
    now = DEMO_NOW
    for _ in range(STEPS):
        path = editor.change()
        now += timedelta(minutes=editor.random.choice((0, 0, 40)))
        before = len(counted)
        changed = patched.refresh(now, [path] if editor.random.random() < 0.5 else None)
        outcomes["slices" if len(counted) == before else "whole"] += 1
        assert plain.refresh(now) == changed
        assert state_of(patched) == state_of(plain)
        if changed.problems:
            editor.undo()
            assert patched.refresh(now) == plain.refresh(now)
            assert state_of(patched) == state_of(plain)
    assert outcomes["slices"] >= STEPS / 10, outcomes


# Edits that need no more than a slice

SMALL = {
    "a note": EDITS["a note"],
    "a review": EDITS["a review"],
    "a price": EDITS["a price"],
    "a rating": lambda site: edit(site / MAYA / "reviews/merino-tee.yaml", "rating: 4.5", "rating: 1"),
    "a bio": lambda site: edit(site / PROFILE, "name: M", "bio: Walks far.\nname: M"),
    "a comment": lambda site: edit(site / KIT, "items:", "# kept short\nitems:"),
    "a caption": lambda site: edit(site / MAYA / "posts/first-frost.yaml", "date:", "network: instagram\ndate:"),
    "a description": lambda site: edit(site / PRODUCT, "title:", "description: Warm.\ntitle:"),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_small_edit_reads_no_more_than_a_slice(tmp_path, name, counted):
    site = copy_of_minimal(tmp_path)
    patched = held(site, NOW, patching=True)
    SMALL[name](site)
    patched.refresh()
    assert len(counted) == 1
    assert state_of(patched) == state_of(held(site, NOW, patching=False))


def test_a_slice_is_not_believed_where_it_gives_another_page_than_there_is(site, counted):
    patched = held(site, NOW, patching=True)
    file, (page, _) = next(iter(patched._good.pages.items()))
    patched._good.pages[file] = (page, "another")
    edit(site / KIT, "no smell", "no holes")
    patched.refresh()
    assert len(counted) == 2


def test_files_that_editors_leave_for_a_moment_are_nothing(site, counted):
    patched = held(site, NOW, patching=True)
    edit(site / KIT, "no smell", "no holes")
    assert patched.refresh(touched=[site / KIT, site / MAYA / "lists/.kit.yaml.swp", site / MAYA / "lists/4913"]).paths
    assert len(counted) == 1


def test_a_file_that_comes_or_goes_is_seen_when_it_is_named(site):
    patched = held(site, NOW, patching=True)
    new = site / "content/influencers/ida.yaml"
    write(site, {"content/influencers/ida.yaml": "name: Ida\n"})
    assert "/ida/" in patched.refresh(touched=[new]).paths
    new.unlink()
    assert "/ida/" in patched.refresh(touched=[new]).paths


def test_a_file_that_changes_twice_in_one_step_of_the_clock_is_read_when_it_is_named(site, monkeypatch):
    patched = held(site, NOW, patching=True)
    monkeypatch.setattr("storefront.unchanged._signature", lambda _: patched._good.seen[KIT])
    edit(site / KIT, "no smell", "no holes")
    assert patched.refresh(touched=[site / KIT]).paths


@pytest.mark.parametrize("key", ["specs", "highlights"])
def test_another_order_of_what_is_shown_in_order_is_an_edit(site, key):
    edit(site / PRODUCT, "gtin:", f"{key}: {{Weight: 120 g, Size: M}}\ngtin:")
    live = LiveSite(site, NOW)
    before = live.get("/products/merino-tee/").data
    edit(site / PRODUCT, "{Weight: 120 g, Size: M}", "{Size: M, Weight: 120 g}")
    live.refresh()
    after = live.get("/products/merino-tee/").data
    assert before.index(b"120 g") < before.index(b"<dd>M</dd>")
    assert after.index(b"<dd>M</dd>") < after.index(b"120 g")
