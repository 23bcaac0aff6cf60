"""JSON Schemas (draft 2020-12) of every content file, made from the models, for editors to check and complete with.

An editor reads YAML by the core schema of YAML 1.2, where `12`, `true` and `1.5` are no text; our
reader keeps all scalars as text and lets the field decide. So the schemas take a number or a truth
value wherever its text would be right, and a quoted number where a number belongs. In return they
are looser than the build in a few places, which `storefront check` judges: limits of a quoted
number, the digits of an unquoted GTIN, spellings of numbers such as `+5` or `.5`, days that do not
exist, check digits, and keys that need each other.
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from storefront.records import MODELS
from storefront.theme import Manifest
from storefront.vocabulary import plain
from storefront.vocabulary.network import Network
from storefront.vocabulary.scalars import Slug

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENDING = ".schema.json"
NETWORKS = "networks"
# Free keys of the creator's own, in every group of keys.
FREE_KEYS: Schema = {"^x-": {}}
# What plain scalars that are no text look like to an editor, and texts of that look to try a pattern with.
LOOKS = {
    "integer": ("7", "12345678", "1234567890"),
    "number": ("1.5", "1e5"),
    "boolean": ("true", "TRUE"),
}
NUMBER_TEXT = r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$"
BOOLEAN_TEXT = r"^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[01])$"
# `\w` means all the world's letters in Python and only English ones in an editor.
LETTERS = (r"\w", r"\w\u00aa-\uffff")
# A text may end a | or > block, whose last line break the reader drops.
END = (r"$(?!\n)", r"\n*$")
# Editors show this keyword's words for a text that its pattern refuses (Visual Studio Code's JSON and YAML services).
MESSAGE = "patternErrorMessage"


def schemas() -> dict[str, bytes]:
    """The schema of every kind of content file, of a theme's theme.yaml, and of networks.yaml, by file name."""
    models: dict[str, type[Struct]] = {str(kind): model for kind, model in MODELS.items()}
    models["theme"] = Manifest
    _, parts = msgspec.json.schema_components(models.values())
    made = {}
    for kind, model in models.items():
        root = _refined(parts[model.__name__])
        if model is Manifest:
            del root["patternProperties"]  # a theme has no keys of the creator's own
        needed = {name: _refined(parts[name]) for name in sorted(_needed(parts, model.__name__))}
        whole = {"$schema": DIALECT, **root, "title": f"storefront: {kind}", "$defs": needed}
        made[f"{kind}{ENDING}"] = _written(whole)
    return made | {f"{NETWORKS}{ENDING}": _written(_networks())}


def _networks() -> Schema:
    """A site's own networks by id. No key must be there: what is left out is that of the network that ships."""
    _, parts = msgspec.json.schema_components([Network, Slug])
    needed = {name: _refined(parts[name]) for name in sorted(parts)}
    del needed[Network.__name__]["required"]
    return {
        "$schema": DIALECT,
        "title": f"storefront: {NETWORKS}",
        "description": "Affiliate networks by id, laid key by key over those that ship.",
        "type": "object",
        "propertyNames": _refined(msgspec.json.schema(Slug)),
        "additionalProperties": {"$ref": f"#/$defs/{Network.__name__}"},
        "$defs": needed,
    }


def _written(whole: Schema) -> bytes:
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def write(folder: Path) -> list[str]:
    """Write the schemas into `folder`, made if need be; gives the names of the files. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = schemas()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sorted(files)


def _needed(parts: dict[str, Schema], name: str) -> set[str]:
    """The parts that a model is made of, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for named in set(_references(parts[waiting.pop()])) - found:
            found.add(named)
            waiting.append(named)
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _refined(node: Schema) -> Schema:
    """A schema that takes what the build takes, and tells what its models tell."""
    made = {key: _value(key, value) for key, value in node.items() if key != "examples" or value}
    made |= {"description": inspect.cleandoc(node["description"])} if "description" in node else {}
    if "properties" in made:
        made["patternProperties"] = FREE_KEYS
    made = _maybe_nothing(made)
    match node.get("type"):
        case "string":
            return made | {"type": ["string", *_looks(node.get("pattern"))], **_told(node.get("pattern"))}
        case "integer" | "number":
            return made | {"type": [node["type"], "string"], "pattern": NUMBER_TEXT, MESSAGE: "Expected a number."}
        case "boolean":
            told = {"pattern": BOOLEAN_TEXT, MESSAGE: "Expected true or false."}
            return made | {"type": ["boolean", "integer", "string"], "minimum": 0, "maximum": 1, **told}
    return made


def _value(key: str, value: Any) -> Any:
    """One keyword's value; what stands under `default`, `examples` and `enum` is data and stays."""
    match key:
        case "properties":
            return {name: _refined(schema) for name, schema in value.items()}
        case "anyOf" | "prefixItems":
            return [_refined(schema) for schema in value]
        case "items" | "additionalProperties" | "propertyNames" if isinstance(value, dict):
            return _refined(value)
        case "pattern":
            return value.replace(*LETTERS).replace(*END)
    return value


def _maybe_nothing(node: Schema) -> Schema:
    """A choice between one kind of value and nothing, as that kind with "null" among its types."""
    kinds = node.get("anyOf", [])
    others = [kind for kind in kinds if kind != {"type": "null"}]
    if len(kinds) - len(others) != 1 or len(others) != 1 or "type" not in others[0]:
        return node
    types = others[0]["type"]
    types = types if isinstance(types, list) else [types]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**others[0], **rest, "type": [*types, "null"]}


def _told(pattern: str | None) -> Schema:
    """What an editor says of a text that does not fit, instead of showing the pattern."""
    form = next(
        (form.__metadata__[0] for form in plain.FORMS.values() if form.__metadata__[0].pattern == pattern), None
    )
    if form is None or pattern is None:
        return {}
    example = f", such as {form.examples[0]}" if form.examples else ""
    return {MESSAGE: f"Expected {form.extra['expected']}{example}."}


def _looks(pattern: str | None) -> list[str]:
    """What else than text an editor may see in a right value: all of it, or what the pattern lets through."""
    if pattern is None:
        return ["number", "boolean"]
    seen = [look for look, texts in LOOKS.items() if any(re.search(pattern, text) for text in texts)]
    return [look for look in seen if look != "integer" or "number" not in seen]
