"""Digests are the same on every machine, for ever: file names and keys hang on them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from storefront import digests


class Pair(Struct):
    a: int
    b: str


def test_digests_do_not_change():
    assert digests.of_bytes(b"shelf") == "d5044034c9a1755b1a8b126057672aaa"
    assert (
        digests.of_value((1, "a", None, True, 1.5, Decimal("1.50"), {"b": 1, "a": (2,)}))
        == "f8d9d3d5cc299777976970ea2ef68d59"
    )
    assert digests.of_value(Pair(1, "x")) == "0a87c5dc21a284770eb9207b6bfc1ab5"


@pytest.mark.parametrize("size", [4, 5, 16])
def test_the_size_is_in_bytes(size):
    assert len(digests.of_bytes(b"", size)) == len(digests.of_value(None, size)) == 2 * size


@given(st.dictionaries(st.text(max_size=5), st.booleans()))
def test_the_order_of_a_map_does_not_matter(value):
    assert digests.of_value(value) == digests.of_value(dict(reversed(value.items())))


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_values_that_differ_have_different_digests(one, other):
    assert (digests.of_value(one) == digests.of_value(other)) == (one == other)
