"""Every language says the same things, and dates, lists and numbers are written its way."""

import re
import string
from collections.abc import Mapping

import pytest
from babel import Locale
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from storefront import disclosure, locales
from storefront.disclosure.packs import names
from storefront.reader import decode, parse

LANGUAGES = locales.languages()
each_language = pytest.mark.parametrize("language", LANGUAGES)
LOCALES = (
    "en-GB",
    "en-IN",
    "de-DE",
    "de-CH",
    "fr-FR",
    "fr-CA",
    "es-MX",
    "it-IT",
    "nl-BE",
    "pl-PL",
    "pt-BR",
    "tr",
    "ar-EG",
)
# What is said in the same letters as in English: loan words, and what is gaps and marks alone.
GAPS_ALONE = {"colon", "tie", "title_page", "title_vanity", "feed_label", "on_network"}
LIKE_ENGLISH = {
    "de": {"code", "in_list", "snippet_meme"},
    "es": {"removed_spam", "snippet_meme"},
    "fr": {"code", "pages", "given_points", "given_commission", "fact_places"},
    "it": {"in_list", "got_ambassador", "removed_spam", "snippet_meme"},
    "nl": {
        "ask_subject",
        "code",
        "details",
        "in_list",
        "reviews",
        "products",
        "fact_reviews",
        "kind_review",
        "later_weeks",
        "removed_spam",
        "kind_product",
        "given_product",
        "snippet_meme",
    },
    "pl": {"removed_spam"},
    "pt": {"removed_spam", "snippet_meme"},
}


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


def test_a_space_that_does_not_break_is_before_double_marks_in_french():
    french = [*entries("words", "fr").values(), *entries("phrases", "fr").values()]
    said = [text for each in french for text in forms(each).values()]
    assert [text for text in said if re.search(r"[^\xa0][:;!?%»]|«[^\xa0]", text)] == []


@each_language
def test_phrases_have_the_same_gaps_in_every_language(language):
    english = entries("phrases", "en")
    for key, phrase in entries("phrases", language).items():
        expected = set().union(*map(gaps, forms(english[key]).values()))
        assert set().union(*map(gaps, forms(phrase).values())) == expected, key


@each_language
def test_nothing_is_left_in_english(language):
    alike = {
        key
        for folder in ("words", "phrases")
        for key, phrase in entries(folder, language).items()
        if set(forms(phrase).values()) & set(forms(entries(folder, "en")[key]).values())
    }
    if language != "en":
        assert alike - GAPS_ALONE == LIKE_ENGLISH[language]


@each_language
def test_every_form_of_a_phrase_says_its_number_where_the_english_one_does(language):
    english = entries("phrases", "en")
    for key, phrase in entries("phrases", language).items():
        if "n" in gaps(forms(english[key])["other"]):
            assert all("n" in gaps(text) for text in forms(phrase).values()), key


@each_language
@pytest.mark.parametrize("market", names())
def test_labels_are_in_the_language_of_their_page(language, market):
    assert disclosure.wording((market,), language).language == language


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
    ("number", "said"), [(1, "1 dzień"), (2, "2 dni"), (5, "5 dni"), (22, "22 dni"), (2.5, "2,5 dnia"), (3.0, "3 dni")]
)
def test_a_fraction_has_a_form_of_its_own(number, said):
    assert locales.say("pl", "median_days", number, days=locales.number(number, "pl")) == said


def test_numbers_in_phrases_are_grouped_as_the_locale_groups_them():
    assert locales.say("en-GB", "reviews", 1204) == "1,204 reviews"
    assert locales.say("de-CH", "reviews", 1204) == "1’204 Bewertungen"
    assert locales.say("de-DE", "gifted_count", 1204, total=12040) == "1.204 von 12.040 Dingen waren Geschenke."


@pytest.mark.parametrize(
    ("locale", "language", "spoken"),
    [
        ("en-GB", "en", "en-GB"),
        ("en-IN", "en", "en-IN"),
        ("de-AT", "de", "de-AT"),
        ("de-CH", "de", "de-CH"),
        ("fr", "fr", "fr"),
        ("fr-CA", "fr", "fr-CA"),
        ("es-MX", "es", "es-MX"),
        ("nl-BE", "nl", "nl-BE"),
        ("pt-PT", "pt", "pt-PT"),
        ("nb-NO", "en", "en"),
        ("ar-EG", "en", "en"),
        ("zh-Hant-TW", "en", "en"),
    ],
)
def test_pages_are_in_their_own_language_or_in_english(locale, language, spoken):
    assert locales.language_of(locale) == language
    assert locales.spoken(locale) == spoken


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
        ("it-IT", "18 nov 2026", "Norvegia", "a, b e c", "4,6"),
        ("es-ES", "18 nov 2026", "Noruega", "a, b y c", "4,6"),
        ("nl-NL", "18 nov 2026", "Noorwegen", "a, b en c", "4,6"),
        ("pt-BR", "18 de nov. de 2026", "Noruega", "a, b e c", "4,6"),
        ("pl-PL", "18 lis 2026", "Norwegia", "a, b i c", "4,6"),
    ],
)
def test_days_countries_lists_and_numbers(locale, day, country, listed, number):
    assert locales.day("2026-11-18T23:30:00Z", locale) == day
    assert locales.country("NO", locale) == country
    assert locales.listed(["a", "b", "c"], locale) == listed
    assert locales.number(4.6, locale) == number
    assert locales.number(4.0, locale) == "4"
    assert locales.country("ZZZ", locale) == "ZZZ"


def test_a_list_of_one_or_none_has_no_word_between():
    assert (locales.listed([], "de"), locales.listed(["a"], "de")) == ("", "a")


@given(st.sampled_from(LOCALES), st.integers(0, 10**9))
def test_counts_are_written_as_cldr_says(locale, value):
    assert locales.count(value, locale) == format_decimal(value, locale=locale.replace("-", "_"))


@given(st.sampled_from(LOCALES), st.integers(0, 10**7))
def test_tenths_are_written_as_cldr_says(locale, tenths):
    assert locales.number(tenths / 10, locale) == format_decimal(tenths / 10, locale=locale.replace("-", "_"))


@given(st.sampled_from(LOCALES), st.integers(0, 100))
def test_percentages_are_written_as_cldr_says(locale, value):
    expected = format_percent(value / 100, locale=locale.replace("-", "_"))
    assert locales.percent(value / 100, locale) == locales.percentage(value, locale) == expected


@pytest.mark.parametrize(
    ("locale", "said"), [("en-GB", "12.5%"), ("de-DE", "12,5\xa0%"), ("de-CH", "12.5%"), ("tr", "%12,5")]
)
def test_a_percentage_keeps_its_tenth(locale, said):
    assert locales.percentage(12.5, locale) == said


def test_words_are_attributes_and_nothing_else_is():
    words = locales.words("en")
    assert words.skip == "Skip to the content"
    with pytest.raises(AttributeError):
        _ = words.nothing
