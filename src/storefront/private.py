"""What a text or an address should not tell everybody: contacts of people, and keys. Pure functions.

Rules ask for the whole form of a thing, since a false alarm stops a build: a number is none of a phone's without a
country code, its usual groups or a word for phones before it, and a house's number none without a street after it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import re2

Rules = tuple[tuple[str, tuple[str, ...], str], ...]
_GROUPS = r"(?:[ ().\u00a0/-]{0,2}\d)"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻ]"
_NAMES = rf"(?:{_CAPITAL}[\w'’.-]* ){{1,3}}"
_POSTCODE = r"[^.!?]{0,60}\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]{2} \d{5}|\d{4,5} [A-ZÀ-Þ]\w+)\b"
_OF = r"(?:(?:de|del|della|dei|des|di|da|do|dos|du|la|las|le|les|los) |[dl]['’]){0,2}"
_EMAIL, _PHONE, _STREET = "an e-mail address", "a phone number", "a street address"
# What each is, what must stand in a text in small letters for a look to be worth it, and the pattern.
CONTACTS: Rules = (
    (_EMAIL, ("@",), r"(?<![\w.%+-])[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}\b"),
    (
        _EMAIL,
        ("(at", "( at", "[at", "[ at", "{at", "(ät", "[ät"),
        (
            r"\b[\w.+-]{2,64} ?[\[({] ?(?:at|ät) ?[\])}] ?[\w-]{2,63}"
            r"(?:\.| ?[\[({] ?(?:dot|punkt|point|\.) ?[\])}] ?)[a-z]{2,24}\b"
        ),
    ),
    (_PHONE, ("+",), rf"(?<![\w+])\+\d{_GROUPS}{{7,14}}(?!\d)"),
    (_PHONE, (), r"(?<![\w-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])"),
    (_PHONE, (), r"(?<![\w.,+-])\(?0\d{1,4}\)?[ /-]\d{2,4}(?:[ -]\d{2,4}){1,3}(?![\w-])"),
    (_PHONE, (), r"(?<![\w.,+-])\(?0\d{2,4}\)?[ /-]\d{5,8}(?![\w-])"),
    (
        _PHONE,
        ("tel ", "tel.", "tel:", "telef", "phone", "téléph", "mobile", "handy", "whatsapp", "sms", "call", "fax"),
        (
            r"\b(?:[Tt]el|[Tt]elephone|[Pp]hone|[Tt]elef[oó]n|[Tt]éléphone|[Mm]obile|[Hh]andy|[Ww]hats[Aa]pp|SMS|[Cc]all|[Ff]ax)"
            r"\b[^\w\n+(]{0,3}(?:(?:me|us|at|on|unter|au|no)\b[^\w\n+(]{0,3}){0,2}(\+?\(?\d[\d ().-]{5,16}\d)"
        ),
    ),
    (
        _STREET,
        ("street", "road", "avenue", "lane", "boulevard", "terrace", "crescent", " rd", " ave", " blvd"),
        (
            rf"(?<![\w.,/-])\d{{1,5}}[A-Za-z]? {_NAMES}"
            r"(?:Street|Road|Avenue|Lane|Boulevard|Terrace|Crescent|Rd|Ave|Blvd)\b"
            r"(?! (?!(?:and|at|by|for|from|in|is|near|on|or|to|with)\b)[a-z])"  # as in “3 Easy Street looks”,
        ),
    ),
    (
        _STREET,
        (
            " way",
            " drive",
            " court",
            " place",
            " close",
            " square",
            " gardens",
            " row",
            " mews",
            " st,",
            " st.",
            " st ",
            " dr,",
            " dr.",
            " dr ",
        ),
        (
            rf"(?<![\w.,/-])\d{{1,5}}[A-Za-z]? {_NAMES}(?:Way|Drive|Court|Place|Close|Square|Gardens|Row|Mews|St|Dr)\b"
            rf"{_POSTCODE}"
        ),
    ),
    (
        _STREET,
        ("straße", "strasse", "str.", "gasse", "allee", "straat", "laan", "gracht", "gata", "veien", "vägen"),
        (
            rf"\b{_CAPITAL}[\w-]*(?:straße|strasse|str\.|gasse|allee|straat|laan|gracht|gata|gaten|veien|vägen| Straße|"
            r" Strasse| Str\.| Allee| Gasse) \d{1,4}[a-z]?\b"
        ),
    ),
    (
        _STREET,
        ("weg ", "platz ", "ring ", "damm ", "ufer "),
        rf"\b{_CAPITAL}[\w-]*(?:weg|platz|ring|damm|ufer) \d{{1,4}}[a-z]?\b{_POSTCODE}",
    ),
    (
        _STREET,
        (" rue ", " avenue ", " boulevard ", " impasse ", " allée ", " chemin ", " quai "),
        rf"\b\d{{1,4}}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|impasse|allée|chemin|quai) {_OF}{_CAPITAL}\w+",
    ),
    (
        _STREET,
        ("calle ", "avenida ", "rua ", "travessa ", "viale ", "piazza "),
        rf"\b(?:Calle|Avenida|Rua|Travessa|Viale|Piazza) {_OF}{_CAPITAL}[\w'’. -]{{1,40}}?,? (?:n[.º°]? ?)?\d{{1,4}}\b",
    ),
    (
        _STREET,
        ("via ", "corso ", "plaza "),
        rf"\b(?:Via|Corso|Plaza) {_OF}{_CAPITAL}[\w'’. -]{{1,40}}?,? (?:n[.º°]? ?)?\d{{1,4}}\b,?{_POSTCODE}",
    ),
    (_STREET, ("ul. ", "al. ", "os. "), rf"\b(?:ul|al|os)\. {_CAPITAL}[\w. -]{{1,40}}? \d{{1,4}}\b"),
)
# Parameters of addresses that let in whoever has the address, and the least length of what they say then.
_ALWAYS = (
    r"token|access[_-]?token|id[_-]?token|refresh[_-]?token|auth[_-]?token|authorization|api[_-]?key|access[_-]?key|"
    r"private[_-]?key|secret|client[_-]?secret|password|passwd|pwd|signature|jwt"
)
_IF_LONG = r"key|sig|auth|sso|session|session[_-]?id|jsessionid|phpsessid"
_USER_INFO = r"\bhttps?://[^\s/@:]{1,80}:[^\s/@]{1,80}@"
KEYS: Rules = (
    ("a user name and a password", ("@",), _USER_INFO),
    (
        "a key in an address",
        ("token=", "key=", "secret=", "password=", "passwd=", "pwd=", "signature=", "jwt=", "authorization="),
        rf"(?i:[?&#;](?:[\w.-]{{0,40}}[._-])?(?:{_ALWAYS})=)[^&#\s\"'<>()]{{6,}}",
    ),
    (
        "a key in an address",
        ("key=", "sig=", "auth=", "sso=", "session", "sessid="),
        rf"(?i:[?&#;](?:[\w.-]{{0,40}}[._-])?(?:{_IF_LONG})=)(?=[^&#\s\"'<>()]{{0,200}}\d)[^&#\s\"'<>()]{{20,}}",
    ),
    ("a token", ("eyj",), r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    ("a token", ("akia", "asia"), r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"\bgh[pousr]_\w{36,}"),
    ("a token", ("github_pat_", "glpat-"), r"\b(?:github_pat_|glpat-)[\w-]{20,}"),
    ("a token", ("k_live_", "k_test_"), r"\b[sr]k_(?:live|test)_\w{16,}"),
    ("a token", ("xox",), r"\bxox[abeoprs]-[\w-]{10,}"),
    ("a token", ("aiza",), r"\bAIza[\w-]{35}(?![\w-])"),
    ("a token", ("shpat_", "shpss_", "shpca_", "shppa_"), r"\bshp(?:at|ss|ca|pa)_[0-9a-f]{32}\b"),
    ("a private key", ("private key",), r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"),
)
FEWEST_DIGITS, MOST_DIGITS = 7, 15  # of a phone number (ITU-T E.164 allows 15)
NATIONAL = 9  # digits of a number that begins with 0 and has neither country nor word before it
# What a number of a phone begins with that no word is needed for.
_numbers = re.compile(r"\d{3}[-.)] ?\d{3}[-.]\d|(?<![\w.,+-])0\d{1,4}\)?[ /-]\d\d").search
_digits = re.compile(r"\D+")
_compiled = cache(re.compile)  # which takes 9 ms for all of them, and hardly any text asks for one


def _any_sign() -> Any:
    """What any rule asks a text for, as one automaton: a record of 15 KB takes it 18 µs, and `in` for each 1,480."""
    signs = dict.fromkeys(sign for rules in (CONTACTS, KEYS) for _, signs, _ in rules for sign in signs)
    before = r"(?:^|[^0-9A-Za-z_.,+-]|\\[bfnrt]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2})"  # an escape ends in a letter or digit
    numbers = rf"\p{{Nd}}{{3}}[-.)] ?\p{{Nd}}{{3}}[-.]\p{{Nd}}|{before}0\p{{Nd}}{{1,4}}\)?[ /-]\p{{Nd}}{{2}}"
    options = re2.Options()
    options.case_sensitive, options.never_capture = False, True
    return re2.compile("|".join([*map(re2.escape, signs), numbers]), options)


_sign = _any_sign()


def suspect(text: str | bytes) -> bool:
    """Whether a text, its UTF-8 or a record as JSON may hold a contact or a key; nearly none does. None is missed."""
    return _sign.search(text) is not None


def contacts(text: str) -> Iterator[tuple[str, str]]:
    """Each e-mail address, phone number and street address in a text: what it is, and how it is written."""
    text = _compiled(_USER_INFO).sub("", text)  # which is no e-mail address
    for kind, pattern in _worth_a_look(CONTACTS, text):
        for found in pattern.finditer(text):
            written = found[found.lastindex or 0]
            if kind != _PHONE or _is_phone(written):
                yield kind, written


def keys(text: str) -> Iterator[str]:
    """What in a text or address lets in whoever reads it, each once. The thing itself is not told again."""
    yield from dict.fromkeys(kind for kind, pattern in _worth_a_look(KEYS, text) if pattern.search(text))


def _worth_a_look(rules: Rules, text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    small, numbers = text.lower(), bool(_numbers(text))
    for kind, signs, pattern in rules:
        if any(sign in small for sign in signs) if signs else numbers:
            yield kind, _compiled(pattern)


def _is_phone(text: str) -> bool:
    digits = len(_digits.sub("", text))
    fewest = NATIONAL if text[0] in "0(" else FEWEST_DIGITS
    return fewest <= digits <= MOST_DIGITS


def plain(contact: str) -> str:
    """A contact without case, spaces and punctuation: two spellings of one are equal then."""
    return re.sub(r"[\W_]+", "", contact.casefold())
