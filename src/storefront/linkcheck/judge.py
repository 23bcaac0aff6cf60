"""Judging: which of nine outcomes a visit is, and what to do about it."""

from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from storefront.linkcheck import pages
from storefront.linkcheck.asking import Response, Silence
from storefront.linkcheck.pages import Page
from storefront.linkcheck.visiting import Hop, Visit
from storefront.problems import shown

# Added to an address whose redirects are in doubt. It tells nobody anything; that it arrives is all that counts.
PROBE = "link-check"
FEW_WORDS = 20  # what a page says that a script fills later
SHORT_PAGE = 250  # words; pages that ask for a person are shorter, pages of things longer


class Outcome(StrEnum):
    """What a link leads to."""

    HEALTHY = "healthy"
    GONE = "gone"
    BLOCKED = "blocked"
    HOME = "redirected-home"
    SEARCH = "redirected-to-search"
    OUT_OF_STOCK = "out-of-stock"
    UNAVAILABLE = "unavailable"
    TAG_LOST = "tag-lost"
    UNVERIFIED = "unverified"


# What a page's data says, the most hopeful first: one colour that can be had is enough.
DATA = (
    (pages.HAD, (Outcome.HEALTHY, "its data says that it can be had")),
    (pages.ENDED, (Outcome.UNAVAILABLE, "its data says that it is no longer made")),
    (pages.NOT_HAD, (Outcome.OUT_OF_STOCK, "its data says that it is out of stock")),
)
HINTS = {
    Outcome.HEALTHY: "",
    Outcome.GONE: "Look for the thing's new address, or retire the pick: status: retired keeps its story.",
    Outcome.BLOCKED: "The shop keeps programs out, so only a person can tell: look at the page once yourself.",
    Outcome.HOME: "The thing has probably left the shop: look for its new address, or retire the pick.",
    Outcome.SEARCH: "The thing has probably left the shop: look for its new address, or retire the pick.",
    Outcome.OUT_OF_STOCK: "Write availability: out_of_stock if it stays so; another shop's offer then comes first.",
    Outcome.UNAVAILABLE: "Look again tomorrow; if it stays so, name another shop or retire the pick.",
    Outcome.TAG_LOST: "Write the new address, so that nothing stands between the link and the page.",
    Outcome.UNVERIFIED: "Look at the thing in the shop once yourself.",
}


class Verdict(Struct, frozen=True, kw_only=True):
    """An outcome and what was seen, in plain printable words; `hops` are the addresses asked for."""

    outcome: Outcome
    seen: str
    hops: tuple[Hop, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether nothing speaks against the link."""
        return self.outcome in {Outcome.HEALTHY, Outcome.UNVERIFIED}

    @property
    def hint(self) -> str:
        """What the user can do about an outcome."""
        return HINTS[self.outcome]


def judge(visit: Visit) -> Verdict:
    """What a visit to a shop's own address shows."""
    outcome, seen = _silent(visit.end) if isinstance(visit.end, Silence) else _answered(visit.end, visit.hops)
    return Verdict(outcome=outcome, seen=seen, hops=visit.hops)


def judge_probe(first: Verdict, probe: Visit) -> Verdict:
    """A verdict on a healthy page behind redirects, visited again with a parameter that ought to arrive."""
    if not isinstance(probe.end, Response) or not probe.hops or probe.end.status >= 300:  # noqa: PLR2004
        return first
    if PROBE in dict(parse_qsl(urlsplit(probe.hops[-1].url).query)):
        return first
    seen = f"redirects to {probe.hops[-1].url} and drops what follows the ? on the way, tracking too"
    return Verdict(outcome=Outcome.TAG_LOST, seen=seen, hops=first.hops)


def _silent(silence: Silence) -> tuple[Outcome, str]:
    sorts = {"gone": Outcome.GONE, "down": Outcome.UNAVAILABLE}
    return sorts.get(silence.sort, Outcome.UNVERIFIED), silence.why


def _answered(answer: Response, hops: tuple[Hop, ...]) -> tuple[Outcome, str]:
    page = pages.read(answer.body)
    if found := _kept_out(answer, page) or _by_status(answer.status):
        return found
    if len(hops) > 1 and (found := _elsewhere(hops[0].url, hops[-1].url)):
        return found
    if not answer.body:
        return (
            Outcome.UNVERIFIED,
            f"answers {answer.status} with {shown(answer.kind or 'nothing')}, which is no page that can be read",
        )
    return _by_words(page, redirected=len(hops) > 1, last=hops[-1].url)


def _kept_out(answer: Response, page: Page) -> tuple[Outcome, str] | None:
    said = page.says(pages.signs().challenge) if page.words <= SHORT_PAGE else None
    if answer.status in {401, 403, 407, 429}:
        return Outcome.BLOCKED, f"answers {answer.status}"
    if answer.challenge or said:
        return Outcome.BLOCKED, f"asks whether its reader is a person{f': “{said}”' if said else ''}"
    return None


def _by_status(status: int) -> tuple[Outcome, str] | None:
    if status in {404, 410}:
        return Outcome.GONE, f"answers {status}"
    if 500 <= status <= 599:  # noqa: PLR2004  HTTP's class of server errors
        return Outcome.UNAVAILABLE, f"answers {status}"
    return None if 200 <= status <= 299 else (Outcome.UNVERIFIED, f"answers {status}")  # noqa: PLR2004


def _elsewhere(asked: str, landed: str) -> tuple[Outcome, str] | None:
    if pages.is_login(landed) and not pages.is_login(asked):
        return Outcome.BLOCKED, f"asks for a login at {landed}"
    if pages.is_home(landed) and not pages.is_home(asked):
        return Outcome.HOME, f"redirects to the front page, {landed}"
    if pages.is_search(landed) and not pages.is_search(asked):
        return Outcome.SEARCH, f"redirects to a search, {landed}"
    return None


def _by_words(page: Page, *, redirected: bool, last: str) -> tuple[Outcome, str]:
    """Data on availability outweighs words, and a button that sells outweighs words that may belong to other things."""
    signs = pages.signs()
    if found := next((seen for words, seen in DATA if page.availability & words), None):
        return found
    if page.says(signs.buyable):
        return Outcome.HEALTHY, "answers 200"
    for outcome, phrases in ((Outcome.UNAVAILABLE, signs.unavailable), (Outcome.OUT_OF_STOCK, signs.out_of_stock)):
        if said := page.says(phrases):
            return outcome, f"says “{said}”"
    if redirected:
        return Outcome.UNVERIFIED, f"redirects to {last}, where nothing shows that it is sold"
    if page.words < FEW_WORDS:
        return Outcome.UNVERIFIED, "answers 200 with a page that a script fills, or nearly empty"
    return Outcome.HEALTHY, "answers 200"
