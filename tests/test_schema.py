"""The schemas: an editor underlines what the build refuses, and nothing that it takes."""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import inspect

from storefront import content, links, reader, schema
from storefront.content import Kind
from storefront.problems import ProblemsFound
from storefront.records import MODELS
from storefront.theme import Manifest, Pictures
from storefront.vocabulary.common import Part
from storefront.vocabulary.validate import convert

CHECKOUT = Path(__file__).parents[1]
KINDS = [*Kind, "theme"]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: dates, `NO` and `12:30` are text, `012` is a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("float", r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", list("-+.")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)


def number(loader: yaml.Loader, node: yaml.ScalarNode) -> float:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)


def mapping(loader: yaml.Loader, node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


CoreLoader.add_constructor("tag:yaml.org,2002:int", number)
CoreLoader.add_constructor("tag:yaml.org,2002:map", mapping)


def as_editor(text: str) -> Any:
    return yaml.load(text, CoreLoader)


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.schemas()[f"{kind}.schema.json"]))


def underlined(kind: str, text: str) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(as_editor(text))]


def model(kind: str) -> type[Part]:
    return Manifest if kind == "theme" else MODELS[Kind(kind)]


def accepted(kind: str, text: str) -> bool:
    """Whether the build takes the text, rules that no pattern can say aside."""
    try:
        data = reader.parse(reader.decode(text.encode(), "x.yaml"), "x.yaml")
    except ProblemsFound:
        return False
    return isinstance(as_theme(data) if kind == "theme" else convert(data, model(kind)), Part)


def as_theme(data: Any) -> Manifest | None:
    """A theme's manifest, with no key of one's own."""
    try:
        return msgspec.convert(data, Manifest, strict=False)
    except msgspec.ValidationError:
        return None


# Values that text fields take and that look like something else, beside some of every form.
TEXTS = """
NO|no|yes|on|true|TRUE|False|nullify|12|012|0x1F|0o17|1.5|1e5|-3|+7|.5|.inf|.nan|12:30|1_000|2026-11-15|2026-11-15T07:00
2026-11-15T07:00:00Z|2026-11-20/2026-12-24|18.00 GBP|GB|US-CA|en-GB|de|zh-Hant-TW|5012345678900|00012348|B0EXAMPLE1
0123456789|winter-kit|squad:winter-kit|public|a|7|https://shop.example|https://shop.example:8443/mts?a=1,2&b=[3]|media/avatar.jpg|MAYA15|2026|x1|4/5
/shared/Übersicht 2.webp|Mara Ellison|it's|a - b|Ça va ?|- dash|# no comment|key: value|"quoted"|&amp|*|@me|#a5391c
"""
NUMBERS = ["0", "1", "2", "4.5", "5", "1e0", "0.25", "14", "100", "-1", "600"]
PLAIN = re.compile(r"[\w./+](?:[\w./+:-]| (?=[\w-]))*(?<!:)")
Yaml = st.SearchStrategy[str]


def scalar(text: str) -> Yaml:
    """A text as YAML: plain where it may be, or quoted."""
    quoted = st.sampled_from([json.dumps(text, ensure_ascii=False), "'" + text.replace("'", "''") + "'"])
    return st.one_of(st.just(text), quoted) if text not in reader.NOTHING and PLAIN.fullmatch(text) else quoted


def one_of_texts(expected: inspect.StrType) -> Yaml:
    """Those of the texts that a field takes."""
    texts = TEXTS.strip().replace("\n", "|").split("|")
    longest = expected.max_length or 999
    right = [text for text in texts if len(text) <= longest and re.search(expected.pattern or "", text)]
    return st.sampled_from(right).flatmap(scalar)


def group(expected: inspect.StructType) -> Yaml:
    fields = {field.encode_name: values(field.type) for field in expected.fields}
    needed = {field.encode_name: fields.pop(field.encode_name) for field in expected.fields if field.required}
    own = {} if expected.cls in {Manifest, Pictures} else {"x-mine": st.sampled_from(["12", "{a: [1, b]}", "~"])}
    return (
        st.lists(st.sampled_from(sorted(fields) or [""]), max_size=4 if fields else 0, unique=True)
        .flatmap(lambda some: st.fixed_dictionaries(needed | {key: fields[key] for key in some}, optional=own))
        .map(in_braces)
    )


def in_braces(pairs: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"


def in_brackets(items: Sequence[str]) -> str:
    return "[" + ", ".join(items) + "]"


MAKERS: dict[type, Callable[[Any], Yaml]] = {
    inspect.Metadata: lambda kind: values(kind.type),
    inspect.UnionType: lambda kind: st.one_of(*map(values, kind.types)),
    inspect.StructType: lambda kind: st.deferred(lambda: group(kind)),
    inspect.DictType: lambda kind: st.dictionaries(values(kind.key_type), values(kind.value_type), max_size=2).map(
        in_braces
    ),
    inspect.VarTupleType: lambda kind: st.lists(values(kind.item_type), max_size=2).map(in_brackets),
    inspect.TupleType: lambda kind: st.tuples(*map(values, kind.item_types)).map(in_brackets),
    inspect.NoneType: lambda _: st.sampled_from(["~", "null", ""]),
    inspect.BoolType: lambda _: st.sampled_from(["true", "True", "FALSE", "0", "1", '"true"', "'0'"]),
    inspect.IntType: lambda _: st.sampled_from(NUMBERS).flatmap(scalar),
    inspect.FloatType: lambda _: st.sampled_from(NUMBERS).flatmap(scalar),
    inspect.EnumType: lambda kind: st.sampled_from([str(member.value) for member in kind.cls]).flatmap(scalar),
    inspect.LiteralType: lambda kind: st.sampled_from([str(value) for value in kind.values]).flatmap(scalar),
    inspect.StrType: one_of_texts,
}


def values(expected: inspect.Type) -> Yaml:
    """Values of a type, most of them right, in YAML's flow style."""
    return MAKERS[type(expected)](expected)


@cache
def documents(kind: str) -> Yaml:
    return values(inspect.type_info(model(kind)))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_an_editor_underlines_nothing_that_the_build_takes(kind: str, data: st.DataObject) -> None:
    text = data.draw(documents(kind))
    if accepted(kind, text):
        assert underlined(kind, text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_most_of_what_that_test_draws_is_taken(kind: str) -> None:
    """Else it would say nothing."""
    drawn: list[bool] = []

    @given(text=documents(kind))
    def draw(text: str) -> None:
        drawn.append(accepted(kind, text))

    draw()
    assert sum(drawn) > len(drawn) / 4


WRONG = {
    "a misspelt key": ("list", "{title: Kit, itmes: []}"),
    "a misspelt key inside": ("list", "{title: Kit, items: [{product: tent, notes: x}]}"),
    "a missing key": ("list", "{intro: Hello}"),
    "a missing key inside": ("product", "{title: T, brand: b, category: C, images: [{src: media/a.jpg}]}"),
    "one thing for a list": ("product", "{title: T, brand: b, category: C, best_for: walks}"),
    "a text for a group": ("influencer", "{name: Mara, avatar: media/a.jpg}"),
    "a group for a text": ("influencer", "{name: {first: Mara}}"),
    "a list for a text": ("influencer", "{name: [Mara]}"),
    "nothing where something must be": ("brand", "{name: }"),
    "nothing in a list": ("list", "{title: Kit, items: [~]}"),
    "nothing among facts": ("product", "{title: T, brand: b, category: C, specs: {Weight: }}"),
    "an unknown choice": ("review", "{product: p, date: 2026-01-02, provenance: stolen}"),
    "a condition on a review": (
        "review",
        "{product: p, date: 2026-01-02, provenance: paid, incentive: {kind: money, conditions: praise}}",
    ),
    "a rating out of range": ("review", "{product: p, date: 2026-01-02, provenance: gifted, rating: 5.5}"),
    "a rating in quarters": ("review", "{product: p, date: 2026-01-02, provenance: gifted, rating: 4.25}"),
    "a rating with a comma": ("review", "{product: p, date: 2026-01-02, provenance: gifted, rating: '4,5'}"),
    "a day in the English order": ("post", "{date: 24/12/2026}"),
    "a price without a currency": (
        "product",
        "{title: T, brand: b, category: C, offers: [{merchant: m, price: 18.00}]}",
    ),
    "a sign for a currency": ("product", "{title: T, brand: b, category: C, offers: [{merchant: m, price: £18}]}"),
    "a link without https": ("merchant", "{name: Shop, url: shop.example}"),
    "a link in an unsafe scheme": ("merchant", "{name: Shop, url: 'javascript:alert(1)'}"),
    "a picture up the tree": ("brand", "{name: B, logo: {src: ../a.png, alt: A}}"),
    "capitals in an id": ("product", "{title: T, brand: Fjordware, category: C}"),
    "a country in words": ("brand", "{name: B, country: Norway}"),
    "three places for two": ("post", "{date: 2026-01-02, products: [{product: p, at: [0.1, 0.2, 0.3]}]}"),
    "a place outside the picture": ("post", "{date: 2026-01-02, products: [{product: p, at: [0.1, 12]}]}"),
    "a name for yes": ("list", "{title: Kit, draft: yes}"),
    "a broken number": ("site", "{title: S, url: 'https://s.example', prices: {max_age_days: two weeks}}"),
    "a number out of range": ("site", "{title: S, url: 'https://s.example', directory: {per_page: 0}}"),
    "two lines for one": ("brand", '{name: "one\\ntwo"}'),
    "a wrong key for a code": (
        "influencer",
        "{name: Mara, promos: {'5 off!': {merchant: m, free_shipping: true}}}",
    ),
    "a key of its own in a theme": ("theme", "{name: mine, x-note: y}"),
    "text instead of a group": ("site", "just words"),
}


@pytest.mark.parametrize(("kind", "text"), WRONG.values(), ids=WRONG)
def test_an_editor_underlines_what_the_build_refuses(kind: str, text: str) -> None:
    assert not accepted(kind, text)
    assert underlined(kind, text)


RIGHT = {
    "a number for a part number": ("product", "{title: T, brand: b, category: C, mpn: 1234, gtin: 5012345678900}"),
    "a country that looks like no": ("brand", "{name: B, country: NO}"),
    "a town that is a number": ("influencer", "{name: Mara, location: {city: 12, country: GB}}"),
    "a name that is true": ("brand", "{name: true}"),
    "a key of one's own": ("list", "{title: Kit, x-season: winter, items: [{product: tent, x-shelf: 4}]}"),
    "one tie": ("list", "{title: K, items: [{product: a, relationship: gifted}]}"),
    "several ties": ("list", "{title: K, items: [{product: b, relationship: [paid, family]}]}"),
    "a theme by name": ("site", "{title: S, url: 'https://s.example', theme: editorial}"),
    "a theme with tokens": ("site", "{title: S, url: 'https://s.example', theme: {tokens: {accent: '#a5391c'}}}"),
    "a folded block for one line": ("brand", "name: >\n  A long name\n  in two lines\n"),
    "a picture with letters of the world": ("brand", "{name: B, logo: {src: media/größe.png, alt: A}}"),
    "nothing for what may be absent": ("brand", "{name: B, url: , logo: ~}"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), RIGHT.values(), ids=RIGHT)
def test_an_editor_takes_what_creators_write(kind: str, text: str) -> None:
    assert accepted(kind, text)
    assert underlined(kind, text) == []


def content_files() -> list[content.Source]:
    return list(content.find(CHECKOUT).sources)


@pytest.mark.skipif(not content_files(), reason="the checkout has no content")
def test_the_site_of_this_checkout_has_nothing_underlined() -> None:
    found = {}
    for source in content_files():
        text = content.read(CHECKOUT, source).decode()
        if accepted(source.kind, text) and (errors := underlined(source.kind, text)):
            found[source.file] = errors
    assert found == {}


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(validator(kind).schema)


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_mean_the_same_in_an_editor(kind: str) -> None:
    """No construct that JavaScript lacks or reads otherwise in its Unicode mode."""
    for pattern in re.findall(r'"pattern":\s*"((?:[^"\\]|\\.)*)"', json.dumps(validator(kind).schema)):
        written = json.loads(f'"{pattern}"')
        assert not re.search(r"\\[AZzbB]|\(\?[^:!=]|\(\?P", written)
        assert written.endswith("$")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_key_is_explained(kind: Kind) -> None:
    whole = validator(kind).schema
    groups = {"": whole, **whole["$defs"]}
    unexplained = [
        f"{name}.{key}"
        for name, group in groups.items()
        for key, value in group.get("properties", {}).items()
        if not value.get("description")
    ]
    assert unexplained == []


@pytest.mark.parametrize("kind", list(Kind))
def test_an_editor_says_in_words_what_a_text_must_look_like(kind: Kind) -> None:
    untold = [part for part in parts_of(validator(kind).schema) if "pattern" in part and "type" in part]
    assert untold
    assert [part for part in untold if not part.get("patternErrorMessage", "").startswith("Expected ")] == []


# A site's own networks


def example_of_networks() -> str:
    """The one that docs/links.md shows."""
    page = (CHECKOUT / "docs" / "links.md").read_text(encoding="utf-8")
    found = re.search(r"^```yaml\n# networks\.yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def of_site(root: Path, text: str) -> list[str]:
    (root / "networks.yaml").write_text(text)
    return [problem.code for problem in links.of_site(root)[1]]


def test_an_editor_underlines_nothing_in_networks_that_the_build_takes(tmp_path: Path) -> None:
    shipped = (CHECKOUT / "src" / "storefront" / "data" / "networks.yaml").read_text(encoding="utf-8")
    for text in (example_of_networks(), shipped, "awin: {redirects: false}", "{}", "awin: {x-mine: [1, a]}"):
        assert of_site(tmp_path, text) == []
        assert underlined("networks", text) == []


@pytest.mark.parametrize(
    "text",
    ["awin: {redirect: false}", "awin: {redirects: maybe}", "awin: {hosts: go.acme.example}", "awin: [a]",
     "awin: {subid: {length: 3}}", "awin: {reviewed_on: 1/2/2026}", "awin: {source: acme.example}",
     "Acme Ltd: {name: Acme}", "- awin"],
)  # fmt: skip
def test_an_editor_underlines_in_networks_what_the_build_refuses(tmp_path: Path, text: str) -> None:
    assert of_site(tmp_path, text)
    assert underlined("networks", text)


def test_every_key_of_a_network_is_explained() -> None:
    for group in validator("networks").schema["$defs"].values():
        assert all(value.get("description") for value in group["properties"].values())


def parts_of(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [part for item in node for part in parts_of(item)]
    if isinstance(node, dict):
        return [node, *(part for item in node.values() for part in parts_of(item))]
    return []


def test_a_day_is_told_with_an_example() -> None:
    told = validator("list").schema["properties"]["updated"]["patternErrorMessage"]
    assert told == "Expected a day as YYYY-MM-DD, such as 2026-11-15."


def test_schemas_are_the_same_each_time() -> None:
    assert schema.schemas() == schema.schemas()


def test_a_schema_holds_only_what_it_needs() -> None:
    assert sorted(validator("brand").schema["$defs"]) == ["Image", "Release", "Thanks"]


def test_writing_gives_the_names_and_overwrites_older_ones(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "schemas"
    folder.mkdir(parents=True)
    (folder / "list.schema.json").write_text("old")
    names = schema.write(folder)
    assert names == sorted(path.name for path in folder.iterdir())
    assert "list.schema.json" in names
    assert json.loads((folder / "list.schema.json").read_text())["title"] == "storefront: list"
