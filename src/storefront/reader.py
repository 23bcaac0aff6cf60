"""YAML to plain data: text, lists and maps, under limits, with a place for every mistake.

Built on libyaml's event stream without a node graph, 2.3 times as fast as PyYAML's
`CSafeLoader` (17.4 against 7.7 MB/s on influencer files). Scalars stay text: the field's type
decides what they mean, so that `NO`, `012` and `12:30` survive. Only an empty plain scalar, `~`
and `null` are nothing (None).
"""

import codecs
import re
from collections.abc import Callable, Sequence
from sys import intern
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from storefront.faults import explain, remarks
from storefront.problems import Place, Problem, ProblemsFound, shown

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 16
MAX_ENTRIES = 10_000  # in one list or group of keys, and so records of one kind in a file
UTF_16 = frozenset({codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE})
SHARED = (
    32  # characters; equal words, ids and days of a site are one text in memory: 18 MB instead of 28 for 1,000 creators
)
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

# Control characters, line separators and marks that reverse the reading order: nobody types
# them on purpose, and they make a file say something else than it shows.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def decode(data: bytes, file: str) -> str:
    """UTF-8 text without a leading byte-order mark. Raises `ProblemsFound` when it is not text."""
    if len(data) > MAX_BYTES:
        hint = "Divide it: lists, posts and reviews can each have a file."
        raise _failure("yaml-limit", f"the file is larger than {MAX_BYTES // 1024} KB", Place(file), hint)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        message = "this is UTF-16, not UTF-8" if data[:2] in UTF_16 else "this is not UTF-8"
        raise _failure("not-utf8", message, _place_at(before, len(before), file), "Save the file as UTF-8.") from None
    if not text.isascii() and (found := HIDDEN.search(text)):
        raise _hidden(found.group(), _place_at(text, found.start(), file))
    return text


# For each list of a document, by its identity, the lines (from 1) on which its entries begin.
Lines = dict[int, list[int]]


def parse(text: str, file: str, lines: Lines | None = None, repeated: list[Problem] | None = None) -> Any:
    """The one document in `text` as dicts, lists, text and None; `lines` is filled for the lists in it.

    Raises `ProblemsFound` with every repeated key at once, or with the one fault at which the
    YAML stops being readable. Repeated keys are put into `repeated` instead, where that is given; the last one holds.
    """
    builder = _Builder(text, file, lines if lines is not None else {})
    try:
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        raise ProblemsFound([explain(error, text, file)]) from None
    except yaml.reader.ReaderError as error:  # of text that is all ASCII, so that position counts characters
        raise _hidden(text[error.position], _place_at(text, error.position, file)) from None
    lost = list(remarks(text, file))
    if lost or (builder.problems and repeated is None):
        raise ProblemsFound([*builder.problems, *lost])
    if repeated is not None:
        repeated += builder.problems
    return value


class _Builder:
    """Pulls events and builds data; keeps the repeated keys it meets."""

    def __init__(self, text: str, file: str, lines: Lines) -> None:
        self.next: Callable[[], Any] = CParser(text).get_event
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.escapes = "\\" in text

    def document(self) -> Any:
        self.next()
        first = self.next()
        if isinstance(first, StreamEndEvent):
            raise _failure("yaml-syntax", "the file is empty", Place(self.file), "Fill it in, or delete it.")
        value = self.value(self.next(), MAX_DEPTH)
        end = self.next()
        after = self.next() if isinstance(end, DocumentEndEvent) else end
        if not isinstance(after, StreamEndEvent):
            raise self.refused(after, "a second document", "Keep one document in a file: delete the --- line.")
        return value

    def value(self, event: Any, depth: int) -> Any:
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise self.feature(event)
            value = event.value
            if event.implicit[0]:
                if len(value) > SHARED:
                    return value
                return None if value in NOTHING else intern(value)
            if self.escapes:
                self.refuse_hidden(event)
            return value.rstrip("\n")  # what ends a | or > block is never meant
        if kind is AliasEvent or event.anchor is not None or event.tag is not None:
            raise self.feature(event)
        if depth == 0:
            hint = "Content needs few levels: check the indent."
            raise _failure("yaml-limit", f"nested deeper than {MAX_DEPTH} levels", self.place(event), hint)
        return self.mapping(depth - 1) if kind is MappingStartEvent else self.sequence(depth - 1)

    def mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        get, value = self.next, self.value
        while True:
            event = get()
            kind = event.__class__
            if kind is MappingEndEvent:
                return result
            if len(result) == MAX_ENTRIES:
                raise self.too_many(event)
            if kind is not ScalarEvent:
                raise self.refused(event, "a key that is not text", "A key is a single word before a colon.")
            key = event.value
            if key in result:
                self.repeated(event)
            elif event.anchor is not None or event.tag is not None or key == "<<":
                raise self.feature(event)
            if self.escapes:
                self.refuse_hidden(event)
            result[intern(key)] = value(get(), depth)

    def sequence(self, depth: int) -> list[Any]:
        result: list[Any] = []
        lines = self.lines[id(result)] = []
        get, value = self.next, self.value
        while True:
            event = get()
            if event.__class__ is SequenceEndEvent:
                return result
            if len(result) == MAX_ENTRIES:
                raise self.too_many(event)
            lines.append(event.start_mark.line + 1)
            result.append(value(event, depth))

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def refuse_hidden(self, event: Any) -> None:
        """What may not stand in a file may not be written as an escape either, such as U+202E."""
        if found := HIDDEN.search(event.value):
            raise _hidden(found.group(), self.place(event))

    def repeated(self, event: Any) -> None:
        message = f"the key {shown(event.value)} appears twice here"
        self.problems.append(Problem("duplicate-key", message, self.place(event), "Keep one of the two."))

    def too_many(self, event: Any) -> ProblemsFound:
        message = f"more than {MAX_ENTRIES:,} entries in one place"
        return _failure("yaml-limit", message, self.place(event), "Divide it into several files.")

    def refused(self, event: Any, what: str, hint: str) -> ProblemsFound:
        return _failure("yaml-feature", what, self.place(event), hint)

    def feature(self, event: Any) -> ProblemsFound:
        hint = "Write the value out; put quotes around a text that begins with &, * or !."
        return self.refused(event, "anchors, aliases, tags and merges (& * ! <<) are not used in content", hint)


class Locator:
    """Places inside one file that could be parsed. Composes the node graph once, on the first question."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.root: Any = yaml.CSafeLoader(text).get_single_node()
        self.children: dict[int, dict[str, tuple[Any, Any]]] = {}  # of groups of keys, by their node's identity

    def place(self, path: Sequence[str | int]) -> Place:
        """The value at `path`, or its key where the last step is a key; the nearest parent when it is missing."""
        node, mark = self.root, self.root.start_mark
        for step in path:
            found = self._child(node, step)
            if found is None:
                break
            node, mark = found
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _child(self, node: Any, step: str | int) -> tuple[Any, Any] | None:
        """The node under `step` and the mark to show for it."""
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self.children:
                self.children[id(node)] = {key.value: (value, key.start_mark) for key, value in node.value}
            return self.children[id(node)].get(str(step))
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return node.value[step], node.value[step].start_mark
        return None


def _hidden(character: str, place: Place) -> ProblemsFound:
    code = f"U+{ord(character):04X}"
    return _failure("yaml-syntax", f"a character that cannot be seen ({code})", place, "Delete it; retype the word.")


def _failure(code: str, message: str, place: Place, hint: str = "") -> ProblemsFound:
    return ProblemsFound([Problem(code, message, place, hint)])


def _place_at(text: str, index: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)
