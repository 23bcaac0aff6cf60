"""Themes lie in layers: one file can be replaced alone."""

import re

import pytest

from storefront import engine, theme
from storefront.problems import ProblemsFound

BASE = """\
name: Plain
styles: [a.css, b.css]
icon: icon.svg
widths: [320, 640]
tokens:
  paper: {light: "#fff", dark: "#000"}
  radius: 2px
"""


def write(root, files):
    for name, text in files.items():
        path = root / "themes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def root(tmp_path):
    write(
        tmp_path,
        {
            "plain/theme.yaml": BASE,
            "plain/assets/a.css": "a { color: red; }\n/* words */",
            "plain/assets/b.css": "b { margin: 0 }",
            "plain/assets/icon.svg": "<svg/>",
            "plain/templates/base.html": "base",
            "child/theme.yaml": "name: Child\nextends: plain\nstyles: [c.css, b.css]\ntokens: {ink: black}\n",
            "child/assets/c.css": "c { top: 0 }",
            "child/assets/b.css": "b { margin: 1px }",
        },
    )
    return tmp_path


def problem(root, name, **tokens):
    with pytest.raises(ProblemsFound) as caught:
        theme.load(root, name, {key.replace("_", "-"): value for key, value in tokens.items()})
    (found,) = caught.value.problems
    assert found.code == "theme"
    return f"{found.place}: {found.message}", found.hint


def test_a_theme_is_read(root):
    plain = theme.load(root, "plain", {})
    assert plain.name == "plain"
    assert {slot.widths for _, slot in plain.slots} == {(320, 640)}
    assert plain.layers == (root.resolve() / "themes/plain",)
    assert plain.stylesheet.data == b"a{color:red}b{margin:0}"
    assert plain.icon.data == b"<svg/>"


def test_a_theme_that_extends_another_lies_above_it(root):
    child = theme.load(root, "child", {})
    assert [layer.name for layer in child.layers] == ["child", "plain"]
    assert child.stylesheet.data == b"a{color:red}b{margin:1px}c{top:0}"
    assert child.icon.data == b"<svg/>"
    assert {slot.widths for _, slot in child.slots} == {(320, 640)}


KINDS = """\
name: Plain
styles: [a.css, b.css, c.css]
pages: {things: [thing.html], people: [person.html, list.html]}
only_on: {a.css: [things], b.css: [things, people]}
"""


@pytest.fixture
def kinds(root):
    templates = {f"plain/templates/{name}.html": name for name in ("thing", "person", "list", "other")}
    write(root, {"plain/theme.yaml": KINDS, "plain/assets/c.css": "c { top: 0 }", **templates})
    (root / "themes/child/assets/c.css").unlink()
    return root


def test_each_kind_of_page_has_the_stylesheets_that_it_needs_in_their_order(kinds):
    plain = theme.load(kinds, "plain", {})
    assert {template: asset.data for template, asset in plain.stylesheets} == {
        "thing.html": b"a{color:red}b{margin:0}c{top:0}",
        "person.html": b"b{margin:0}c{top:0}",
        "list.html": b"b{margin:0}c{top:0}",
    }
    assert plain.stylesheet.data == b"c{top:0}"
    assert plain.whole.data == b"a{color:red}b{margin:0}c{top:0}"
    assert len({asset.name for _, asset in (*plain.stylesheets, ("other.html", plain.stylesheet))}) == 3


def test_kinds_of_pages_are_inherited_and_each_has_the_tokens_of_the_site(kinds):
    child = "name: Child\nextends: plain\nstyles: [d.css]\nonly_on: {d.css: [people], b.css: [people]}\n"
    write(kinds, {"child/theme.yaml": f"{child}tokens: {{ink: black}}\n", "child/assets/d.css": "d { inset: 0 }"})
    sheets = {name: asset.data.decode() for name, asset in theme.load(kinds, "child", {"ink": "#123"}).stylesheets}
    end = "@layer tokens{:root{--ink:#123}}"
    assert sheets["thing.html"] == "a{color:red}c{top:0}" + end
    assert sheets["list.html"] == "b{margin:1px}c{top:0}d{inset:0}" + end


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("[thing.html]", "[thin.html]", "there is no template thin.html"),
        ("person.html,", "thing.html,", "thing.html is of two kinds of pages"),
        ("{a.css", "{aa.css", "styles name no aa.css"),
        ("a.css: [things]", "a.css: [thing]", "pages name no kind thing"),
    ],
)
def test_what_kinds_of_pages_cannot_name_is_told(kinds, right, wrong, message):
    assert right in KINDS
    write(kinds, {"plain/theme.yaml": KINDS.replace(right, wrong)})
    assert problem(kinds, "plain")[0] == f"themes/plain/theme.yaml: {message}"


def test_places_ask_for_shapes_and_widths_and_the_nearest_theme_decides(root):
    write(root, {"plain/theme.yaml": BASE + "pictures: {card: {shape: 4/5}, face: {shape: 1/1, widths: [96]}}\n"})
    write(root, {"child/theme.yaml": "name: Child\nextends: plain\npictures: {card: {shape: 9/16}}\n"})
    asked = dict(theme.load(root, "child", {}).slots)
    assert (asked["card"].shape, asked["card"].widths) == ((9, 16), (320, 640))
    assert (asked["face"].shape, asked["face"].widths) == ((1, 1), (96,))
    assert asked["banner"].shape is None


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("crad: {shape: 4/5}", "pictures stand in no place called crad"),
        ("card: {shape: tall}", "shape"),
        ("card: {shape: 0/5}", "shape"),
    ],
)
def test_what_a_theme_cannot_ask_for_is_told(root, said, message):
    write(root, {"plain/theme.yaml": BASE + f"pictures: {{{said}}}\n"})
    told, _ = problem(root, "plain")
    assert told.startswith("themes/plain/theme.yaml:")
    assert message in told


def test_a_sites_folder_lies_above_the_shipped_theme_of_its_name(root, monkeypatch):
    monkeypatch.setattr(engine, "themes", lambda: root / "shipped")
    (root / "themes").rename(root / "shipped")
    write(root, {"plain/assets/b.css": "b { margin: 9px }"})
    plain = theme.load(root, "plain", {})
    assert plain.layers == (root.resolve() / "themes/plain", root.resolve() / "shipped/plain")
    assert plain.stylesheet.data == b"a{color:red}b{margin:9px}"
    assert theme.names(root) == ["child", "plain"]


def test_the_shipped_theme_is_there():
    assert "editorial" in {path.name for path in engine.themes().iterdir()}


@pytest.mark.parametrize("file", sorted(engine.themes().glob("*/assets/*.css")), ids=lambda path: path.name)
def test_no_stylesheet_means_a_descendant_where_the_minifier_takes_the_element_itself(file):
    rules = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[^\n]*[\w\])] :[a-z][^\n]*", rules) == []


PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:[a-z-]+-)?(?:left|right)(?:-[a-z-]+)?\s*:|(?:float|clear|text-align(?:-last)?)\s*:\s*(?:left|right)\b"
    r"|to (?:left|right)\b)"
)
FOUR_SIDES = re.compile(
    r"(?<![\w-])(?:margin|padding|inset|border-width|scroll-(?:margin|padding))\s*:"
    r"\s*[^\s;}]+\s+(?P<right>[^\s;}]+)\s+[^\s;}]+\s+(?P<left>[^\s;}!]+)"
)


def sides(css):
    """Declarations that know left from right, and so do not turn with the direction of a page."""
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    values = re.sub(r"\([^()]*\)", "()", plain)  # a function is one value, whatever stands in it
    uneven = [found[0] for found in FOUR_SIDES.finditer(values) if found["left"] != found["right"]]
    return [found[0] for found in PHYSICAL.finditer(plain)] + uneven


@pytest.mark.parametrize(
    "css",
    [
        "a{margin-left:1px}",
        "a { padding-right : 0 }",
        "a{left:0}",
        "a{border-top-left-radius:1px}",
        "a{text-align:right}",
        "a{float: left}",
        "a{background:linear-gradient(to right,red,blue)}",
        "a{margin:0 1px 0 2px}",
        "a{scroll-padding-left:1px}",
    ],
)
def test_a_side_is_found(css):
    assert sides(css)


@pytest.mark.parametrize("file", sorted(engine.themes().glob("*/assets/*.css")), ids=lambda path: path.name)
def test_no_stylesheet_knows_left_from_right(file):
    assert sides(file.read_text()) == []


def test_tokens_replace_those_of_the_theme(root):
    css = theme.load(root, "child", {"radius": "0", "paper": "#eee / #111", "ink": "#222"}).stylesheet.data.decode()
    assert css.endswith("@layer tokens{:root{--ink:#222;--paper:light-dark(#eee,#111);--radius:0}}")


def test_unknown_tokens_are_refused(root):
    message = "content/site.yaml: the theme has no token papper"
    assert problem(root, "plain", papper="red") == (message, "Did you mean paper?")


@pytest.mark.parametrize("value", ["red}", "red; x: y", "</style>", "@import", "\\66", "{"])
def test_a_token_is_one_value(root, value):
    message, _ = problem(root, "plain", radius=value)
    assert "what CSS would misread" in message


def test_a_theme_that_is_not_there_is_told(root):
    message, hint = problem(root, "plane")
    assert (message, hint) == ("content/site.yaml: there is no theme plane", "Did you mean plain?")


def test_a_theme_cannot_extend_itself_in_a_circle(root):
    write(root, {"plain/theme.yaml": BASE + "extends: child\n"})
    assert problem(root, "child")[0] == "themes/plain/theme.yaml: there is no theme child"


def test_a_file_that_is_missing_is_told(root):
    (root / "themes/plain/assets/b.css").unlink()
    assert problem(root, "plain") == (
        "themes/plain/theme.yaml: the theme's file assets/b.css is missing",
        "Add it, or do not name it.",
    )


def test_an_unknown_key_of_a_manifest_is_told(root):
    write(root, {"plain/theme.yaml": BASE + "stiles: []\n"})
    message, _ = problem(root, "plain")
    assert message.startswith("themes/plain/theme.yaml: ")
    assert "stiles" in message


def test_scripts_are_those_of_all_layers_each_a_file_of_its_own(root):
    write(
        root,
        {
            "plain/theme.yaml": BASE + "scripts: [one.js, two.js]\n",
            "plain/assets/one.js": "one()\n",
            "plain/assets/two.js": "// kept\ntwo()\n",
            "child/theme.yaml": "name: Child\nextends: plain\nscripts: [three.js]\n",
            "child/assets/one.js": "another()\n",
            "child/assets/three.js": "three()\n",
        },
    )
    plain, child = dict(theme.load(root, "plain", {}).scripts), dict(theme.load(root, "child", {}).scripts)
    assert {name: script.data for name, script in plain.items()} == {"one": b"one()\n", "two": b"// kept\ntwo()\n"}
    assert {name: script.data for name, script in child.items()} == {
        "one": b"another()\n",
        "two": b"// kept\ntwo()\n",
        "three": b"three()\n",
    }
    assert re.fullmatch(r"one\.[0-9a-f]{10}\.js", plain["one"].name)
    assert plain["two"].name == child["two"].name
    assert plain["one"].name != child["one"].name


def test_a_script_that_is_missing_is_told(root):
    write(root, {"plain/theme.yaml": BASE + "scripts: [one.js]\n"})
    assert problem(root, "plain")[0] == "themes/plain/theme.yaml: the theme's file assets/one.js is missing"


def test_names_of_files_follow_their_bytes(root):
    before = theme.load(root, "child", {})
    assert before == theme.load(root, "child", {})
    write(root, {"plain/assets/a.css": "a { color: blue }"})
    after = theme.load(root, "child", {})
    assert after.stylesheet.name != before.stylesheet.name
    assert after.icon.name == before.icon.name
    assert after.digest != before.digest
    assert before.stylesheet.name.startswith("child.")
    assert before.stylesheet.name.endswith(".css")


@pytest.mark.parametrize("file", ["plain/templates/base.html", "child/theme.yaml", "plain/assets/icon.svg"])
def test_the_digest_follows_every_file(root, file):
    before = theme.load(root, "child", {}).digest
    path = root / "themes" / file
    path.write_text(path.read_text() + "\n")
    assert theme.load(root, "child", {}).digest != before


def test_the_digest_follows_tokens_and_not_the_place(root, tmp_path_factory):
    before = theme.load(root, "child", {}).digest
    assert theme.load(root, "child", {"ink": "red"}).digest != before
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (root / "themes").rename(elsewhere / "themes")
    assert theme.load(elsewhere, "child", {}).digest == before
