"""Plain data to models. Right data costs one call; wrong data gets every mistake listed at once.

msgspec stops at the first error, by its author's choice. So only when it has refused a file is
the data walked beside the model's types, leaf by leaf.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Struct, inspect, structs

from storefront.problems import LISTED, KeyPath, nearest, shown
from storefront.vocabulary import meant
from storefront.vocabulary.scalars import A_NAME

Model = TypeVar("Model")
NOTHING = "Fill it in, or delete the line."
GUESSES = 1000  # mistakes of a file for which a like word is looked for; it takes longer than all else here
SCHEDULING = frozenset({"draft", "from", "until", "embargo_until", "releases"})


class Mistake(Struct, frozen=True):
    """A problem that knows its path inside the data, not yet its place in a file.

    `found` is what may be misspelt of `allowed`; a hint with the like one takes the place of `hint`.
    """

    path: KeyPath
    code: str
    message: str
    hint: str = ""
    found: str = ""
    allowed: tuple[str, ...] = ()


def convert(data: Any, model: type[Model]) -> Model | list[Mistake]:
    """The model that `data` describes, or all its mistakes. Keys that begin with `x-` are taken out of `data`."""
    try:
        return msgspec.convert(data, model, strict=False)
    except msgspec.ValidationError as error:
        mistakes = list(_walk(data, type_info(model), ()))  # type: ignore[arg-type]
        if mistakes:
            return [*map(_guessed, mistakes[:GUESSES]), *mistakes[GUESSES:]]
        first = str(error)
    try:
        return msgspec.convert(data, model, strict=False)  # now without its x- keys
    except msgspec.ValidationError:
        return [Mistake((), "bad-value", first)]


def _guessed(mistake: Mistake) -> Mistake:
    """A mistake with what may be meant, where a word is like an allowed one."""
    near = like(mistake.found, mistake.allowed, keys=mistake.code == "unknown-key") if mistake.found else ""
    return structs.replace(mistake, hint=f"Did you mean {near}?") if near else mistake


def like(found: str, allowed: Collection[str], *, keys: bool) -> str:
    """The allowed key or word that another one means, else the nearest in letters; "" where none is like it."""
    return (meant.key if keys else meant.word)(found, allowed) or nearest(found, allowed) or ""


@cache
def type_info(model: type) -> inspect.Type:
    """A model as msgspec describes it."""
    return inspect.type_info(model)


def _walk(value: Any, expected: inspect.Type, path: KeyPath, extra: dict[str, Any] | None = None) -> Iterator[Mistake]:
    """Every mistake in `value`, deepest first within each key."""
    match expected:
        case inspect.Metadata():
            yield from _walk(value, expected.type, path, expected.extra or extra)
        case inspect.UnionType():
            yield from _walk_union(value, expected, path, extra)
        case inspect.StructType():
            yield from _walk_struct(value, expected, path)
        case inspect.DictType():
            yield from _walk_dict(value, expected, path, extra or {})
        case inspect.VarTupleType() | inspect.ListType():
            yield from _walk_list(value, expected.item_type, path)
        case inspect.TupleType():
            yield from _walk_tuple(value, expected.item_types, path)
        case _:
            yield from _leaf(value, expected, path, extra or {})


def _walk_union(
    value: Any, expected: inspect.UnionType, path: KeyPath, extra: dict[str, Any] | None
) -> Iterator[Mistake]:
    members = [m for m in expected.types if not isinstance(m, inspect.NoneType)]
    if value is None and len(members) < len(expected.types):
        return
    if several := _several(value, members):
        yield Mistake(path, "wrong-type", f"expected a list, found {shown(value)}", f"Write [{', '.join(several)}].")
        return
    yield from _walk(value, meant_of(expected, value), path, extra)


def meant_of(expected: inspect.UnionType, value: Any) -> inspect.Type:
    """The member of a union that a value is meant for, by its shape."""
    members = [m for m in expected.types if not isinstance(m, inspect.NoneType)]
    return next((m for m in members if _takes(m, value)), members[0])


def is_sound(value: Any, expected: inspect.Type) -> bool:
    """Whether nothing is wrong with a value of a type."""
    return next(_walk(value, expected, ()), None) is None


def _several(value: Any, members: Sequence[inspect.Type]) -> list[str]:
    """Allowed words, where some are written behind one another and the key takes a list of them too."""
    lists = [m for m in members if isinstance(m, inspect.VarTupleType)]
    if not lists or not isinstance(value, str) or "," not in value:
        return []
    choices = _choices(lists[0].item_type)
    words = [meant.word(each, choices) for each in value.split(",")]
    return words if all(words) else []


def _takes(member: inspect.Type, value: Any) -> bool:
    """Whether a member of a union is the one that a value of this shape means."""
    while isinstance(member, inspect.Metadata):
        member = member.type
    if isinstance(value, dict):
        return isinstance(member, inspect.StructType | inspect.DictType)
    if isinstance(value, list):
        return isinstance(member, inspect.VarTupleType | inspect.TupleType | inspect.ListType)
    return not isinstance(
        member, inspect.StructType | inspect.DictType | inspect.VarTupleType | inspect.TupleType | inspect.ListType
    )


def _walk_struct(value: Any, expected: inspect.StructType, path: KeyPath) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        yield _wrong(value, "a group of keys", path, _as_group(value, expected, path))
        return
    fields = {field.encode_name: field for field in expected.fields}
    for key in [key for key in value if key.startswith("x-")]:
        del value[key]
    unknown = [key for key in value if key not in fields]
    taken = {like(key, fields, keys=True) for key in unknown[: len(fields)]}
    wide = "Delete the spaces before it, which are of another kind than YAML knows, and type plain ones."
    few = f"Allowed: {', '.join(sorted(fields))}." if len(fields) <= LISTED else _all_keys(expected)
    for key, item in value.items():
        if key[:1].isspace():
            yield Mistake((*path, key), "unknown-key", f"unknown key {shown(key)}", wide)
        elif key not in fields:
            yield Mistake((*path, key), "unknown-key", f"unknown key {shown(key)}", few, key, tuple(fields))
        elif item is None and not may_be_nothing(fields[key].type):
            hint = _to_add(key, fields[key].type) if fields[key].required else NOTHING
            yield Mistake((*path, key), "missing-key", f"no value is given for {key}", hint)
        else:
            yield from _walk(item, fields[key].type, (*path, key))
    for name, field in fields.items():
        if field.required and name not in value and name not in taken:
            yield Mistake(path, "missing-key", f"the key {name} is missing", _to_add(name, field.type))


def _to_add(name: str, expected: inspect.Type) -> str:
    """How a key is written that must be there. Of words to choose from, all are told: none is suggested."""
    choices = _choices(bare_type(expected))
    if choices:
        return f"Write it here: {name}: and one of {', '.join(choices)}."
    example = example_of(expected)
    if example == A_NAME and name != "id":
        return f"Write it here: {name}: and an id, which is the name of its file or folder."
    return f"Write it here: {name}: {example}"


def bare_type(expected: inspect.Type) -> inspect.Type:
    """A type without what is said about it."""
    while isinstance(expected, inspect.Metadata):
        expected = expected.type
    return expected


def _as_group(value: Any, expected: inspect.StructType, path: KeyPath) -> str:
    """How a group of such keys is written; of one text in a list, the first key is what it most often means."""
    names = _names(expected)
    key, colon, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
    if colon and key.strip("- ") in names and not rest.startswith(" "):
        return f"Put a space after each colon, and after a dash: {key.strip('- ')}: …"
    if isinstance(value, str) and path and isinstance(path[-1], int):
        wanted = [field.encode_name for field in expected.fields if field.required and field.encode_name != names[0]]
        return f"Write {names[0]}: {shown(value)}" + "".join(f", and below it {key}: …" for key in wanted)
    first = next(field for field in expected.fields if field.encode_name == names[0])
    if path and isinstance(value, str) and first.required and not list(_walk(value, first.type, path)):
        return f"Write {names[0]}: {shown(value)} in a line below it, indented. The keys are: {', '.join(names[:12])}."
    return f"The keys are: {', '.join(names[:12])}."


def may_be_nothing(expected: inspect.Type) -> bool:
    """Whether a key may be written with nothing behind it."""
    bare = bare_type(expected)
    return isinstance(bare, inspect.UnionType) and bare.includes_none


def _names(expected: inspect.StructType) -> list[str]:
    """The keys of a group: those that must be there first, those for scheduling last."""
    fields = sorted(expected.fields, key=lambda field: (not field.required, field.encode_name in SCHEDULING))
    return [field.encode_name for field in fields]


def _all_keys(expected: inspect.StructType) -> str:
    return f"Known keys: {', '.join(sorted(_names(expected)))}."


def example_of(expected: inspect.Type) -> str:
    """A right value of a type; "…" where any text is."""
    while isinstance(expected, inspect.Metadata):
        if expected.extra and expected.extra.get("example"):
            return str(expected.extra["example"])
        expected = expected.type
    choices = _choices(expected)
    return choices[0] if choices else "…"


def _walk_dict(value: Any, expected: inspect.DictType, path: KeyPath, extra: dict[str, Any]) -> Iterator[Mistake]:
    if not isinstance(value, dict):
        if shape := extra.get("shape"):
            yield _wrong(value, "keys with values", path, shape(value, path))
            return
        example = example_of(expected.key_type)
        key = "key: value" if example == "…" else f"{example}: and what belongs to it"
        yield _wrong(value, "keys with values", path, f"Write each as {key} on a line of its own, indented.")
        return
    for key, item in value.items():
        yield from _walk(key, expected.key_type, (*path, key))
        yield from _walk(item, expected.value_type, (*path, key))


def _walk_list(value: Any, item: inspect.Type, path: KeyPath) -> Iterator[Mistake]:
    if not isinstance(value, list):
        yield _wrong(value, "a list", path, _as_list(value, item))
        return
    for index, element in enumerate(value):
        yield from _walk(element, item, (*path, index))


def _as_list(value: Any, item: inspect.Type) -> str:
    """How a list of such things is written."""
    mean: Callable[[str], str] = str
    while isinstance(item, inspect.Metadata):
        mean = (item.extra or {}).get("mean") or mean
        item = item.type
    if isinstance(item, inspect.StructType):
        return f"Begin each with a dash and its keys, such as - {_names(item)[0]}: …"
    one = f"[{shown(mean(value) or value)}]" if isinstance(value, str) else "[…]"
    return f"Write {one}, or one line for each, beginning with a dash."


def _walk_tuple(value: Any, items: Sequence[inspect.Type], path: KeyPath) -> Iterator[Mistake]:
    if not isinstance(value, list) or len(value) != len(items):
        example = ", ".join(["0.42", "0.88"][: len(items)])
        yield _wrong(value, f"{len(items)} values in brackets", path, f"Write it as [{example}].")
        return
    for index, element in enumerate(value):
        yield from _walk(element, items[index], (*path, index))


def _leaf(value: Any, expected: inspect.Type, path: KeyPath, extra: dict[str, Any]) -> Iterator[Mistake]:
    choices = _choices(expected)
    want = extra.get("expected") or _described(expected, choices)
    if value is None:
        yield Mistake(path, "missing-key", f"nothing stands here; expected {want}", NOTHING)
    elif not isinstance(value, str):
        yield _wrong(value, want, path, _hint(extra) or "Write one value here.")
    elif choices and value not in choices:
        if explain := extra.get("explain"):
            yield Mistake(path, *explain(value))
            return
        hint = f"Allowed: {', '.join(choices)}."
        found = shown(value) if value.strip() else "an empty text"
        yield Mistake(path, "bad-value", f"{found} is not allowed here", hint, value, tuple(choices))
    elif not choices and not _fits(value, expected):
        if value and (explain := extra.get("explain")):
            yield Mistake(path, *explain(value))
            return
        found, hint = shown(value.strip()) or "nothing", _hint(extra) or ("" if value.strip() else NOTHING)
        mean = meant.truth if isinstance(expected, inspect.BoolType) else extra.get("mean")
        if mean and (right := mean(value)) and all(_fits(each, expected) for each in right.split(", ")):
            hint = f"Did you mean {shown(right)}?"
        yield Mistake(path, "bad-value", f"expected {want}, found {found}", hint)


def _choices(expected: inspect.Type) -> list[str]:
    if isinstance(expected, inspect.EnumType):
        return [str(member.value) for member in expected.cls]
    if isinstance(expected, inspect.LiteralType):
        return [str(value) for value in expected.values]
    return []


def _fits(value: str, expected: inspect.Type) -> bool:
    """Whether msgspec takes this one value; NaN and infinity fit nowhere."""
    limits = {
        name: getattr(expected, name)
        for name in ("ge", "gt", "le", "lt", "multiple_of", "pattern", "min_length", "max_length")
        if getattr(expected, name, None) is not None
    }
    kinds = {inspect.StrType: str, inspect.IntType: int, inspect.FloatType: float, inspect.BoolType: bool}
    kind: Any = kinds[type(expected)]
    wanted = Annotated[kind, msgspec.Meta(**limits)] if limits else kind
    try:
        msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _described(expected: inspect.Type, choices: list[str]) -> str:
    if choices:
        return f"one of {', '.join(choices)}"
    words: dict[type, str] = {
        inspect.BoolType: "true or false",
        inspect.IntType: "a whole number",
        inspect.FloatType: "a number",
    }
    return words.get(type(expected), "text")


def _hint(extra: dict[str, Any]) -> str:
    return f"For example: {extra['example']}" if extra.get("example") else ""


def _wrong(value: Any, want: str, path: KeyPath, hint: str) -> Mistake:
    found = {dict: "a group of keys", list: "a list", type(None): "nothing"}.get(type(value)) or shown(value)
    return Mistake(path, "wrong-type", f"expected {want}, found {found}", hint)
