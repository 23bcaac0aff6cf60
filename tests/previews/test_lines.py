"""Lines: every word in its place, none too wide, and an ellipsis where something is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.previews.lines import ELLIPSIS, broken, unbroken

TEXTS = st.lists(st.text("abcdefg1-", min_size=1, max_size=30), min_size=1, max_size=12).map(" ".join)


def width(text: str) -> float:
    return float(len(text))


@given(TEXTS, st.integers(3, 40), st.integers(1, 6))
def test_no_line_is_too_wide_and_there_are_not_too_many(text, room, most):
    lines, _ = broken(text, width, room, most)
    assert 1 <= len(lines) <= most
    assert all(0 < len(line) <= room for line in lines)


@given(TEXTS, st.integers(3, 40), st.integers(1, 6))
def test_what_is_whole_has_every_letter_and_what_is_not_says_so(text, room, most):
    lines, whole = broken(text, width, room, most)
    letters = "".join(lines).replace(" ", "")
    if whole:
        assert letters == text.replace(" ", "")
    else:
        assert lines[-1].endswith(ELLIPSIS)
        assert text.replace(" ", "").startswith(letters.removesuffix(ELLIPSIS))


def test_words_are_not_broken_where_there_is_room():
    assert broken("a casserole in red", width, 9, 4)[0] == ["a", "casserole", "in red"]


def test_lines_are_even():
    assert broken("one two three four", width, 15, 2)[0] == ["one two", "three four"]


def test_the_first_line_is_not_much_shorter_than_the_others():
    assert broken("a mug of clay, large", width, 19, 2)[0][0] != "a"
    assert broken("ox saddle-bag, brown", width, 19, 2)[0] == ["ox saddle-bag,", "brown"]


def test_a_word_wider_than_a_line_is_broken_anywhere():
    assert broken("abcdefgh", width, 3, 3) == (["abc", "def", "gh"], True)


def test_a_word_is_broken_after_a_hyphen():
    assert broken("Fanshaw-Chum", width, 9, 2) == (["Fanshaw-", "Chum"], True)


def test_lines_are_not_made_even_by_breaking_words():
    assert broken("Feather-Chum", width, 8, 2)[0] == ["Feather-", "Chum"]


def test_a_cut_text_ends_after_a_word():
    assert broken("one two, three four", width, 10, 1) == (["one two…"], False)


@pytest.mark.parametrize(
    "measure", ["24 cm", "0.5 l", "1,5 kg", "100 %", "20 °C", "5 000 mAh", "12 inch", "49 €", "3/4 in."]
)
def test_a_number_and_its_unit_stay_on_one_line(measure):
    for room in range(len(measure), 20):
        lines, whole = broken(f"Frying pan {measure} of cast iron", width, room, 9)
        assert whole
        assert any(measure in line for line in lines), lines


def test_a_number_and_its_unit_that_do_not_fit_a_line_are_broken_between_words():
    assert broken("240 cm", width, 4, 3)[0] == ["240", "cm"]
    assert not unbroken("240 cm", width, 4)


def test_a_text_is_not_cut_between_a_number_and_its_unit():
    assert broken("a pan, 24 cm wide", width, 11, 1) == (["a pan…"], False)


def test_numbers_of_nothing_break_as_words_do():
    assert broken("24 casseroles", width, 12, 2)[0] == ["24", "casseroles"]
