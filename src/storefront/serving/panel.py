"""The panel: what a preview tells of one page beside it. Plain data; a script in the browser shows it."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
import turbohtml

from storefront import disclosure
from storefront.audit.house import items_of
from storefront.audit.judging import UNIVERSAL
from storefront.audit.proofs import Line, Link
from storefront.catalog.live import Live
from storefront.clock import Clock
from storefront.disclosure import denials, rules
from storefront.due.tasks import UnplacedTask
from storefront.due.windows import Windows
from storefront.gather import Gathered
from storefront.live import LiveSite
from storefront.problems import Place
from storefront.serving import editors, explaining
from storefront.serving.campaign_parts import parts_of_campaign
from storefront.serving.injecting import styles
from storefront.serving.scope import Scope, offer_of

NEXT = 12  # scheduled changes that are listed
MOST = 200  # links that are listed
LEVEL = 6  # of gzip, as hosts use it
_decode = msgspec.json.Decoder(Line).decode


class Page:
    """What can be told of the page at an address without base path, whose bytes a build would write."""

    def __init__(self, live: LiveSite, scope: Scope, editor: str, path: str, html: bytes) -> None:
        self.live, self.scope, self.editor, self.path, self.html = live, scope, editor, path, html
        found = live.proof(path)
        self.line = _decode(found[1]) if found and found[1] else None
        self.document = turbohtml.parse(html.decode(errors="replace"))

    def told(self, gathered: Gathered) -> dict[str, Any]:
        """Everything, by part of the panel."""
        return {
            "disclosures": self.disclosures(),
            "rules": list(self.rules(gathered)),
            "words": list(self.words()),
            "links": list(self.links(gathered)),
            "all_links": len(self.line.links) if self.line else 0,
            "weight": list(self.weight(gathered)),
            "changes": list(self.changes(gathered)),
        }

    def disclosures(self) -> dict[str, Any] | None:
        """The labels that the audit found, with how many links bear each; None for a page that sells nothing."""
        if self.line is None:
            return None
        counts = [sum(link.label == number for link in self.line.links) for number in range(len(self.line.labels))]
        return {
            "statement": self.line.statement,
            "markets": list(self.line.markets),
            "unlinked": self.line.unlinked,
            "labels": [
                {"texts": list(label.texts), "brand": label.brand, "links": count, "ties": list(label.relationships)}
                for label, count in zip(self.line.labels, counts, strict=True)
            ],
        }

    def rules(self, gathered: Gathered) -> Iterator[dict[str, str]]:
        """The rules that the page was judged by and passed, each with its sentence."""
        if self.line is None:
            return
        everywhere = disclosure.everywhere().rules
        for name in UNIVERSAL:
            yield {"id": name, "market": "everywhere", "says": everywhere[name].says if name in everywhere else ""}
        for name in dict.fromkeys(rule for label in self.line.labels for rule in label.rules):
            market, _, rule = name.partition("/")
            pack = disclosure.find(market, gathered.site.packs)
            if pack is not None and rule in pack.rules:
                yield {"id": rule, "market": pack.name, "says": pack.rules[rule].says}

    def words(self) -> Iterator[dict[str, str]]:
        """Words of the page that could undo a disclosure; where they stand beside a tie, a build refuses them."""
        body = self.document.select_one("body")
        text = body.text if body is not None else ""
        for hashtag in dict.fromkeys(rules.rejected_hashtags(text)):
            yield {"text": hashtag, "why": "looks like a disclosure and says too little to be one"}
        for label in dict.fromkeys(rules.buried_labels(text)):
            yield {"text": label, "why": "stands among other hashtags, where a label is lost"}
        for phrase in denials.contradictions(text):
            yield {"text": phrase, "why": "denies money or gifts; true only of things without a tie"}

    def links(self, gathered: Gathered) -> Iterator[dict[str, Any]]:
        """Links to shops of whomever the preview is for: where each leads, what it bears, and where it is written."""
        if self.line is None:
            return
        parts = parts_of_campaign(gathered.curation, gathered.catalog, self.scope.campaign)
        shown = (link for link in self.line.links if self.scope.wants(link, gathered.catalog, parts))
        for link, _ in zip(shown, range(MOST), strict=False):
            offer = offer_of(link, gathered.catalog)
            yield {
                "url": link.url,
                "host": (urlsplit(link.url).hostname or "").removeprefix("www."),
                "shop": offer.merchant_name if offer else "",
                "network": (offer.network or "") if offer else "",
                "label": " ".join(self.line.labels[link.label].texts),
                **explaining.place(_place(link, gathered), self.live.root, self.editor),
            }

    def weight(self, gathered: Gathered) -> Iterator[dict[str, Any]]:
        """The page and what its theme brings, in bytes as they are and compressed with gzip as a host would."""
        yield _weighed("Page", self.html)
        base = gathered.site.base
        for href in styles(self.html):
            served = self.live.get(urlsplit(href).path.removeprefix(base))
            if served is not None:
                yield _weighed(href.rpartition("/")[2], served.data)
        for script in self.document.select("script[src]"):
            src = urlsplit(script.attr("src") or "").path
            served = self.live.get(src.removeprefix(base))
            if served is not None:
                yield _weighed(src.rpartition("/")[2], served.data)

    def changes(self, gathered: Gathered) -> Iterator[dict[str, Any]]:
        """What will appear, go or run out by itself, the next first, of whomever the preview is for."""
        curation, site = gathered.curation, gathered.catalog.site
        clock = Clock(gathered.now, ZoneInfo(site.timezone))
        windows = Windows(curation, Live(curation, clock), site)
        coming = [found for found in windows.tasks() if found.moment and found.moment > gathered.now]
        coming = [
            found
            for found in coming
            if not self.scope
            or (self.scope.brand and found.brand == self.scope.brand)
            or (self.scope.creator and found.creator == self.scope.creator)
            or (self.scope.campaign and self._is_part(found, gathered))
        ]
        for found in sorted(coming, key=lambda each: (each.moment or gathered.now, each.what))[:NEXT]:
            file = explaining.file_of(Place(found.origin.source.file), self.live.root)
            moment = found.moment or gathered.now
            yield {
                "at": written(moment),
                "what": found.what,
                "place": found.origin.source.file,
                "open": editors.link(self.editor, file, 1, 1) if file else "",
            }

    def _is_part(self, found: UnplacedTask, gathered: Gathered) -> bool:
        """Whether a change is of the campaign itself, or of a record that names it."""
        if found.campaign == self.scope.campaign:
            return True
        parts = parts_of_campaign(gathered.curation, gathered.catalog, self.scope.campaign)
        return any(gathered.catalog.origins.get(ref) == found.origin for ref, _ in parts)


def written(moment: datetime) -> str:
    """A moment as the panel's fields and `--now` read it, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}"


def _weighed(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "bytes": len(data), "compressed": len(gzip.compress(data, LEVEL, mtime=0))}


def _place(link: Link, gathered: Gathered) -> Place:
    """Where the record of a link is written, with the line of its entry where that was noted; no file is read."""
    catalog, origin = gathered.catalog, gathered.catalog.origins.get(link.record)
    if origin is None:
        return Place("")
    key, numbers = catalog.entries.get(link.record, ("", []))
    lines, names = gathered.places.lines(origin, key), items_of(catalog, link.record)
    number = numbers[names.index(link.entry)] if link.entry in names else -1
    return Place(origin.source.file, lines[number], 1) if 0 <= number < len(lines) else Place(origin.source.file)
