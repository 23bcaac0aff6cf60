"""Scalars: how a text is typed so that our reader, and every other program that reads YAML, sees that text.

Our reader takes all scalars for text. Others do not: by YAML 1.1 (yaml.org/type) `NO` is false, `012` ten and 12:30
750; by the core schema of YAML 1.2 (section 10.3) `012` is twelve and `1.10` is 1.1.
"""

import re
from typing import Any

import yaml

from storefront.reader import NOTHING

# What is no text to other programs: truth values, numbers and merges of both versions. Days and moments are left out:
# what is made of them is the same day.
_OTHER = re.compile(
    r"y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?0[bB][01_]+|[-+]?0[oO][0-7_]+|[-+]?0[xX][0-9a-fA-F_]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|=|<<"
)
_ENDS = re.compile(r"\n?\.\.\.\n\Z|\n\Z")
_BLOCK = re.compile(r"\S[^\n]*(?:\n+[^\n]*)*")
_WIDE = 1 << 20


class Dumper(yaml.SafeDumper):
    """Writes text as plain as can be, lists one step in, and nothing twice by reference."""

    yaml_implicit_resolvers = {}

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  PyYAML's own
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  PyYAML's own
        super().increase_indent(flow, False)  # noqa: FBT003


def is_other(text: str) -> bool:
    """Whether another program may take plain `text` for something else than text."""
    return bool(_OTHER.fullmatch(text))


def quoted(text: str) -> str:
    """In double quotes, in one line."""
    dumped: str = yaml.dump(text, Dumper=Dumper, default_style='"', allow_unicode=True, width=_WIDE)
    return _ENDS.sub("", dumped)


def typed(text: str) -> tuple[str, list[str], bool, bool]:
    """How to type a text: its first line, the lines after it, whether it is plain and whether a block."""
    if "\n" in text and _BLOCK.fullmatch(text) and not any(line != line.rstrip() for line in text.split("\n")):
        return "|", text.split("\n"), False, True
    if text in NOTHING or is_other(text) or "\n" in text:
        return quoted(text), [], False, False
    dumped = _ENDS.sub("", yaml.dump(text, Dumper=Dumper, allow_unicode=True, width=_WIDE))
    if dumped == text and not text.startswith(("- ", "? ")):
        return text, [], True, False
    return quoted(text), [], False, False


def key(name: str) -> str:
    """How to type a key."""
    text, _, plain, _ = typed(name)
    return text if plain else quoted(name)
