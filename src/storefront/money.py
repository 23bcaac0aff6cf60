"""Money: exact amounts with their currency, written as the page's language writes them."""

from decimal import Decimal
from functools import cache, lru_cache

from babel.core import Locale, get_global
from babel.numbers import format_currency
from msgspec import Struct


class Money(Struct, frozen=True, order=True):
    """An amount of a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@lru_cache(maxsize=10_000)
def parse(text: str) -> Money:
    """Read "18.00 GBP". Raises ValueError for an unknown currency or more decimals than it has."""
    amount, currency = text.split(" ")
    if currency not in get_global("all_currencies"):
        raise ValueError(f"{currency} is not a currency code (ISO 4217)")
    digits = len(amount.partition(".")[2])
    allowed = minor_units(currency)
    if digits > allowed:
        raise ValueError(f"{currency} has {allowed} decimals, this has {digits}")
    return Money(Decimal(amount), currency)


def minor_units(currency: str) -> int:
    """How many decimals a currency has: 2 for EUR, 0 for JPY."""
    fractions: dict[str, tuple[int, ...]] = get_global("currency_fractions")  # type: ignore[assignment]
    return fractions.get(currency, fractions["DEFAULT"])[0]


@lru_cache(maxsize=100_000)
def shown(text: str, locale: str) -> str:
    """Money as people of a locale write it: "18.00 GBP" is £18.00 in en-GB and 18,00 £ in de-DE."""
    money = parse(text)
    return format_currency(money.amount, money.currency, locale=_locale(locale))


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")  # Babel looks a name up anew each time, for half of what an amount costs
