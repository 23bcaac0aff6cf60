"""Cells of feeds to values: amounts, stock, bar codes and addresses. What is not certain is told, not guessed."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote, urlsplit

from storefront import money
from storefront.importers import values
from storefront.importers.values import Unfit
from storefront.links import Registry, stripped
from storefront.problems import did_you_mean
from storefront.vocabulary import rules, scalars

IN_STOCK, OUT_OF_STOCK, PREORDER, BACKORDER = "in_stock", "out_of_stock", "preorder", "backorder"
# Words for stock as platforms and schema.org write them, in small letters without spaces and signs.
STOCK = {
    IN_STOCK: ("instock", "available", "limitedavailability", "onlineonly", "instoreonly", "true", "yes", "y", "1"),
    OUT_OF_STOCK: ("outofstock", "soldout", "discontinued", "unavailable", "false", "no", "n", "0"),
    PREORDER: ("preorder", "presale"),
    BACKORDER: ("backorder", "madetoorder", "availablefororder", "onbackorder"),
}
_STOCK = {word: value for value, found in STOCK.items() for word in found}
SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "zł": "PLN", "₹": "INR"}  # a dollar or a crown may be several
_AMOUNT = re.compile(
    r"(?P<before>[A-Z]{3}|[^\d\s.,-]{0,3})\s*(?P<amount>\d[\d.,' \u00a0\u202f]*)\s*(?P<after>[A-Z]{3}|[^\d\s.,]{0,3})",
    re.ASCII,
)
_THOUSANDS = re.compile(r"\d{1,3}([.,' \u00a0\u202f])\d{3}(?:\1\d{3})*", re.ASCII)
_DECIMAL = re.compile(r"(.*)[.,]([0-9]{1,2})")
# Names of parameters and parts of paths that hold what only their owner may know.
SECRET = re.compile(
    r"(?:api|access|auth|secret|private|feed)?[_-]?(?:key|token|secret|password|passwd|pwd|signature|apikey)",
    re.IGNORECASE,
)
_IN_PATH = re.compile(r"/(?:api_?key|access_?token|token|key)/[\w-]{8,}", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?:api_?key|access_?token|auth_?token|client_?secret)[=/:][\w-]{8,}", re.IGNORECASE)
_URL = next(each for each in scalars.Url.__metadata__)  # type: ignore[attr-defined]
LEAST = 8  # characters of a key; a shorter one is a name


def amount(text: str, currency: str) -> str:
    """An amount and its currency, as "24.90 GBP"; the feed's own currency counts before `currency`. Raises `Unfit`."""
    text = values.line(text)
    if not text:
        return ""
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise Unfit("bad-money", f"expected an amount, found {values.quoted(text)}", "Write it as 24.90 GBP.")
    told = [each for each in (found["before"], found["after"]) if each]
    named = next(
        (SIGNS.get(each, each) for each in told if each in SIGNS or (each.isalpha() and each.isupper())), currency
    )
    if not named:
        message = f"{values.quoted(text)} does not say its currency"
        raise Unfit("bad-money", message, "Say which one the shop uses: --currency GBP")
    made = f"{_plain(found['amount'].strip(), text)} {named}"
    try:
        money.parse(made)
    except ValueError as error:
        raise Unfit("bad-money", str(error), "Write it as 24.90 GBP or 1800 JPY.") from None
    return made


def _plain(digits: str, text: str) -> str:
    """Digits with a point before the decimals; what may be a thousand or a decimal is refused."""
    if _THOUSANDS.fullmatch(digits):
        sign = digits.strip("0123456789")[:1] or re.sub(r"[0-9]", "", digits)[:1]
        if sign in ".," and digits.count(sign) == 1:
            message = f"{values.quoted(text)} may be a thousand or a few"
            raise Unfit("bad-money", message, "Export amounts with two decimals.")
        return re.sub(r"[^0-9]", "", digits)
    decimals = _DECIMAL.fullmatch(digits)
    whole = re.sub(r"[^0-9]", "", decimals[1] if decimals else digits)
    return f"{int(whole or '0')}.{decimals[2]:0<2}" if decimals else f"{int(whole)}"


def stock(text: str) -> str:
    """Whether it can be had, in Google Merchant's words. Raises `Unfit`."""
    word = re.sub(r"[\W_]", "", text.casefold().rpartition("schema.org/")[2])
    if word and word not in _STOCK:
        hint = did_you_mean(word, list(STOCK)) or f"Known are: {', '.join(STOCK)}."
        raise Unfit("bad-value", f"expected a word on stock, found {values.quoted(text)}", hint)
    return _STOCK.get(word, "")


def gtin(text: str) -> str:
    """The digits under a bar code; its check digit holds. Raises `Unfit`."""
    digits = re.sub(r"[\s'-]", "", text)
    if not digits:
        return ""
    if re.fullmatch(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+", digits):
        hint = "Format the column as text before saving, or export the file again."
        raise Unfit("bad-gtin", "a spreadsheet program has shortened the number", hint)
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
        message = f"expected a GTIN of 8, 12, 13 or 14 digits, found {values.quoted(text)}"
        raise Unfit("bad-gtin", message, "Correct it, or empty the cell.")
    if rules.check_digit(digits[:-1]) != digits[-1]:
        message = f"the check digit of {digits} should be {rules.check_digit(digits[:-1])}"
        raise Unfit("bad-gtin", message, "Compare it with the number under the bar code.")
    return digits


def linker(networks: Registry) -> Callable[[str], str]:
    """What makes a shop's own address of one in a feed: without tracking, and out of a network's. Raises `Unfit`."""
    return lambda text: link(text, networks)


def link(text: str, networks: Registry) -> str:
    """The shop's own address in `text`; "" for none. Raises `Unfit`; a message never repeats an address with a key."""
    url = text.strip()
    if not url:
        return ""
    try:
        urlsplit(url)
    except ValueError:
        raise Unfit("bad-link", *scalars.why_not_a_link(url)[1:]) from None
    refuse_secret(url)
    if networks.pasted(url):  # only its network can make it
        return _fitting(url)
    network = networks.get(networks.tracking(url))
    if network:
        inner = _destination(url)
        if not inner:
            message = f"this is a tracked link of {network.name} that does not tell where it leads"
            raise Unfit("bad-link", message, "Export the shop's own addresses too.")
        return link(inner, networks)
    return _fitting(stripped(re.sub(r"\Ahttp://", "https://", url), networks.foreign))


def _fitting(url: str) -> str:
    if not re.search(str(_URL.pattern), url):
        raise Unfit("bad-link", *scalars.why_not_a_link(url)[1:])
    return url


def _destination(url: str) -> str:
    """The address inside a tracked one: the last parameter or part of the path that is one."""
    parts = urlsplit(url)
    found = [value for _, value in parse_qsl(parts.query)] + [unquote(parts.path.rpartition("destination:")[2])]
    return next((each for each in reversed(found) if re.match(r"https?://", each)), "")


def refuse_secret(url: str) -> None:
    """Raise `Unfit` for an address that holds a key: content is public."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, max_num_fields=200)
    except ValueError:
        return
    named = next((name for name, value in pairs if SECRET.fullmatch(name) and len(value) >= LEAST), "")
    if parts.password or named or _IN_PATH.search(parts.path):
        where = f" under {named}" if named else ""
        message = f"the address holds a key{where}, and what is in content is public"
        raise Unfit("bad-link", message, "Export the file without it, and have the key replaced if others saw it.")


def plain(text: str) -> str:
    """Words without markup. Raises `Unfit` when they hold a key."""
    made = values.words(text)
    if _IN_TEXT.search(made):
        raise Unfit("bad-value", "the text holds a key, and what is in content is public", "Take it out of the file.")
    return made


def path(text: str) -> str:
    """A category as a path with " > " between its parts; "" for a number, which is Google's and says nothing."""
    parts = [part for each in re.split(r"\s*(?:>|»|/(?=\s)|\|)\s*", values.line(text)) if (part := each.strip())]
    return "" if len(parts) == 1 and parts[0].isdigit() else " > ".join(parts)
