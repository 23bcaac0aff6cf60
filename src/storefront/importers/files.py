"""Files of imported reviews as YAML: the same bytes for the same reviews, and each text read back as it was."""

from typing import Any

import msgspec
import yaml

from storefront.reader import NOTHING
from storefront.vocabulary.imported import ImportedReview, ImportedReviews

HEAD = """\
# Written by: storefront import reviews. Run it again instead of editing; what it finds changed it writes anew.
# To take a review down, write status: removed and a reason, and delete its words. An import leaves that as it is.
"""
WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Writes text as plain as can be: the reader keeps all scalars as text."""

    yaml_implicit_resolvers = {}

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  PyYAML's own
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  PyYAML's own
        super().increase_indent(flow, False)  # noqa: FBT003


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if text in NOTHING else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def written(file: ImportedReviews) -> str:
    """The text of a file."""
    data = {**_plain(file), "reviews": [_plain(review) for review in file.reviews]}
    return HEAD + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def _plain(part: ImportedReviews | ImportedReview) -> dict[str, Any]:
    """The keys that say something, in the model's order; every value as text."""
    defaults = msgspec.structs.fields(type(part))
    given = {field.encode_name: getattr(part, field.name) for field in defaults}
    kept = {
        field.encode_name: given[field.encode_name] for field in defaults if given[field.encode_name] != field.default
    }
    return {key: _scalar(value) for key, value in kept.items() if value is not None and value != ()}


def _scalar(value: Any) -> Any:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case msgspec.Struct():
            found = {field.encode_name: getattr(value, field.name) for field in msgspec.structs.fields(type(value))}
            return {key: _scalar(inner) for key, inner in found.items() if inner is not None}
        case tuple():
            return [_scalar(inner) for inner in value]
        case _:
            return str(value)
