"""Outbound links to shops: each network's tracking, from `data/networks.yaml`, and the attributes of the anchor."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct, convert

from storefront.reader import decode, parse

NETWORKS = Path(__file__).parent / "data" / "networks.yaml"
GAP = re.compile(r"\{([a-z]+)(?:\.(\$?[a-z]+))?\}")
ASIN_IN_PATH = re.compile(r"/(?:dp|gp/product)/([A-Z0-9]{10})(?=[/?]|$)")
SUBID_LENGTH = 50
# What other partners' links leave behind in a pasted address; a second tag would hand the sale to them.
FOREIGN = frozenset(
    {
        "tag", "ascsubtag", "linkcode", "awc", "irclickid", "cjevent", "ranmid", "raneaid", "ransiteid", "gclid",
        "fbclid", "tduid", "wgexpiry", "clickref", "campid", "mkcid", "sref",
    }
)  # fmt: skip


class Network(Struct, frozen=True, kw_only=True):
    """How one affiliate network wants its links; the file's head explains the keys."""

    name: str
    reviewed_on: str
    source: str
    hosts: tuple[str, ...]
    link: str = ""
    append: dict[str, str] = {}
    markets: dict[str, dict[str, str]] = {}
    statement: dict[str, str] = {}


class Target(Struct, frozen=True, kw_only=True):
    """What a link should reach: the shop's own address, or an ASIN there."""

    url: str
    asin: str | None = None


class Program(Struct, frozen=True, kw_only=True):
    """A merchant as a network knows it."""

    merchant: str
    network: str | None
    keys: Mapping[str, str] = {}


class Missing(Struct, frozen=True):
    """Why no tracked link can be made: the key that is not there, and whose it is."""

    key: str
    of: str


class Outbound(Struct, frozen=True):
    """A finished link. `network` is None when nobody earns from it."""

    url: str
    network: str | None


@cache
def networks() -> dict[str, Network]:
    """All networks by id."""
    data = parse(decode(NETWORKS.read_bytes(), NETWORKS.name), NETWORKS.name)
    return convert(data, dict[str, Network])


def outbound(
    target: Target, program: Program, account: Mapping[str, str] | None, subid: str, source: str
) -> Outbound | Missing:
    """The link to a target through a merchant's program.

    `account` holds the ids at the merchant's network of whoever earns; without it the link is
    the shop's own, with UTM parameters naming `source` where the merchant has no network.
    """
    clean = strip_foreign(target.url)
    network = networks().get(program.network or "")
    if network is None:
        return Outbound(with_query(clean, utm(source, subid)), None)
    if not account:
        return Outbound(_plain(network, target, program, clean), None)
    values = _Values(network, target, program, account, clean, subid)
    made = with_query(clean, {key: values.fill(text) for key, text in network.append.items()})
    url = values.fill(network.link, coded=True) if network.link else made
    return values.missing or Outbound(url, program.network)


def has_account(program: Program, account: Mapping[str, str]) -> bool:
    """Whether ids of a network are for this merchant: some networks give one per market or per merchant."""
    network = networks().get(program.network or "")
    wanted = GAP.findall(network.link + "".join(network.append.values())) if network else []
    dynamic = {"$market": program.keys.get("market", ""), "$merchant": program.merchant}
    return all(dynamic[key] in account for group, key in wanted if group == "affiliate" and key in dynamic)


def _plain(network: Network, target: Target, program: Program, clean: str) -> str:
    """The shop's own address; for a product known by ASIN alone, its page without a tag."""
    asin = target.asin or asin_of(clean)
    host = network.markets.get(program.keys.get("market", ""), {}).get("host")
    return f"https://{host}/dp/{asin}" if asin and host else clean


class _Values:
    """Fills the gaps of a link template; remembers the first value that is missing."""

    def __init__(
        self, network: Network, target: Target, program: Program, account: Mapping[str, str], clean: str, subid: str
    ) -> None:
        self.missing: Missing | None = None
        self.program, self.account = program, account
        self.market = network.markets.get(program.keys.get("market", ""), {})
        self.own = {
            "url": _coded(clean),
            "raw": clean,
            "subid": subid,
        }
        self.target = target

    def fill(self, template: str, *, coded: bool = False) -> str:
        """The template with its gaps filled; `coded` writes ids so that none can add a parameter of its own."""
        return GAP.sub(lambda gap: self.value(gap[1], gap[2], coded=coded), template)

    def value(self, group: str, key: str | None, *, coded: bool) -> str:
        if group == "asin":
            found = self.target.asin or asin_of(self.own["raw"])
        elif key is None:
            found = self.own.get(group)
        elif group == "program":
            found = self.program.keys.get(key)
        elif group == "market":
            found = self.market.get(key)
        else:
            key = {"$market": self.program.keys.get("market", ""), "$merchant": self.program.merchant}.get(key, key)
            found = self.account.get(key)
        if not found:
            self.missing = self.missing or Missing(key or group, group)
        return _coded(found or "") if coded and key else found or ""


def asin_of(url: str) -> str | None:
    """The ASIN in an Amazon product address, if it holds one."""
    found = ASIN_IN_PATH.search(urlsplit(url).path)
    return found[1] if found else None


@lru_cache(maxsize=4096)
def strip_foreign(url: str) -> str:
    """The address without other partners' parameters and without UTM; the rest stays as it was written."""
    address, hash_, fragment = url.partition("#")
    path, mark, query = address.partition("?")
    if not mark:
        return url
    kept = "&".join(pair for pair in query.split("&") if not _is_foreign(pair.partition("=")[0].lower()))
    return f"{path}{'?' if kept else ''}{kept}{hash_}{fragment}"


def _is_foreign(name: str) -> bool:
    return name in FOREIGN or name.startswith("utm_")


def with_query(url: str, parameters: Mapping[str, str]) -> str:
    """The address with parameters set at the end of its query, before a fragment; the rest stays as it was written."""
    if not parameters:
        return url
    address, hash_, fragment = url.partition("#")
    path, _, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and unquote(pair.partition("=")[0]) not in parameters]
    added = [f"{_coded(key)}={_coded(value)}" for key, value in parameters.items()]
    return f"{path}?{'&'.join(kept + added)}{hash_}{fragment}"


@lru_cache(maxsize=4096)
def _coded(text: str) -> str:
    """Percent-encoded once, everything but unreserved characters."""
    return quote(text, safe="")


def utm(source: str, content: str) -> dict[str, str]:
    """UTM parameters that tell a merchant without a network where a visit comes from."""
    return {"utm_source": source, "utm_medium": "referral", "utm_content": content}


def subid(*parts: str) -> str:
    """What tells one placement from another: the parts joined, `[a-z0-9_-]{1,50}`, nothing of the visitor's.

    Longer names end in a digest of the whole, so that two of them stay apart. Fifty characters
    are what Awin's aggregated report shows, the smallest size among the networks.
    """
    whole = "_".join(parts)
    if len(whole) <= SUBID_LENGTH:
        return whole
    digest = blake2b(whole.encode(), digest_size=5).hexdigest()
    return f"{whole[: SUBID_LENGTH - len(digest) - 1]}-{digest}"


@lru_cache(maxsize=4096)
def network_of_host(host: str) -> str | None:
    """The network whose tracked links go through a host, if one does."""
    for name, network in networks().items():
        if any(host == known or host.endswith("." + known) for known in network.hosts):
            return name
    return None


def rel(*, commercial: bool) -> str:
    """The anchor's rel. Never noreferrer: networks need to see the referring site."""
    return "sponsored nofollow noopener" if commercial else "nofollow noopener"
