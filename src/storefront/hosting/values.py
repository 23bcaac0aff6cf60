"""Redirects and headers as plain values, and addresses that no file format can take for its own."""

import re
from urllib.parse import quote

from msgspec import Struct

Header = tuple[str, str]
FOUND, MOVED = 302, 301  # RFC 9110, 15.4.3 and 15.4.2
# The folders whose files' names tell their content, so that they may be kept for ever.
FIXED = ("assets/", "media/")
# What may stand in an address (RFC 3986, section 2), and the sign of what is coded.
ALLOWED = ":/?#[]@!$&'()*+,;=-._~%"
_EMPTY_QUERY = re.compile(r"\A([^?#]*)\?(?=#|\Z)")
_WITHOUT_PATH = re.compile(r"\A(https?://[^/?#]*)(?=[?#]|\Z)")


class Redirect(Struct, frozen=True, kw_only=True):
    """One path of the site, base path and all, and the address that it leads to. `ref` names the fact it comes from."""

    source: str
    target: str
    status: int
    ref: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """What a host is told, whatever its format.

    `moved` are old handles (301) and `going` the links to shops (302). Headers come in three groups that
    share no name but Referrer-Policy: on every answer, on what is fingerprinted (`fixed`, in the folders
    of that name), and on every `/go/`, where the later Referrer-Policy counts. `paged` is for servers
    that say nothing of how long a page may be kept. `embedded` are said under `/embed/` in place of those of
    the same name in `everywhere`; none where a site has no embeds.
    """

    url: str
    base: str
    moved: tuple[Redirect, ...]
    going: tuple[Redirect, ...]
    everywhere: tuple[Header, ...]
    fixed: tuple[Header, ...]
    on_going: tuple[Header, ...]
    paged: tuple[Header, ...]
    embedded: tuple[Header, ...] = ()

    @property
    def redirects(self) -> tuple[Redirect, ...]:
        """All redirects, old handles first."""
        return self.moved + self.going

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders whose files' names tell their content, so that they may be kept for ever."""
        return tuple(f"{self.base}/{folder}" for folder in FIXED)

    @property
    def go(self) -> str:
        """The folder of the links to shops."""
        return f"{self.base}/go/"

    @property
    def embeds(self) -> str:
        """The folder of what other sites may show."""
        return f"{self.base}/embed/"

    @property
    def on_embeds(self) -> tuple[Header, ...]:
        """Every header of an embed, each name once."""
        return tuple({name: (name, value) for name, value in self.everywhere + self.embedded}.values())

    @property
    def missing(self) -> str:
        """The page for wrong addresses."""
        return f"{self.base}/404.html"


class Files(Struct, frozen=True, kw_only=True):
    """Files by name: those inside the published folder, and those beside it that no host serves."""

    inside: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}


def encoded(address: str) -> str:
    """An address as a Location: what may not stand in one is percent-encoded, and a host has a path after it.

    An address that browsers take as it is stays as it is, but for a ? with nothing after it, which
    Apache drops. No file of a host can be broken by what is left: no space, double quote, backslash,
    brace or control character.
    """
    plain = _EMPTY_QUERY.sub(r"\1", quote(address, safe=ALLOWED, errors="replace"), count=1)
    return _WITHOUT_PATH.sub(r"\1/", plain, count=1) if plain.startswith("http") else plain


def text(*lines: str) -> bytes:
    """Lines as a file."""
    return "".join(f"{line}\n" for line in lines).encode()
