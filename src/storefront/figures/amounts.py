"""Cells to amounts, counts and currencies. What may be two numbers is told, not guessed."""

import re
from decimal import Decimal

from babel.core import get_global

from storefront.importers.values import Unfit, quoted

# What stands with amounts for a currency besides its code, and what each may mean; others are refused.
SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₱": "PHP",
    "฿": "THB",
    "₫": "VND",
    "R$": "BRL",
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD NIO",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD",
    "MX$": "MXN",
    "CN¥": "CNY",
    "¥": "JPY CNY",
    "円": "JPY",
    "元": "CNY",
    "kr": "DKK ISK NOK SEK",
    "$": "ARS AUD BBD BMD BND BSD BZD CAD CLP COP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD XCD",
}
PLACES = 4  # decimals that the store keeps: networks share commissions in fractions of a cent
MOST = Decimal(10) ** 14
TOO_MANY = 10**15  # of what is below, 64 bits hold sums too
_WORD = r"[^\d\s().,'’+−-]{1,4}"
_SPACE = "[ \u00a0\u202f]"
_MONEY = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>[-−])?\s*(?P<before>{_WORD}\.?)?\s*(?P<minus2>[-−])?\s*"
    rf"(?P<number>\d(?:[\d.,'’]|{_SPACE})*(?<=\d)|\d)\s*(?P<after>{_WORD}\.?)?\s*(?P<close>\))?"
)
_COUNT = re.compile(rf"(?P<minus>[-−])?(?P<number>\d(?:(?:[\d.,'’]|{_SPACE})*\d)?)")
_WHOLE = re.compile(r"(\d+)(?:\.0+)?")
_GROUPS = re.compile(r"\d{1,3}(?: \d{2,3})* \d{3}")  # in India thousands go by two digits from the second on
_AFTER = 3  # digits after a sign that parts thousands
POINT, COMMA = ".", ","
SIGN = {"point": POINT, "comma": COMMA}
OTHER = {POINT: COMMA, COMMA: POINT}
NOTHING = frozenset({"", "-", "–", "n/a", "N/A"})


def amount(text: str, decimal: str | None) -> Decimal | None:
    """An exact amount without its currency; in brackets or with a minus it is taken off. Raises `Unfit`.

    1,234.50 and 1.234,50 say themselves which sign is the decimal one; 1,234 does not, and `decimal` has to.
    What stands beside the number has to be a currency: 5 % and 3K are no amounts.
    """
    text = text.strip()
    if text in NOTHING:
        return None
    found = _MONEY.fullmatch(text)
    number = _plain(found["number"], decimal or _decimal(found["number"], text)) if found else ""
    taken_off = [sign for sign in ("open", "minus", "minus2") if found and found[sign]]
    if not found or not number or len(taken_off) > 1 or bool(found["open"]) != bool(found["close"]):
        raise Unfit("bad-money", f"expected an amount, found {quoted(text)}", "Write it as 1234.50.")
    for word in filter(None, (found["before"], found["after"])):
        if not _meant(word):
            hint = "Write it as 1234.50, with its currency as GBP, EUR or USD."
            raise Unfit("bad-money", f"expected an amount, found {quoted(text)}", hint)
    value = Decimal(number)
    if value >= MOST or -value.as_tuple().exponent > PLACES:  # type: ignore[operator]  # a plain number is finite
        raise Unfit(
            "bad-money", f"{quoted(text)} is larger or finer than amounts are kept", f"At most {PLACES} decimals."
        )
    return -value if taken_off else value


def _decimal(number: str, text: str) -> str:
    """The sign before decimals, as an amount tells it itself."""
    signs = [sign for sign in number if sign in OTHER]
    if not signs:
        return POINT
    last = signs[-1]
    if len(set(signs)) > 1:
        return last
    if len(signs) > 1:
        return OTHER[last]
    if len(number.rpartition(last)[2]) == _AFTER and not number.startswith("0"):
        hint = "Say which sign comes before decimals: --decimal point or --decimal comma."
        raise Unfit("bad-money", f"{quoted(text)} may be two amounts", hint)
    return last


def _plain(number: str, decimal: str) -> str:
    """A number with a point before its decimals and nothing between its thousands; nothing where it is none."""
    whole, point, rest = re.sub(_SPACE, " ", number).partition(decimal)
    marks = {each for each in whole if not each.isdigit()}
    if len(marks) > 1 or (point and not rest.isdigit()):
        return ""
    for mark in marks:
        if not _GROUPS.fullmatch(whole.replace(mark, " ")):
            return ""
        whole = whole.replace(mark, "")
    return f"{whole}.{rest}" if point else whole


def count(text: str, decimal: str | None = None) -> int | None:
    """A number of whole things; nothing in a cell is unknown, and not none. Raises `Unfit`.

    1,200 can be no other number than 1200; 1,000 may be 1 too, unless the other sign is the `decimal` one.
    """
    text = text.strip()
    if text in NOTHING:
        return None
    found = _COUNT.fullmatch(text)
    number = found["number"] if found else ""
    read = {sign: whole for sign in OTHER if (whole := _WHOLE.fullmatch(_plain(number, sign)))}
    if decimal in read and decimal not in number:
        read = {decimal: read[decimal]}
    values = {int(each[1]) for each in read.values()}
    if len(values) > 1:
        told = " or ".join(map(str, sorted(values)))
        before = "comma" if POINT in number else "point"
        hint = f"Write it as {told}, without a sign; or give --decimal {before} if {max(values)} is meant."
        raise Unfit("bad-value", f"{quoted(text)} may be two numbers", hint)
    if not values or max(values) >= TOO_MANY:
        hint = "Write it as 1234; 1.2K is not exact."
        raise Unfit("bad-value", f"expected a whole number, found {quoted(text)}", hint)
    value = values.pop()
    return -value if found and found["minus"] else value


def currency(text: str) -> str | None:
    """A currency by its code, or by a sign that no other has. Raises `Unfit`."""
    text = text.strip()
    if not text:
        return None
    meant = _meant(text) or _meant(text.upper())
    if len(meant) == 1:
        return next(iter(meant))
    what = "is the sign of several currencies" if meant else "is not a currency code (ISO 4217)"
    raise Unfit("bad-money", f"{quoted(text)} {what}", "Write it as GBP, EUR or USD.")


def currencies(text: str) -> frozenset[str]:
    """Those that a cell with an amount may be in, by what stands beside its number; none where nothing does."""
    found = _MONEY.fullmatch(text.strip())
    words = [_meant(word) for word in (found["before"], found["after"]) if word] if found else []
    return frozenset.intersection(*words) if words else frozenset()


def currencies_of(heading: str) -> frozenset[str]:
    """Those that the amounts of a column may be in, by a sign in its heading."""
    return next((_meant(word) for word in re.split(r"[\s()\[\]/,:_-]+", heading) if word in SIGNS), frozenset())


def _meant(word: str) -> frozenset[str]:
    """The currencies that a sign may stand for, or a code in capitals: “12 Std” are hours."""
    bare = word.strip().removesuffix(".")
    if sign := SIGNS.get(bare) or SIGNS.get(bare.lower()):
        return frozenset(sign.split())
    return frozenset({bare} if bare in get_global("all_currencies") else ())
