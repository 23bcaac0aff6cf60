"""Reading: text to the tree, by the marks that the one YAML engine sets. What stands between two values is comments."""

import re
from typing import Any

import yaml
from msgspec import Struct

from storefront import reader
from storefront.editing import scalars
from storefront.editing.tree import STEP, Document, Entry, Mapping, Node, Scalar, Sequence
from storefront.problems import Place, Problem, ProblemsFound

_BREAK = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:^|(?<=[\s,\[\]{}]))#.*")
_HEADER = re.compile(r"[|>][-+0-9]*")
_STEP = re.compile(r"[1-9]")
BLOCKS = ("|", ">")
# What editors look for at the top of a file, whatever its first key is.
MODELINE = re.compile(r"#\s*(?:yaml-language-server:|prettier-|vim?:|-\*-|!)")
Spot = tuple[int, int]


class Unreadable(ProblemsFound):
    """The document is no mapping of keys that begins on a line of its own: there is nothing to put in order."""

    def __init__(self, file: str) -> None:
        hint = "Begin the file with its first key, on a line of its own."
        super().__init__([Problem("unreadable", "this file has no keys that could be changed", Place(file), hint)])


class _Comment(Struct, frozen=True):
    """A comment or an empty line ("") in a gap. `beside` is one that shares its line with what ends there."""

    text: str
    column: int
    beside: bool


def read(text: str, file: str) -> Document:
    """The tree of a file. Raises `ProblemsFound` as the reader does, and `Unreadable`."""
    reader.parse(text, file)
    lines = _BREAK.split(text)
    root = yaml.CSafeLoader(text).get_single_node()
    if not isinstance(root, yaml.MappingNode) or lines[_begins(root)[0]][: _begins(root)[1]].strip():
        raise Unreadable(file)
    return _Reader(lines).document(root)


def _begins(node: Any) -> Spot:
    return node.start_mark.line, node.start_mark.column


def _ends(node: Any) -> Spot:
    return node.end_mark.line, node.end_mark.column


class _Reader:
    """Goes through the nodes in order. `here` is where the last value ended, `last` its entry.

    `closed` are the collections that have ended since then, the innermost first, each with its column.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.beside = ""  # what is said behind the sign that begins a block
        self.here: Spot = (0, 0)
        self.last: Entry | None = None
        self.closed: list[tuple[int, Mapping | Sequence]] = []

    def document(self, root: Any) -> Document:
        first = _begins(root)
        head = [line.rstrip() for line in self.lines[: first[0]]]
        own = _after_last_blank(head)
        while own < len(head) and (MODELINE.match(head[own]) or head[own].startswith(("---", "%"))):
            own += 1
        self.here = (own, 0)
        mapping = self.mapping(root)
        tail = self.told((len(self.lines) - 1, len(self.lines[-1])), -1)
        mapping.tail += tail
        return Document(_single_blanks(head[:own]), mapping)

    def node(self, node: Any, column: int) -> Node:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, column)
        return self.mapping(node) if isinstance(node, yaml.MappingNode) else self.sequence(node)

    def mapping(self, node: Any) -> Mapping:
        made = Mapping(flow=bool(node.flow_style))
        column = _begins(node)[1]
        for key, value in node.value:
            entry = Entry(Scalar("", None), self.key(key), key.value)
            entry.lead = self.told(_begins(key), column)
            self.here, self.last, self.closed = _ends(key), entry, []
            self.value(entry, value, column)
            made.entries.append(entry)
        self.end(node, made, column)
        return made

    def key(self, key: Any) -> str:
        """A key as typed; one that is empty or goes over several lines is typed anew."""
        begins, ends = _begins(key), _ends(key)
        return self.between(begins, ends) if begins[0] == ends[0] and begins != ends else scalars.key(key.value)

    def sequence(self, node: Any) -> Sequence:
        made = Sequence(flow=bool(node.flow_style))
        column = _begins(node)[1]
        for value in node.value:
            entry = Entry(Scalar("", None))
            begins = _begins(value) if node.flow_style else self.dash(_begins(value), column)
            entry.lead = self.told(begins, column)
            self.here, self.last, self.closed = begins, None, []
            self.value(entry, value, column)
            made.entries.append(entry)
        self.end(node, made, column)
        return made

    def value(self, entry: Entry, node: Any, column: int) -> None:
        """The value of an entry. What is said before it, and not beside its key, is said before the entry."""
        if not (isinstance(node, yaml.ScalarNode) and _begins(node) == _ends(node)):
            said = self.gap(_begins(node))
            block = not isinstance(node, yaml.ScalarNode) and not node.flow_style
            for comment in said:
                if comment.beside and self.last is entry and block:
                    entry.note = comment.text
                elif not block or comment.beside:
                    entry.lead += [comment.text] if comment.text else []
            if not block:
                self.here = _begins(node)
            elif any(comment.beside for comment in said):
                self.here = (self.here[0], len(self.lines[self.here[0]]))
        entry.node = self.node(node, column)
        if isinstance(entry.node, Scalar) or entry.node.flow:
            self.last = entry
        if not isinstance(entry.node, Scalar) and not entry.node.entries:  # brackets with nothing but comments in them
            entry.lead, entry.node.tail = entry.lead + entry.node.tail, []
        if self.beside:
            entry.note, self.beside = self.beside, ""

    def dash(self, value: Spot, column: int) -> Spot:
        """Where the dash before a value of a list stands."""
        for number in range(self.here[0], value[0] + 1):
            line, start = self.lines[number], self.here[1] if number == self.here[0] else 0
            if line[column : column + 1] == "-" and column >= start and set(line[start:column]) <= set(" -?:\t"):
                return number, column
        return value

    def scalar(self, node: Any, column: int) -> Scalar:
        begins, ends = _begins(node), _ends(node)
        self.closed = []
        if node.style in BLOCKS:
            return self.block(node, begins, ends, column)
        if begins == ends:
            return Scalar("", None)
        self.here = ends
        value = None if not node.style and node.value in reader.NOTHING else node.value
        if begins[0] == ends[0]:
            return Scalar(self.between(begins, ends), value, plain=not node.style)
        more = [self.lines[number].lstrip() for number in range(begins[0] + 1, ends[0])]
        last = self.lines[ends[0]][: ends[1]].lstrip()
        return Scalar(self.lines[begins[0]][begins[1] :], value, [*more, last], plain=not node.style)

    def block(self, node: Any, begins: Spot, ends: Spot, column: int) -> Scalar:
        """A text that begins with | or >, with its lines as they stand beyond its indent."""
        header = self.lines[begins[0]][begins[1] :]
        found = _HEADER.match(header)
        text = found[0] if found else str(node.style)
        last = min(ends[0] if ends[1] else ends[0] - 1, len(self.lines) - 1)
        content = self.lines[begins[0] + 1 : last + 1]
        indent = next((_indent(line) for line in content if line.strip()), 0)
        if given := _STEP.search(text):  # the text itself begins with spaces, and says so
            indent = column + int(given[0])
            text = text.replace(given[0], str(STEP))
        elif not any(line.strip() for line in content):
            content = []
        while content and not content[-1][indent:]:
            content.pop()
        last = begins[0] + len(content)
        comment = _COMMENT.search(header[len(text) :])
        self.beside = comment[0].rstrip() if comment else ""
        self.here = (last, len(self.lines[last]))
        return Scalar(text, node.value.rstrip("\n"), [line[indent:] for line in content], plain=False, block=True)

    def between(self, begins: Spot, ends: Spot) -> str:
        return self.lines[begins[0]][begins[1] : ends[1]]

    def end(self, node: Any, made: Mapping | Sequence, column: int) -> None:
        """Close a collection; what is said inside its brackets after its last value is its own."""
        if made.flow:
            line, after = _ends(node)
            made.tail = self.told((line, max(after - 1, 0)), -1)
            self.here, self.closed = (line, after), []
        else:
            self.closed.append((column, made))

    def gap(self, ends: Spot) -> list[_Comment]:
        """The comments from here to a spot."""
        found = []
        for number in range(self.here[0], ends[0] + 1):
            start = self.here[1] if number == self.here[0] else 0
            line = self.lines[number][start : ends[1] if number == ends[0] else None]
            comment = _COMMENT.search(line) if start == 0 or line[:1] in " \t,[]{}" else _COMMENT.search(line, 1)
            if comment:
                beside = number == self.here[0] and self.here != (number, 0)
                found.append(_Comment(comment[0].rstrip(), start + comment.start(), beside))
            elif not line.strip() and number != ends[0] and start == 0 and number >= self.here[0] + bool(self.here[1]):
                found.append(_Comment("", 0, beside=False))
        return found

    def told(self, ends: Spot, column: int) -> list[str]:
        """The comments before an entry at `column`; those further in belong to what has ended there."""
        said = self.gap(ends)
        if said and said[0].beside and self.last:
            first = said.pop(0)
            if self.last.note:
                said.insert(0, first)
            else:
                self.last.note = first.text
        lead: list[str] = []
        waiting: list[str] = []
        for comment in said:
            waiting.append(comment.text)
            if not comment.text:
                continue
            if not lead and comment.column > column and (owner := self.owner(comment.column)):
                owner.tail += waiting
            else:
                lead += waiting
            waiting = []
        return [*lead, *waiting]

    def owner(self, column: int) -> Mapping | Sequence | None:
        """Whose a comment at a column is: the innermost that has ended and begins no further in."""
        fitting = [made for at, made in self.closed if at <= column]
        return fitting[0] if fitting else self.closed[-1][1] if self.closed else None


def _after_last_blank(lines: list[str]) -> int:
    return max((index + 1 for index, line in enumerate(lines) if not line.strip()), default=0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _single_blanks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept
