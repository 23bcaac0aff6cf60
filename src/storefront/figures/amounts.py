"""Cells to amounts, counts and currencies. What may be two numbers is told, not guessed."""

import re
from decimal import Decimal

from babel.core import get_global

from storefront.importers.values import Unfit, quoted

SIGNS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "zł": "PLN"}  # a dollar may be one of twenty
PLACES = 4  # decimals that the store keeps: networks share commissions in fractions of a cent
MOST = Decimal(10) ** 14
_MONEY = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?\s*[^\d\s().,-]{0,3}\s*(?P<minus2>[-−])?"
    r"(?P<number>[\d.,'\u00a0\u202f ]*\d)\s*[^\d\s().,]{0,3}\)?"
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_COUNT = re.compile(r"-?(?:\d+|\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+)(?:[.,]0+)?")
_GROUPS = re.compile(r"\d{1,3}(?: \d{2,3})* \d{3}")  # in India thousands go by two digits from the second on
_AFTER = 3  # digits after a sign that parts thousands
POINT, COMMA = ".", ","
SIGN = {"point": POINT, "comma": COMMA}


def amount(text: str, decimal: str | None) -> Decimal | None:
    """An exact amount without its currency; in brackets or with a minus it is taken off. Raises `Unfit`.

    1,234.50 and 1.234,50 say themselves which sign is the decimal one; 1,234 does not, and `decimal` has to.
    """
    text = text.strip()
    if not text or text in {"-", "–", "n/a", "N/A"}:
        return None
    found = _MONEY.fullmatch(text)
    number = _plain(found["number"], text, decimal) if found else ""
    if not found or not _PLAIN.fullmatch(number):
        raise Unfit("bad-money", f"expected an amount, found {quoted(text)}", "Write it as 1234.50.")
    value = Decimal(number)
    if value >= MOST or -value.as_tuple().exponent > PLACES:  # type: ignore[operator]  # a plain number is finite
        raise Unfit(
            "bad-money", f"{quoted(text)} is larger or finer than amounts are kept", f"At most {PLACES} decimals."
        )
    return -value if found["open"] or found["minus"] or found["minus2"] else value


def _plain(number: str, text: str, decimal: str | None) -> str:
    """A number with a point before its decimals and nothing between its thousands."""
    number = re.sub(r"['\u00a0\u202f ]", "", number)
    signs = [sign for sign in number if sign in {POINT, COMMA}]
    if not signs:
        return number
    last = signs[-1]
    if decimal is None:
        if len(set(signs)) == 1 and len(signs) == 1:
            if len(number.rpartition(last)[2]) == _AFTER and not number.startswith("0"):
                hint = "Say which sign comes before decimals: --decimal point or --decimal comma."
                raise Unfit("bad-money", f"{quoted(text)} may be two amounts", hint)
            decimal = last
        elif len(set(signs)) == 1:
            decimal = POINT if last == COMMA else COMMA
        else:
            decimal = last
    other = COMMA if decimal == POINT else POINT
    whole = number.partition(decimal)[0]
    if other in whole and not _GROUPS.fullmatch(whole.replace(other, " ")):
        return ""
    return number.replace(other, "").replace(decimal, POINT)


def count(text: str) -> int | None:
    """A number of whole things; nothing in a cell is unknown, and not none. Raises `Unfit`."""
    text = text.strip()
    if not text or text in {"-", "–", "n/a", "N/A"}:
        return None
    if not _COUNT.fullmatch(text) or len(text) > 18:  # noqa: PLR2004  what 64 bits hold
        raise Unfit(
            "bad-value", f"expected a whole number, found {quoted(text)}", "Write it as 1234; 1.2K is not exact."
        )
    return int(re.sub(r"[^\d-]", "", re.sub(r"[.,]0+$", "", text) if re.search(r"[.,]0{1,2}$", text) else text))


def currency(text: str) -> str | None:
    """A currency by its code or sign. Raises `Unfit`."""
    text = text.strip()
    if not text:
        return None
    code = SIGNS.get(text, text.upper())
    if code not in get_global("all_currencies"):
        raise Unfit("bad-money", f"{quoted(text)} is not a currency code (ISO 4217)", "Write it as GBP, EUR or USD.")
    return code


def currency_in(text: str) -> str | None:
    """The currency whose sign stands in a cell with an amount."""
    return next((code for sign, code in SIGNS.items() if sign in text), None)
