"""Changing a tree: what is put, added or taken out is there or gone afterwards, and everything else as it was."""

import re

from hypothesis import given
from hypothesis import strategies as st
from test_fmt import PRODUCT, names, typed, values, words

from storefront import editing
from storefront.reader import parse


def told(value):
    """Data as the reader gives them: line breaks at the end of a text are never meant."""
    match value:
        case dict():
            return {key: told(inner) for key, inner in value.items()}
        case list():
            return [told(inner) for inner in value]
        case str():
            return value.rstrip("\n")
    return value


def comments(text):
    return sorted(re.findall(r"# c\d+", text))


@given(st.dictionaries(names, values, min_size=1, max_size=4))
def test_data_come_back_as_they_are(data):
    document = editing.Document([], editing.Mapping())
    for key, value in data.items():
        editing.put(document.root, key, value)
    assert parse(editing.written(document), PRODUCT) == told(data)


@given(words)
def test_any_text_can_be_written(text):
    document = editing.Document([], editing.Mapping())
    editing.put(document.root, "title", text)
    assert parse(editing.written(document), PRODUCT) == {"title": text.rstrip("\n")}


@given(typed(), names, values)
def test_what_is_put_is_there_and_all_else_stays(text, key, value):
    document = editing.read(text, PRODUCT)
    before = parse(text, PRODUCT)
    editing.put(document.root, key, value)
    after = editing.written(document)
    assert parse(after, PRODUCT) == before | {key: told(value)}
    kept = comments(text) if key not in before else []
    assert set(kept) <= set(comments(after))


@given(typed(), names)
def test_what_is_dropped_is_gone_and_what_is_said_of_it_stays(text, key):
    document = editing.read(text, PRODUCT)
    before = parse(text, PRODUCT)
    editing.drop(document.root, key)
    if not document.root.entries:
        return
    after = editing.written(document)
    assert parse(after, PRODUCT) == {name: value for name, value in before.items() if name != key}
    if not isinstance(before.get(key), dict | list):
        assert comments(after) == comments(text)


@given(typed())
def test_line_ends_of_other_systems_make_no_difference(text):
    written = editing.written(editing.read(text, PRODUCT))
    assert editing.written(editing.read(text.replace("\n", "\r\n"), PRODUCT)) == written
