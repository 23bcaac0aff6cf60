"""A run: every address once, a few hosts at a time, each of them one request after the other."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from storefront.linkcheck import verdicts
from storefront.linkcheck.addresses import cleaner
from storefront.linkcheck.asking import SECONDS
from storefront.linkcheck.collect import Collected, Link
from storefront.linkcheck.dialing import Dial, dial
from storefront.linkcheck.judge import PROBE, Outcome, Verdict, judge, judge_probe
from storefront.linkcheck.turns import PAUSE, Stopped, Turns, key_of
from storefront.linkcheck.verdicts import SeenVerdict, Verdicts
from storefront.linkcheck.visiting import Visitor
from storefront.links.addresses import with_query

HOSTS_AT_ONCE = 6
# Called with the progress of a stage: its name, how much is done and how much there is.
Progress = Callable[[str, int, int], None]


class Limits(Struct, frozen=True, kw_only=True):
    """In seconds: how old a verdict may be, the pause after each request to a host, and the time for one request."""

    max_age: float = 24 * 3600.0
    pause: float = PAUSE
    request: float = SECONDS


class Checked(Struct, frozen=True, kw_only=True):
    """A link and its outcome; `at` is the second it was seen in (0: nobody asked), `known` says by an earlier run."""

    link: Link
    verdict: Verdict
    at: int = 0
    known: bool = False


class _Request(Struct):
    """An address to ask for. `earns` says that tracking must survive the way to it."""

    address: str
    link: Link
    earns: bool


def check(
    collected: Collected,
    chosen: Sequence[Link],
    folder: Path,
    *,
    limits: Limits = Limits(),  # noqa: B008  frozen
    dialer: Dial = dial,
    progress: Progress = lambda _stage, _done, _total: None,
    clock: Callable[[], float] = time.time,
) -> list[Checked]:
    """An outcome for each chosen link. What was seen is kept in `folder`, even of a run that is interrupted."""
    memory = verdicts.read(folder)
    wanted = _wanted(chosen)
    known = {each.address for each in wanted if memory.fresh(each.address, clock(), limits.max_age, probed=each.earns)}
    unknown = [each for each in wanted if each.address not in known]
    runner = _Runner(collected, memory, dialer, limits, clock)
    try:
        runner.run(unknown, progress)
    finally:
        offline = _forget_offline(memory, unknown)
        if unknown and not offline:
            verdicts.write(folder, memory, clock())
    return [_checked(link, memory, known, offline) for link in chosen]


def _forget_offline(memory: Verdicts, asked: Sequence[_Request]) -> frozenset[str]:
    """When no host at all has a name, it is not the shops that are gone: those addresses, no longer remembered."""
    seen = {each.address: memory.seen[each.address].verdict for each in asked if each.address in memory.seen}
    if any(verdict.outcome is not Outcome.GONE or verdict.hops for verdict in seen.values()):
        return frozenset()
    for address in seen:
        del memory.seen[address]
    return frozenset(seen)


def _wanted(chosen: Iterable[Link]) -> list[_Request]:
    found: dict[str, _Request] = {}
    for link in chosen:
        if link.address:
            one = found.setdefault(link.address, _Request(link.address, link, link.earns))
            one.earns = one.earns or link.earns
    return list(found.values())


def _checked(link: Link, memory: Verdicts, known: set[str], offline: frozenset[str]) -> Checked:
    if link.address is None:
        return _unverified(link, f"only {link.network} can make this link, and asking for it would count as a click")
    if link.address in offline:
        return _unverified(link, "no shop's name could be looked up; this machine seems to be offline")
    found = memory.seen[link.address]
    return Checked(link=link, verdict=found.verdict, at=found.at, known=link.address in known)


def _unverified(link: Link, seen: str) -> Checked:
    return Checked(link=link, verdict=Verdict(outcome=Outcome.UNVERIFIED, seen=seen))


class _Runner:
    """Asks for addresses and puts what it sees into the memory."""

    def __init__(
        self, collected: Collected, memory: Verdicts, dialer: Dial, limits: Limits, clock: Callable[[], float]
    ) -> None:
        self.networks, self.memory, self.clock = collected.networks, memory, clock
        self.turns = Turns(limits.pause)
        self.visitor = Visitor(collected.networks, dialer, collected.site, self.turns, limits.request)
        self.writing, self.done = threading.Lock(), 0

    def run(self, wanted: Sequence[_Request], progress: Progress) -> None:
        """All addresses; those of one host in one thread, in their order."""
        hosts: defaultdict[str, list[_Request]] = defaultdict(list)
        for each in wanted:
            hosts[key_of(urlsplit(each.address).hostname or "")].append(each)

        def seen(address: str, what: SeenVerdict) -> None:
            with self.writing:
                self.memory.seen[address] = what
                self.done += 1
                progress("links", self.done, len(wanted))

        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            try:
                for future in as_completed([pool.submit(self._host, each, seen) for each in hosts.values()]):
                    future.result()
            except BaseException:
                self.turns.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _host(self, wanted: Sequence[_Request], seen: Callable[[str, SeenVerdict], None]) -> None:
        for each in wanted:
            try:
                verdict = self._visited(each)
            except Stopped:
                return
            seen(each.address, SeenVerdict(int(self.clock()), each.earns, verdict))

    def _visited(self, wanted: _Request) -> Verdict:
        clean = cleaner(self.networks, wanted.link.shop)
        verdict = judge(self.visitor.visit(wanted.address, clean))
        if not wanted.earns or verdict.outcome is not Outcome.HEALTHY or len(verdict.hops) == 1:
            return verdict
        return judge_probe(verdict, self.visitor.visit(with_query(wanted.address, {PROBE: "1"}), clean))
