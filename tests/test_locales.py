"""Every language says the same things, and dates, lists and numbers are written its way."""

import string
from collections.abc import Mapping

import pytest
from babel import Locale

from storefront import locales
from storefront.reader import decode, parse

LANGUAGES = locales.languages()
each_language = pytest.mark.parametrize("language", LANGUAGES)


def entries(folder, language):
    path = locales.FOLDER / folder / f"{language}.yaml"
    return parse(decode(path.read_bytes(), path.name), path.name)


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(phrase):
    return phrase if isinstance(phrase, Mapping) else {"other": phrase}


def test_the_languages():
    assert LANGUAGES == ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
    assert {path.stem for path in (locales.FOLDER / "phrases").glob("*.yaml")} == set(LANGUAGES)


@each_language
@pytest.mark.parametrize("folder", ["words", "phrases"])
def test_every_language_has_the_same_keys_in_the_same_order(folder, language):
    assert list(entries(folder, language)) == list(entries(folder, "en"))


@each_language
def test_words_are_words(language):
    for key, word in entries("words", language).items():
        assert isinstance(word, str), key
        assert word.strip(), key
        assert not gaps(word), f"{key}: what has a gap is a phrase"


@each_language
def test_phrases_have_the_same_gaps_in_every_language(language):
    english = entries("phrases", "en")
    for key, phrase in entries("phrases", language).items():
        expected = set().union(*map(gaps, forms(english[key]).values()))
        assert set().union(*map(gaps, forms(phrase).values())) == expected, key


@each_language
def test_phrases_with_a_number_have_the_plural_forms_of_their_language(language):
    needed = set(Locale(language).plural_form.tags) | {"other"}
    for key, phrase in entries("phrases", language).items():
        if isinstance(phrase, Mapping):
            assert set(phrase) <= needed, key
            assert {Locale(language).plural_form(n) for n in range(200)} <= set(phrase), key


@each_language
def test_phrases_are_filled(language):
    for key, phrase in entries("phrases", language).items():
        names = {gap: "X" for text in forms(phrase).values() for gap in gaps(text)} | {"n": None}
        for n in (0, 1, 2, 5):
            said = locales.say(language, key, **(names | {"n": n}))
            assert said
            assert "{" not in said


def test_a_number_picks_the_form():
    assert [locales.say("en-GB", "things", n) for n in (0, 1, 2)] == ["0 things", "1 thing", "2 things"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-GB", "en"), ("de-AT", "de"), ("fr", "fr"), ("nb-NO", "en"), ("zh-Hant-TW", "en")],
)
def test_pages_are_in_their_own_language_or_in_english(locale, language):
    assert locales.language_of(locale) == language


@pytest.mark.parametrize(
    ("locale", "known"),
    [("en-GB", True), ("de", True), ("zh-Hant-TW", True), ("xx", False), ("en-XX", False), ("", False), ("e", False)],
)
def test_locales_that_exist(locale, known):
    assert locales.known(locale) is known


def test_directions():
    assert (locales.direction_of("en"), locales.direction_of("ar"), locales.direction_of("he-IL")) == (
        "ltr",
        "rtl",
        "rtl",
    )


@pytest.mark.parametrize(
    ("locale", "day", "country", "listed", "number"),
    [
        ("en-GB", "18 Nov 2026", "Norway", "a, b and c", "4.6"),
        ("en-US", "Nov 18, 2026", "Norway", "a, b, and c", "4.6"),
        ("de-DE", "18.11.2026", "Norwegen", "a, b und c", "4,6"),
        ("fr-FR", "18 nov. 2026", "Norvège", "a, b et c", "4,6"),
    ],
)
def test_days_countries_lists_and_numbers(locale, day, country, listed, number):
    assert locales.day("2026-11-18T23:30:00Z", locale) == day
    assert locales.country("NO", locale) == country
    assert locales.listed(["a", "b", "c"], locale) == listed
    assert locales.number(4.6, locale) == number
    assert locales.number(4.0, locale) == "4"
    assert locales.country("ZZZ", locale) == "ZZZ"


def test_words_are_attributes_and_nothing_else_is():
    words = locales.words("en")
    assert words.skip == "Skip to the content"
    with pytest.raises(AttributeError):
        _ = words.nothing
