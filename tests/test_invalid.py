"""Every mistake that content can hold: what is said of it, where, and what to do.

Each folder of `invalid/<code>/` is one mistake: files to lay over the minimal site, and
`expected.txt` with what `storefront check` prints. What git or an editor would mend by itself
(encodings, links, sizes) is made here.
"""

import unicodedata
from pathlib import Path

import pytest

from checking import MINIMAL, problems_of, site_with, written
from storefront.problems import CATALOGUE

CORPUS = Path(__file__).parent / "invalid"
CASES = {str(path.parent.relative_to(CORPUS)): path.parent for path in sorted(CORPUS.glob("*/*/expected.txt"))}

# What only the machine, a page, the past or a file that git cannot hold can be wrong about.
ELSEWHERE = {
    "address-gone",
    "differs",
    "expired-rights",
    "internal",
    "no-content",
    "not-as-built",
    "not-utf8",
    "output",
    "review-edited",
    "review-gone",
    "review-stars",
    "unformatted",
    "unknown-log",
    "day-ahead",  # a warning
    "generous-gift",  # a warning
    "praise-alone",  # a warning
    "outside-interests",  # a warning
    "no-interests",  # a warning
    "untold-recall",  # a theme's
    "leak",
    "not-as-listed",
}
BRAND = "content/brands/fjell.yaml"
PROFILE = "content/influencers/maya/profile.yaml"


def said(site):
    return written(problems_of(site)).splitlines()


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_explained_where_it_stands(case, tmp_path):
    expected = (CASES[case] / "expected.txt").read_text(encoding="utf-8")
    assert written(problems_of(site_with(tmp_path, CASES[case]))) == expected


def test_every_code_has_a_case():
    assert {case.partition("/")[0] for case in CASES} == set(CATALOGUE) - ELSEWHERE


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_one_mistake_with_a_way_out(case):
    lines = (CASES[case] / "expected.txt").read_text(encoding="utf-8").splitlines()
    problems, hints = lines[::2], lines[1::2]
    assert len(problems) == len(hints)
    assert all(f": {case.partition('/')[0]}: " in line for line in problems)
    assert all(line.startswith("    ") and line.strip() for line in hints)


def test_the_minimal_site_is_right():
    assert problems_of(MINIMAL) == []


ENCODINGS = {
    "latin-1": ("name: Fjäll\n".encode("latin-1"), "1:9: not-utf8: this is not UTF-8", "Save the file as UTF-8."),
    "utf-16": ("name: Fjell\n".encode("utf-16"), "1:1: not-utf8: this is UTF-16, not UTF-8", "Save the file as UTF-8."),
    "byte-order mark inside": (
        "name: Fj\ufeffell\n".encode(),
        "1:9: yaml-syntax: a character that cannot be seen (U+FEFF)",
        "Delete it; retype the word.",
    ),
    "reversed reading order": (
        "name: Fjell\ndescription: a\u202eb\n".encode(),
        "2:15: yaml-syntax: a character that cannot be seen (U+202E)",
        "Delete it; retype the word.",
    ),
    "reversed by an escape": (
        rb'name: "Fj\u202eell"',
        "1:7: yaml-syntax: a character that cannot be seen (U+202E)",
        "Delete it; retype the word.",
    ),
    "NUL": (
        b"name: Fj\0ell\n",
        "1:9: yaml-syntax: a character that cannot be seen (U+0000)",
        "Delete it; retype the word.",
    ),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bytes_that_are_no_plain_text(encoding, tmp_path):
    data, problem, hint = ENCODINGS[encoding]
    assert said(site_with(tmp_path, {BRAND: data})) == [f"{BRAND}:{problem}", f"    {hint}"]


def test_a_file_that_is_too_large(tmp_path):
    site = site_with(tmp_path, {BRAND: "name: Fjell\n" + "# words\n" * 140_000})
    assert said(site) == [
        f"{BRAND}: yaml-limit: the file is larger than 1024 KB",
        "    Divide it: lists, posts and reviews can each have a file.",
    ]


def test_ten_thousand_brackets_do_no_harm(tmp_path):
    problem, _ = said(site_with(tmp_path, {BRAND: "name: " + "[" * 10_000}))
    assert problem.startswith(f"{BRAND}:1:")
    assert ": yaml-limit: " in problem


@pytest.mark.parametrize("target", ["../brands/fjell.yaml", "/etc/hostname", "nowhere.yaml"])
def test_links_are_never_followed(target, tmp_path):
    site = site_with(tmp_path, {})
    (site / "content/brands/halden.yaml").symlink_to(target)
    assert said(site) == [
        "content/brands/halden.yaml: unreadable: this is a link to another place",
        "    Put the file itself here: links are never followed.",
    ]


def test_linked_folders_are_never_followed(tmp_path):
    site = site_with(tmp_path, {})
    (site / "content/brands/more").symlink_to(tmp_path, target_is_directory=True)
    assert said(site)[0] == "content/brands/more: unreadable: this is a link to another place"


def test_a_folder_without_content(tmp_path):
    assert said(tmp_path) == [
        "content/site.yaml: no-content: there is no content/site.yaml here",
        "    Run this in the folder that holds content/, or start one with: storefront new my-site",
    ]


def test_mistakes_of_several_files_are_told_at_once(tmp_path):
    site = site_with(
        tmp_path, {BRAND: "nam: Fjell\n", PROFILE: "name: [x]\n", "content/merchants/nordshop.yaml": "a: b: c"}
    )
    assert [line.partition(":")[0] for line in said(site)[::2]] == [BRAND, PROFILE, "content/merchants/nordshop.yaml"]


ALLOWED = {
    "a country that YAML once took for false": {BRAND: "name: Fjell\ncountry: NO\n"},
    "names that YAML once took for true": {BRAND: "name: yes\ndescription: on\n"},
    "names of digits": {BRAND: "name: 012\n"},
    "names that look like a time": {BRAND: "name: 12:30\n"},
    "names that look like a number": {BRAND: "name: 1e3\n"},
    "keys of one's own": {BRAND: "name: Fjell\nx-contact: {mail: [a, b]}\n"},
    "Windows line ends": {BRAND: "name: Fjell\r\ncountry: NO\r\n"},
    "a leading byte-order mark": {BRAND: "\ufeffname: Fjell\n"},
    "a mark that begins the document": {BRAND: "---\nname: Fjell\n"},
    "files whose names begin with a dot": {"content/.draft.yaml": "nonsense: ["},
    "files that are no YAML": {"content/brands/notes.txt": "words", "content/README.md": "# Words"},
    "folders within products": {"content/products/tops/cap.yaml": "title: Cap\nbrand: fjell\ncategory: Caps\n"},
    "a creator in one file": {"content/influencers/ida.yaml": "name: Ida\n"},
    "an update on the day of the review": {
        "content/influencers/maya/reviews/merino-tee.yaml": (
            "{product: merino-tee, date: 2026-10-01, provenance: purchased, updates: [{date: 2026-10-01, text: x}]}"
        )
    },
    "the word for no tie": {
        "content/influencers/maya/lists/kit.yaml": (
            "title: Kit\nitems: [{title: Cap, link: https://caps.example, relationship: none}]\n"
        )
    },
}


@pytest.mark.parametrize("what", ALLOWED)
def test_what_is_no_mistake(what, tmp_path):
    assert said(site_with(tmp_path, ALLOWED[what])) == []


def test_a_picture_whose_name_only_looks_the_same_is_told(tmp_path):
    """macOS and Windows may write ä as one letter or as two."""
    one, two = unicodedata.normalize("NFC", "käse.jpg"), unicodedata.normalize("NFD", "käse.jpg")
    site = site_with(tmp_path, {f"content/products/media/{two}": b""})
    path = site / "content/products/merino-tee.yaml"
    path.write_text(path.read_text().replace("merino-tee.jpg", one))
    assert (
        said(site)[1] == f"    The one that is there writes é, ä or ü in another way: rename it to {one}, typed anew."
    )
