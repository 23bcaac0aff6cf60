"""From a site's folder to its tasks, at a moment."""

from datetime import datetime
from pathlib import Path

from storefront.catalog.reading import reading
from storefront.clock import later
from storefront.content import Places
from storefront.due.campaigns import Campaigns
from storefront.due.reviews import Reviews
from storefront.due.tasks import Due, Task, UnplacedTask, _TaskFacts
from storefront.due.windows import Windows


def collect(root: Path, now: datetime, within: int, *, praise: bool = False) -> Due:
    """What is due up to `within` days from now, and what is overdue; thanks for `praise` too where they are asked for.

    Raises ProblemsFound when content has problems.
    """
    read = reading(root, now)
    site, curation, live = read.site, read.curation, read.live
    today = live.clock.today
    last = later(today, within)
    every = [
        *Reviews(curation, live, site.asks, praise=praise).tasks(),
        *Windows(curation, live, site).tasks(),
        *Campaigns(curation, live).tasks(),
    ]
    tasks = [_placed(found, read.places) for found in every if found.day <= last]
    tasks.sort(key=lambda task: (task.day, task.kind, task.creator, task.place.file, task.place.line, task.what))
    names = (curation.influencers, curation.brands, curation.campaigns)
    return Due(today, site.url, tuple(tasks), *(tuple(sorted(table)) for table in names))


def _placed(found: UnplacedTask, places: Places) -> Task:
    said = {name: getattr(found, name) for name in _TaskFacts.__struct_fields__}
    return Task(**said, place=places.of(found.origin, *found.path))
