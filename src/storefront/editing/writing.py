"""Writing: the tree to text, two spaces a level, lists one level in, single empty lines, no spaces behind."""

from collections.abc import Iterator
from itertools import chain

from storefront.editing.tree import STEP, Document, Entry, Mapping, Node, Scalar, Sequence

WIDTH = 120  # what stands in braces or brackets and is wider is written line by line


def written(document: Document) -> str:
    """The text of a file."""
    lines = [*document.head, *_collection(document.root, 0)]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]) or "\0" in line:
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept).replace(_KEPT, "") + "\n"


_KEPT = "\0"  # marks an empty line of a text, which is no empty line between keys


def _collection(node: Mapping | Sequence, indent: int) -> Iterator[str]:
    for entry in node.entries:
        head = "-" if isinstance(node, Sequence) else f"{entry.key}:"
        start = f"{' ' * indent}{head}"
        note = f"  {entry.note}" if entry.note else ""
        if isinstance(entry.node, Scalar):
            lines = _scalar(entry.node, start, note, indent + STEP)
        elif line := _beside(entry, len(start)):
            lines = iter([f"{start} {line}{note}"])
        elif head == "-":
            _lift(entry, indent)
            first, *more = _collection(entry.node, indent + STEP)
            lines = iter([f"{start} {first[indent + STEP :]}", *more])
        else:
            lines = chain([f"{start}{note}"], _collection(entry.node, indent + STEP))
        yield from _comments(entry.lead, indent)
        yield from lines
    yield from _comments(node.tail, indent)


def _beside(entry: Entry, before: int) -> str:
    """A value that stands behind its key or dash, which takes so many columns; "" where it stands in lines below."""
    return entry.node.text if isinstance(entry.node, Scalar) else _in_line(entry.node, before + len(entry.note) + 3)


def _lift(entry: Entry, indent: int) -> None:
    """What is said beside a dash or before the first of a list's value stands before the dash."""
    if entry.note:
        entry.lead.append(entry.note)
        entry.note = ""
    if isinstance(entry.node, Scalar) or not entry.node.entries:
        return
    first = entry.node.entries[0]
    opened = isinstance(entry.node, Sequence) and not isinstance(first.node, Scalar)
    if opened and not _beside(first, indent + STEP + 1):
        _lift(first, indent + STEP)
    entry.lead += first.lead
    first.lead = []


def _comments(comments: list[str], indent: int) -> Iterator[str]:
    return (f"{' ' * indent}{comment}" if comment else "" for comment in comments)


def _scalar(node: Scalar, start: str, note: str, indent: int) -> Iterator[str]:
    first = f"{start} {node.text}" if node.text else start
    if not node.more:
        yield f"{first}{note}"
        return
    yield f"{first}{note}" if node.block else first
    space = " " * indent
    lines = [f"{space}{line}" if line else _KEPT for line in node.more]
    if not node.block:
        lines[-1] += note
    yield from lines


def _in_line(node: Mapping | Sequence, before: int) -> str:
    """What stands in braces or brackets, when it fits and nothing is said in it; "" else."""
    if not node.entries:
        return "{}" if isinstance(node, Mapping) else "[]"
    if not node.flow or not _is_quiet(node):
        return ""
    line = _flow(node)
    return line if before + len(line) <= WIDTH else ""


def _is_quiet(node: Node) -> bool:
    if isinstance(node, Scalar):
        return not node.more and not node.block
    return not node.tail and all(
        not entry.note and not any(entry.lead) and _is_quiet(entry.node) for entry in node.entries
    )


def _flow(node: Node) -> str:
    match node:
        case Scalar():
            return node.text
        case Mapping():
            return f"{{{', '.join(f'{entry.key}: {_flow(entry.node)}' for entry in node.entries)}}}"
    return f"[{', '.join(_flow(entry.node) for entry in node.entries)}]"
