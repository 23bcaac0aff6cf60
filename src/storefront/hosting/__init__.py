"""What a host is told: redirects and headers, as plain values and in each host's own files."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, structs

from storefront.catalog.facts import SiteFact
from storefront.catalog.whole import Catalog
from storefront.content import Places
from storefront.hosting import apache, azure, caddy, cloudfront, firebase, nginx, plan, underscored, vercel
from storefront.hosting.limits import Counting, Where, by_host, overflows
from storefront.hosting.security import HSTS
from storefront.hosting.values import Files, Plan, Redirect
from storefront.pages.planned import Planned
from storefront.problems import Problem
from storefront.vocabulary.site import Host

__all__ = ["Files", "Hosting", "Plan", "Redirect", "beside", "files_of", "of_site", "problems_of"]


class Writer(Struct, frozen=True):
    """A host's module: what it writes, and how it measures a redirect."""

    write: Callable[[Plan], Files]
    measure: Callable[[Redirect], int]


WRITERS = {
    Host.CLOUDFLARE_PAGES: Writer(underscored.cloudflare, underscored.measure),
    Host.NETLIFY: Writer(underscored.netlify, underscored.measure),
    Host.VERCEL: Writer(vercel.write, vercel.measure),
    Host.GITLAB_PAGES: Writer(underscored.gitlab, underscored.measure),
    Host.S3_CLOUDFRONT: Writer(cloudfront.write, cloudfront.measure),
    Host.FIREBASE: Writer(firebase.write, firebase.measure),
    Host.AZURE_STATIC_WEB_APPS: Writer(azure.write, azure.measure),
    Host.NGINX: Writer(nginx.write, nginx.measure),
    Host.APACHE: Writer(apache.write, apache.measure),
    Host.CADDY: Writer(caddy.write, caddy.measure),
    Host.GITHUB_PAGES: Writer(lambda _: Files(), lambda _: 0),
}


class Hosting(Struct, frozen=True, kw_only=True):
    """All that a site's hosts are told: its files by name, its redirects, and what robots are asked to leave alone."""

    files: Files = Files()
    redirects: tuple[Redirect, ...] = ()
    closed: tuple[str, ...] = ()


def of_site(
    catalog: Catalog, site: SiteFact, pages: Sequence[Planned], places: Places
) -> tuple[Hosting, list[Problem]]:
    """What the hosts of a site are told, and what of it they cannot hold."""
    hosts = tuple(dict.fromkeys(catalog.site.hosts))
    if not hosts:
        return Hosting(), []
    planned = plan.plan(catalog, site, (page.path for page in pages))
    where = partial(plan.place_of, places=places, catalog=catalog)
    problems = plan.clashes(planned, pages, where)
    inside: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}
    for host in hosts:
        made = files_of(planned, host)
        problems += problems_of(planned, host, made, where)
        inside |= {name: data for name, data in made.inside.items() if name not in inside}
        beside |= made.beside
    closed = (planned.go,) if planned.going else ()
    return Hosting(files=Files(inside=inside, beside=beside), redirects=planned.redirects, closed=closed), problems


def sends_headers(hosts: Sequence[Host]) -> bool:
    """Whether all hosts of a site send the headers that they are told to. Of one that is not named nothing is known."""
    return bool(hosts) and all(by_host()[host].headers for host in hosts)


def files_of(planned: Plan, host: Host) -> Files:
    """What one host is told, as files; nothing for a host that cannot be told anything."""
    own = tuple(header for header in planned.everywhere if header != HSTS or not by_host()[host].hsts)
    return WRITERS[host].write(structs.replace(planned, everywhere=own))


def problems_of(planned: Plan, host: Host, made: Files, where: Where) -> list[Problem]:
    """What a host cannot hold, with the way out."""
    headers = made.inside.get(underscored.HEADERS, b"").decode().splitlines()
    counting = Counting(
        plan=planned,
        where=where,
        measured=[(redirect, WRITERS[host].measure(redirect)) for redirect in planned.redirects],
        files=made.inside | made.beside,
        rules=sum(not line.startswith(" ") for line in headers),
        lines=headers,
    )
    return list(overflows(counting, by_host()[host]))


def beside(output: Path) -> Path:
    """The folder for what lies beside the published one: site.hosting beside site."""
    return output.parent / f"{output.name}.hosting"
