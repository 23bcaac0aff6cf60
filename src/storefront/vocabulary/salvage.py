"""What can be read of a file with mistakes: as a model, in which what is wrong is left out.

So what the file says of other files is judged in the same run as its own mistakes. No page is ever made of it.
"""

from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, inspect

from storefront.vocabulary.validate import bare_type, example_of, is_sound, may_be_nothing, meant_of, type_info

Model = TypeVar("Model")
# Stands where a name is required and none can be read. A problem that tells of it is none.
NAMELESS = "stands-for-a-name-that-cannot-be-read"
_STAND_INS = (NAMELESS, "public", "1", "true")


def part_of(data: Any, model: type[Model]) -> Model | None:
    """What is right in `data`, which `validate.convert` refuses; None where it cannot be told.

    Lists keep their length, so that each thing keeps its place. What is required and wrong or missing is stood in for.
    """
    kept = _kept(data, type_info(model))  # type: ignore[arg-type]
    try:
        return None if kept is UNSET else msgspec.convert(kept, model, strict=False)
    except msgspec.ValidationError:
        return None


def _kept(value: Any, expected: inspect.Type) -> Any:
    """What can stay of a value; UNSET where nothing can."""
    bare = bare_type(expected)
    match bare:
        case inspect.UnionType() if value is not None:
            kept = _kept(value, meant_of(bare, value))
        case inspect.StructType() if isinstance(value, dict):
            kept = _kept_struct(value, bare)
        case inspect.DictType() if isinstance(value, dict):
            sound = {key: each for key, each in value.items() if is_sound(key, bare.key_type)}
            kept = {key: _or_stand_in(each, bare.value_type) for key, each in sound.items()}
        case inspect.VarTupleType() | inspect.ListType() if isinstance(value, list):
            kept = [_or_stand_in(each, bare.item_type) for each in value]
        case _:
            kept = value if is_sound(value, expected) else UNSET
    return kept


def _kept_struct(value: dict[str, Any], expected: inspect.StructType) -> dict[str, Any]:
    found = {}
    for field in expected.fields:
        key = field.encode_name
        kept = _kept(value[key], field.type) if key in value else UNSET
        found[key] = _stand_in(field.type) if field.required and kept is UNSET else kept
    return {key: each for key, each in found.items() if each is not UNSET}


def _or_stand_in(value: Any, expected: inspect.Type) -> Any:
    kept = _kept(value, expected)
    return _stand_in(expected) if kept is UNSET else kept


def _stand_in(expected: inspect.Type) -> Any:
    """The least that fits a type."""
    bare = bare_type(expected)
    match bare:
        case inspect.UnionType():
            return None if may_be_nothing(bare) else _stand_in(bare.types[0])
        case inspect.StructType():
            return _kept_struct({}, bare)
        case inspect.DictType():
            return {}
        case inspect.VarTupleType() | inspect.ListType():
            return []
        case inspect.TupleType():
            return [_stand_in(each) for each in bare.item_types]
    return next((each for each in (*_STAND_INS, example_of(expected)) if is_sound(each, expected)), UNSET)
