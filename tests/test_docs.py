"""The docs keep up with the program: nothing that can be typed, met or used in a template goes undocumented."""

import re
import shlex
import types
import typing
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from markupsafe import Markup

from storefront import linkcheck, problems, scaffold, theme
from storefront.cli import group
from storefront.clock import read_now
from storefront.pages import views
from storefront.pipeline import check
from storefront.reader import decode, parse

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "storefront"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
THEME = ROOT / "themes" / "editorial"

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@cache
def text_of(page):
    return page.read_text(encoding="utf-8")


def docs(name):
    return text_of(ROOT / "docs" / name)


def sections(text):
    """Each heading with what stands below it, up to the next heading."""
    parts = re.split(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# Commands


def commands(parent=group, before=""):
    """Every command by its whole name; a group's own commands in its place."""
    found = {}
    context = click.Context(parent)
    for name in parent.list_commands(context):
        command, whole = parent.get_command(context, name), f"{before}{name}"
        found |= commands(command, f"{whole} ") if isinstance(command, click.Group) else {whole: command}
    return found


def options(command):
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


def section_of(name):
    heading = f"storefront {name}".strip()
    assert heading in sections(docs("commands.md")), f"docs/commands.md: add a section ## {heading}"
    return sections(docs("commands.md"))[heading]


@pytest.mark.parametrize("name", ["", *commands()])
def test_every_option_is_documented_under_its_command(name):
    command = commands()[name] if name else group
    for option in options(command):
        for spelling in (*option.opts, *option.secondary_opts):
            assert f"`{spelling}" in section_of(name), f"docs/commands.md: `{spelling}` of storefront {name}"
        for choice in getattr(option.type, "choices", ()):
            assert f"`{option.opts[0]} {choice}`" in section_of(name)


@pytest.mark.parametrize("name", commands())
def test_no_option_is_documented_that_does_not_exist(name):
    known = {
        spelling for option in options(commands()[name]) for spelling in (*option.opts, *option.secondary_opts)
    } | {"--help", "-h"}
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", section_of(name))) - known == set()


def test_every_command_is_in_the_table():
    table = text_of(ROOT / "docs" / "commands.md").partition("## ")[0]
    rows = re.findall(r"^\| \[`storefront ([a-z -]+)`\]\(#storefront-([a-z-]+)\)", table, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(commands())
    assert all(name.replace(" ", "-") == link for name, link in rows)


@each_page
def test_only_commands_that_exist_are_named(page):
    named = set(re.findall(r"(?:^ {4}|`|&& )storefront ([a-z][a-z-]*)", text_of(page), re.MULTILINE))
    assert named - {name.partition(" ")[0] for name in commands()} == set()


def typed(page):
    """Every whole command line that a page shows; outlines of commands, with placeholders, are not."""
    shown = re.findall(
        r"^(?: {4})?storefront (.+)$",
        re.sub(r"^```(?!sh).*?^```", "", text_of(page), flags=re.DOTALL | re.MULTILINE),
        re.MULTILINE,
    )
    lines = (re.split(r" {2,}| (?:[|>#]|&&|\|\|) ", line)[0] for line in shown)
    return [line for line in lines if not re.search(r"\[|\b[A-Z]{3,}\b|…", line) and line.split()[0] in known_first()]


@cache
def known_first():
    return {name.partition(" ")[0] for name in commands()}


@each_page
def test_every_command_line_that_is_shown_can_be_typed(page):
    for line in typed(page):
        words, command = shlex.split(line), group
        while isinstance(command, click.Group):
            _, command, words = command.resolve_command(click.Context(command), words)
        # Click keeps the option for help that a context asks for first.
        context = click.Context(command, help_option_names=group.context_settings["help_option_names"])
        parsed, left, _ = command.make_parser(context).parse_args(words)
        for option in options(command):
            chosen, allowed = parsed.get(option.name), getattr(option.type, "choices", None)
            assert allowed is None or not isinstance(chosen, str) or chosen in allowed, line
        assert not [word for word in left if word.startswith("-")], line


@pytest.mark.parametrize("outcome", linkcheck.Outcome)
def test_every_outcome_of_a_link_check_is_documented(outcome):
    assert f"| `{outcome}` |" in section_of("links check")


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.stem)
def test_only_make_targets_that_exist_are_named(page):
    targets = re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)", text_of(page))) - set(targets) - {"do"} == set()


def test_every_make_target_for_people_is_documented():
    told = re.findall(r'@echo "make (\w+) ', text_of(ROOT / "Makefile"))
    assert set(re.findall(r"`make (\w+)`", text_of(ROOT / "CONTRIBUTING.md"))) >= {*told, "help"}


def test_the_two_commands_stand_on_the_first_screen_of_the_readme():
    first = "\n".join(text_of(ROOT / "README.md").splitlines()[:12])
    assert "make demo" in first
    assert "make test" in first


# Messages


def test_every_problem_has_a_section_and_no_other():
    codes = re.findall(r"^### (.+)$", docs("errors.md"), re.MULTILINE)
    assert sorted(codes) == sorted(problems.CATALOGUE)


@pytest.mark.parametrize("code", problems.CATALOGUE)
def test_a_problem_is_explained_and_mended(code):
    told = [part for part in sections(docs("errors.md"))[code].strip().split("\n\n") if part]
    assert len(told) >= 2, "say what it means, then what to do"


@pytest.mark.parametrize("code", problems.CATALOGUE)
def test_a_problem_of_the_catalogue_can_occur(code):
    assert any(f'"{code}"' in path.read_text() for path in SOURCE.rglob("*.py") if path.name != "problems.py")


def test_the_messages_that_the_docs_show_are_printed_so(tmp_path):
    site = tmp_path / "my-site"
    scaffold.new(site)
    ours = site / "content/influencers/sam/lists/buy-again.yaml"
    ours.write_text(ours.read_text().replace("product: stovetop-kettle", "product: stovetop-kettel"))
    shown = examples(ROOT / "README.md")[0]
    theirs = site / shown[0]
    theirs.write_text(f"# {shown[0]}\n{shown[1]}".replace("stovetop-kettle", "stovetop-kettel"))
    printed = CliRunner().invoke(group, ["check", "--root", str(site)]).output
    for page in (docs("errors.md"), text_of(ROOT / "README.md")):
        message = re.search(r"^    (content/.*)\n    (    .*)$", page, re.MULTILINE)
        assert f"{message[1]}\n{message[2]}\n" in printed


# Themes


def all_views(base=views.View):
    """Every struct that a template can meet."""
    return {kind.__name__: kind for found in base.__subclasses__() for kind in (found, *all_views(found).values())}


def kind_of(hint):
    """A type in the words of docs/themes.md."""
    plain = {Markup: "HTML", str: "text", int: "number", bool: "true or false"}
    if hint in plain:
        return plain[hint]
    if typing.get_origin(hint) is dict:
        return "map of text"
    inner = [kind_of(each) for each in typing.get_args(hint) if each not in {type(None), ...}]
    if isinstance(hint, types.UnionType):
        return f"{' or '.join(inner)} or none"
    return f"list of {inner[0]}" if inner else f"[{hint.__name__}](#{hint.__name__.lower()})"


@pytest.mark.parametrize("name", all_views())
def test_every_template_variable_is_documented_with_its_kind(name):
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", sections(docs("themes.md"))[name], re.MULTILINE)
    wanted = [(field, kind_of(hint)) for field, hint in typing.get_type_hints(all_views()[name]).items()]
    assert rows == wanted, f"docs/themes.md, section {name}"


def test_every_template_is_in_the_table():
    table = dict(re.findall(r"^\| `([\w.-]+\.html)` \| \[(\w+)\]", docs("themes.md"), re.MULTILINE))
    templates = {path.name for path in (THEME / "templates").glob("*.html")} - {"base.html"}
    assert set(table) == templates
    for template, name in table.items():
        assert f"`{template}`" in all_views()[name].__doc__


@pytest.mark.parametrize("part", sorted(path.name for path in (THEME / "templates" / "parts").glob("*.html")))
def test_every_part_of_the_theme_is_named(part):
    assert f"`{part}`" in docs("themes.md")


@pytest.mark.parametrize("key", theme.Manifest.__struct_encode_fields__)
def test_every_key_of_a_theme_is_documented(key):
    assert re.search(rf"^\| `{key}` \|", docs("themes.md"), re.MULTILINE)


def test_every_token_is_documented_and_no_other():
    known = parse(decode((THEME / "theme.yaml").read_bytes(), "theme.yaml"), "theme.yaml")["tokens"]
    told = re.findall(r"^\| `([\w-]+)` \|", sections(docs("themes.md"))["Change a colour or a font"], re.MULTILINE)
    assert told == list(known)


# The house


def modules():
    found = (path.relative_to(SOURCE).with_suffix("").parts for path in SOURCE.rglob("*.py"))
    names = {".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in found}
    return sorted(names - {""})


def test_the_plan_of_the_house_has_a_row_for_every_module_and_no_other():
    planned = re.findall(r"^\| \d \| `([\w.]+)` \|", docs("architecture.md"), re.MULTILINE)
    assert sorted(set(modules()) - set(planned)) == [], "docs/architecture.md lacks a row for these"
    assert sorted(set(planned) - set(modules())) == [], "docs/architecture.md has rows for what is gone"


# Links and examples


def anchor(heading):
    """The name that a heading gets on GitHub."""
    words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
    return words.replace(" ", "-")


@each_page
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", text_of(page), flags=re.DOTALL)):
        if target.startswith("https://"):
            continue
        file, _, name = target.partition("#")
        found = (page.parent / file).resolve() if file else page
        assert found.exists(), target
        if name:
            assert name in {anchor(heading) for heading in sections(text_of(found))}, target


@each_page
def test_every_page_can_be_reached_from_the_readme_and_the_index(page):
    if page.parent.name == "docs" and page.stem != "index":
        assert f"(docs/{page.name})" in text_of(ROOT / "README.md")
        assert f"({page.name})" in docs("index.md")
    elif page.parent.name == "how-to":
        assert f"(docs/how-to/{page.name})" in text_of(ROOT / "README.md")
        assert f"(how-to/{page.name})" in docs("index.md")


def examples(page):
    """Every YAML block that begins with the name of its file."""
    return re.findall(r"^```yaml\n# ((?:content|themes)/\S+)\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "docs/getting-started.md", "docs/themes.md"])
def test_what_the_docs_show_builds(name, tmp_path):
    shown = examples(ROOT / name)
    assert shown
    site = tmp_path / "my-site"
    scaffold.new(site)
    for file, text in shown:
        path = site / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for named in re.findall(r"^styles: \[(.+)\]$", text, re.MULTILINE):
            (path.parent / "assets").mkdir()
            (path.parent / "assets" / named).write_text(".card { color: var(--ink) }")
    report = check(site, read_now("2026-11-26"), 1)
    assert report.pages > 0
    assert all(theme.load(site, name, {}).layers[-1].name == "editorial" for name in theme.names(site))


def test_the_readme_shows_a_picture_that_loads_quickly():
    picture = ROOT / "docs" / "images" / "vanity.jpg"
    assert "docs/images/vanity.jpg" in text_of(ROOT / "README.md")
    assert picture.stat().st_size < 400_000
