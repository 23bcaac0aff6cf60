"""Fields of a form, from the models of the vocabulary: every key with the words that the reference has for it.

What a form cannot hold has no field, and the editor leaves such keys of a file as they are: groups by a free key in
groups by a free key, whole records by their id, and keys that hold either a text or a group.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, inspect

from storefront.editing.order import keys_of
from storefront.vocabulary import scalars

Field = dict[str, Any]
# Texts of several lines, by the pattern that lines have and they have not.
MANY_LINES = 10_000  # characters; the limit of texts that may have several lines
DAY = scalars.Date.__metadata__[0].pattern  # type: ignore[attr-defined]
SLUG = scalars.Slug.__metadata__[0].pattern  # type: ignore[attr-defined]
# Keys that name a record, and the collection that it is in.
NAMES = {
    "product": "products",
    "replaced_by": "products",
    "brand": "brands",
    "by": "brands",
    "merchant": "merchants",
    "squad": "squads",
    "campaign": "campaigns",
}
SUMMARIES = ("title", "name", "product", "merchant", "brand", "network", "date", "src", "alt")
GROUPS = (inspect.StructType, inspect.DictType, inspect.VarTupleType, inspect.TupleType)


def fields(model: type[Struct], leave: frozenset[str] = frozenset()) -> list[Field]:
    """The fields of a record, in the vocabulary's order, without those to `leave`."""
    return _of_struct(inspect.type_info(model), leave)  # type: ignore[arg-type]


def _of_struct(expected: inspect.StructType, leave: frozenset[str] = frozenset()) -> list[Field]:
    types = {field.encode_name: field for field in expected.fields}
    made = []
    for name in keys_of(expected.cls):
        if name in leave:
            continue
        field = None if _may_be_group(types[name].type) else _field(name, types[name].type)
        if field is None:
            continue
        field["required"] = types[name].required
        made.append(field)
    return made


def _of_group(expected: inspect.StructType) -> list[Field]:
    """The fields of a record's part. The editor writes an empty mapping down, which alone would begin the part."""
    made = _of_struct(expected)
    return made if any(each["required"] for each in made) else [each for each in made if each["widget"] != "keyvalue"]


def _may_be_group(expected: inspect.Type) -> bool:
    """Whether a key may hold a text or a group, such as accent: a field for the one would lose the other."""
    expected = _bare(expected)
    members = [_bare(each) for each in expected.types] if isinstance(expected, inspect.UnionType) else []
    told = [each for each in members if not isinstance(each, inspect.NoneType)]
    return len(told) > 1 and any(isinstance(each, inspect.StructType) for each in told)


def _field(name: str, expected: inspect.Type) -> Field | None:
    """The field of a key; None where a form has none for its type."""
    expected, told = _unwrapped(expected)
    kind = _kind(name, expected)
    if kind is None:
        return None
    hint = told.get("description", "")
    return {"name": name, "label": _label(name)} | kind | ({"hint": hint} if hint else {})


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _unwrapped(expected: inspect.Type) -> tuple[inspect.Type, dict[str, Any]]:
    """A type without its notes, the notes, and of a union its plainest member; a list where it may be one."""
    told: dict[str, Any] = {}
    while True:
        if isinstance(expected, inspect.Metadata):
            told = (expected.extra_json_schema or {}) | told | {"extra": expected.extra or told.get("extra")}
            expected = expected.type
        elif isinstance(expected, inspect.UnionType):
            members = [each for each in expected.types if not isinstance(each, inspect.NoneType)]
            lists = [each for each in members if isinstance(_bare(each), inspect.VarTupleType)]
            plain = [each for each in members if not isinstance(_bare(each), GROUPS)]
            expected = (lists or plain or members)[0]
        else:
            return expected, told


def _bare(expected: inspect.Type) -> inspect.Type:
    while isinstance(expected, inspect.Metadata):
        expected = expected.type
    return expected


def _kind(name: str, expected: inspect.Type) -> Field | None:
    """The widget of a type and its options; None for a type that has none.

    A truth value is chosen and no switch: the editor writes down a switch that nobody touched as false, which is not
    what every key means that is left out.
    """
    made: Field | None = None
    match expected:
        case inspect.BoolType():
            made = {"widget": "select", "options": [{"label": "Yes", "value": True}, {"label": "No", "value": False}]}
        case inspect.IntType() | inspect.FloatType():
            made = {"widget": "number", "value_type": "int" if isinstance(expected, inspect.IntType) else "float"}
        case inspect.EnumType():
            made = {"widget": "select", "options": [str(each.value) for each in expected.cls]}
        case inspect.LiteralType():
            made = {"widget": "select", "options": [str(each) for each in expected.values]}
        case inspect.StructType():
            made = {"widget": "object", "collapsed": True, "fields": _of_group(expected)}
        case inspect.DictType():
            made = _of_dict(expected)
        case inspect.TupleType():
            item = {"name": "value", "label": "Value", "widget": "number", "value_type": "float"}
            size = len(expected.item_types)
            made = {"widget": "list", "field": item, "min": size, "max": size}
        case inspect.VarTupleType():
            made = _of_list(name, expected)
        case inspect.StrType():
            made = _of_text(name, expected)
    return made


def _of_dict(expected: inspect.DictType) -> Field | None:
    value, _ = _unwrapped(expected.value_type)
    return None if isinstance(value, GROUPS) else {"widget": "keyvalue"}


def _of_list(name: str, expected: inspect.VarTupleType) -> Field:
    item, _ = _unwrapped(expected.item_type)
    if isinstance(item, inspect.EnumType):
        return {"widget": "select", "multiple": True, "options": [str(each.value) for each in item.cls]}
    if isinstance(item, inspect.StructType):
        inner = _of_struct(item)
        return {"widget": "list", "collapsed": True, "summary": _summary(inner), "fields": inner}
    one = _field(name, expected.item_type) or {"widget": "string"}
    return {"widget": "list", "field": one | {"name": "value", "label": "Value"}}


def _summary(inner: list[Field]) -> str:
    """What a closed thing of a list is called."""
    names = [each for each in SUMMARIES if any(field["name"] == each for field in inner)]
    return " ".join(f"{{{{{each}}}}}" for each in names[:2]) or "{{" + str(inner[0]["name"]) + "}}"


def _of_text(name: str, expected: inspect.StrType) -> Field:
    if expected.pattern == DAY:
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if expected.pattern == SLUG and name in NAMES:
        return {"widget": "relation", "collection": NAMES[name], "value_field": "{{slug}}"}
    if expected.max_length == MANY_LINES and not expected.pattern:
        return {"widget": "text"}
    pattern = next((form for form in _forms() if form.pattern == expected.pattern), None)
    said = f"Expected {pattern.extra['expected']}." if pattern and pattern.extra else "This has another form."
    return {"widget": "string"} | ({"pattern": [expected.pattern, said]} if expected.pattern else {})


def _forms() -> Iterator[Any]:
    for kind in vars(scalars).values():
        yield from (each for each in getattr(kind, "__metadata__", ()) if getattr(each, "pattern", None))
