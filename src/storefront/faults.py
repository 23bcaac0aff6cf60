"""What makes YAML unreadable, in a creator's words: the complaint, where to look, and the line as it should be."""

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct
from yaml.error import Mark
from yaml.events import ScalarEvent
from yaml.tokens import ScalarToken

from storefront.problems import Place, Problem, shown


class Fault(Struct, frozen=True):
    """What libyaml says (`sign`), what that means and what to do; `at_start` where the trouble begins earlier."""

    sign: str
    message: str
    hint: str
    at_start: bool = False


QUOTE_IT = "Put quotes around the whole text."
OPEN_QUOTE = Fault(
    "unexpected end of stream",
    "a quote is opened here and never closed",
    "Close it with the same quote.",
    at_start=True,
)
FAULTS = (
    OPEN_QUOTE,
    Fault("',' or ']'", "this list lacks a comma, or the ] that closes it", "Write it as [one, two].", at_start=True),
    Fault(
        "',' or '}'", "this group lacks a comma, or the } that closes it", "Write it as {key: value}.", at_start=True
    ),
    Fault("sequence entries are not allowed", "no list is expected here", "Put the first - on a line of its own."),
    Fault("expected node content", "a value is missing here", "Put quotes around a text that begins with , ] or }."),
    Fault("escape", "a backslash means something else inside double quotes", "Use single quotes, or write \\\\."),
    Fault("nesting depth", "nested far too deep", "Content needs few levels: look for brackets that are never closed."),
    Fault("expected comment or line break", "the text of a block begins on the next line", "Break the line after |."),
)
QUOTED = ("'", '"')
BAD_START = ("cannot start any token", "expected alphabetic or numeric", "scanning a tag", "parsing a tag")
MISPLACED = ("did not find expected key", "did not find expected '-' indicator")
UNKNOWN = Fault("", "this is not readable as YAML", "Compare the line with its neighbours: quotes, colons, indent.")
TAB = Fault("", "a tab indents this line", "Indent with spaces.")
QUOTES = "\"'“”„‟‘’‚«»"  # of which YAML knows the first two
_entry = re.compile(r"(?P<indent> *(?:- +)?)(?P<key>[\w-]+)(?P<colon>:)(?P<space> *)(?P<value>.*)")
_wide = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")  # spaces that look like one and are none to YAML
_remark = re.compile(r"[^\s][ \t]+(#\w)")


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """The problem that an error of libyaml is."""
    said = f"{error.problem} {error.context}"
    here = error.problem_mark or error.context_mark or Mark(file, 0, 0, 0, "", 0)
    begin = error.context_mark or here
    lines = _lines(text)
    if found := _wide_space(lines, begin.line, here.line):
        fault = Fault("", "a space of another kind than YAML knows", "Delete it, and type a space.")
        return _problem(fault, file, *found)
    if any(sign in said for sign in BAD_START):
        return _bad_start(begin if "token" not in said else here, lines, file)
    if "mapping values are not allowed" in said:
        return _colon(here, lines, file)
    if any(sign in said for sign in MISPLACED) and (opened := _open_quote(text, here)):
        return _problem(OPEN_QUOTE, file, opened.line, opened.column)
    mark = here
    if "a tab character" in said:
        fault = TAB
    elif any(sign in said for sign in MISPLACED):
        fault = _misplaced(here, lines)
    elif "could not find expected ':'" in said:
        fault, mark = _no_key(begin, lines), begin
    else:
        fault = next((fault for fault in FAULTS if fault.sign in said), UNKNOWN)
        mark = begin if fault.at_start else here
    return _problem(fault, file, mark.line, mark.column)


def remarks(text: str, file: str) -> Iterator[Problem]:
    """Texts that end at a # without anybody's wish, such as `title: Look #3`: what is behind it would be lost.

    Only a file that has a word right behind a # is looked at more closely.
    """
    if "#" not in text or not _remark.search(text):
        return
    lines = _lines(text)
    for event in yaml.parse(text, yaml.CSafeLoader):
        if not isinstance(event, ScalarEvent) or not event.implicit[0] or not event.end_mark:
            continue
        number, column = event.end_mark.line, event.end_mark.column
        line = lines[number] if number < len(lines) else ""
        if (found := re.match(r"[ \t]+(#\w.*)", line[column:])) and line[:column].strip():
            hint = f"{_in_quotes(line).rstrip('.')}; a comment has a space after its #."
            fault = Fault("", f"YAML takes this for a comment, and it would be lost: {shown(found[1])}", hint)
            yield _problem(fault, file, number, column + found.start(1))


def _wide_space(lines: list[str], first: int, last: int) -> tuple[int, int] | None:
    """Line and column of a space that is none, where one has to be: before a key, after a colon, after a dash."""
    first = min(first, len(lines) - 1)
    while first and not lines[first].strip():
        first -= 1
    for number in range(max(first - 1, 0), min(last + 1, len(lines))):
        if found := re.match(rf" *(?:- *)?(?:[\w-]+: *)?(?={_wide.pattern})", lines[number]):
            return number, found.end()
    return None


def _open_quote(text: str, here: Mark) -> Mark | None:
    """Where a text in quotes begins that was not meant to go on until a mark: it has taken in keys or comments."""
    lines = _lines(text)
    try:
        for token in yaml.scan(text, yaml.CSafeLoader):
            if isinstance(token, ScalarToken) and token.style in QUOTED and token.end_mark.line == here.line:
                begin: Mark = token.start_mark
                taken = lines[begin.line + 1 : here.line + 1]
                ends_here = not _line(here, lines)[token.end_mark.column : here.column].strip()
                if ends_here and any(_entry.match(line) or line.lstrip().startswith("#") for line in taken):
                    return begin
    except yaml.YAMLError:
        return None
    return None


def _colon(here: Mark, lines: list[str], file: str) -> Problem:
    """A colon that YAML does not expect: in a text, in a line that is indented too far, or below a slip of the pen."""
    line = _line(here, lines)
    own = _entry.match(line)
    if own and own.start("colon") < here.column:
        fault = Fault("", "a colon and a space stand in the middle of a text", _in_quotes(line))
        return _problem(fault, file, here.line, here.column)
    above = next(
        (n for n in range(here.line - 1, -1, -1) if lines[n].strip() and not lines[n].lstrip().startswith("#")), -1
    )
    before = _entry.match(lines[above]) if above >= 0 else None
    if above >= 0 and (dash := re.match(r" *-(?=[\w])", lines[above])):
        hint = f"Write {shown(lines[above].strip().replace('-', '- ', 1))}"
        return _problem(Fault("", "a space is missing after the dash", hint), file, above, dash.end())
    if before and before["value"] and not before["space"]:
        fault = Fault("", "a space is missing after the colon", f"Write {before['key']}: {shown(before['value'])}")
        return _problem(fault, file, above, before.end("colon"))
    if before and own and before["value"] and own.start("key") != before.start("key"):
        fault = Fault("", "this line is indented unlike its neighbours", f"Begin it right below {before['key']}.")
        return _problem(fault, file, here.line, own.start("key"))
    hint = "Put quotes around a text that contains a colon and a space; indent a key like its neighbours."
    return _problem(Fault("", "no colon is expected here", hint), file, here.line, here.column)


def _no_key(begin: Mark, lines: list[str]) -> Fault:
    """A line that is no key with a value, where one is expected: often the second line of a text."""
    line = _line(begin, lines)
    hint = "Write a colon and a space after a key."
    if found := _entry.match(line):
        hint = f"Write {found['key']}: {shown(found['value'])}"
    elif begin.line and lines[begin.line - 1].strip() and not lines[begin.line - 1].lstrip().startswith("#"):
        hint = "Indent it, if it belongs to the text above; else write a colon and a space after a key."
    return Fault("", "this is not a key with a value", hint)


def _bad_start(mark: Mark, lines: list[str], file: str) -> Problem:
    """A tab where a line is indented, or a character that means something else to YAML."""
    line = _line(mark, lines)
    character = line[mark.column : mark.column + 1]
    fault = Fault("", f"a text cannot begin with {shown(character)}", _in_quotes(line)) if character != "\t" else TAB
    return _problem(fault, file, mark.line, mark.column)


def _misplaced(mark: Mark, lines: list[str]) -> Fault:
    line = _line(mark, lines)
    if line[: mark.column].strip(" -"):
        return Fault("", "the text goes on after a closing quote or bracket", _in_quotes(line))
    return Fault(
        "",
        "this line is indented unlike its neighbours",
        "Give all keys of a group one indent, and all dashes of a list.",
    )


def _in_quotes(line: str) -> str:
    """A hint with a line's key, and its text in such quotes as YAML reads whole; without it where it has no key."""
    found = _entry.fullmatch(line.rstrip())
    if not found or not found["value"]:
        return QUOTE_IT
    if linked := re.fullmatch(r"\[.*\]\((https://\S+)\)", found["value"]):
        return f"Write {found['key']}: {shown(linked[1])}"
    text = found["value"]
    text = text[1:] if text[0] in QUOTES else text
    text = text[:-1] if text != found["value"] and text[-1:] in QUOTES and text else text
    text = f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
    return f"Put quotes around the whole text: {found['key']}: {shown(text)}"


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line(mark: Mark, lines: list[str]) -> str:
    return lines[mark.line] if mark.line < len(lines) else ""


def _problem(fault: Fault, file: str, line: int, column: int) -> Problem:
    code = "yaml-limit" if fault.sign == "nesting depth" else "yaml-syntax"
    return Problem(code, fault.message, Place(file, line + 1, column + 1), fault.hint)
