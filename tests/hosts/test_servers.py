"""nginx, Apache and Caddy take in the file that storefront wrote, and answer as it says."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from servers import KINDS, Ask, Site, program, started
from shop import Pair, destinations

from storefront import hosting

KEPT_FOR_EVER = "public, max-age=31536000, immutable"


class Served(NamedTuple):
    kind: str
    made: Pair
    ask: Ask
    addresses: dict[str, str]


def placed(made: Pair, folder: Path) -> Site:
    """A document root in which the site lies where its address says."""
    output = made.going.output
    if not made.base:
        return Site(output, "", hosting.beside(output))
    home = folder / "www" / made.base.strip("/")
    home.parent.mkdir(parents=True)
    os.symlink(output, home)
    return Site(folder / "www", made.base, hosting.beside(output))


@pytest.fixture(
    scope="module",
    params=KINDS,
)
def server(request, tmp_path_factory, shop, shop_below, strange) -> Iterator[dict[str, Served]]:
    kind = request.param
    if program(KINDS[kind][0]) is None:
        pytest.skip(f"{kind} is not installed (.ci/servers installs it)")
    folder = tmp_path_factory.mktemp(kind)
    pairs = {"root": shop, "below": shop_below, "strange": strange}
    sites = [placed(made, folder) for made in pairs.values()]
    with started(kind, folder, sites) as asks:
        yield {
            name: Served(kind, made, ask, destinations(made))
            for (name, made), ask in zip(pairs.items(), asks, strict=True)
        }


@pytest.fixture(params=["root", "below", "strange"])
def served(server, request) -> Served:
    return server[request.param]


def test_every_button_leads_where_the_direct_link_leads(served):
    assert len(served.addresses) > 5
    assert all(path.startswith(f"{served.made.base}/go/") for path in served.addresses)
    got = {path: (served.ask(path).status, located(served.ask(path).headers["location"])) for path in served.addresses}
    assert got == {path: (302, located(direct)) for path, direct in served.addresses.items()}


def located(address: str) -> str:
    """To the letter, but that a host has a path after it."""
    return re.sub(r"^(https://[^/?#]*)(?=[?#]|$)", r"\1/", address)


def test_a_redirect_is_neither_stored_nor_indexed_and_shows_the_site(served):
    for path in served.addresses:
        headers = served.ask(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_what_the_visitor_adds_does_not_reach_the_shop(served):
    for path, direct in served.addresses.items():
        answer = served.ask(f"{path}?next=https://evil.example")
        assert located(answer.headers["location"]) == located(direct)


@pytest.mark.parametrize("rest", ["/", "/more", "x", "%0d%0aX:%20y", "//evil.example"])
def test_no_other_address_redirects_to_a_shop(served, rest):
    for path in served.addresses:
        answer = served.ask(f"{path}{rest}")
        assert answer.status in {400, 404} or f"{path}{rest}" in served.addresses
        assert "evil.example" not in answer.headers.get("location", "")


def test_pages_come_with_their_headers_each_once(served):
    headers = served.ask(f"{served.made.base}/maya/").headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["permissions-policy"].startswith("camera=()")
    assert headers["cache-control"] == "no-cache"
    assert "x-robots-tag" not in headers
    assert not [name for name, value in headers.items() if " | " in value]


def test_only_embeds_may_stand_in_frames_of_other_sites(served):
    embed = served.ask(f"{served.made.base}/embed/product/merino-tee/").headers
    assert embed["content-security-policy"].endswith("frame-ancestors *")
    assert "script-src" not in embed["content-security-policy"]
    assert embed["cache-control"] == "no-cache"
    assert embed["x-content-type-options"] == "nosniff"
    assert not [name for name, value in embed.items() if " | " in value]


def test_a_site_that_shares_its_host_leaves_hsts_to_it(served):
    sent = served.ask(f"{served.made.base}/maya/").headers.get("strict-transport-security")
    assert sent == (None if served.made.base else "max-age=31536000")


@pytest.mark.parametrize("folder", ["assets", "media"])
def test_fingerprinted_files_are_kept_for_ever(served, folder):
    name = next(iter(sorted((served.made.going.output / folder).iterdir()))).name
    answer = served.ask(f"{served.made.base}/{folder}/{name}")
    assert answer.status == 200
    assert answer.headers["cache-control"] == KEPT_FOR_EVER
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_wrong_address_shows_the_sites_own_page(served):
    answer = served.ask(f"{served.made.base}/nobody/here")
    assert answer.status == 404
    assert answer.body == (served.made.going.output / "404.html").read_bytes()
    assert answer.headers["cache-control"] != KEPT_FOR_EVER
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/maya-l", "/maya/"),
        ("/maya-l/", "/maya/"),
        ("/maya-l/lists/odd/", "/maya/lists/odd/"),
        ("/maya-l/feed.xml", "/maya/feed.xml"),
    ],
)
def test_an_old_handle_has_moved_for_good(served, old, new):
    answer = served.ask(f"{served.made.base}{old}")
    assert answer.status == 301
    where = answer.headers["location"].removeprefix("https://shelves.example")
    assert where == f"{served.made.base}{new}"


def test_nothing_of_the_servers_configuration_is_served(served):
    own = {"nginx": "nginx/server.conf", "apache": ".htaccess", "caddy": "caddy/Caddyfile"}[served.kind]
    assert served.ask(f"{served.made.base}/{own}").status in {403, 404}
