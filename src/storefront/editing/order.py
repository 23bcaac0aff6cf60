"""Order: the keys of a file as the vocabulary lists them, and quotes where another program would not read text."""

from collections.abc import Sequence as Several
from functools import cache
from typing import Any

from msgspec import inspect

from storefront.editing import scalars
from storefront.editing.tree import Document, Mapping, Node, Scalar
from storefront.vocabulary.common import Record

NO_TEXT = (inspect.BoolType, inspect.IntType, inspect.FloatType)
GROUPS = (inspect.StructType, inspect.DictType, inspect.VarTupleType, inspect.TupleType, inspect.ListType)
# When a record is shown stands after what it is.
SCHEDULE = tuple(field.encode_name for field in inspect.type_info(Record).fields)  # type: ignore[attr-defined]


def in_order(document: Document, model: Any) -> None:
    """Put a file of a model in order. Keys that the model does not know keep their order, behind those it knows."""
    _order(document.root, inspect.type_info(model))


@cache
def keys_of(model: type) -> Several[str]:
    """The keys of a model in the order in which they are written."""
    return _keys(inspect.type_info(model))  # type: ignore[arg-type]


def _keys(expected: inspect.StructType) -> Several[str]:
    names = [field.encode_name for field in expected.fields]
    return [*(name for name in names if name not in SCHEDULE), *(name for name in names if name in SCHEDULE)]


def _order(node: Node, expected: inspect.Type | None) -> None:
    expected = _meant(node, expected)
    if isinstance(node, Scalar):
        if expected and not isinstance(expected, NO_TEXT):
            _quote(node)
    elif isinstance(node, Mapping):
        _order_mapping(node, expected)
    else:
        for index, entry in enumerate(node.entries):
            _order(entry.node, _of_item(expected, index))


def _order_mapping(node: Mapping, expected: inspect.Type | None) -> None:
    match expected:
        case inspect.StructType():
            at = {name: index for index, name in enumerate(_keys(expected))}
            types = {field.encode_name: field.type for field in expected.fields}
            before = list(node.entries)
            node.entries.sort(key=lambda entry: at.get(entry.name, len(at)))
            if node.entries and node.entries != before:
                _begin_without_gap(node)
            for entry in node.entries:
                _order(entry.node, types.get(entry.name))
        case inspect.DictType():
            for entry in node.entries:
                if entry.key == entry.name and scalars.is_other(entry.name):
                    entry.key = scalars.quoted(entry.name)
                _order(entry.node, expected.value_type)
        case _:
            for entry in node.entries:
                _order(entry.node, None)


def _begin_without_gap(node: Mapping) -> None:
    first = node.entries[0]
    while first.lead and not first.lead[0]:
        del first.lead[0]


def _quote(node: Scalar) -> None:
    if node.plain and not node.more and node.value is not None and scalars.is_other(node.text):
        node.text, node.plain = scalars.quoted(node.value), False


def _of_item(expected: inspect.Type | None, index: int) -> inspect.Type | None:
    match expected:
        case inspect.VarTupleType() | inspect.ListType():
            return expected.item_type
        case inspect.TupleType() if index < len(expected.item_types):
            return expected.item_types[index]
    return None


def _meant(node: Node, expected: inspect.Type | None) -> inspect.Type | None:
    """The member of a union that a node of this shape means."""
    while isinstance(expected, inspect.Metadata):
        expected = expected.type
    if not isinstance(expected, inspect.UnionType):
        return expected
    shape = {Scalar: None, Mapping: GROUPS[:2]}.get(type(node), GROUPS[2:])
    for member in expected.types:
        while isinstance(member, inspect.Metadata):
            member = member.type  # noqa: PLW2901  what it is, below what is said of it
        if isinstance(member, inspect.NoneType):
            continue
        if isinstance(member, shape) if shape else not isinstance(member, GROUPS):
            return member
    return None
