"""A build after an edit gives what a build from nothing gives, byte for byte, and makes only what the edit touches."""

import os
import random
import re
import shutil
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from building import DEMO_NOW, build, bytes_of, copy_of_demo, edit, html_of, names_in, picture, write
from checking import NOW
from edits import EDITS, KIT, MAYA, NEW_PRODUCT, PRODUCT, PROFILE, SITE
from storefront import engine, keys, pipeline, unchanged
from storefront.catalog.facts import Fact
from storefront.edits import rebuilding
from storefront.gather import gather
from storefront.outcome import FOLDER
from storefront.previews import drawing
from storefront.problems import ProblemsFound
from storefront.publish import MARKER
from storefront.state import FILE

EVERY = 28
FONTS = Path(keys.__file__).parent / "data/fonts"
DISCLOSURES = "disclosures.json"
SUMS = "SHA256SUMS"
# What reads a list: its page, the creator's own page, her feeds and document, and each product in it.
OF_A_LIST = {"maya/lists/kit/", "maya/", "maya/feed.xml", "maya/feed.json", "maya/index.json", "products/merino-tee/"}
# And with what it says of a thing: all that is said of the brand.
OF_ALL_SAID = {f"brands/fjell/mentions/{name}" for name in ("", "feed.xml", "index.json")}


def equals_a_clean_build(site: Path, now=NOW) -> bool:
    """Whether the site's output is what a build from nothing makes of it."""
    fresh = site.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(site, fresh, ignore=lambda *_: {"site", FOLDER})
    build(fresh, now=now)
    return bytes_of(fresh / "site") == bytes_of(site / "site")


def touched(site: Path, before: dict[str, int]) -> set[str]:
    """The addresses of the files that were written since."""
    return {
        name.removesuffix("index.html") for name, time in times_in(site / "site").items() if before.get(name) != time
    }


def cards_in(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / "site/media").glob("*-card.jpg")}


def times_in(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in names_in(folder)}


# Edits of content: which pages are made anew

# Edits that change the cards of a site that has them.
WITH_CARDS = {
    **{name: EDITS[name] for name in ("a creator's name", "a brand's name", "the site's title", "a picture's bytes")},
    **{name: EDITS[name] for name in ("a market's words", "a language", "a token", "a creator less")},
    "a product's title": lambda site: edit(site / PRODUCT, "title: Merino Tee", "title: Merino Shirt"),
    "a list's title": lambda site: edit(site / KIT, "title:", "title: All about"),
    "a rating": lambda site: edit(site / MAYA / "reviews/merino-tee.yaml", "rating: 4.5", "rating: 1"),
    "a theme's font": lambda site: write(
        site, {"themes/editorial/assets/fonts/newsreader-card.ttf": (FONTS / "inter-card.ttf").read_bytes()}
    ),
    "the previews": lambda site: edit(site / SITE, "previews: true\n", ""),
}
# What some of them touch, and nothing else.
TOUCHED = {
    "a note": OF_A_LIST | OF_ALL_SAID,
    "an alias": {
        ".storefront",
        *(f"may/{page}" for page in ("", "lists/kit/", "posts/", "posts/first-frost/", "reviews/")),
        *(f"may/{feed}" for feed in ("feed.json", "feed.xml", "index.json")),
    },
    "a shop's name": OF_A_LIST | {"maya/posts/first-frost/", "maya/posts/", ""},
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_the_site_is_what_a_clean_build_makes(site, name):
    build(site)
    before = times_in(site / "site")
    EDITS[name](site)
    report = build(site)
    assert equals_a_clean_build(site)
    assert report.written == len(touched(site, before) - {MARKER})
    if name in TOUCHED:
        assert touched(site, before) - {DISCLOSURES, SUMS} == TOUCHED[name]


@pytest.mark.parametrize("name", WITH_CARDS)
def test_after_an_edit_the_cards_are_what_a_clean_build_makes(site, name):
    edit(site / SITE, "title:", "previews: true\nembeds: true\ntitle:")
    build(site)
    before = cards_in(site)
    assert len(before) == 3 + 1  # a creator, a list, a product and a review
    WITH_CARDS[name](site)
    build(site)
    assert cards_in(site) != before
    assert equals_a_clean_build(site)
    linked = {
        card for page in html_of(site / "site").values() for card in re.findall(r"media/([\w.-]+-card\.jpg)", page)
    }
    assert linked == set(cards_in(site))


def test_cards_are_drawn_once(site, monkeypatch):
    edit(site / SITE, "title:", "previews: true\ntitle:")
    build(site)
    before = bytes_of(site / "site")
    shutil.rmtree(site / "site")
    (site / FOLDER / FILE).unlink()
    monkeypatch.setattr(drawing, "draw", None)
    build(site)
    assert bytes_of(site / "site") == before


def test_a_card_that_a_power_cut_emptied_is_drawn_again(site):
    edit(site / SITE, "title:", "previews: true\ntitle:")
    build(site)
    before = bytes_of(site / "site")
    shutil.rmtree(site / "site")
    for path in (site / FOLDER / "previews").iterdir():
        path.write_bytes(b"")
    build(site)
    assert bytes_of(site / "site") == before


@pytest.mark.parametrize("name", ["a list's name", "a handle", "a picture's bytes", "a product more", "a token"])
def test_taking_an_edit_back_gives_the_first_site_again(site, tmp_path, name):
    build(site)
    before = bytes_of(site / "site")
    shutil.copytree(site / "content", tmp_path / "kept")
    EDITS[name](site)
    build(site)
    assert bytes_of(site / "site") != before
    shutil.rmtree(site / "content")
    shutil.copytree(tmp_path / "kept", site / "content")
    build(site)
    assert bytes_of(site / "site") == before


# Nothing changed: nothing is touched


def test_nothing_changed_and_nothing_is_touched(site):
    build(site)
    before = times_in(site / "site")
    report = build(site)
    assert (report.rendered, report.written, report.removed) == (0, 0, 0)
    assert times_in(site / "site") == before


def test_new_times_on_the_same_content_change_nothing(site, tmp_path):
    """A fresh clone has new times, another place and another order, and the same content."""
    build(site)
    shutil.copytree(site, tmp_path / "clone", copy_function=shutil.copyfile)
    for path in (tmp_path / "clone").rglob("*"):
        path.touch()
    build(tmp_path / "clone")
    assert bytes_of(tmp_path / "clone/site") == bytes_of(site / "site")


def test_touched_content_is_not_changed_content(site):
    build(site)
    for path in (site / "content").rglob("*"):
        path.touch()
    assert build(site).rendered == 0


def test_comments_and_the_order_of_keys_change_nothing(site):
    build(site)
    text = (site / KIT).read_text()
    head, items = text.split("items:")
    (site / KIT).write_text(f"# my winter\nitems:{items}{head}")
    report = build(site)
    assert (report.rendered, report.written) == (0, 0)


def test_time_that_changes_nothing_makes_nothing(site):
    report = build(site)
    assert build(site, now=NOW + timedelta(days=1)).rendered == 0
    assert build(site, now=report.next_change - timedelta(seconds=1)).rendered == 0
    assert build(site, now=report.next_change).rendered > 0


# Nothing changed: nothing is read


@pytest.fixture
def settled(site, monkeypatch):
    """A site built from files that are older than its build, and how often anything was built since."""
    time.sleep(0.05)  # file systems count time in steps of up to 10 ms
    build(site)
    runs = []
    whole = pipeline.build
    monkeypatch.setattr(pipeline, "build", lambda *arguments: runs.append("whole") or whole(*arguments))
    small = rebuilding.rebuild

    def rebuilt(*arguments):
        made = small(*arguments)
        runs.extend(["slice"] if made else [])
        return made

    monkeypatch.setattr(rebuilding, "rebuild", rebuilt)
    return site, runs


def test_nothing_changed_and_nothing_is_read(settled):
    site, runs = settled
    first, again = build(site), build(site)
    assert not runs
    assert structs.replace(again, seconds=0) == structs.replace(first, seconds=0)
    assert (again.pages, again.files) == (EVERY, len(names_in(site / "site")) - 1)
    build(site, now=first.next_change - timedelta(seconds=1))
    assert not runs


def rewrite_with_its_old_time(path):
    """Change one byte, and nothing that a listing shows."""
    known = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-2] + b"!" + data[-1:])
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


CHANGES = {
    "content of the same size and time": lambda site: rewrite_with_its_old_time(site / KIT),
    "content replaced": lambda site: (
        write(site, {"new": (site / KIT).read_bytes()}) and (site / "new").replace(site / KIT)
    ),
    "content added": lambda site: write(site, NEW_PRODUCT),
    "content deleted": lambda site: (site / KIT).unlink(),
    "a picture": lambda site: (site / MAYA / "lists/other.jpg").write_bytes(picture(colour="red")),
    "a theme": lambda site: write(site, {"themes/editorial/assets/base.css": "b{top:0}"}),
    "a market": lambda site: write(site, {"markets/gb.yaml": ""}),
    "networks": lambda site: write(site, {"networks.yaml": ""}),
    "output of the same size and time": lambda site: rewrite_with_its_old_time(site / "site/maya/index.html"),
    "output deleted": lambda site: (site / "site/maya/index.html").unlink(),
    "output added": lambda site: write(site, {"site/mine.txt": "mine"}),
    "output added in a folder": lambda site: write(site, {"site/maya/lists/mine.txt": "mine"}),
    "the marker": lambda site: (site / "site" / MARKER).unlink(),
    "the manifest": lambda site: (site / FOLDER / unchanged.FILE).unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_is_looked_at(settled, name):
    site, runs = settled
    CHANGES[name](site)
    with suppress(ProblemsFound):
        build(site)
    assert len(runs) == 1


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_after_the_first_edit_is_looked_at(settled, name):
    """It links every file, and that is not taken for a change."""
    site, runs = settled
    edit(site / KIT, "note: ", "note: First. ")
    time.sleep(0.05)
    build(site)
    build(site)
    assert runs == ["slice"]
    time.sleep(0.05)
    CHANGES[name](site)
    with suppress(ProblemsFound):
        build(site)
    assert len(runs) == 2


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_pipeline_looks_at_another_time(settled, moment):
    site, runs = settled
    build(site, now=NOW - timedelta(seconds=1) if moment == "before" else NOW + timedelta(days=300))
    assert len(runs) == 1


def test_the_pipeline_looks_with_another_engine_and_at_another_output(settled, monkeypatch):
    site, runs = settled
    build(site, site / "other")
    monkeypatch.setattr(engine, "fingerprint", lambda: "another")
    build(site, site / "other")
    assert len(runs) == 2


def test_content_as_young_as_the_build_is_looked_at_again(settled):
    """It may have changed after it was read, in the same step of the clock."""
    site, runs = settled
    clock = time.time_ns() + 10**9
    young = {file: (size, changed, clock, inode) for file, (size, changed, _, inode) in unchanged.tree(site).items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unchanged, "tree", lambda _: young)
        build(site)
    assert len(runs) == 1
    assert not (site / FOLDER / unchanged.FILE).exists()


def test_a_folder_that_holds_itself_is_no_end(settled):
    site, runs = settled
    (site / "themes").mkdir()
    (site / "themes/loop").symlink_to(site / "themes")
    build(site)
    build(site)
    assert len(runs) == 2


def test_a_sitemap_is_written_only_when_the_pages_are_others(site):
    build(site)
    before = times_in(site / "site")
    edit(site / KIT, "no smell", "no holes")
    build(site)
    assert not {"sitemap.xml", "robots.txt", MARKER} & touched(site, before)


# Time


def test_a_sale_that_ends_is_over_on_its_pages(site):
    sale = "price: 69.00 GBP\n    sale_price: 49.00 GBP\n    sale_price_effective_date: 2026-11-20/2026-11-24"
    edit(site / PRODUCT, "price: 69.00 GBP", sale)
    report = build(site)
    assert report.next_change.isoformat() == "2026-11-25T00:00:00+00:00"
    assert "£49.00" in html_of(site / "site")["products/merino-tee/"]
    over = report.next_change
    report = build(site, now=over)
    assert 0 < report.rendered < EVERY
    assert "£49.00" not in html_of(site / "site")["products/merino-tee/"]
    assert equals_a_clean_build(site, over)


def test_a_code_that_ends_is_gone_and_comes_back_with_the_clock(site):
    edit(site / PROFILE, "percent_off: 15", "percent_off: 15\n    until: 2026-11-25")
    edit(site / KIT, "note:", "promo: MAYA15\n    note:")
    build(site)
    first = bytes_of(site / "site")
    assert b"MAYA15" in first["maya/lists/kit/index.html"]
    build(site, now=NOW + timedelta(days=7))
    assert equals_a_clean_build(site, NOW + timedelta(days=7))
    assert b"MAYA15" not in b"".join(bytes_of(site / "site").values())
    build(site)
    assert bytes_of(site / "site") == first


# Damage


@pytest.mark.parametrize(
    "name", ["maya/index.html", "sitemap.xml", "maya/feed.xml", "media/*-320.webp", "assets/*.css", "404.html"]
)
@pytest.mark.parametrize("how", ["deleted", "emptied", "changed", "longer"])
def test_a_damaged_file_of_the_output_is_made_anew(site, name, how):
    build(site)
    before = bytes_of(site / "site")
    path = next((site / "site").glob(name))
    data = path.read_bytes()
    damage = {"emptied": b"", "changed": data[:-1] + b"?", "longer": data + b"\n"}
    path.unlink() if how == "deleted" else path.write_bytes(damage[how])
    report = build(site)
    assert report.written == 1
    assert bytes_of(site / "site") == before


def test_a_file_that_became_a_link_is_a_file_again(site, tmp_path):
    build(site)
    path = site / "site/maya/index.html"
    (tmp_path / "elsewhere").write_text("precious")
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    build(site)
    assert not path.is_symlink()
    assert (tmp_path / "elsewhere").read_text() == "precious"


def test_a_whole_folder_of_the_output_can_be_deleted(site):
    build(site)
    before = bytes_of(site / "site")
    shutil.rmtree(site / "site/maya")
    build(site)
    assert bytes_of(site / "site") == before


@pytest.mark.parametrize("what", ["output", "cache", "both", "marker"])
def test_what_a_build_left_can_be_deleted(site, what):
    build(site)
    before = bytes_of(site / "site")
    if what in {"output", "both"}:
        shutil.rmtree(site / "site")
    if what in {"cache", "both"}:
        shutil.rmtree(site / FOLDER)
    if what == "marker":
        (site / "site" / MARKER).unlink()
    build(site)
    assert bytes_of(site / "site") == before


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 99, b"\x83", b"\x83\xa7version\x63", "half"], ids=range(6))
def test_a_damaged_state_is_no_state(site, data):
    build(site)
    before = bytes_of(site / "site")
    for name in (FILE, unchanged.FILE):
        path = site / FOLDER / name
        whole = path.read_bytes() if path.exists() else b""
        path.write_bytes(whole[: len(whole) // 2] if data == "half" else data)
    assert build(site).rendered == EVERY
    assert bytes_of(site / "site") == before
    assert build(site).rendered == 0


@pytest.mark.parametrize("damage", ["empty", "gone"])
def test_a_damaged_picture_in_the_cache_is_made_again(site, damage):
    build(site)
    before = bytes_of(site / "site")
    cached = next((site / ".storefront/images").glob("canal*-320.webp"))
    cached.write_bytes(b"") if damage == "empty" else cached.unlink()
    shutil.rmtree(site / "site")
    build(site)
    assert bytes_of(site / "site") == before


# Keys


def test_another_engine_makes_everything_anew(site, monkeypatch):
    build(site)
    before = bytes_of(site / "site")
    monkeypatch.setattr(engine, "fingerprint", lambda: "another")
    assert build(site).rendered == EVERY
    assert bytes_of(site / "site") == before


def facts_in(value):
    """Every fact inside plain values, those inside other facts too."""
    if isinstance(value, Fact):
        yield value
    if isinstance(value, tuple | list):
        for each in value:
            yield from facts_in(each)
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from facts_in(getattr(value, name))


def test_facts_of_one_name_are_one_fact(demo):
    """A key digests each fact once, by its name: another fact of that name would go unseen."""
    named: dict[str, Fact] = {}
    for page in gather(demo.root, DEMO_NOW).pages:
        for fact in facts_in([getattr(page.inputs, name) for name in page.inputs.__struct_fields__]):
            assert named.setdefault(fact.ref, fact) == fact
    assert len(named) > 500


def test_every_key_is_another_and_no_key_knows_its_place(demo, tmp_path):
    pages = gather(demo.root, DEMO_NOW).pages
    shutil.copytree(demo.root / "content", tmp_path / "content")
    elsewhere = gather(tmp_path, DEMO_NOW).pages
    made = keys.Keys("theme")
    first = [made.of(page) for page in pages]
    again = keys.Keys("theme")
    assert first == [again.of(page) for page in elsewhere]
    assert len(set(first)) == len(first)
    assert set(first).isdisjoint(map(keys.Keys("other").of, pages))


# Any edits in any order


class Editor:
    """Makes random edits of the minimal site, each of which leaves it without a problem."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.now = NOW

    def number(self) -> int:
        return self.random.randrange(4)

    def product(self) -> None:
        number = self.number()
        price = self.random.choice(["", "offers: [{merchant: nordshop, link: https://nordshop.example/x}]\n"])
        category = self.random.choice(["Clothing", "Clothing > Hats", "Kitchen"])
        text = f"title: Thing {self.number()}\nbrand: fjell\ncategory: {category}\n{price}"
        write(self.site, {f"content/products/p{number}.yaml": text})

    def list_of_products(self) -> None:
        known = sorted(path.stem for path in (self.site / "content/products").glob("*.yaml"))
        chosen = self.random.sample(known, self.random.randrange(len(known) + 1))
        items = "".join(f"  - {{product: {each}, note: n{self.number()}, relationship: gifted}}\n" for each in chosen)
        draft = self.random.choice(["", "", "draft: true\n", "from: 2026-11-25\n"])
        text = f"{draft}title: List {self.number()}\nitems:{' []' if not items else ''}\n{items}"
        write(self.site, {f"{MAYA}/lists/l{self.number()}.yaml": text})

    def list_gone(self) -> None:
        (self.site / f"{MAYA}/lists/l{self.number()}.yaml").unlink(missing_ok=True)

    def post(self) -> None:
        text = f"date: 2026-11-1{self.number()}\ncaption: Post {self.number()}.\nproducts: [{{product: merino-tee}}]\n"
        write(self.site, {f"{MAYA}/posts/s{self.number()}.yaml": text})

    def post_gone(self) -> None:
        (self.site / f"{MAYA}/posts/s{self.number()}.yaml").unlink(missing_ok=True)

    def creator(self) -> None:
        lists = "lists: {a: {title: A, items: [{product: merino-tee, relationship: purchased}]}}\n"
        text = f"name: Name {self.number()}\n{self.random.choice(['', lists])}"
        write(self.site, {f"content/influencers/c{self.number()}.yaml": text})

    def creator_gone(self) -> None:
        (self.site / f"content/influencers/c{self.number()}.yaml").unlink(missing_ok=True)

    def settings(self) -> None:
        text = "title: S{}\nurl: https://shelves.example\nmarkets: [gb]\ndirectory: {{per_page: {}}}\n"
        write(self.site, {SITE: text.format(self.number(), self.number() + 1)})

    def photograph(self) -> None:
        data = picture((40 + self.number(), 30))
        write(self.site, {"content/products/media/merino-tee.jpg": data})

    def clock(self) -> None:
        self.now = NOW + timedelta(days=self.random.randrange(40))

    def damage(self) -> None:
        names = sorted(names_in(self.site / "site") - {MARKER})
        path = self.site / "site" / self.random.choice(names)
        path.write_bytes(b"?") if self.random.random() < 0.5 else path.unlink()

    def edit(self) -> str:
        kinds = [
            self.product, self.list_of_products, self.list_gone, self.post, self.post_gone, self.creator,
            self.creator_gone, self.settings, self.photograph, self.clock, self.damage,
        ]  # fmt: skip
        chosen = self.random.choice(kinds)
        chosen()
        return chosen.__name__


@pytest.mark.parametrize("seed", range(3))
def test_any_edits_in_any_order_give_what_a_clean_build_gives(site, seed):
    editor = Editor(site, seed)
    build(site)
    done = []
    for _ in range(8):
        done += [editor.edit() for _ in range(editor.random.randrange(1, 4))]
        build(site, now=editor.now)
        assert equals_a_clean_build(site, editor.now), f"after {done}"


def test_an_edit_of_the_demo_makes_only_what_it_touches(tmp_path):
    root = copy_of_demo(tmp_path / "demo")
    build(root, now=DEMO_NOW)
    before = times_in(root / "site")
    edit(root / "content/influencers/mara/profile.yaml", "name:", "x-seen: by nobody\nname:")
    assert build(root, now=DEMO_NOW).rendered == 0
    edit(root / "content/influencers/mara/profile.yaml", "\ntagline: ", "\ntagline: Still ")
    build(root, now=DEMO_NOW)
    assert touched(root, before) == {
        "",
        "mara/",
        "mara/feed.xml",
        "mara/feed.json",
        "mara/index.json",
        "mara-ellison/feed.xml",  # the feeds of an old handle go on
        "mara-ellison/feed.json",
        "mara-ellison/index.json",
        DISCLOSURES,
        SUMS,
    }
    assert equals_a_clean_build(root, DEMO_NOW)
