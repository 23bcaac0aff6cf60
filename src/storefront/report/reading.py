"""Reading a site for reports: its records, proven, and what of them is shown at a moment."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import disclosure, links, records
from storefront.catalog import references
from storefront.catalog.live import Live
from storefront.clock import Clock
from storefront.problems import ProblemsFound
from storefront.records import Curation
from storefront.vocabulary.site import Site


class Reading(Struct, frozen=True):
    """A site's records, and the open part of them at the clock."""

    site: Site
    curation: Curation
    live: Live


def reading(root: Path, now: datetime) -> Reading:
    """The records of the site at `root`, at a moment. Raises ProblemsFound when content has problems."""
    loaded = records.load(root)
    networks, unsound = links.of_site(root)
    own = disclosure.of_site(root)
    problems = [*loaded.problems, *unsound, *own.problems]
    problems += references.check(loaded.curation, loaded.places, networks, own)
    if loaded.curation.site is None or problems:
        raise ProblemsFound(problems)
    site = loaded.curation.site.record
    return Reading(site, loaded.curation, Live(loaded.curation, Clock(now, ZoneInfo(site.timezone))))
