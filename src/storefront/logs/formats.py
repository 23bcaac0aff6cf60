"""Formats of logs and exports, from `data/logs.yaml`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Struct, convert, structs

from storefront.reader import decode, parse
from storefront.vocabulary.scalars import Date, Line, Url, doc

DATA = Path(__file__).parents[1] / "data" / "logs.yaml"
FIELDS = ("time", "hour", "method", "target", "query", "status", "referrer", "agent", "count", "bot", "event", "link")


class Shape(StrEnum):
    """How a record is written."""

    QUOTED = "quoted"
    JSON = "json"
    W3C = "w3c"
    CSV = "csv"


class Clock(StrEnum):
    """How the time of a record is written."""

    ISO = "iso"
    ANY = "any"
    DAY = "day"


class Format(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A format. Fields list where a value may stand, as paths of JSON or headings; the first that is there counts."""

    id: str = ""
    name: Annotated[Line, doc("What it is called.")]
    shape: Shape
    reviewed_on: Annotated[Date, doc("When this was last compared with its source.")]
    source: Annotated[Url, doc("Where it is described.")]
    unverified: Annotated[tuple[Line, ...], doc("What could not be compared with the maker's own words.")] = ()
    shows: Annotated[tuple[str, ...], doc("What a record or the headings must have.")] = ()
    clock: Clock = Clock.ISO
    time: tuple[str, ...] = ()
    hour: Annotated[tuple[str, ...], doc("The time of day, where `time` is only the day.")] = ()
    method: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    referrer: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    bot: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    clicks: Annotated[tuple[str, ...], doc("The events that are clicks; empty where all are.")] = ()
    quiet: Annotated[tuple[str, ...], doc("What `event` says of a page that was opened.")] = ()
    link: Annotated[tuple[str, ...], doc("What was clicked.")] = ()
    encoded: Annotated[bool, doc("Whether values are percent-encoded once more.")] = False

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Where each part of a record stands, of those that it has."""
        return {name: found for name in FIELDS if (found := getattr(self, name))}

    @property
    def is_daily(self) -> bool:
        """Whether records are sums of a day."""
        return self.clock is Clock.DAY

    @property
    def is_export(self) -> bool:
        """Whether records are counts that another program has made, not requests."""
        return self.shape is Shape.CSV


@cache
def known_formats() -> Mapping[str, Format]:
    """Every format, by id, in the order in which they are tried."""
    data = parse(decode(DATA.read_bytes(), DATA.name), DATA.name)
    found = convert(data, dict[str, Format], strict=False)
    return {name: structs.replace(each, id=name) for name, each in found.items()}
