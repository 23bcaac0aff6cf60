"""Admitting a creator: her status and the day are written into her own file, while there is a place."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import editing, records
from storefront.changes import Change
from storefront.clock import Clock
from storefront.editing.order import keys_of
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean, shown
from storefront.reader import decode
from storefront.vocabulary.community import Standing
from storefront.vocabulary.influencer import Influencer


class Admission(Struct, frozen=True):
    """The file of a creator with her admission, and the day that it has; the file is what it was if it had one."""

    change: Change
    day: date


def admitted(root: Path, handle: str, now: datetime) -> Admission:
    """The admission of a creator at a moment. Raises `ProblemsFound` when she is unknown, or all places are taken."""
    loaded = records.load(root)
    curation = loaded.curation
    if loaded.problems or curation.site is None:
        raise ProblemsFound(loaded.problems)
    entry = curation.influencers.get(handle)
    if entry is None:
        hint = did_you_mean(handle, list(curation.influencers))
        raise ProblemsFound(
            [Problem("unknown-reference", f"there is no creator {shown(handle)}", Place("HANDLE"), hint)]
        )
    access = curation.site.record.access
    standing = [each.record.status for each in curation.influencers.values()].count(Standing.APPROVED)
    approved = entry.record.status is Standing.APPROVED
    if access and access.capacity and not approved and standing >= access.capacity:
        message = f"all {access.capacity} places are taken"
        place = loaded.places.of(curation.site.origin, "access", "capacity")
        raise ProblemsFound([Problem("bad-value", message, place, "Raise capacity, or wait until somebody leaves.")])
    day = Clock(now, ZoneInfo(curation.site.record.timezone)).today
    file = entry.origin.source.file
    before = decode((root / file).read_bytes(), file)
    if approved and entry.record.admitted:
        return Admission(Change(file=file, before=before, after=before), day)
    document, keys = editing.read(before, file), keys_of(Influencer)
    editing.put(document.root, "status", str(Standing.APPROVED), keys)
    editing.put(document.root, "admitted", day.isoformat(), keys)
    return Admission(Change(file=file, before=before, after=editing.written(document)), day)
