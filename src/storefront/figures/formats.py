"""Formats: whose table it is, and which of its columns holds what. They are data, `data/figures.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from storefront.figures.kinds import KINDS, Kind, Status
from storefront.importers.cells import known_by
from storefront.problems import Place, Problem, ProblemsFound, nearest, shown
from storefront.reader import parse

SHIPPED = Path(__file__).parents[1] / "data" / "figures.yaml"
OWN = "storefront"


class Format(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose table it is, the headings of each thing, and what its words for a status mean. See `data/figures.yaml`."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    network: str = ""
    title: str = ""
    skip_without: str = ""
    decimal: str | None = None
    statuses: Mapping[str, Status] = {}
    reviewed_on: str = ""
    source: str = ""
    unverified: tuple[str, ...] = ()


@cache
def shipped() -> Mapping[str, Mapping[str, Format]]:
    """Every format by the name of its kind and its own."""
    data = parse(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)
    found: Mapping[str, Mapping[str, Format]] = convert(data, Mapping[str, Mapping[str, Format]])
    return found


def with_columns(form: Format, columns: Mapping[str, str]) -> Format:
    """The format with other headings for some things; a thing that it does not know of is taken up."""
    return Format(
        **{field: getattr(form, field) for field in Format.__struct_fields__ if field != "columns"},
        columns={**form.columns, **{thing: (heading,) for thing, heading in columns.items()}},
    )


class NoHeading(LookupError):
    """A heading that was named and does not stand in the table, with the nearest that do."""


def named(columns: Mapping[str, str], headings: tuple[str, ...]) -> None:
    """Nothing, when the table has all of these columns. Raises `NoHeading`."""
    known = {known_by(heading) for heading in headings}
    for heading in columns.values():
        if known_by(heading) not in known:
            there = [each for each in headings if each]
            near = nearest(heading, there)
            hint = f"Did you mean {shown(near)}?" if near else f"It has: {', '.join(map(shown, there)) or 'none'}."
            raise NoHeading(f"the table has no column {shown(heading)}. {hint}")


def settle(kind: Kind, form: Format, headings: tuple[str, ...], place: Place) -> None:
    """Nothing, when a table with these headings can be read so. Raises `ProblemsFound`, with the format it may have."""
    missing = [thing for thing in kind.must if not _has(form, thing, headings)]
    if not missing:
        return
    others = [(name, each) for name, each in sorted(shipped()[kind.name].items()) if each.name != form.name]
    fits = [name for name, each in others if all(_has(each, thing, headings) for thing in kind.must)]
    found = ", ".join(map(shown, filter(None, headings))) or "nothing"
    hint = (
        f"It may be: {', '.join(f'--from {name}' for name in fits)}."
        if fits
        else f"See that it is an export of {form.name}, and that --from says so; or name its column: "
        f"--column {missing[0]}=HEADING."
    )
    raise ProblemsFound(
        [
            Problem("missing-key", f"there is no column {_usual(form, thing)}; this line has: {found}", place, hint)
            for thing in missing
        ]
    )


def _usual(form: Format, thing: str) -> str:
    return form.columns.get(thing, (thing,))[0]


def _has(form: Format, thing: str, headings: tuple[str, ...]) -> bool:
    known = {known_by(heading) for heading in headings}
    return any(known_by(spelling) in known for spelling in form.columns.get(thing, ()))


def things(kind: str) -> tuple[str, ...]:
    """What `--column` can name, of a kind."""
    return tuple(field for field in KINDS[kind].fields if field not in {"source", "network"})
