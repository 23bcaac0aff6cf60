"""One shop with everything that makes a link awkward, built twice: with direct links, and with links through /go/."""

import re
from html import unescape
from pathlib import Path
from typing import NamedTuple

from building import Built, built, copy_of_minimal, edit, write

ALL = (
    "cloudflare-pages", "netlify", "vercel", "gitlab-pages", "s3-cloudfront", "firebase", "azure-static-web-apps",
    "nginx", "apache", "caddy",
)  # fmt: skip
# Addresses that say something in one format or another, and that every host can hold.
PLAIN = (
    "https://corner.example/mug",
    "https://corner.example/mug?size=m&colour=red#reviews",
    "https://corner.example/a%20b/%C3%A4?x=%2524&y=100%25",
    "https://corner.example/it's-a-mug;v=1,2?q=[1]&a=b==&c=!~",
    "https://corner.example?only=query",
    "https://Corner.Example/#fragment",
    "https://corner.example/a+b@c?a=b?c#d?e",
    "https://corner.example/mug?%7Bpath%7D=%24request_uri",
)
# Those that one host or another would fill in.
STRANGE = (
    "https://corner.example/$1/$x/$request_uri?a=$0&b=$",
    "https://corner.example/%1/*?a=$&b=*",
    "https://corner.example/:splat/:year?x=:splat",
    "https://corner.example//double//slash/?a//b",
    "https://corner.example/a:b/c:d*e/(f)",
)


class Pair(NamedTuple):
    """The same content with direct links and with links through the site."""

    direct: Built
    going: Built
    base: str


def content(root: Path, links: tuple[str, ...], hosts: tuple[str, ...] = ALL, *, base: str = "", route: str) -> Path:
    """The minimal site with a list of links to a shop that allows redirects, and an old handle."""
    copy_of_minimal(root)
    edit(root / "content/site.yaml", "https://shelves.example", f"https://shelves.example{base}")
    edit(root / "content/influencers/maya/profile.yaml", "name: Maya Lind", "name: Maya Lind\naliases: [maya-l]")
    edit(root / "content/merchants/nordshop.yaml", "name: Nordshop", "name: Nordshop\nredirects: true")
    items = [f"  - {{title: Thing {n}, link: '{quoted(link)}', merchant: corner, relationship: purchased}}\n"
             for n, link in enumerate(links)]  # fmt: skip
    site = (root / "content/site.yaml").read_text()
    return write(
        root,
        {
            "content/site.yaml": f"{site.rstrip()}\nhosts: [{', '.join(hosts)}]\nroute: {route}\nembeds: true\n",
            "content/merchants/corner.yaml": "{name: Corner, url: https://corner.example, redirects: true}\n",
            "content/influencers/maya/lists/odd.yaml": f"title: Odd\nitems:\n{''.join(items)}",
            "content/influencers/maya/lists/again.yaml": (
                "title: Again\nitems:\n  - product: merino-tee\n  - product: merino-tee\n"
            ),
        },
    )


def quoted(link: str) -> str:
    return link.replace("'", "''")


def pair(root: Path, links: tuple[str, ...], hosts: tuple[str, ...] = ALL, base: str = "") -> Pair:
    direct = built(content(root / "direct", links, hosts, base=base, route="direct"))
    return Pair(direct, built(content(root / "going", links, hosts, base=base, route="go")), base)


def buttons(output: Path) -> list[str]:
    """Where every button to a shop leads, page by page."""
    return [
        unescape(href)
        for page in sorted(output.rglob("*.html"))
        for href in re.findall(r'<a class="buy" href="([^"]*)"', page.read_text())
    ]


def destinations(made: Pair) -> dict[str, str]:
    """For each address under /go/ where the same button leads without it."""
    found: dict[str, str] = {}
    for going, direct in zip(buttons(made.going.output), buttons(made.direct.output), strict=True):
        assert found.setdefault(going, direct) == direct, f"{going} leads to two places"
    return found


def as_read(address: str) -> str:
    """An address as browsers read it (WHATWG URL): the host in small letters, and a path after it."""
    host, rest = re.fullmatch(r"https://([^/?#]*)(.*)", address).groups()
    path, mark, query = (rest if rest.startswith("/") else f"/{rest}").partition("?")
    return f"https://{host.lower()}{path}{mark}{query.replace(chr(39), '%27')}"
