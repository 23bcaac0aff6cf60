"""Fetching: one page of a shop, because somebody asked for it by its address. Never during a build or an import.

It goes the way of the link check: no cookies, no address inside a private network, only redirects that lead through no
network, only what robots.txt allows, ten seconds, 512 KB.
"""

from storefront.importers.pages.saved import Page
from storefront.importers.products import cells
from storefront.importers.values import Unfit
from storefront.linkcheck.addresses import NoAddress, canonical
from storefront.linkcheck.asking import Silence
from storefront.linkcheck.dialing import Dial, dial
from storefront.linkcheck.turns import Turns
from storefront.linkcheck.visiting import Visitor
from storefront.links import Registry, stripped
from storefront.problems import Place, Problem, ProblemsFound, shown

FINE = 200
SAVE = "Open it in your browser, save it as HTML, and name that file."


def fetch(url: str, networks: Registry, site: str, *, dialer: Dial = dial) -> Page:
    """The page at an address. Raises `ProblemsFound` when it cannot be had, or the address may not be asked for."""
    try:
        cells.refuse_secret(url)
        address = canonical(url)
    except Unfit as unfit:
        raise _failure("bad-link", unfit.message, unfit.hint) from None
    except (NoAddress, ValueError):
        raise _failure("bad-link", f"{shown(url)} is no web address", SAVE) from None
    visitor = Visitor(networks, dialer, site, Turns(0.0), purpose="adds a product to")
    visit = visitor.visit(address, lambda each: stripped(each.partition("#")[0], networks.foreign))
    if isinstance(visit.end, Silence):
        raise _failure("unreadable", f"{shown(url)}: {visit.end.why}", SAVE)
    if visit.end.status != FINE or visit.end.challenge or not visit.end.body:
        raise _failure("unreadable", f"{shown(url)}: the shop answers {visit.end.status} and no page", SAVE)
    return Page(visit.end.body, visit.hops[-1].url, visit.hops[-1].url)


def _failure(code: str, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, Place("PAGE"), hint)])
