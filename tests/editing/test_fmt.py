"""`storefront fmt`: one layout for every file, and nothing that it says or that is said about it changes."""

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from building import bytes_of, write
from checking import problems_of
from storefront import scaffold
from storefront.cli import group
from storefront.editing import scalars
from storefront.formatting import text as formatted
from storefront.reader import parse

ROOT = Path(__file__).parents[2]
PRODUCT = "content/products/kettle.yaml"
FILES = sorted({*ROOT.glob("content/**/*.yaml"), *ROOT.glob("tests/sites/**/*.yaml"), *ROOT.glob("src/**/*.yaml")})


def run(*words):
    result = CliRunner().invoke(group, ["fmt", *map(str, words)])
    return result.exit_code, result.output


def comments(text):
    return sorted(re.findall(r"# c\d+", text))


# What stays


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_the_same_and_a_second_time_changes_nothing(path):
    name = path.as_posix()
    name = name[name.find("content/") :] if "/content/" in name else path.name
    before = path.read_text(encoding="utf-8")
    after = formatted(before, name)
    assert parse(after, name) == parse(before, name)
    assert formatted(after, name) == after
    assert sorted(re.findall(r"(?m)^\s*(#.*\S)", after)) == sorted(re.findall(r"(?m)^\s*(#.*\S)", before))


words = st.text(st.sampled_from("ab :#-'\"\\é0129.{}[],|>?&*!%\n"), max_size=12)
names = st.sampled_from(
    ["title", "brand", "category", "specs", "offers", "images", "x-own", "on", "012", "a b", "-", "? "]
)
values = st.recursive(
    st.one_of(words, st.none(), st.sampled_from(["NO", "012", "12:30", "1.10", "true", "2026-11-15", "~"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


class Typist:
    """Types data as people might: in any style, with any indent, with comments and empty lines anywhere."""

    def __init__(self, draw):
        self.draw, self.count = draw, 0

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def comment(self):
        self.count += 1
        return f"# c{self.count}"

    def above(self, indent):
        return self.one_of("", "", "", "\n", f"{' ' * indent}{self.comment()}\n", f"{self.comment()}\n")

    def beside(self):
        return self.one_of("", "", f"  {self.comment()}", "   ")

    def scalar(self, value, *, flow=False):
        if value is None:
            return self.one_of("~", "null")
        style = self.one_of(None, "'", '"')
        dumped = yaml.dump(value, Dumper=scalars.Dumper, default_style=style, allow_unicode=True, width=1 << 20)
        dumped = dumped.removesuffix("...\n").strip("\n")
        if "\n" in dumped or (flow and style is None):
            return scalars.quoted(value)
        return dumped

    def flow(self, value):
        match value:
            case dict():
                return "{" + ", ".join(f"{scalars.key(k)}: {self.flow(v)}" for k, v in value.items()) + "}"
            case list():
                between = self.one_of(", ", f", {self.comment()}\n      ")
                first = self.one_of("", "", f" {self.comment()}\n      ")
                return "[" + first + between.join(map(self.flow, value)) + "]"
        return self.scalar(value, flow=True)

    def value(self, value, indent):
        """What stands behind a colon or a dash, with the line's end."""
        if isinstance(value, dict | list) and value and self.one_of(True, True, False):
            inner = indent + self.one_of(1, 2, 4)
            return f"{self.beside()}\n{self.block(value, inner)}"
        if isinstance(value, str) and re.fullmatch(r"\S[^\n]*(\n[^\n]+)+", value) and self.one_of(True, False):
            lines = "".join(f"{' ' * (indent + 3)}{line}\n" for line in value.split("\n"))
            return f" {self.one_of('|', '|-', '|+')}{self.beside()}\n{lines}{self.one_of('', chr(10))}"
        return f" {self.flow(value)}{self.beside()}\n"

    def block(self, value, indent):
        space = " " * indent
        if isinstance(value, dict):
            heads = [(f"{space}{scalars.key(key)}:", inner) for key, inner in value.items()]
        else:
            heads = [(f"{space}-", inner) for inner in value]
        return "".join(f"{self.above(indent)}{head}{self.value(inner, indent)}" for head, inner in heads)


@st.composite
def typed(draw):
    typist = Typist(draw)
    data = draw(st.dictionaries(names, values, min_size=1, max_size=4))
    if typist.one_of(False, False, False, True):
        return f"{typist.above(0)}{typist.flow(data)}{typist.beside()}\n{typist.above(0)}"
    return typist.block(data, 0) + typist.above(0)


@given(typed())
def test_whatever_is_typed_keeps_its_meaning_and_its_comments(text):
    before = parse(text, PRODUCT)
    after = formatted(text, PRODUCT)
    assert parse(after, PRODUCT) == before
    assert comments(after) == comments(text)
    assert formatted(after, PRODUCT) == after
    assert not re.search(r"\n\n\n|\A\n|\n\n\Z", re.sub(r"[|>][-+]?.*\n(?: .*\n|\n)*", "", after))


# What changes


def test_keys_stand_as_the_vocabulary_lists_them_and_take_their_comments_along():
    text = """\
# yaml-language-server: $schema=../../schemas/product.schema.json
# About this file.

# Where it is sold.
offers:
- link: https://nordshop.example/kettle   # the plain one
  merchant: nordshop
  # price: 1.00 GBP
x-mine: NO
# What it is called.
title: Kettle
"""
    assert (
        formatted(text, PRODUCT)
        == """\
# yaml-language-server: $schema=../../schemas/product.schema.json
# About this file.

# What it is called.
title: Kettle
# Where it is sold.
offers:
  - merchant: nordshop
    link: https://nordshop.example/kettle  # the plain one
    # price: 1.00 GBP
x-mine: NO
"""
    )


@pytest.mark.parametrize("value", ["012", "NO", "12:30", "1.10", "0x1F", "1_000", ".5", "true", "1e3", "off", "0o17"])
def test_text_that_other_programs_take_for_something_else_gets_quotes(value):
    after = formatted(f"title: {value}\nspecs:\n  {value}: {value}\nvariants: [{{title: {value}}}]\n", PRODUCT)
    assert after.count(f'"{value}"') == 4
    assert yaml.safe_load(after) == parse(after, PRODUCT)


@pytest.mark.parametrize("line", ["rating: 4.5", "draft: true", "date: 2026-11-15", 'title: "Plain"', "title: It's"])
def test_what_needs_no_quotes_gets_none_and_loses_none(line):
    assert formatted(f"{line}\n", "content/influencers/maya/reviews/kettle.yaml") == f"{line}\n"


def test_a_comment_in_brackets_is_kept_and_the_list_opened():
    assert formatted("best_for: [one, # why\n  two]\n", PRODUCT) == "best_for:\n  - one  # why\n  - two\n"


@pytest.mark.parametrize("text", ["specs: {a, b: 1}\n", "specs: {a: , b: }\n", "title:\nspecs: {a: ~}\n"])
def test_a_key_without_a_value_stays_one(text):
    after = formatted(text, PRODUCT)
    assert parse(after, PRODUCT) == parse(text, PRODUCT)
    assert formatted(after, PRODUCT) == after


def test_a_file_in_braces_is_written_key_by_key():
    text = "# About it.\n{brand: hearth, # whose\n  title: Kettle,\n  tags: [a, b]}\n"
    assert formatted(text, PRODUCT) == "title: Kettle\n# About it.\nbrand: hearth  # whose\ntags: [a, b]\n"


@pytest.mark.parametrize("text", ["{}\n", "--- {title: Kettle}\n"])
def test_a_file_without_keys_on_lines_of_their_own_stays(text):
    assert formatted(text, PRODUCT) == text


# The command


@pytest.fixture
def here(site, monkeypatch):
    monkeypatch.chdir(site)
    run()
    return site


def test_a_site_is_put_in_order_and_stays_right(here):
    assert problems_of(here) == []
    assert run("--check") == (0, "8 files looked at, 0 would change.\n")


def test_check_names_the_line_and_writes_nothing(here):
    write(here, {PRODUCT: "title: Kettle\ncategory: Kitchen\nbrand: fjell\n"})
    before = bytes_of(here)
    code, printed = run("--check")
    assert code == 1
    assert f"{PRODUCT}:2:1: unformatted: " in printed
    assert bytes_of(here) == before
    assert json.loads(run("--check", "--format", "json")[1])["problems"][0]["line"] == 2
    assert run("--diff")[1].count("\n-brand") == 1
    assert bytes_of(here) == before


def test_only_files_that_are_named_are_written(here):
    write(
        here, {PRODUCT: "brand: fjell\ntitle: Kettle\n", "content/brands/b.yaml": "url: https://b.example\nname: B\n"}
    )
    assert run(PRODUCT) == (0, "1 file looked at, 1 changed.\n")
    assert (here / PRODUCT).read_text() == "title: Kettle\nbrand: fjell\n"
    assert (here / "content/brands/b.yaml").read_text().startswith("url:")


def test_a_file_that_cannot_be_read_is_told_and_left(here):
    write(here, {PRODUCT: "title: [\n", "content/brands/b.yaml": "url: https://b.example\nname: B\n"})
    code, printed = run()
    assert code == 1
    assert f"{PRODUCT}:" in printed
    assert (here / PRODUCT).read_text() == "title: [\n"
    assert (here / "content/brands/b.yaml").read_text().startswith("name:")


@pytest.mark.usefixtures("here")
def test_no_file_outside_of_the_site_is_touched(tmp_path):
    outside = tmp_path / "other.yaml"
    outside.write_text("b:   1\n")
    code, printed = run(outside)
    assert (code, outside.read_text()) == (1, "b:   1\n")
    assert "this is no YAML file of the site" in printed


def test_the_demo_is_in_order():
    assert run("--check", "--root", ROOT) == (
        0,
        f"{len([*ROOT.glob('content/**/*.yaml')])} files looked at, 0 would change.\n",
    )


def test_a_sites_own_networks_are_put_in_order(here):
    write(here, {"networks.yaml": "mine:\n  link: https://a.example/{url}\n  # Who.\n  name: Mine\n"})
    assert run()[0] == 0
    assert (here / "networks.yaml").read_text() == ("mine:\n  # Who.\n  name: Mine\n  link: https://a.example/{url}\n")


def test_the_starter_is_in_order(tmp_path, monkeypatch):
    scaffold.new(tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    assert run("--check")[0] == 0
