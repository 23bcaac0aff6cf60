"""What all audits of a build share: the site, what the theme hides, which hosts sell, where records stand.

Made once, before workers are forked.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

import turbohtml
from turbohtml import Document, Element

from storefront.audit import hidden
from storefront.audit.findings import Finding
from storefront.audit.hidden import Sheet
from storefront.audit.judging import folded
from storefront.audit.proofs import Proven
from storefront.catalog.facts import SiteFact
from storefront.catalog.redirects import FOLDER
from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.disclosure import Pack, Wording, denials
from storefront.links import Registry, host_of
from storefront.pages import routes
from storefront.pages.networks import statement_of
from storefront.problems import Place, Problem
from storefront.theme import Theme

# Addresses on this host are relative, but for those that lead through it to shops. A browser takes a backslash for a
# slash, passes over tabs and line ends, and needs no slashes behind another scheme than the page's. What begins with a
# slash stays here unless another one follows at once. All is asked of anchors in one selector, not in a list of them:
# elements are then found by their name, in half the time.
ANCHORS = (
    '[href^="//"], [href^="/\\\\"], [href^="/\\9 "], [href^="/\\a "], [href^="/\\d "], :not([href^="/"]):is('
    '[href*="//"], [href*=":"], [href*="\\\\"], [href*="\\9 "], [href*="\\a "], [href*="\\d "])'
)
THROUGH = f'[href*="{FOLDER}"], [href^="{FOLDER[1:]}"], [href*="%"]'
BLANK = "".join(map(chr, range(33)))  # what may stand around an address
_marked = re.compile(r"<[^<>]*>|\{[{%#].*?[}%#]\}", re.DOTALL)  # elements, and what Jinja puts in their place
_authority = re.compile(r"(?:(?:https?|wss?|ftp):/*|//+)([^/?#]*)", re.IGNORECASE)
RARE = frozenset(hidden.RARE.values())
BOXES = ("input", "option")  # what can be checked
NAMES = RARE.union(BOXES)
CLOSED = "details:not([open])"  # a text of its own is folded away, which no selector names
ACCENT = "accent."  # how the name of a stylesheet with a creator's own colour begins
SITE = Place("content/site.yaml")
CONTEXT = re.compile(r"[\s>+~:]")  # in selectors that ask for more than the element itself


class Suspected(NamedTuple):
    """Selectors of what may hide something: an element or what is around it, and what is inside a piece of markup."""

    around: str
    within: str


def _suspected(sheet: Sheet, *, rare: bool, chosen: bool) -> Suspected:
    found = [each for each in sheet.selectors if chosen or not hidden.boxes(each)]
    return Suspected(
        around=", ".join((*hidden.usual(rare=rare), *found, "[style]")),
        within=", ".join(each for each in found if CONTEXT.search(each)),
    )


class House:
    """Knows the site, and remembers what it has seen of its markup: the same labels stand on thousands of pages.

    `routed` is whether links lead to shops through addresses of this host. Without catalog and places, which only a
    problem asks for, every problem stands at the site.
    """

    def __init__(
        self,
        site: SiteFact,
        theme: Theme,
        catalog: Catalog | None,
        places: Places | None,
        networks: Registry,
        shops: Mapping[str, str],
        *,
        routed: bool = False,
    ) -> None:
        self.site, self.theme, self.catalog, self.places = site, theme, catalog, places
        self.networks, self.shops, self.routed = networks, shops, routed
        self.host = host_of(site.url)
        self.anchors = f"a:is({ANCHORS}, {THROUGH})" if routed else f"a:is({ANCHORS})"
        css = theme.whole.data.decode() + (theme.embed_stylesheet.data.decode() if site.embeds else "")
        self.sheet = sheet = hidden.sheet(css)
        self.unseen = ", ".join((*hidden.OF_HTML, *sheet.selectors))
        self.reordered = ", ".join(each for each in sheet.reordered if not hidden.boxes(each))
        self.suspect = f"{self.unseen}, [style]"
        self.boxes = ", ".join(dict.fromkeys(box for each in sheet.selectors for box in hidden.boxes(each)))
        self.suspects = {
            (rare, chosen): _suspected(sheet, rare=rare, chosen=chosen)
            for rare in (True, False)
            for chosen in (True, False)
        }
        self.denials = _denials(theme)
        self.painted = tuple(phrase for words in sheet.painted for phrase in denials.contradictions(words))
        files = (site.stylesheet, *(name for _, name in site.stylesheets), site.embeds)
        self.sheets = frozenset(site.base + routes.asset(name) for name in files if name)
        self.accents = site.base + routes.asset(ACCENT)
        # What a piece of markup proves for some ties, these by identity; kept, so that no others take their place.
        self.proven: dict[Wording, dict[tuple[str, int], Proven]] = defaultdict(dict)
        self.proof = lru_cache(maxsize=None)(Proven)  # equal ones are one
        self.stated: dict[tuple[object, ...], bool] = {}  # what the statements of shared pages say
        self.sentenced = {name for name in networks.networks if statement_of(name, site)}
        self.badges = lru_cache(maxsize=16384)(self._badges)
        self.seller = lru_cache(maxsize=4096)(self._seller)

    def over(self, catalog: Catalog) -> "House":
        """The same house over the catalog after an edit that leaves site, theme and shops as they are."""
        house = copy(self)
        house.catalog = catalog
        return house

    def _badges(self, html: str) -> tuple[str, ...]:
        """The labels to be read in a piece of markup, in order; none where it holds a link, which they may be for."""
        piece = turbohtml.parse_fragment(html)
        if piece.select_one("a") is not None:
            return ()
        return tuple(folded(each.text) for each in piece.select(".badge") if self.seen(each) and each.text.strip())

    def suspected(self, document: Document, names: set[str]) -> Suspected:
        """What may hide something on a page. `names` are those of its elements that are among `NAMES`."""
        chosen = bool(self.boxes) and any(
            each.matches(self.boxes) for name in BOXES if name in names for each in document.select(f"{name}:checked")
        )
        return self.suspects[not names.isdisjoint(RARE), chosen]

    def plain(self, labels: Element, suspected: Suspected) -> bool:
        """Whether labels can be judged by their own markup: nothing that is `suspected` hides them from around.

        A rule such as `.card .badge` hides what is in them only where they stand.
        """
        return labels.closest(suspected.around) is None and not (
            suspected.within and labels.select_one(suspected.within)
        )

    def open(self, element: Element) -> bool:
        """Whether nothing around an element hides it."""
        within = element.closest(self.suspect)
        while within is not None:
            if self.hides(within):
                return False
            above = within.parent
            within = above.closest(self.suspect) if isinstance(above, Element) else None
        return True

    def seen(self, element: Element) -> bool:
        """Whether a reader sees an element, and all of its text."""
        return self.open(element) and self.whole(element, self.suspects[True, True])

    def whole(self, element: Element, suspected: Suspected) -> bool:
        """Whether nothing that is `suspected` hides a part of an element."""
        return not any(map(self.hides, element.select(suspected.around))) and element.select_one(CLOSED) is None

    def hides(self, element: Element) -> bool:
        """Whether an element hides what is in it."""
        return element.matches(self.unseen) or self.sheet.in_style(element.attr("style") or "")

    def _seller(self, host: str) -> str:
        """Who earns through a host: a network's name or a merchant's id; "" for one that sells nothing we know of."""
        network = self.networks.get(self.networks.of_host(host))
        if network:
            return network.name
        labels = host.removeprefix("www.").split(".")
        return next((found for at in range(len(labels)) if (found := self.shops.get(".".join(labels[at:])))), "")

    def problem(self, finding: Finding, page: str, packs: tuple[Pack, ...], template: str) -> Problem:
        """A finding as a problem at the record that it is about."""
        return Problem(
            finding.code, finding.said(page, packs), self.place(finding.ref, finding.item), self.hint(template)
        )

    def place(self, ref: str, item: str) -> Place:
        """Where a thing is written. Reads its file again."""
        if self.catalog is None or self.places is None:
            return SITE
        origin = self.catalog.origins.get(ref)
        if origin is None:
            return SITE
        key, numbers = self.catalog.entries.get(ref, ("", []))
        position = next((at for at, name in enumerate(items_of(self.catalog, ref)) if name == item), None)
        path = (key, numbers[position]) if item and position is not None else ()
        return self.places.of(origin, *path)

    def hint(self, template: str) -> str:
        """What to mend: what the program writes is right, so it is the theme."""
        if not template:
            return "storefront itself writes this file. Please report it with the message."
        for layer in self.theme.layers:
            if (layer / "templates" / template).is_file():
                file = f"themes/{layer.name}/templates/{template}"
                return f"The record is right; the theme is not. See {file} and what it includes, and docs/themes.md."
        return "The record is right; the theme is not. See docs/themes.md."


def items_of(catalog: Catalog, ref: str) -> list[str]:
    """The names of the picks or offers of a fact, in its order: what `expected.Shown` calls its item."""
    kind, _, name = ref.partition(":")
    if kind == "product":
        return [str(number) for number in range(len(catalog.products[name].offers))]
    return [pick.anchor for pick in catalog.picks_of(ref)]


def cleaned(url: str) -> str:
    """An address in a page as a browser takes it."""
    return url.strip(BLANK).replace("\\", "/").translate({9: None, 10: None, 13: None})


def host_in(url: str) -> str:
    """The host that a browser would go to for an address in a page; "" for one on this host."""
    found = _authority.match(cleaned(url))
    if not found:
        return ""
    host = unicodedata.normalize("NFKC", unquote(found[1].rpartition("@")[2])).replace("\u3002", ".")
    return host.partition(":")[0].lower().rstrip(".")


def _denials(theme: Theme) -> tuple[str, ...]:
    """Phrases in the theme's own files that deny money or gifts; pages are searched for these alone.

    What creators write is judged at its record (`catalog.wording`).
    """
    found: dict[str, None] = {}
    for layer in theme.layers:
        for path in sorted((layer / "templates").rglob("*.html")):
            text = unescape(path.read_text(encoding="utf-8", errors="replace"))
            found |= dict.fromkeys((*denials.contradictions(text), *denials.contradictions(_marked.sub("", text))))
    return tuple(found)
