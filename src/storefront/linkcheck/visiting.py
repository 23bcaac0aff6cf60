"""Visiting: an address and the redirects after it, in turn, as robots.txt allows, and never through a network."""

import threading
from collections import defaultdict
from urllib.parse import urlsplit

from msgspec import Struct

from storefront import __version__
from storefront.linkcheck import robots
from storefront.linkcheck.addresses import Clean, NoAddress, canonical, next_address
from storefront.linkcheck.asking import SECONDS, Response, Silence, ask
from storefront.linkcheck.dialing import Dial
from storefront.linkcheck.robots import Rules
from storefront.linkcheck.turns import Turns, key_of
from storefront.links import Registry

REDIRECTS = 5


class Hop(Struct, frozen=True):
    """An address that was asked for, and the status of its answer."""

    status: int
    url: str


class Visit(Struct, frozen=True, kw_only=True):
    """What came of an address: the last answer, or why there is none, and every hop on the way."""

    end: Response | Silence
    hops: tuple[Hop, ...] = ()


class Visitor:
    """Asks for addresses; keeps each host's rules and turns."""

    def __init__(
        self,
        networks: Registry,
        dial: Dial,
        site: str,
        turns: Turns,
        seconds: float = SECONDS,
        purpose: str = "checks the links of",
    ) -> None:
        self.networks, self.dial, self.turns, self.seconds = networks, dial, turns, seconds
        self.agent = f"{robots.NAME}/{__version__} ({purpose} {site})"
        self._rules: dict[str, Rules | Silence] = {}
        self._reading: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._finding = threading.Lock()

    def visit(self, address: str, clean: Clean) -> Visit:
        """An address and at most five redirects, each cleaned of tracking before it is asked for."""
        hops: list[Hop] = []
        try:
            url = canonical(clean(address))
            while len(hops) <= REDIRECTS:
                if refused := self._refused(url, hops):
                    return Visit(end=refused, hops=tuple(hops))
                end = self._ask(url)
                if isinstance(end, Response):
                    hops.append(Hop(end.status, url))
                if isinstance(end, Silence) or end.location is None:
                    return Visit(end=end, hops=tuple(hops))
                url = canonical(clean(next_address(url, end.location)))
        except NoAddress as error:
            return Visit(end=Silence(str(error), "unknown"), hops=tuple(hops))
        return Visit(end=Silence(f"more than {REDIRECTS} redirects", "unknown"), hops=tuple(hops))

    def _refused(self, url: str, hops: list[Hop]) -> Silence | None:
        """Why an address is not asked for, if it is not."""
        if made_by := self.networks.get(self.networks.tracking(url) or self.networks.pasted(url)):
            return Silence(f"a redirect leads through {made_by.name}, where asking would count as a click", "unknown")
        if any(hop.url == url for hop in hops):
            return Silence("redirects lead in a circle without cookies", "unknown")
        rules = self._rules_of(url)
        if isinstance(rules, Silence):
            return rules
        return None if rules.allow(url) else Silence("the shop's robots.txt asks programs to stay away", "unknown")

    def _ask(self, url: str) -> Response | Silence:
        with self.turns.at(urlsplit(url).hostname or ""):
            return ask(url, self.agent, self.dial, self.seconds)

    def _rules_of(self, url: str) -> Rules | Silence:
        """The robots.txt of an address's host, asked for once."""
        split = urlsplit(url)
        origin = f"{split.scheme}://{split.hostname}"
        with self._finding:
            reading = self._reading[origin]
        with reading:
            if origin not in self._rules:
                self._rules[origin] = found = self._read(f"{origin}/robots.txt")
                if isinstance(found, Rules):
                    self.turns.slow(split.hostname or "", found.delay)
            return self._rules[origin]

    def _read(self, url: str) -> Rules | Silence:
        """RFC 9309, section 2.3.1: no such file allows everything; one that is there and cannot be read, nothing."""
        host = key_of(urlsplit(url).hostname or "")
        for _ in range(REDIRECTS + 1):
            answer = self._ask(url)
            if isinstance(answer, Silence):
                return answer
            if answer.location is None:
                return _understood(answer)
            try:
                url = next_address(url, answer.location)
            except NoAddress:
                break
            if key_of(urlsplit(url).hostname or "") != host:  # another host's rules are no rules for this one
                break
        return robots.EVERYTHING


def _understood(answer: Response) -> Rules | Silence:
    if answer.status >= 500:  # noqa: PLR2004  HTTP's class of server errors
        return Silence(f"the shop's robots.txt answers {answer.status}, so nothing else is asked for", "unknown")
    if answer.status >= 400:  # noqa: PLR2004  HTTP's class of what is not there, or not for us
        return robots.EVERYTHING
    return robots.parse(answer.body.decode("utf-8", "replace"))
