"""Types of the vocabulary in plain words, for the reference."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from msgspec import Struct, inspect

from storefront.vocabulary import scalars

FORMS: dict[str, Any] = {
    "one line": scalars.Line,
    "text": scalars.Text,
    "Markdown": scalars.Markdown,
    "id": scalars.Slug,
    "market": scalars.Market,
    "web address": scalars.Url,
    "picture file": scalars.MediaPath,
    "day": scalars.Date,
    "day or time": scalars.Moment,
    "first and last day": scalars.DateRange,
    "money": scalars.Money,
    "rating": scalars.Rating,
    "percentage": scalars.Percent,
    "fraction": scalars.Fraction,
    "number of days": scalars.Days,
    "colour": scalars.Colour,
    "country": scalars.Country,
    "region": scalars.Region,
    "language": scalars.Locale,
    "GTIN": scalars.Gtin,
    "ASIN": scalars.Asin,
    "promo code": scalars.PromoCode,
    "store code": scalars.StoreCode,
    "weight": scalars.Weight,
    "count": scalars.Count,
    "word pattern": scalars.Pattern,
    "audience": scalars.Audience,
}
PLAIN: dict[type, str] = {
    inspect.BoolType: "`true` or `false`",
    inspect.IntType: "whole number",
    inspect.FloatType: "number",
    inspect.StrType: "one line",
}
# Gives the link to a type's own place in the reference; "" for one that has none.
Linked = Callable[[type], str]


def said(expected: inspect.Type, linked: Linked) -> str:
    """A type in plain words, such as "list of ids"."""
    form = form_of(expected)
    while isinstance(expected, inspect.Metadata):
        expected = expected.type
    return form or _said(expected, linked)


def _said(expected: inspect.Type, linked: Linked) -> str:
    words = PLAIN.get(type(expected), "")
    match expected:
        case inspect.UnionType():
            kinds = [kind for kind in expected.types if not isinstance(kind, inspect.NoneType)]
            words = ", or ".join(said(kind, linked) for kind in kinds)
        case inspect.StructType():
            words = linked(expected.cls)
        case inspect.EnumType():
            words = linked(expected.cls) or _choice(member.value for member in expected.cls)
        case inspect.LiteralType():
            words = _choice(expected.values)
        case inspect.VarTupleType():
            words = f"list of {_several(said(expected.item_type, linked))}"
        case inspect.TupleType():
            words = f"[{', '.join(said(kind, linked) for kind in expected.item_types)}]"
        case inspect.DictType():
            name = said(expected.key_type, linked).replace("one line", "name")
            words = f"{said(expected.value_type, linked)} under each {name}"
    return words


def _several(words: str) -> str:
    """Forms in the plural; the names of other types stay as they are."""
    if words == "money":
        return "amounts of money"
    return f"{words.removeprefix('one ')}s" if words in FORMS else words


def form_of(expected: inspect.Type) -> str | None:
    """The name of a form, when the type is one."""
    return _forms().get(expectation(expected)) if isinstance(expected, inspect.Metadata) else None


def expectation(expected: inspect.Type) -> str:
    """What completes "expected …" for a form."""
    extra = expected.extra if isinstance(expected, inspect.Metadata) else None
    return str((extra or {}).get("expected", ""))


@cache
def _forms() -> dict[str, str]:
    return {expectation(inspect.type_info(form)): name for name, form in FORMS.items()}


def _choice(values: Iterable[object]) -> str:
    *others, last = [f"`{value}`" for value in values]
    return f"{', '.join(others)} or {last}" if others else last


def left_out(field: inspect.Field) -> str:
    """What holds when a key is left out; "" where that is simply nothing."""
    value = field.default
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int) else ""


def description(field: inspect.Field) -> str:
    """What a key is for."""
    told = field.type.extra_json_schema if isinstance(field.type, inspect.Metadata) else None
    return str((told or {}).get("description", ""))


def fields(model: type[Struct]) -> tuple[inspect.Field, ...]:
    """A model's keys, in the order written."""
    told = inspect.type_info(model)
    return told.fields if isinstance(told, inspect.StructType) else ()


def parts(expected: inspect.Type) -> Iterable[type]:
    """The structs and enumerations that a type names, in order."""
    match expected:
        case inspect.Metadata():
            yield from parts(expected.type)
        case inspect.StructType() | inspect.EnumType():
            yield expected.cls
        case inspect.UnionType():
            for kind in expected.types:
                yield from parts(kind)
        case inspect.VarTupleType():
            yield from parts(expected.item_type)
        case inspect.DictType():
            yield from parts(expected.value_type)


def title(model: type) -> str:
    """A type's name in words: "Brand tie"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


def anchor(model: type) -> str:
    """Where its heading is found on a page."""
    return title(model).lower().replace(" ", "-")
