"""Limits: what each host can hold, from `data/hosts.yaml`, counted before anything is written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Struct, convert

from storefront.hosting.values import Plan, Redirect
from storefront.problems import Place, Problem
from storefront.reader import decode, parse
from storefront.vocabulary.scalars import Date, Line, Url, doc
from storefront.vocabulary.site import Host

DATA = Path(__file__).parents[1] / "data" / "hosts.yaml"
# Where something stands, by its name. Asked only when there is a problem: finding a place parses its file again.
Where = Callable[[str], Place]


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host can hold; None where there is no limit to be told."""

    name: Annotated[Line, doc("What it is called.")]
    reviewed_on: Annotated[Date, doc("When this was last compared with its source.")]
    source: Annotated[Url, doc("Where it is described.")]
    unverified: Annotated[tuple[Line, ...], doc("What could not be compared with the host's own words or code.")] = ()
    redirects: Annotated[int | None, doc("How many redirects it takes.")] = None
    length: Annotated[int | None, doc("How long one may be, in bytes.")] = None
    files: Annotated[dict[str, int], doc("How large a file may be, in bytes.")] = {}
    rules: Annotated[int | None, doc("How many rules of headers it takes.")] = None
    rule: Annotated[int | None, doc("How long one of their lines may be.")] = None
    slash: Annotated[int, doc("The status of a folder's address without its slash; 200 is the page itself.")] = 301
    headers: Annotated[bool, doc("Whether it sends headers of ours.")] = True
    hsts: Annotated[bool, doc("Whether it sends Strict-Transport-Security by itself.")] = False
    reads: Annotated[str | None, doc("What in an address it would change.")] = None


@cache
def by_host() -> Mapping[Host, Limits]:
    """The limits of every host."""
    data = parse(decode(DATA.read_bytes(), DATA.name), DATA.name)
    return convert(data, dict[Host, Limits], strict=False)


class Counting(Struct, frozen=True, kw_only=True):
    """What is counted for one host: its plan and its files.

    `measured` are the redirects as the host's module measures them, `lines` those of its headers. `where` places
    what a name stands for: "hosts" or "route" of the site, or a fact that shows a link.
    """

    plan: Plan
    where: Where
    measured: Sequence[tuple[Redirect, int]]
    files: Mapping[str, bytes]
    rules: int = 0
    lines: Sequence[str] = ()


def overflows(counting: Counting, limits: Limits) -> Iterator[Problem]:
    """What a host cannot hold, each with the way out."""
    if limits.redirects == 0:
        yield from _without(counting, limits)
        return
    yield from _too_many(counting, limits)
    yield from _too_long(counting, limits)
    yield from _too_large(counting, limits)
    yield from _misread(counting, limits)


def _without(counting: Counting, limits: Limits) -> Iterator[Problem]:
    if counting.plan.going:
        message = f"{limits.name} cannot redirect, so that nothing would answer for {counting.plan.go}"
        hint = "Delete route: go, and links lead to the shops directly; or publish on another host, such as netlify."
        yield Problem("host-limit", message, counting.where("route"), hint)


def _too_many(counting: Counting, limits: Limits) -> Iterator[Problem]:
    count, most = len(counting.measured), limits.redirects
    if most is not None and count > most:
        message = f"{limits.name} takes {most} redirects, and the site has {count}"
        yield Problem("host-limit", message, counting.where("hosts"), _fewer(counting.plan))
    if limits.rules is not None and counting.rules > limits.rules:
        message = f"{limits.name} takes {limits.rules} rules of headers, and the site has {counting.rules}"
        yield Problem("host-limit", message, counting.where("hosts"), "Publish on another host.")


def _fewer(planned: Plan) -> str:
    hint = "Publish on another host (nginx, apache and caddy take any number)"
    if planned.going:
        return f"{hint}, or have fewer links through /go/: delete redirects: true at some merchants, or route: go."
    return f"{hint}, or delete the oldest aliases."


def _too_long(counting: Counting, limits: Limits) -> Iterator[Problem]:
    for redirect, length in counting.measured:
        if limits.length is not None and length > limits.length:
            message = f"the redirect {redirect.source} has {length} bytes, and {limits.name} takes {limits.length}"
            yield _of_link(counting, redirect, message)
    long = [line for line in counting.lines if limits.rule is not None and len(line) > limits.rule]
    if long:
        message = f"a header has {len(long[0])} characters, and {limits.name} takes {limits.rule}"
        yield Problem("host-limit", message, counting.where("hosts"), "Publish on another host.")


def _too_large(counting: Counting, limits: Limits) -> Iterator[Problem]:
    for name, most in limits.files.items():
        size = len(counting.files.get(name, b""))
        if size > most:
            message = f"{limits.name} takes a {name} of {most} bytes, and the site's has {size}"
            yield Problem("host-limit", message, counting.where("hosts"), _fewer(counting.plan))


def _misread(counting: Counting, limits: Limits) -> Iterator[Problem]:
    """Addresses of which a host would change a part, so that they led somewhere else."""
    for redirect in counting.plan.going if limits.reads else ():
        found = re.search(limits.reads or "", redirect.target)
        if found:
            message = f"{limits.name} would change {found[0]} in the address that {redirect.source} leads to"
            yield _of_link(counting, redirect, message)


def _of_link(counting: Counting, redirect: Redirect, message: str) -> Problem:
    place = counting.where(redirect.ref)
    hint = "Delete redirects: true at the merchant, so that links to it are direct; or publish on another host."
    return Problem("host-limit", message, place, hint)
