"""What is fuzzed, by Hypothesis in the tests and by Atheris in `tools/fuzz`: each takes whatever there is, and asserts."""

import re
from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from storefront import markdown
from storefront.content import Kind
from storefront.importers import formats
from storefront.importers.incoming import Options
from storefront.links import addresses
from storefront.problems import Place, Problem, ProblemsFound
from storefront.reader import HIDDEN, Locator, decode, parse
from storefront.records import MODELS, RULES
from storefront.vocabulary.scalars import Url
from storefront.vocabulary.validate import Mistake, convert

FILE = "content/x.yaml"
ELEMENTS = frozenset({"p", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr", "a"})
FOREIGN = frozenset({"tag", "ref"})
OPTIONS = Options(today=date(2026, 11, 22))


def placed(problems: list[Problem], lines: int, file: str = FILE) -> None:
    """Each problem is at a place that there is, and says what is wrong in one line."""
    assert problems
    for problem in problems:
        at_place(problem.place, lines, file)
        assert problem.message
        assert "\n" not in problem.message


def at_place(place: Place, lines: int, file: str = FILE) -> None:
    assert place.file == file
    assert 0 <= place.line <= lines + 1
    assert (place.line > 0) == (place.column > 0)


def read(data: bytes) -> object:
    """Bytes are YAML of ours, or problems with their places."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    try:
        value = parse(decode(data, FILE), FILE)
    except ProblemsFound as failure:
        placed(failure.problems, lines)
        return None
    for text in _texts(value):
        assert not HIDDEN.search(text)
        text.encode()
    return value


def _texts(value: object):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def record(kind: Kind, data: bytes) -> bool:
    """A file of a kind is a record, which can be kept and read again, or mistakes with their places; whether it is one."""
    value = read(data)
    if value is None:
        return False
    model = MODELS[kind]
    made = convert(value, model)
    mistakes: list[Mistake] = made if isinstance(made, list) else list(RULES[model](made))
    locator = Locator(decode(data, FILE), FILE)
    for mistake in mistakes:
        at_place(locator.place(mistake.path), data.count(b"\n") + data.count(b"\r") + 1)
        assert mistake.message
    if isinstance(made, list):
        assert mistakes
        return False
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=model) == made
    return not mistakes


def marked(text: str) -> None:
    """The fast path gives the bytes that the library gives; no element, attribute or address but ours comes out."""
    html = markdown.render(text, fast=False)
    assert markdown.render(text) == html
    body = LexborHTMLParser(f"<body>{html}").body
    for node in body.traverse():
        if node.tag in {"body", "-text"}:
            continue
        assert node.tag in ELEMENTS, html
        assert set(node.attributes) <= ({"href", "rel", "title"} if node.tag == "a" else {"start"}), html
        assert re.match(
            r"https://[a-z0-9.-]+(?::\d+)?(?:[/?#]|$)|mailto:", node.attributes.get("href") or "mailto:", re.IGNORECASE
        )
    words = markdown.plain(text)
    assert words == " ".join(words.split())
    assert len(markdown.excerpt(text, 80)) <= 80


def address(text: str) -> bool:
    """What is taken for an address leads to the host that it shows, and stays one whatever is added; whether it is one."""
    try:
        url = msgspec.convert(text, Url)
    except msgspec.ValidationError:
        return False
    host = addresses.host_of(url)
    assert re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*", host, re.IGNORECASE)
    parts = urlsplit(url)
    assert (parts.scheme, parts.hostname, parts.username, parts.port) in {
        ("https", host.lower(), None, None), ("https", host.lower(), None, 443),
    }  # fmt: skip
    bare = addresses.stripped(url, FOREIGN)
    assert addresses.stripped(bare, FOREIGN) == bare
    full = addresses.with_query(bare, {"tag": "a b&c", "sub": "x/y#z"})
    assert addresses.with_query(full, {"tag": "a b&c", "sub": "x/y#z"}) == full
    assert addresses.host_of(full) == host
    with suppress(msgspec.ValidationError):
        if len(full) < 2000:
            assert msgspec.convert(full, Url) == full
    return True


def imported(name: str, data: bytes) -> int:
    """A file of another platform is reviews and problems, which make up all its rows; how many rows it has."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    try:
        parsed = formats.reader(name)(data, FILE, OPTIONS)
    except ProblemsFound as failure:
        placed(failure.problems, lines)
        return 0
    assert parsed.rows == len(parsed.reviews) + parsed.refused
    for problem in parsed.problems:
        at_place(problem.place, lines)
    for each in parsed.reviews:
        assert each.place.file == FILE
        review = msgspec.structs.replace(each.review, id="made-later")  # of what is no id, when it is filed
        msgspec.convert(msgspec.to_builtins(review), type(review), strict=False)
    return parsed.rows
