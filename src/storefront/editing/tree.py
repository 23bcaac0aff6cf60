"""The tree: mappings, sequences and scalars as they were typed, each with the comments that are about it."""

from collections.abc import Mapping as Plain
from collections.abc import Sequence as Several
from typing import Any, Union

from msgspec import Struct, field

from storefront.editing import scalars

STEP = 2  # spaces a level
Node = Union["Scalar", "Mapping", "Sequence"]


class Scalar(Struct):
    """A value as typed: what stands in its first line, and the lines after it.

    `value` is what the reader makes of it. `block` are the texts that begin with | or >.
    """

    text: str
    value: str | None
    more: list[str] = field(default_factory=list)
    plain: bool = True
    block: bool = False


class Entry(Struct):
    """A key with its value, or one of a list's (then `key` is "").

    `key` is as typed, `name` what it says. `lead` are the comments before it, with "" for an empty line; `note` is the
    comment behind it.
    """

    node: Node
    key: str = ""
    name: str = ""
    lead: list[str] = field(default_factory=list)
    note: str = ""


class Mapping(Struct):
    """Keys with values, and the comments after the last. `flow` is one in braces."""

    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    flow: bool = False


class Sequence(Struct):
    """A list, and the comments after its last. `flow` is one in brackets."""

    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    flow: bool = False


class Document(Struct):
    """A file: what stands before the first key and belongs to none, and its keys."""

    head: list[str]
    root: Mapping


def made(value: Any) -> Node:
    """The tree of plain data: text, None, lists and maps."""
    match value:
        case None:
            return Scalar("", None)
        case str():
            text, more, plain, block = scalars.typed(value)
            return Scalar(text, value, more, plain, block)
        case Plain():
            return Mapping([Entry(made(inner), scalars.key(name), name) for name, inner in value.items()])
        case Several():
            return Sequence([Entry(made(inner)) for inner in value])
    raise TypeError(f"{type(value).__name__} is no plain data")


def find(mapping: Node, name: str) -> Entry | None:
    """The entry of a key, if it is there."""
    entries = mapping.entries if isinstance(mapping, Mapping) else []
    return next((entry for entry in entries if entry.name == name), None)


def put(mapping: Mapping, name: str, value: Any, order: Several[str] = ()) -> None:
    """Give a key a value. A new key goes behind those that come before it in `order`."""
    entry = find(mapping, name)
    if entry:
        if value != _plain(entry.node):
            entry.node = made(value)
        return
    before = order[: order.index(name)] if name in order else [each.name for each in mapping.entries]
    at = max((index + 1 for index, each in enumerate(mapping.entries) if each.name in before), default=0)
    mapping.entries.insert(at, Entry(made(value), scalars.key(name), name))


def drop(mapping: Mapping, name: str) -> None:
    """Take a key out. What is said about it stays, before what follows."""
    entry = find(mapping, name)
    if entry is None:
        return
    at = mapping.entries.index(entry)
    said = [*entry.lead, *([entry.note] if entry.note else [])]
    after = mapping.entries[at + 1].lead if at + 1 < len(mapping.entries) else mapping.tail
    after[:0] = said
    del mapping.entries[at]


def append(sequence: Sequence, value: Any) -> None:
    """Add one more to a list."""
    sequence.entries.append(Entry(made(value)))


def _plain(node: Node) -> Any:
    match node:
        case Scalar():
            return node.value
        case Mapping():
            return {entry.name: _plain(entry.node) for entry in node.entries}
    return [_plain(entry.node) for entry in node.entries]
