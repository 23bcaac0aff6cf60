"""The reference of the vocabulary, docs/vocabulary.md, made from the models and one whole example of each kind.

To write it anew: python -m storefront.vocabulary.reference docs/vocabulary.md
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, inspect

from storefront import locales
from storefront.content import Kind
from storefront.reader import decode, parse
from storefront.records import MODELS
from storefront.vocabulary import plain
from storefront.vocabulary.common import Image, Record, Relationship

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
COMMAND = "python -m storefront.vocabulary.reference docs/vocabulary.md"
LONGEST = 48  # characters of an example in a table
OWN = "content/influencers/<handle>"
FILES = {
    Kind.SITE: "`content/site.yaml`",
    Kind.INFLUENCER: f"`{OWN}/profile.yaml`, or `{OWN}.yaml` with everything of the creator's in one file",
    Kind.LIST: f"`{OWN}/lists/<id>.yaml`",
    Kind.POST: f"`{OWN}/posts/<id>.yaml`",
    Kind.REVIEW: f"`{OWN}/reviews/<id>.yaml`",
    Kind.PRODUCT: "`content/products/<id>.yaml`",
    Kind.BRAND: "`content/brands/<id>.yaml`",
    Kind.MERCHANT: "`content/merchants/<id>.yaml`",
    Kind.CAMPAIGN: "`content/campaigns/<id>.yaml`",
    Kind.IMPORTED: "`content/reviews/<source>/<product>.yaml`",
    Kind.SAMPLES: "`content/samples/<handle>.yaml`",
    Kind.RECALLS: "`content/recalls.yaml`",
    Kind.SQUAD: "`content/squads/<id>.yaml`",
    Kind.CALL: "`content/calls/<id>.yaml`",
}
HEAD = f"""\
# Vocabulary

<!-- Generated from the models. To regenerate it: {COMMAND} -->

Every key that can be written in `content/`, file by file. Keys in **bold** are required; all others are optional.
Unknown keys are mistakes, and `storefront check` names their line. Keys that begin with `x-` are free for your own use.

A file's name is its id: `content/products/red-kettle.yaml` is the product `red-kettle`. Files in `products/`,
`brands/`, `merchants/`, `campaigns/`, `squads/` and `calls/` may be in subfolders. Paths of pictures start in
the folder of the record that shows them.
"""
VALUES = """\
## Kinds of values

Text needs quotes only where YAML requires them: if it contains a colon and a space, or begins with a sign such as `#`,
`&`, `*`, `!`, `[` or `{`. `NO`, `012` and `12:30` are read as text.

| Value | Format | Example |
|---|---|---|"""
# Examples of the values that have no form of their own to show.
SUCH_AS = {
    "one line": "Cold water, warm layers.",
    "text": "Size up if you change a child in it as well.",
    "Markdown": "Keeps the wind out. **The zip sticks**, see [care](https://northlight.example/care).",
    "percentage": "15",
    "fraction": "0.42",
    "number of days": "14",
}
SCHEDULE = """\
## Keys of every record

A creator, list, pick on a list, post, review, promo code, snippet, product, brand, merchant, campaign, squad, call or
recall can be held back, shown for a limited time, or shown to some people before others. A build judges this at one
moment: now, or the one given with `--now`.
"""
TIES = f"""\
## {plain.title(Relationship)}

How a creator came to a product, or their tie to its brand: one word, or a list of several. The market's rules decide
the wording of the label. These are all the words, in the order in which labels are shown.

| Word | Meaning |
|---|---|"""
COLUMNS = "| Key | Value | Description | Example |\n|---|---|---|---|"
SCHEDULED = "And the [keys of every record](#keys-of-every-record).\n"


def page() -> str:
    """The whole reference in Markdown."""
    return "\n".join([HEAD, *_contents(), *_kinds(), *_values(), *_shared()])


def example(kind: Kind) -> str:
    """A whole example of a kind, as YAML. Between them, the examples show every key there is."""
    return (EXAMPLES / f"{kind}.yaml").read_text(encoding="utf-8")


def _contents() -> Iterator[str]:
    yield "| Record | File |\n|---|---|"
    for kind, file in FILES.items():
        yield f"| {_link(MODELS[kind])} | {file} |"
    shared = f"{_link(Image)} · {_link(Relationship)}"
    yield f"\n[Kinds of values](#kinds-of-values) · [Keys of every record](#keys-of-every-record) · {shared}\n"


def _kinds() -> Iterator[str]:
    for kind, model in MODELS.items():
        yield f"## {plain.title(model)}\n\n{FILES[kind]}\n"
        yield from _keys(model)
        for part in _parts()[model]:
            yield from _part(part, "###")
        yield f"### Example: {kind}\n\n```yaml\n{example(kind)}```\n"


def _values() -> Iterator[str]:
    yield VALUES
    for name, form in plain.FORMS.items():
        told = form.__metadata__[0]
        examples = told.examples or [told.extra.get("example") or SUCH_AS[name]]
        yield f"| {name} | {told.extra['expected']} | {', '.join(f'`{text}`' for text in examples)} |"
    yield ""


def _shared() -> Iterator[str]:
    yield SCHEDULE
    yield from _table(Record, plain.fields(Record))
    yield from _part(Image, "##")
    yield TIES
    for word in Relationship:
        key = "got_none" if word is Relationship.NONE else f"explain_{word}"
        yield f"| `{word}` | {locales.say('en', key).removesuffix('.')}. |"


def _part(part: type[Struct], level: str) -> Iterator[str]:
    yield f"{level} {plain.title(part)}\n\n{' '.join((part.__doc__ or '').split())}\n"
    yield from _keys(part)


def _keys(model: type[Struct]) -> Iterator[str]:
    every = {field.encode_name for field in plain.fields(Record)} if issubclass(model, Record) else set()
    yield from _table(model, tuple(field for field in plain.fields(model) if field.encode_name not in every))
    if every:
        yield SCHEDULED


def _table(model: type[Struct], fields: tuple[inspect.Field, ...]) -> Iterator[str]:
    yield COLUMNS
    for field in fields:
        key = f"**`{field.encode_name}`**" if field.required else f"`{field.encode_name}`"
        default = f"; default: `{text}`" if (text := plain.left_out(field)) else ""
        shown = _cell(_examples().get((model, field.encode_name)))
        yield f"| {key} | {plain.said(field.type, _link)}{default} | {plain.description(field)} | {shown} |"
    yield ""


def _link(model: type) -> str:
    here = model in MODELS.values() or model in {Image, Relationship} or any(model in of for of in _parts().values())
    return f"[{plain.title(model)}](#{plain.anchor(model)})" if here else ""


@cache
def _parts() -> dict[type, list[type[Struct]]]:
    """The parts that are explained under each kind: those that no kind before it has used."""
    seen: set[type] = {Image, Record, *MODELS.values()}
    return {model: list(_new_parts(model, seen)) for model in MODELS.values()}


def _new_parts(model: type[Struct], seen: set[type]) -> Iterator[type[Struct]]:
    for field in plain.fields(model):
        for part in plain.parts(field.type):
            if issubclass(part, Struct) and part not in seen:
                seen.add(part)
                yield part
                yield from _new_parts(part, seen)


def _cell(value: Any) -> str:
    """An example short enough for a table; nothing for groups, which have tables of their own."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = f"[{', '.join(value)}]"
    if not isinstance(value, str):
        return ""
    first, *more = value.split("\n")
    text = first if len(first) <= LONGEST and not more else f"{first[:LONGEST].rpartition(' ')[0]} …"
    return f"`{text}`"


@cache
def _examples() -> dict[tuple[type, str], Any]:
    """The first value of every key in the examples, by model and key."""
    found: dict[tuple[type, str], Any] = {}
    for kind, model in MODELS.items():
        _gather(parse(decode(example(kind).encode(), kind), kind), inspect.type_info(model), found)
    return found


def _gather(value: Any, expected: inspect.Type, found: dict[tuple[type, str], Any]) -> None:
    if isinstance(expected, inspect.StructType) and isinstance(value, dict):
        every = plain.fields(Record)
        for field in expected.fields:
            if field.encode_name in value:
                owner = Record if field in every else expected.cls
                found.setdefault((owner, field.encode_name), value[field.encode_name])
    for inner, kind in _inside(value, expected):
        _gather(inner, kind, found)


def _inside(value: Any, expected: inspect.Type) -> Iterator[tuple[Any, inspect.Type]]:
    """The values in a value, each with its type."""
    match expected:
        case inspect.Metadata():
            yield value, expected.type
        case inspect.UnionType():
            yield from ((value, kind) for kind in expected.types)
        case inspect.StructType() if isinstance(value, dict):
            yield from ((value[f.encode_name], f.type) for f in expected.fields if f.encode_name in value)
        case inspect.VarTupleType() if isinstance(value, list):
            yield from ((item, expected.item_type) for item in value)
        case inspect.DictType() if isinstance(value, dict):
            yield from ((item, expected.value_type) for item in value.values())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
