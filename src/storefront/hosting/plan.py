"""The plan: every redirect and header of a site, the same for all hosts."""

from collections.abc import Iterable, Iterator

from storefront.catalog.facts import OfferFact, SiteFact
from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.hosting import security
from storefront.hosting.limits import Where
from storefront.hosting.values import FOUND, MOVED, Plan, Redirect, encoded
from storefront.pages import routes
from storefront.pages.planned import Planned
from storefront.problems import Place, Problem

SITE = Place("content/site.yaml")


def plan(catalog: Catalog, site: SiteFact, paths: Iterable[str]) -> Plan:
    """What hosts are told of a site with pages and files at these paths."""
    moved = [
        Redirect(source=site.base + old, target=site.base + new, status=MOVED, ref=f"person:{handle}")
        for handle, before, now in routes.moved(catalog.aliases, paths)
        for old, new in _moved(before, now, handle)
    ]
    going = [
        Redirect(source=f"{site.base}{offer.route}", target=encoded(offer.url), status=FOUND, ref=ref)
        for offer, ref in routed(catalog)
    ]
    policies = {offer.referrer_policy for offer, _ in routed(catalog) if offer.referrer_policy}
    return Plan(
        url=site.url.removesuffix(site.base) if site.base else site.url,
        base=site.base,
        moved=tuple(moved),
        going=tuple(going),
        everywhere=security.everywhere(alone=not site.base, beacon=site.beacon),
        fixed=(security.KEEP,),
        on_going=security.on_going(policies),
        paged=(security.ASK,),
        embedded=security.on_embeds() if site.embeds else (),
    )


def _moved(old: str, new: str, handle: str) -> tuple[tuple[str, str], ...]:
    """A creator's own address is typed without its slash, too."""
    return ((old, new), (old.rstrip("/"), new)) if new == routes.vanity(handle) else ((old, new),)


def routed(catalog: Catalog) -> Iterator[tuple[OfferFact, str]]:
    """Every offer whose link goes through the site, and the name of the fact that shows it."""
    picked = [(fact.ref, fact.picks) for fact in catalog.lists.values()]
    picked += [(fact.ref, fact.picks) for fact in catalog.posts.values()]
    for ref, picks in picked:
        yield from ((pick.offer, ref) for pick in picks if pick.offer and pick.offer.route)
    for product in catalog.products.values():
        yield from ((offer, product.ref) for offer in product.offers if offer.route)


def clashes(planned: Plan, pages: Iterable[Planned], where: Where) -> list[Problem]:
    """Addresses that two things have, one of them a redirect, with the places of both."""
    taken = {f"{planned.base}{page.path}": page.ref for page in pages}
    for redirect in planned.moved:
        if taken.get(redirect.source) == redirect.ref:  # what lies there of her own leads on as well
            del taken[redirect.source]
    problems = []
    for redirect in planned.redirects:
        if redirect.source in taken:
            here, there = where(redirect.ref), where(taken[redirect.source])
            message = f"the address {redirect.source} is taken already, by {there}"
            problems.append(Problem("duplicate-url", message, here, "Rename one of the two.", (there,)))
        taken.setdefault(redirect.source, redirect.ref)
    return problems


def place_of(name: str, places: Places, catalog: Catalog) -> Place:
    """Where a fact is written, or the site's hosts or route."""
    origin = catalog.origins.get(name)
    if origin:
        return places.of(origin)
    return places.of(catalog.origins["site"], name) if name in {"hosts", "route"} else SITE
