"""Search without a server: what can be found, under which letter, and in which part of the index."""

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from building import build, copy_of_minimal, edit, html_of, trees_of, write
from checking import NOW
from storefront import engine, theme
from storefront.gather import gather
from storefront.pages import routes, search

MOST, MOST_TOGETHER = 2048, 6144  # bytes of scripts, as they are written
titles = st.text(max_size=30)


def index_of(site):
    """Every entry of a built index by its address, and the parts that hold it."""
    found = {}
    for path in sorted((site / "search/index").glob("*.json")):
        for title, line, url, lang in json.loads(path.read_bytes()):
            found.setdefault(url, (title, line, lang, []))[3].append(int(path.stem))
    return found


def test_everything_that_has_a_page_can_be_found(minimal):
    assert {url: entry[:3] for url, entry in index_of(minimal.output).items()} == {
        "/maya/": ("Maya Lind", "@maya · Person", ""),
        "/maya/lists/kit/": ("Winter running kit", "Maya Lind · List", ""),
        "/brands/fjell/": ("Fjell", "Brand", ""),
        "/categories/clothing/": ("Clothing", "Category", ""),
        "/categories/clothing/base-layers/": ("Base layers", "Clothing · Category", ""),
        "/products/merino-tee/": ("Merino Tee", "Fjell · Base layers · Product", ""),
    }


def test_every_entry_leads_to_a_page_of_the_site_itself(demo):
    found = index_of(demo.output)
    assert len(found) > 100
    for url in found:
        assert (demo.output / routes.file_of(url)).is_file(), url


def test_addresses_begin_with_the_base_path(below):
    assert index_of(below.output)
    assert all(url.startswith("/shop/") for url in index_of(below.output))
    (box,) = trees_of(below.output)["search/"].css(".search")
    assert box.attributes["data-index"] == "/shop/search/index/"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("products/merino-tee.yaml", "title:", "draft: true\ntitle:"),
        ("products/merino-tee.yaml", "title:", "embargo_until: 2026-12-24\ntitle:"),
        ("influencers/maya/profile.yaml", "name:", "draft: true\nname:"),
    ],
)
def test_nothing_held_back_is_in_the_index_or_the_register(site, file, old, new):
    edit(site / "content" / file, old, new)
    build(site)
    hidden = "Merino Tee" if "products" in file else "Maya Lind"
    assert "/brands/fjell/" in index_of(site / "site")
    for path in (site / "site/search").rglob("*.*"):
        assert hidden not in path.read_text(), path


def test_a_lists_language_stands_with_it_where_it_is_not_the_sites(demo):
    langs = {url: lang for url, (_, _, lang, _) in index_of(demo.output).items() if "/lists/" in url}
    assert {url.split("/")[1]: lang for url, lang in langs.items()}["jonas"] == "de-DE"
    assert {url.split("/")[1]: lang for url, lang in langs.items()}["mara"] == ""


def test_the_register_names_all_people_brands_categories_and_products_under_their_letters(demo):
    wanted = {url: title for url, (title, *_) in index_of(demo.output).items() if "/lists/" not in url}
    told = {}
    for address, tree in trees_of(demo.output).items():
        if address.startswith("search/"):
            for link in tree.css(".register a"):
                told[link.attributes["href"]] = link.text()
                assert search.letter_of(link.text()) == address.split("/")[1]
    assert told == wanted


def test_the_search_leads_to_every_letter_and_every_page_leads_to_the_search(demo):
    letters = {f"/{address}" for address in html_of(demo.output) if re.fullmatch(r"search/[^/]+/", address)}
    tree = trees_of(demo.output)["search/"]
    assert {link.attributes["href"] for link in tree.css(".letters a")} == letters
    for address, tree in trees_of(demo.output).items():
        if not address.startswith("embed/"):
            assert tree.css("header a[href='/search/']"), address


@pytest.mark.parametrize(
    ("title", "letter", "address"),
    [
        ("Zoë", "z", "z"),
        ("Éclair", "e", "e"),
        ("Øre", "o", "o"),
        ("365 days", "0", "0-9"),
        ("Ωmega", "ω", "u3c9"),
        ("漢字", "", "other"),
        ("…", "", "other"),
    ],
)
def test_a_title_stands_under_its_first_letter(title, letter, address, tmp_path):
    assert search.letter_of(title) == letter
    site = copy_of_minimal(tmp_path)
    write(site, {"content/brands/one.yaml": f"name: {title}\n"})
    planned = {page.path: page for page in gather(site, NOW).pages}
    assert (title, "/brands/one/") in planned[f"/search/{address}/"].inputs.groups[0][1]


def test_the_parts_grow_in_number_with_what_can_be_found():
    def parts(count):
        entry = search.Entry("Mug", "", "/mug/")
        return len(search.index_of([search.Found(search.PRODUCT, entry, ("mug",))] * count))

    size = search.PART
    assert [parts(count) for count in (0, 1, size, size + 1, 3 * size, 40 * size)] == [1, 1, 1, 2, 4, 64]


@given(st.lists(titles, max_size=6), st.sampled_from([1, 2, 8, 64]))
def test_each_entry_is_once_in_each_part_that_a_word_of_it_belongs_to(given_titles, count):
    found = [
        search.Found(search.PRODUCT, search.Entry(title, "", f"/{n}/"), search.words_of(title))
        for n, title in enumerate(given_titles)
    ]
    index = search.index_of(found * 1)
    for each in found:
        wanted = {search.part_of(word, len(index)) for word in each.words}
        assert {number for number, entries in enumerate(index) if each.entry in entries} == wanted
        assert all(entries.count(each.entry) <= 1 for entries in index)
        assert all(search.part_of(word, count) < count for word in each.words)


@given(titles)
@example("Søren’s Œuvre, STRASSE straße 12")
def test_plain_words_have_neither_case_nor_accents(text):
    for word in search.words_of(text):
        assert len(word) > 1
        assert word == search.plain(word)
        assert not [c for c in word if unicodedata.category(c)[0] == "M"]
    assert search.words_of(text) == search.words_of(unicodedata.normalize("NFD", text))


def test_letters_that_no_accent_explains_are_spelt_out():
    assert search.words_of("Søren’s Œuvre, a STRASSE straße 12") == ("sorens", "oeuvre", "strasse", "strasse", "12")


def test_an_edit_of_a_title_makes_the_index_anew_and_an_edit_of_a_note_does_not(site):
    build(site)
    before = (site / "site/search/index/0.json").read_bytes()
    changed = (site / "site/search/index/0.json").stat().st_mtime_ns
    edit(site / "content/brands/fjell.yaml", "name: Fjell", "name: Fjell\ndescription: Wool, mostly.")
    build(site)
    assert (site / "site/search/index/0.json").stat().st_mtime_ns == changed
    edit(site / "content/brands/fjell.yaml", "name: Fjell", "name: Fjord")
    build(site)
    assert (site / "site/search/index/0.json").read_bytes() == before.replace(b"Fjell", b"Fjord")


def scripts_of(name):
    return dict(theme.load(engine.themes().parent, name, {}).scripts)


@pytest.mark.parametrize("name", theme.names(engine.themes().parent))
def test_each_script_is_small_and_so_are_all_together(name):
    sizes = {script: len(asset.data) for script, asset in scripts_of(name).items()}
    assert sizes
    assert max(sizes.values()) <= MOST, sizes
    beacon = sizes.pop("beacon")  # only where the owner asks for it
    assert sum(sizes.values()) <= MOST_TOGETHER, sizes
    assert beacon <= MOST


@pytest.mark.parametrize("name", theme.names(engine.themes().parent))
def test_no_script_makes_markup_or_code_of_text_or_asks_another_host(name):
    for script, asset in scripts_of(name).items():
        said = asset.data.decode()
        assert not re.search(r"(inner|outer|Adjacent)HTML|document\.write|eval|Function\(|https?:", said), script
