"""What was meant by a value in a form that content does not have: the right spelling, or "" where it cannot be told.

People paste prices, days and countries as their shop, their phone or their language writes them. Nothing is ever
taken for another: what stands here becomes a hint, and whoever wrote it decides. What can be read in two ways,
such as 01/10/2026, is not guessed at.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from babel.core import Locale, UnknownLocaleError, get_global

from storefront.money import parse
from storefront.slugs import folded

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb")  # in which names are known
CURRENCIES = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "pound": "GBP", "pounds": "GBP", "$": "USD", "us$": "USD",
    "dollar": "USD", "dollars": "USD", "¥": "JPY", "yen": "JPY", "zł": "PLN", "fr.": "CHF", "sfr.": "CHF", "₹": "INR",
}  # fmt: skip
COUNTRIES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "britain": "GB",
    "holland": "NL", "america": "US", "ger": "DE",
}  # fmt: skip
TRUTHS = {
    "true": ("yes", "y", "on", "ja", "oui", "si", "sim", "tak", "wahr", "vrai", "verdadero"),
    "false": ("no", "n", "off", "nein", "nee", "non", "nej", "nei", "nao", "nie", "falsch", "faux", "falso"),
}
# How people call what the vocabulary has one word for, in small letters without accents.
WORDS = {
    "paid": (
        "ad", "advert", "advertisement", "anzeige", "werbung", "sponsored", "sponsor", "collab", "collaboration",
        "partnership", "kooperation", "bezahlt", "publicite", "sponsorise", "patrocinado", "publicidad",
    ),
    "gifted": (
        "pr", "pr sample", "pr-sample", "sample", "gift", "present", "freebie", "free", "geschenk", "geschenkt",
        "offert", "regalado", "regalo", "prodotto omaggio",
    ),
    "loaned": ("loan", "lent", "borrowed", "geliehen", "leihgabe", "ausgeliehen", "prete", "prestado"),
    "purchased": (
        "bought", "buy", "own", "owned", "self-bought", "self bought", "my own money", "gekauft", "selbst gekauft",
        "selbstgekauft", "selbst bezahlt", "achete", "comprado", "acquistato",
    ),
    "invited": ("invitation", "eingeladen", "einladung", "invite"),
    "affiliate": ("commission", "affiliate link", "affiliatelink", "provision"),
    "family": ("friend", "friends", "familie", "famille"),
    "none": ("no", "nothing", "kein", "keine", "nichts", "aucun", "no tie"),
}  # fmt: skip
# What else people call a key, where the group has one of the name before it.
KEYS = {
    "profiles": ("social", "socials", "social_media", "instagram", "tiktok", "youtube", "accounts", "links"),
    "images": ("image", "picture", "pictures", "photo", "photos", "bild", "bilder"),
    "media": ("image", "images", "picture", "pictures", "photo", "photos", "bild", "bilder"),
    "avatar": ("image", "picture", "photo", "portrait"),
    "relationship": ("provenance", "disclosure", "label"),
    "provenance": ("relationship", "disclosure", "label"),
    "items": ("products", "things"),
    "title": ("name", "headline"),
    "name": ("title",),
    "link": ("url", "href"),
    "url": ("link", "href", "website"),
    "body": ("text", "review", "content"),
    "note": ("comment", "text", "description"),
    "bio": ("about", "description"),
    "description": ("text", "note", "body"),
    "rating": ("stars", "score", "bewertung"),
    "as_of": ("date", "price_date", "checked"),
    "date": ("datum", "day", "published"),
    "from": ("start", "starts", "publish", "publish_on", "scheduled"),
    "by": ("brand", "who", "author"),
    "until": ("end", "ends", "expires"),
    "caption": ("text", "body", "description"),
    "alt": ("alt_text", "caption", "description"),
    "src": ("file", "path", "image", "url"),
}
_money = re.compile(r"(?P<before>[^\d\s.,+-]*)\s*(?P<amount>\d[\d.,'’\s]*?)(?:[.,][-–—]+)?\s*(?P<after>[^\d\s]*)")
_is_amount = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.)|(?:\.\d{3}){2,}|(?:,\d{3}){2,}))(?:[.,](?P<coins>\d\d?))?"
).fullmatch
_is_year_first = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})").fullmatch
_is_year_last = re.compile(r"(\d{1,2})(?P<sign>[./-])\s*(\d{1,2})(?P=sign)\s*(\d{4})").fullmatch
_is_written = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th)?\s+)?([^\W\d]+)\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)


def word(text: str, allowed: Collection[str]) -> str:
    """The allowed word that a text is another spelling of, a translation of, or holds."""
    plain = folded(text).strip()
    return next(
        (each for each in allowed if plain == each.lower() or plain in WORDS.get(each, ())),
        _held(plain, allowed),
    )


def key(text: str, allowed: Collection[str]) -> str:
    """The allowed key that people call so, such as images of picture."""
    plain = folded(text).strip().replace("-", "_").replace(" ", "_")
    known = {each.lower(): each for each in allowed}
    return known.get(plain) or next((each for each, names in KEYS.items() if each in allowed and plain in names), "")


def _held(plain: str, allowed: Collection[str]) -> str:
    held = [each for each in re.split(r"[^a-z_-]+", plain) if each in allowed]
    return held[0] if len(held) == 1 else ""


def truth(text: str) -> str:
    """The word true or the word false, of a word of some language."""
    plain = folded(text).strip()
    return next((each for each, words in TRUTHS.items() if plain == each or plain in words), "")


def money(text: str) -> str:
    """An amount and a code, of a price as shops write it: €12,99, 1.299,00 EUR, GBP 12."""
    found = _money.fullmatch(text.strip())
    if not found or bool(found["before"]) == bool(found["after"]):
        return ""
    sign = found["before"] or found["after"]
    amount = _amount(re.sub(r"['’\s]", "", found["amount"]))
    written = f"{amount} {CURRENCIES.get(sign.lower(), sign.upper())}"
    try:
        return written if parse(written).amount else ""
    except (ValueError, ArithmeticError):
        return ""


def _amount(digits: str) -> str:
    """A number with a point at most; "" where a sign may stand before thousands or before decimals."""
    found = _is_amount(digits)
    whole = re.sub(r"[.,]", "", found["whole"]) if found else ""
    return f"{whole}.{found['coins']}" if found and found["coins"] else whole


def day(text: str) -> str:
    """A day of the calendar: of 27.11.2026, 2026/11/27, 11/27/2026, 27 November 2026."""
    if re.fullmatch(r"\d{8}", text):
        return _real(int(text[:4]), int(text[4:6]), int(text[6:]))
    if found := _is_year_first(text.strip()):
        year, one, two = map(int, found.groups())
        return _real(year, one, two) or _real(year, two, one)
    if found := _is_year_last(text.strip()):
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        written = {_real(year, two, one), _real(year, one, two) if found["sign"] != "." else ""} - {""}
        return written.pop() if len(written) == 1 else ""
    if found := _is_written.fullmatch(text.strip()):
        number = found[1] or found[3]
        month = _months().get(folded(found[2]))
        return _real(int(found[4]), month, int(number)) if month and number else ""
    return ""


def moment(text: str) -> str:
    """A day, or a day and time: of 27.11.2026, 27.11.2026 9:00, 2026-11-27 9.30 Uhr."""
    found = re.fullmatch(r"(.+?)[T, ]+(\d{1,2})[:.h](\d\d)(?:\s*(?:Uhr|h))?", text.strip())
    if not found:
        return day(text)
    known = day(found[1])
    return f"{known}T{int(found[2]):02}:{found[3]}" if known else ""


def _real(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


@cache
def _months() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                found.setdefault(folded(name).rstrip("."), number)
    return found


def rating(text: str) -> str:
    """A number of stars in halves: of 4,5, 4/5, 9/10, 4 stars, ★★★★."""
    stars = text.strip()
    if stars and not stars.strip("★⭐\ufe0f☆"):
        return str(stars.count("★") + stars.count("⭐"))
    if of_ten := re.fullmatch(r"(10|[2-9])\s*/\s*10", stars):
        return f"{int(of_ten[1]) / 2:g}"
    found = re.fullmatch(r"([1-5])(?:[.,]([05]))?\s*(?:/\s*5|von 5|out of 5|\*|stars?|sterne?)?", stars, re.IGNORECASE)
    value = f"{found[1]}.5" if found and found[2] == "5" else found[1] if found else ""
    return "" if value == "5.5" else value


def fraction(text: str) -> str:
    """A number from 0 to 1: of 0,36, 36, 36 %."""
    found = re.fullmatch(r"(?:(0?[.,]\d+)|(\d{1,2}|100)(?:[.,]\d+)?\s*%?)", text.strip())
    if not found:
        return ""
    return f"0.{re.split('[.,]', found[1])[1]}" if found[1] else f"{int(found[2]) / 100:g}"


def country(text: str) -> str:
    """The code of a country, of its name in some languages, or of a code that is written another way."""
    plain = folded(text).strip()
    code = plain.upper()
    if plain in COUNTRIES:
        return COUNTRIES[plain]
    if code in get_global("territory_currencies"):
        return code
    alias = get_global("territory_aliases").get(code, [])
    return alias[0] if len(alias) == 1 else _named("territories").get(plain, "")


def market(text: str) -> str:
    """The id of the market that a country is, in small letters; of several names, all of them."""
    parts = [
        country(part).lower() or (part.lower() if part.lower() == "eu" else "") for part in re.split(r"[\s,]+", text)
    ]
    return country(text).lower() or (", ".join(parts) if all(parts) else "")


def gtin(text: str) -> str:
    """The digits under a bar code, of digits in groups."""
    return re.sub(r"[\s-]", "", text)


def locale(text: str) -> str:
    """A language, or a language and country: of de_DE, EN-gb, German, Deutsch."""
    plain = text.strip().replace("_", "-")
    parts = [
        part.lower() if i == 0 else part.upper() if len(part) == len("GB") else part.title()
        for i, part in enumerate(plain.split("-"))
    ]
    try:
        Locale.parse("-".join(parts), sep="-")
    except (ValueError, UnknownLocaleError):
        return _named("languages").get(folded(plain), "")
    return "-".join(parts)


@cache
def _named(kind: str) -> Mapping[str, str]:
    """Codes by the names of what they stand for: two capitals of a country, two small letters of a language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in getattr(Locale(language), kind).items():
            if re.fullmatch("[A-Za-z]{2}", code):
                found.setdefault(folded(name), code)
    return found


def timezone(text: str) -> str:
    """A time zone, of a city in any case: berlin, Europe/berlin, New York."""
    plain = folded(text).strip().replace(" ", "_")
    zones = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
    )
    return next((zone for zone in zones if plain in {zone.lower(), zone.lower().rpartition("/")[2]}), "")


def address(text: str) -> str:
    """What stands between brackets, quotes and repeated beginnings of an address, from https:// on."""
    bare = text.strip().strip("<>()\"'“”„‘’«» ")
    bare = re.sub(r"^(?:https?:/*)+|^/+", "", bare, flags=re.IGNORECASE)
    return f"https://{bare}" if "." in re.split(r"[/?#:]", bare, maxsplit=1)[0] else ""
