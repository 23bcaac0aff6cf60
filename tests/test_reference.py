"""docs/vocabulary.md: made from the models, never by hand; its examples are right and show every key."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from msgspec import Struct

from storefront import content, reader, schema
from storefront.content import Kind
from storefront.records import MODELS, RULES
from storefront.vocabulary import plain, reference
from storefront.vocabulary.common import Part, Relationship
from storefront.vocabulary.curation import Item, Review, Tagged
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.product import Offer
from storefront.vocabulary.site import Site
from storefront.vocabulary.validate import convert

PAGE = Path(__file__).parents[1] / "docs" / "vocabulary.md"
each_kind = pytest.mark.parametrize("kind", list(Kind))


def test_the_page_is_as_the_models_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), f"Write it anew with: {reference.COMMAND}"


def test_the_command_names_the_module_and_the_page() -> None:
    assert f"python -m {reference.__name__} docs/vocabulary.md" == reference.COMMAND


def example_of(kind: Kind) -> Part:
    made = convert(reader.parse(reference.example(kind), kind), MODELS[kind])
    assert not isinstance(made, list), made
    return made


@each_kind
def test_an_example_is_right(kind: Kind) -> None:
    made = example_of(kind)
    assert list(RULES[type(made)](made)) == []


def test_the_parts_of_the_example_of_a_creator_are_right() -> None:
    maya = example_of(Kind.INFLUENCER)
    assert isinstance(maya, Influencer)
    for part in (*maya.lists.values(), *maya.posts, *maya.reviews, *maya.promos.values()):
        assert list(RULES[type(part)](part)) == []


@each_kind
def test_an_example_is_not_underlined(kind: Kind) -> None:
    validator = Draft202012Validator(json.loads(schema.schemas()[f"{kind}{schema.ENDING}"]))
    assert list(validator.iter_errors(yaml.load(reference.example(kind), yaml.BaseLoader))) == []


@each_kind
def test_an_example_goes_by_the_name_that_its_file_could_have(kind: Kind) -> None:
    made = example_of(kind)
    name = getattr(made, "handle", None) or getattr(made, "id", None) or "any-name"
    file = re.findall(r"`([^`]+)`", reference.FILES[kind])[-1].replace("<handle>", name).replace("<id>", name)
    source = content.classify(file)
    assert source is not None
    assert source.kind is kind


def models_in(model: type[Struct]) -> set[type[Struct]]:
    found = {model}
    for field in plain.fields(model):
        for part in plain.parts(field.type):
            if issubclass(part, Struct) and part not in found:
                found |= models_in(part)
    return found


def test_the_examples_show_every_key() -> None:
    models = set().union(*(models_in(model) for model in MODELS.values()))
    shown = {(model, key) for model, key in reference._examples()}
    every = {field.encode_name for field in plain.fields(reference.Record)}
    missing = [
        f"{model.__name__}.{field.encode_name}"
        for model in models
        for field in plain.fields(model)
        if (model, field.encode_name) not in shown
        and not (issubclass(model, reference.Record) and field.encode_name in every)
    ]
    assert sorted(missing) == []
    assert {key for model, key in shown if model is reference.Record} == every


def test_every_link_leads_to_a_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = [re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-") for line in headings_of(text)]
    assert len(headings) == len(set(headings))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(headings)


def headings_of(text: str) -> list[str]:
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [line for line in outside.splitlines() if line.startswith("#")]


def test_every_row_fills_its_table() -> None:
    outside = re.sub(r"```.*?```", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    for table in re.findall(r"(?:^\|.*\n)+", outside, flags=re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_every_word_for_a_tie_is_explained() -> None:
    for word in Relationship:
        assert f"| `{word}` | " in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        (Site, "title", "one line"),
        (Site, "markets", "list of markets"),
        (Site, "theme", "id, or a theme"),
        (Item, "relationship", "a relation, or list of a relation"),
        (Item, "status", "`active` or `retired`"),
        (Tagged, "at", "[fraction, fraction]"),
        (Tagged, "photo", "whole number"),
        (Review, "aspects", "rating under each name"),
        (Offer, "source", "`api`, `feed` or `manual`"),
        (Influencer, "draft", "`true` or `false`"),
    ],
)
def test_types_are_told_in_plain_words(model: type[Struct], key: str, words: str) -> None:
    field = next(field for field in plain.fields(model) if field.encode_name == key)
    names = {"ThemeChoice": "a theme", "Relationship": "a relation"}
    assert plain.said(field.type, lambda named: names.get(named.__name__, "")) == words


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [(Site, "locale", "en"), (Site, "tagline", ""), (Item, "draft", "false"), (Item, "status", "active")],
)
def test_what_holds_when_a_key_is_left_out(model: type[Struct], key: str, words: str) -> None:
    assert plain.left_out(next(field for field in plain.fields(model) if field.encode_name == key)) == words


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("GB", "`GB`"),
        (["a", "b"], "`[a, b]`"),
        ({"a": "b"}, ""),
        (None, ""),
        ([{"a": "b"}], ""),
        ("first line\nsecond", "`first …`"),
        ("word " * 20, "`word word word word word word word word word …`"),
    ],
)
def test_a_table_shows_short_examples(value: object, cell: str) -> None:
    assert reference._cell(value) == cell
