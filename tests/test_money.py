"""Money is exact, and written as people write it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import money
from storefront.money import Money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("18.00 GBP", "18.00", "GBP"),
        ("0.1 EUR", "0.1", "EUR"),
        ("1800 JPY", "1800", "JPY"),
        ("1.234 KWD", "1.234", "KWD"),
    ],
)
def test_amounts_are_exact(text, amount, currency):
    assert money.parse(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["18.00 XYZ", "18.00 gbp", "18.000 GBP", "18.0 JPY", "1.2345 KWD"])
def test_currencies_and_their_decimals_are_known(text):
    with pytest.raises(ValueError, match=r"currency code|decimals"):
        money.parse(text)


def test_the_message_says_how_many_decimals():
    with pytest.raises(ValueError, match="JPY has 0 decimals, this has 2"):
        money.parse("18.00 JPY")


@pytest.mark.parametrize(("currency", "digits"), [("GBP", 2), ("JPY", 0), ("KWD", 3), ("ISK", 0), ("NOK", 2)])
def test_minor_units(currency, digits):
    assert money.minor_units(currency) == digits


@pytest.mark.parametrize(
    ("text", "locale", "shown"),
    [
        ("18.00 GBP", "en-GB", "£18.00"),
        ("18 GBP", "en-GB", "£18.00"),
        ("1234.50 USD", "en-US", "$1,234.50"),
        ("18.00 USD", "en-GB", "US$18.00"),
        ("1234.50 EUR", "de-DE", "1.234,50\xa0€"),
        ("1234.50 EUR", "fr-FR", "1\u202f234,50\xa0€"),
        ("1800 JPY", "en-GB", "JP¥1,800"),
        ("18.00 GBP", "de", "18,00\xa0£"),
    ],
)
def test_money_is_written_as_the_language_writes_it(text, locale, shown):
    assert money.shown(text, locale) == shown


@given(st.integers(0, 999_999_999), st.integers(0, 99))
def test_no_penny_is_lost(pounds, pence):
    parsed = money.parse(f"{pounds}.{pence:02} GBP")
    assert parsed.amount * 100 == pounds * 100 + pence
    digits = money.shown(f"{pounds}.{pence:02} GBP", "en-GB").removeprefix("£").replace(",", "")
    assert digits == f"{pounds}.{pence:02}"
