"""The sitemap (sitemaps.org, protocol 0.9) and robots.txt."""

from collections.abc import Iterable, Sequence

from storefront.catalog.facts import SiteFact
from storefront.escaping import escaped

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PATH = "/sitemap.xml"
LIMIT = 50_000  # addresses in one file, by the protocol


def sitemaps(site: SiteFact, paths: Iterable[str], limit: int = LIMIT) -> dict[str, bytes]:
    """The files of the sitemap by their path: one with all addresses in order, or an index of as many as are needed."""
    addresses = [site.url + path for path in sorted(set(paths))]
    if len(addresses) <= limit:
        return {PATH: _xml("urlset", "url", addresses)}
    chunks = [addresses[start : start + limit] for start in range(0, len(addresses), limit)]
    files = {f"/sitemap-{number}.xml": _xml("urlset", "url", chunk) for number, chunk in enumerate(chunks, 1)}
    return {PATH: _xml("sitemapindex", "sitemap", [site.url + path for path in files]), **files}


def _xml(root: str, each: str, addresses: Sequence[str]) -> bytes:
    # A tree of elements takes ten times as long, and every build with a new page waits for it. Line
    # feeds part the addresses, so that they can be escaped all at once: no address holds one.
    between = f"</loc></{each}>\n<{each}><loc>"
    listed = between.join(escaped("\n".join(addresses)).split("\n"))
    entries = f"<{each}><loc>{listed}</loc></{each}>\n" if addresses else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n{entries}</{root}>\n'.encode()


def robots(site: SiteFact, closed: Iterable[str] = ()) -> bytes:
    """robots.txt: everything may be read but what is `closed`, and the sitemap says what there is."""
    rules = "".join(f"Disallow: {path}\n" for path in closed)
    return f"User-agent: *\nAllow: /\n{rules}\nSitemap: {site.url}{PATH}\n".encode()
