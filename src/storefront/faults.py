"""What makes YAML unreadable, in a creator's words: libyaml's complaints, and the place to look at for each."""

import yaml
from msgspec import Struct
from yaml.error import Mark

from storefront.problems import Place, Problem, shown


class Fault(Struct, frozen=True):
    """What libyaml says (`sign`), what that means and what to do; `at_start` where the trouble begins earlier."""

    sign: str
    message: str
    hint: str
    at_start: bool = False


QUOTE_IT = "Put quotes around the whole text."
FAULTS = (
    Fault(
        "unexpected end of stream",
        "a quote is opened here and never closed",
        "Close it with the same quote.",
        at_start=True,
    ),
    Fault("',' or ']'", "this list lacks a comma, or the ] that closes it", "Write it as [one, two].", at_start=True),
    Fault(
        "',' or '}'", "this group lacks a comma, or the } that closes it", "Write it as {key: value}.", at_start=True
    ),
    Fault(
        "mapping values are not allowed",
        "no colon is expected here",
        "Put quotes around a text that contains a colon and a space; indent a key like its neighbours.",
    ),
    Fault(
        "could not find expected ':'",
        "this is no key with a value",
        "Write a colon and a space after a key.",
        at_start=True,
    ),
    Fault("sequence entries are not allowed", "no list is expected here", "Put the first - on a line of its own."),
    Fault("expected node content", "a value is missing here", "Put quotes around a text that begins with , ] or }."),
    Fault("escape", "a backslash means something else inside double quotes", "Use single quotes, or write \\\\."),
    Fault("nesting depth", "nested far too deep", "Content needs few levels: look for brackets that are never closed."),
    Fault("expected comment or line break", "the text of a block begins on the next line", "Break the line after |."),
)
BAD_START = ("cannot start any token", "expected alphabetic or numeric", "scanning a tag", "parsing a tag")
MISPLACED = ("did not find expected key", "did not find expected '-' indicator")
UNKNOWN = Fault("", "this is not readable as YAML", "Compare the line with its neighbours: quotes, colons, indent.")


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """The problem that an error of libyaml is."""
    said = f"{error.problem} {error.context}"
    here = error.problem_mark or error.context_mark or Mark(file, 0, 0, 0, "", 0)
    begin = error.context_mark or here
    if any(sign in said for sign in BAD_START):
        return _bad_start(begin if "token" not in said else here, text, file)
    if "a tab character" in said:
        return _problem(Fault("", "a tab indents this line", "Indent with spaces."), here, file)
    if any(sign in said for sign in MISPLACED):
        return _problem(_misplaced(here, text), here, file)
    fault = next((fault for fault in FAULTS if fault.sign in said), UNKNOWN)
    return _problem(fault, begin if fault.at_start else here, file)


def _bad_start(mark: Mark, text: str, file: str) -> Problem:
    """A tab where a line is indented, or a character that means something else to YAML."""
    character = _line(mark, text)[mark.column : mark.column + 1]
    if character == "\t":
        return _problem(Fault("", "a tab indents this line", "Indent with spaces."), mark, file)
    return _problem(Fault("", f"a text cannot begin with {shown(character)}", QUOTE_IT), mark, file)


def _misplaced(mark: Mark, text: str) -> Fault:
    before = _line(mark, text)[: mark.column]
    if before.strip(" -"):
        hint = "Put quotes around the whole text; inside single quotes, write an apostrophe twice."
        return Fault("", "the text goes on after a closing quote or bracket", hint)
    return Fault(
        "",
        "this line is indented unlike its neighbours",
        "Give all keys of a group one indent, and all dashes of a list.",
    )


def _line(mark: Mark, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[mark.line] if mark.line < len(lines) else ""


def _problem(fault: Fault, mark: Mark, file: str) -> Problem:
    code = "yaml-limit" if fault.sign == "nesting depth" else "yaml-syntax"
    return Problem(code, fault.message, Place(file, mark.line + 1, mark.column + 1), fault.hint)
