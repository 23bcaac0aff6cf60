"""The preview: a site that is looked at while it is written, and what is said beside its pages.

What went wrong is a value: the last good page stays, and the problems lie over it until they are mended.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storefront import content
from storefront.clock import EVERYTHING, NOTHING, Clock
from storefront.content import Kind
from storefront.live import LiveSite
from storefront.problems import EnvironmentFailure, Place, Problem
from storefront.serving import editors, explaining, injecting
from storefront.serving.answering import OK, UNREADY, Answer, answer
from storefront.serving.campaign_parts import parts_of_campaign
from storefront.serving.marks import Marks, OnPage
from storefront.serving.panel import Page, written
from storefront.serving.scope import Index, Scope, Section
from storefront.serving.since import Past, Since

KEPT = 1024  # good pages that are kept for when something goes wrong
WAITING = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Not there yet</title></head>
<body><main><h1>There is no page to show yet</h1>
<p>It appears by itself as soon as the site has been read without a problem.</p></main></body>
</html>
"""


class Settings(Struct, frozen=True, kw_only=True):
    """What the preview was started with. Without `now` it is always the present."""

    now: datetime | None = None
    held: bool = False
    scope: Scope = Scope()
    editor: str = editors.NONE
    workers: int = 1


class Preview:
    """A site and what is said of it, from the first `refresh` on. Several threads may ask at once."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        past: Past | None = None,
        report: Callable[[Exception], Problem] | None = None,
    ) -> None:
        self.root, self.settings, self.past, self.report = root, settings, past, report
        self.chosen: datetime | None = None
        self.held = settings.held
        self.live = LiveSite(root, self._moment(), settings.workers, lazily=True)
        self._failure: tuple[Problem, ...] = ()
        self._good: OrderedDict[str, bytes] = OrderedDict()
        self._marks: Marks | None = None
        self._lock = threading.RLock()

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong now."""
        return [*self._failure, *self.live.problems]

    def refresh(self, touched: Collection[Path] | None = None) -> None:
        """Reread what has changed, at the moment that is looked at. Whatever goes wrong is among `problems`.

        `touched` are all files that may have changed; without them everything is looked at.
        """
        with self._lock:
            before = self.live.gathered
            try:
                self.live.refresh(self._moment(), touched, EVERYTHING if self.held else NOTHING)
                self._failure = ()
            except EnvironmentFailure as failure:
                self._failure = (Problem("unreadable", str(failure), Place("storefront")),)
            except OSError as failure:
                message = f"{failure.strerror or failure}: {failure.filename or self.root}"
                self._failure = (Problem("unreadable", message, Place("storefront")),)
            except Exception as error:
                if self.report is None:
                    raise
                self._failure = (self.report(error),)
            if self.live.gathered is not before:  # a page that stays keeps its marks
                self._marks = None

    def due(self) -> bool:
        """Whether the present, where that is looked at, gives another site than it did."""
        due = self.live.next_change
        return due is not None and self.live.now < due <= self._moment()

    def look(self, now: datetime | None, *, held: bool) -> None:
        """Look at another moment (None for the one it was started with), with or without what is held back."""
        with self._lock:
            self.chosen, self.held = now, held
            self.refresh()

    def _moment(self) -> datetime:
        return self.chosen or self.settings.now or datetime.now(UTC).replace(microsecond=0)

    # Pages

    def page(self, path: str) -> Answer:
        """The answer to a path, with what the preview adds to a page."""
        found = answer(self.live, path)
        if found.status == UNREADY:
            found = Answer(status=UNREADY, media_type=f"{injecting.HTML}; charset=utf-8", data=WAITING)
        elif not found.media_type.startswith(injecting.HTML) or found.file or found.location:
            return found
        data, marks = self._shown(found)
        if found.page.startswith("/embed/"):
            return _with(found, data)  # it stands in other sites' frames, and its policy allows no script
        block = {"page": injecting.identity(data, marks), "marks": marks}
        return _with(found, injecting.with_preview(data, block))

    def _shown(self, found: Answer) -> tuple[bytes, OnPage]:
        """A page's bytes, or those it had when it was good last; and its marks."""
        data = found.data
        if found.status == OK:
            if found.problems:
                data = self._good.get(found.page) or data or WAITING
            else:
                self._keep(found.page, data)
        return data, self.marks_on(found.page, data)

    def _keep(self, page: str, data: bytes) -> None:
        with self._lock:
            self._good.pop(page, None)
            self._good[page] = data
            while len(self._good) > KEPT:
                self._good.popitem(last=False)

    def state(self, path: str, *, near: bool) -> dict[str, Any]:
        """What a browser that looks at a path has to know: which page it should have, its styles, and all problems.

        `near` is whether it is on this machine, where an editor can be opened.
        """
        if path == injecting.FOLDER:
            page, styles = self.index_block()["page"], []
        else:
            found = answer(self.live, path)
            data, marks = (WAITING, OnPage()) if found.status == UNREADY else self._shown(found)
            page, styles = injecting.identity(data, marks), injecting.styles(data)
        return {
            "page": page,
            "styles": styles,
            "problems": explaining.explained(self.problems, self.root, self.editor(near=near)),
            "count": len(self.problems),
            "look": self.looking(),
        }

    def editor(self, *, near: bool) -> str:
        """The editor for whoever looks: another machine has none of this one's files."""
        return self.settings.editor if near else editors.NONE

    # What is said beside them

    def marks(self) -> Marks | None:
        """The marks of the site as it was good last; None while there was none."""
        gathered = self.live.gathered
        if gathered is None:
            return None
        with self._lock:
            if self._marks is None:
                since = self.past.since(gathered.curation) if self.past else Since()
                clock = Clock(gathered.now, ZoneInfo(gathered.catalog.site.timezone))
                self._marks = Marks(gathered.catalog, gathered.curation, clock, since, gathered.site.base)
            return self._marks

    def marks_on(self, page: str, data: bytes) -> OnPage:
        """The marks of a page by its address without base path."""
        marks, found = self.marks(), self.live.proof(page)
        if marks is None or not page:
            return OnPage()
        return marks.on(found[0].ref if found else "", page, data.decode(errors="replace"))

    def looking(self) -> dict[str, Any]:
        """The moment that is looked at, whether it was chosen, and whether what is held back is shown."""
        gathered = self.live.gathered
        return {
            "now": written(self.live.now),
            "present": written(self.settings.now or datetime.now(UTC)),
            "chosen": self.chosen is not None,
            "held": self.held,
            "next": written(gathered.next_change) if gathered and gathered.next_change else "",
        }

    def panel(self, path: str, *, near: bool) -> dict[str, Any]:
        """What the panel shows of the page at a path."""
        found, gathered = answer(self.live, path), self.live.gathered
        told: dict[str, Any] = {
            "look": self.looking(),
            "scope": self.scope(),
            "since": self.past.ref if self.past else "",
        }
        if gathered is None or not found.data or path == injecting.FOLDER:
            return told
        page = Page(self.live, self.settings.scope, self.editor(near=near), found.page, found.data)
        marks = self.marks_on(found.page, found.data)
        return {**told, "path": found.page, "status": found.status, "marks": marks, **page.told(gathered)}

    def scope(self) -> str:
        """Whom the preview is for, in words."""
        scope, gathered = self.settings.scope, self.live.gathered
        if not scope:
            return ""
        return scope.name(gathered.catalog) if gathered else scope.brand or scope.creator or scope.campaign

    def index(self) -> list[Section]:
        """What concerns whom the preview is for; without anybody, what is marked."""
        gathered, marks = self.live.gathered, self.marks()
        if gathered is None or marks is None:
            return []
        scope = self.settings.scope
        parts = parts_of_campaign(gathered.curation, gathered.catalog, scope.campaign)
        return Index(scope, gathered.catalog, marks, parts).sections()

    def index_block(self) -> dict[str, Any]:
        """What the index's own script has to know."""
        return {
            "page": injecting.identity(b"", self.index(), self.held, self.chosen and written(self.chosen)),
            "marks": {},
        }


def _with(found: Answer, data: bytes) -> Answer:
    return Answer(status=found.status, page=found.page, media_type=found.media_type, data=data, problems=found.problems)


def unknown(root: Path, scope: Scope) -> list[str] | None:
    """The ids that there are, when a scope is of one that there is not; None when all is well. Only names are read."""
    kind = Kind.CAMPAIGN if scope.campaign else Kind.BRAND if scope.brand else Kind.INFLUENCER
    known = sorted(source.name for source in content.find(root).sources if source.kind is kind)
    return known if scope and (scope.brand or scope.creator or scope.campaign) not in known else None
