"""Reading a site for what renders nothing: its records, proven, and what of them is shown at a moment."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import disclosure, links, records
from storefront.catalog import references
from storefront.catalog.live import Live
from storefront.clock import Clock
from storefront.content import Places
from storefront.links import Registry
from storefront.problems import ProblemsFound
from storefront.records import Curation
from storefront.vocabulary.site import Site


class Reading(Struct, frozen=True):
    """A site's records with their places, the open part of them at the clock, and the networks that it knows."""

    site: Site
    curation: Curation
    places: Places
    live: Live
    networks: Registry


def reading(root: Path, now: datetime) -> Reading:
    """The records of the site at `root`, at a moment. Raises ProblemsFound when content has problems."""
    loaded = records.load(root)
    networks, unsound = links.of_site(root)
    own = disclosure.of_site(root)
    problems = [*loaded.problems, *unsound, *own.problems]
    problems += references.check_loaded(loaded, networks, own)
    if loaded.curation.site is None or problems:
        raise ProblemsFound(problems)
    site = loaded.curation.site.record
    live = Live(loaded.curation, Clock(now, ZoneInfo(site.timezone)))
    return Reading(site, loaded.curation, loaded.places, live, networks)
