"""Files of imported reviews as YAML: the same bytes for the same reviews, and each text read back as it was."""

from typing import Any

import msgspec
import yaml

from storefront.editing import scalars
from storefront.reader import NOTHING
from storefront.vocabulary.imported import ImportedReview, ImportedReviews

HEAD = """\
# Written by: storefront import reviews. Run it again instead of editing; what it finds changed it writes anew.
# To take a review down, write status: removed and a reason, and delete its words. An import leaves that as it is.
"""
WIDTH = 120


class _Dumper(scalars.Dumper):
    """Writes text with quotes where another program would read no text, as `storefront fmt` does it."""


class _Value(str):
    """A number or truth value as it is written."""

    __slots__ = ()


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if text in NOTHING or scalars.is_other(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Value, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value)))


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
            return _Value(str(value).lower())
        case float():
            return _Value(f"{value:g}")
        case msgspec.Struct():
            found = {field.encode_name: getattr(value, field.name) for field in msgspec.structs.fields(type(value))}
            return {key: _scalar(inner) for key, inner in found.items() if inner is not None}
        case tuple():
            return [_scalar(inner) for inner in value]
        case _:
            return str(value)
