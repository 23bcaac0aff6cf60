"""The kinds of single values that YAML may hold: text with a form, each documented once.

A scalar is text in YAML and stays text here; the form is a pattern, so that the editor's
JSON Schema and the build refuse the same things. Meaning that a pattern cannot say (check
digits, days that exist, currencies) is judged in `rules`.
"""

import re
from collections.abc import Callable
from typing import Annotated

from msgspec import Meta

from storefront import slugs
from storefront.problems import shown
from storefront.vocabulary import meant

# What is wrong with a text: code, message and hint.
Explain = Callable[[str], tuple[str, str, str]]
# The right spelling of a text in a wrong form; "" where it cannot be told.
Meant = Callable[[str], str]
A_NAME = "winter-kit"  # the example of an id
CONTROL = "%(?:[01][0-9A-Fa-f]|7[Ff])"  # encoded, and decoded again by careless servers
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"  # \d would take the digits of every script
_URL = (
    rf"^(?![^\n]*{CONTROL})"
    r"https://(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](?::443)?"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?$"
)
_is_address = re.compile(_URL).match
_is_plain = re.compile(r"[!#-;=?-\[\]_a-z~]+").fullmatch


def doc(text: str) -> Meta:
    """What a key is for, as the editor and the reference show it."""
    return Meta(description=text)


def form(
    pattern: str,
    expected: str,
    *examples: str,
    max_length: int | None = None,
    explain: Explain | None = None,
    mean: Meant | None = None,
) -> Meta:
    """Text of one form; `expected` completes the sentence "expected …" in a problem, `explain` replaces it.

    `mean` gives the hint where it can tell what was meant, and an example stands there where it cannot.
    """
    return Meta(
        pattern=pattern + r"(?!\n)",  # in Python, $ would also match before a last line break
        examples=list(examples),
        extra={"expected": expected, "example": examples[0] if examples else "", "explain": explain, "mean": mean},
        max_length=max_length,
    )


def why_not_an_id(text: str) -> tuple[str, str, str]:
    """Code, message and hint for text that is no id: what it may become, where it can become one."""
    name = slugs.slug(re.split(r"[/\\]", text.removesuffix(".yaml").removesuffix(".yml"))[-1])
    hint = f"Did you mean {name}?" if name else "For example: winter-kit"
    return "bad-value", f"expected an id of small letters, digits and single hyphens, found {shown(text)}", hint


def why_not_a_link(text: str) -> tuple[str, str, str]:
    """Code, message and hint for text that is no address a site may link to."""
    scheme, colon, rest = text.partition(":")
    host = re.split(r"[/?#\\]", rest.removeprefix("//"), maxsplit=1)[0]
    address = meant.address(text)
    hint = f"Write {shown(address)}" if _is_address(address) else "For example: https://shop.example/mts"
    if not colon or "." in scheme:
        return "bad-link", "the address does not begin with https://", hint
    if scheme != "https" or not rest.startswith("//"):
        return "bad-link", f"the address begins with {shown(scheme)}: and not with https://", hint
    if host.lower() in {"http:", "https:"}:
        return "bad-link", "https:// stands there twice", hint
    return "bad-link", *(_why_no_host(host) or _why_no_address(text))


def _why_no_address(text: str) -> tuple[str, str]:
    """Message and hint for an address whose host may be right."""
    if control := re.search(CONTROL, text):
        return f"the address holds a hidden control character, {control[0]}", "Delete it."
    odd = next((character for character in text if not _is_plain(character)), "")
    if odd:
        hint = "Copy it from the address bar of a browser, which writes such characters with %."
        said = "a space" if odd == " " else shown(odd)
        return f"the address has a character that must be encoded: {said}", hint
    return f"{shown(text)} is no web address", "For example: https://shop.example/mts"


def why_not_a_picture(text: str) -> tuple[str, str, str]:
    """Code, message and hint for text that is no path of a picture; pictures of shops are not copied (AMZ-08)."""
    name = re.split(r"[/\\]", text)[-1]
    if re.match(r"(?:[A-Za-z]:)?\\|[A-Za-z]:/|file:|~", text):
        hint = f"Copy the picture into the folder media beside this file, and write media/{shown(name)}"
        return "bad-value", f"{shown(text)} is a path on your own machine, which exists nowhere else", hint
    if re.match(r"(?:https?:)?//", text):
        hint = "Put a picture that you may use beside this file; shops, above all Amazon, forbid to copy theirs."
        return "bad-value", "a picture is a file of the site, and this is a web address", hint
    return (
        "bad-value",
        f"expected the path of a picture beside this file, found {shown(text)}",
        "Write / where there is a backslash." if "\\" in text else "For example: media/avatar.jpg",
    )


def _why_no_host(host: str) -> tuple[str, str] | None:
    """Message and hint for a host that no shop should have; None where it may have one."""
    if "@" in host:
        return "the address holds a user name", "Delete what stands between https:// and the @."
    name, colon, port = host.rpartition(":") if not host.startswith("[") else (host, "", "")
    name = name if colon else host
    if not name.isascii():
        try:
            hint = f"Write {name.encode('idna').decode()} instead."
        except UnicodeError:
            hint = "Copy the address from the address bar of a browser."
        return f"the host {shown(name)} has letters beyond a to z", hint
    if re.fullmatch(r"\[.*\]?|[\d.]+|(?:0[xX][\da-fA-F]+\.?)+", name):
        return f"the host {shown(name)} is a number", "Write the name of the shop's host."
    if colon and port != "443":
        return f"the address names a port, {shown(port) or 'an empty one'}", "Delete what stands between host and path."
    return None


Text = Annotated[str, Meta(min_length=1, max_length=10_000, extra={"expected": "text"})]
Line = Annotated[str, form(r"^[^\S\n]*\S[^\n]{0,299}$", "one line of text, at most 300 characters")]
Markdown = Annotated[
    str, Meta(min_length=1, max_length=10_000, extra={"expected": "text (Markdown), at most 10,000 characters"})
]
Slug = Annotated[
    str,
    form(
        r"^[a-z0-9](?:-?[a-z0-9])*$",
        "an id of small letters, digits and single hyphens",
        A_NAME,
        max_length=64,
        explain=why_not_an_id,
    ),
]
Market = Annotated[
    str, form(r"^[a-z0-9](?:-?[a-z0-9])*$", "a market in small letters", "gb", max_length=64, mean=meant.market)
]
Money = Annotated[
    str, form(r"^[0-9]{1,9}(?:\.[0-9]{1,3})? [A-Z]{3}$", "an amount and a currency code", "18.00 GBP", mean=meant.money)
]
Date = Annotated[str, form(rf"^{_DAY}$", "a day as YYYY-MM-DD", "2026-11-15", mean=meant.day)]
Moment = Annotated[
    str,
    form(
        rf"^{_DAY}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?$",
        "a day, or a day and time",
        "2026-11-15",
        "2026-11-15T07:00",
        "2026-11-15T07:00:00Z",
        mean=meant.moment,
    ),
]
DateRange = Annotated[str, form(rf"^{_DAY}/{_DAY}$", "two days joined by a slash", "2026-11-20/2026-12-24")]
Colour = Annotated[
    str, form(r"^#[0-9a-fA-F]{6}$", "a colour as # and six digits or letters from a to f, in quotes", "#a5391c")
]
Country = Annotated[
    str, form(r"^[A-Z]{2}$", "a country code of two capital letters (ISO 3166)", "GB", "NO", mean=meant.country)
]
Region = Annotated[
    str,
    form(r"^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$", "a country or region code (ISO 3166)", "GB", "US-CA", mean=meant.country),
]
Locale = Annotated[
    str,
    form(
        r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$",
        "a language, or a language and country",
        "en-GB",
        "de",
        mean=meant.locale,
    ),
]
Gtin = Annotated[
    str,
    form(
        r"^(?:[0-9]{8}|[0-9]{12,14})$",
        "a GTIN (EAN, UPC, ISBN-13) of 8, 12, 13 or 14 digits",
        "5012345678900",
        mean=meant.gtin,
    ),
]
Asin = Annotated[str, form(r"^[A-Z0-9]{10}$", "an ASIN of ten capitals and digits", "B0EXAMPLE1", mean=str.upper)]
Url = Annotated[
    str,
    form(
        _URL,
        "a web address that begins with https://",
        "https://shop.example/mts",
        max_length=2048,
        explain=why_not_a_link,
    ),
]
Audience = Annotated[
    str,
    form(
        r"^(?:public|(?:squad|brand):[a-z0-9](?:-?[a-z0-9])*)$",
        "public, or squad: or brand: and an id",
        "squad:leeds-runners",
        max_length=70,
    ),
]
MediaPath = Annotated[
    str,
    form(
        r"^/?(?!\.)[\w -]+(?:[./][\w -]+)*\.[A-Za-z0-9]{2,4}$",
        "the path of a picture beside this file",
        "media/avatar.jpg",
        max_length=200,
        explain=why_not_a_picture,
    ),
]
PromoCode = Annotated[str, form(r"^[A-Za-z0-9][A-Za-z0-9_-]{1,31}$", "a promo code", "MAYA15")]
StoreCode = Annotated[str, form(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", "a store's code", "WHITBY-1")]
Fraction = Annotated[
    float, Meta(ge=0, le=1, extra={"expected": "a number from 0 to 1", "example": "0.42", "mean": meant.fraction})
]
Rating = Annotated[
    float,
    Meta(
        ge=1,
        le=5,
        multiple_of=0.5,
        extra={"expected": "a rating from 1 to 5, in halves", "example": "4.5", "mean": meant.rating},
    ),
]
Percent = Annotated[float, Meta(gt=0, le=100, extra={"expected": "a percentage above 0, up to 100", "example": "15"})]
Days = Annotated[int, Meta(ge=1, le=3650, extra={"expected": "a whole number of days", "example": "14"})]
Weight = Annotated[int, Meta(ge=0, le=100, extra={"expected": "a whole number from 0 to 100", "example": "25"})]
Count = Annotated[
    int, Meta(ge=1, le=1_000_000_000, extra={"expected": "a whole number from 1 to 1,000,000,000", "example": "4"})
]
Pattern = Annotated[
    str,
    form(
        r"^[^\s|*]{2,}\*?(?: [^\s|*]+\*?)*(?:\|[^\s|*]{2,}\*?(?: [^\s|*]+\*?)*)*$",
        "words joined by vertical bars, each of two letters or more, of which an asterisk may end each",
        "heal*",
        max_length=300,
    ),
]
