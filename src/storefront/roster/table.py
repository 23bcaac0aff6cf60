"""Creators for programs: plain values for JSON, and CSV (RFC 4180)."""

import csv
from io import StringIO

from storefront.escaping import cell
from storefront.roster.choosing import Criteria, choose, segments_of
from storefront.roster.people import Person, Roster
from storefront.vocabulary.influencer import BrandTie, Location

COUNTED = ("lists", "posts", "reviews")
COLUMNS = ("handle", "name", "status", "shown", "where", "interests", "segments", "shops_at", "ties", *COUNTED, "file",
           "line")  # fmt: skip


def plain(roster: Roster, criteria: Criteria) -> list[dict[str, object]]:
    """The creators who are wanted, each with all that is told of her."""
    return [_plain(person, roster, criteria) for person in choose(roster, criteria)]


def csv_of(roster: Roster, criteria: Criteria) -> str:
    """CSV with a head. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person in choose(roster, criteria):
        told = _plain(person, roster, criteria) | {
            "shown": "yes" if person.shown else "no",
            "where": where(person.location),
            "ties": [tie_in_words(tie) for tie in person.ties],
        }
        cells = (told[column] for column in COLUMNS)
        writer.writerow(cell("; ".join(each) if isinstance(each, list | tuple) else str(each)) for each in cells)
    return out.getvalue()


def where(location: Location | None) -> str:
    """A place in a few words, the region's code or the country's last; "" for none."""
    return ", ".join(filter(None, (location.city, location.region or location.country))) if location else ""


def tie_in_words(tie: BrandTie) -> str:
    """A tie with its brand, such as "acme (ambassador)"."""
    return f"{tie.brand} ({tie.kind})"


def _plain(person: Person, roster: Roster, criteria: Criteria) -> dict[str, object]:
    place, home = roster.place(person), person.location
    return {
        "handle": person.handle,
        "name": person.name,
        "status": person.status.value,
        "shown": person.shown,
        "where": {"city": home.city, "region": home.region, "country": home.country} if home else None,
        "interests": person.interests,
        "segments": segments_of(person, roster, criteria),
        "shops_at": person.shops_at,
        "ties": [{"brand": t.brand, "kind": t.kind.value, "since": t.since, "until": t.until} for t in person.ties],
        **{key: getattr(person, key) for key in COUNTED},
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }
