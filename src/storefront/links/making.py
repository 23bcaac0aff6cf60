"""Making links: what a merchant's network wants, filled with the ids of whoever earns."""

from collections.abc import Mapping

from msgspec import Struct

from storefront.links.addresses import asin_of, coded, stripped, utm, with_query
from storefront.links.subids import CHARACTERS, LENGTH
from storefront.links.templates import OF_LINK, Gap, Target, gaps_of, parts_of, value_of_link
from storefront.vocabulary.network import Network

Filled = tuple[str | Gap, ...]


class Program(Struct, frozen=True, kw_only=True):
    """A merchant as a network knows it. `keep` are parameters of its own that look like a partner's."""

    merchant: str
    network: str | None
    keys: Mapping[str, str] = {}
    keep: tuple[str, ...] = ()


class Missing(Struct, frozen=True):
    """Why no tracked link can be made: the key that is not there, and whose it is."""

    key: str
    of: str


class Outbound(Struct, frozen=True, kw_only=True):
    """A finished link. `network` is None when nobody earns from it, `subid` when it says nothing of its placement."""

    url: str
    network: str | None = None
    subid: str | None = None


class Maker:
    """Makes every link of one merchant for one who earns, or for nobody: ids are filled in once.

    `source` names the site to merchants without a network; `foreign` are other partners'
    parameters. `missing` is the first id that is not there.
    """

    def __init__(
        self,
        program: Program,
        network: Network | None,
        account: Mapping[str, str] | None,
        source: str,
        foreign: frozenset[str],
    ) -> None:
        self.program, self.network, self.source, self.foreign = program, network, source, foreign
        self.tracks = network is not None and bool(account)
        self.missing: Missing | None = None
        self.market = network.markets.get(program.keys.get("market", ""), {}) if network else {}
        self.account = account or {}
        self.parts: Filled = ()
        self.append: tuple[tuple[Filled, Filled], ...] = ()
        if network and account:
            self.parts = self._filled(network.link, coding=True)
            self.append = tuple((self._filled(key), self._filled(text)) for key, text in network.append.items())
        self.room = network.subid.length if self.tracks and network and network.subid else LENGTH
        self.characters = network.subid.characters if self.tracks and network and network.subid else CHARACTERS
        self.says = network is None or (self.tracks and network.subid is not None)

    def link(self, target: Target, subid: str) -> Outbound | Missing:
        """The link to a target."""
        clean = stripped(target.url, self.foreign, self.program.keep)
        if self.missing:
            return self.missing
        if self.network is None:
            return Outbound(url=with_query(clean, utm(self.source, subid)), subid=subid)
        if not self.tracks:
            return Outbound(url=self._plain(clean, target.asin))
        made = self._made(clean, target.asin, subid)
        said = subid if self.says else None
        return Outbound(url=made, network=self.program.network, subid=said) if made else Missing("asin", "asin")

    def _made(self, clean: str, asin: str | None, subid: str) -> str | None:
        if self.parts:
            return self._text(self.parts, clean, asin, subid)
        pairs = [(self._text(k, clean, asin, subid), self._text(v, clean, asin, subid)) for k, v in self.append]
        return with_query(clean, {key: value for key, value in pairs if key and value is not None})

    def _text(self, parts: Filled, clean: str, asin: str | None, subid: str) -> str | None:
        text = ""
        for part in parts:
            value = part if isinstance(part, str) else value_of_link(part.group, clean, asin, subid, self.source)
            if value is None:
                return None
            text += value
        return text

    def _plain(self, clean: str, asin: str | None) -> str:
        """The shop's own address; for a product known by ASIN alone, its page without a tag."""
        asin, host = asin or asin_of(clean), self.market.get("host")
        return f"https://{host}/dp/{asin}" if asin and host else clean

    def _filled(self, template: str, *, coding: bool = False) -> Filled:
        """The template with its ids; `coding` writes them so that none can add a parameter of its own."""
        filled: list[str | Gap] = []
        for part in parts_of(template):
            value = part if isinstance(part, str) or part.group in OF_LINK else self._id(part, coding=coding)
            if isinstance(value, str) and filled and isinstance(filled[-1], str):
                filled[-1] += value
            else:
                filled.append(value)
        return tuple(filled)

    def _id(self, gap: Gap, *, coding: bool) -> str:
        if gap.group == "more":
            return f"&{more}" if (more := self.program.keys.get("more")) else ""
        key, values = gap.key, self.account
        if gap.group == "affiliate":
            key = account_key(gap.key, self.program)
        else:
            values = self.program.keys if gap.group == "program" else self.market
        found = values.get(key) or gap.default
        if found is None:
            self.missing = self.missing or Missing(key, gap.group)
        return coded(found) if coding and found else found or ""


def account_key(key: str, program: Program) -> str:
    """The key under which an id is kept: some networks give one per market or per merchant."""
    return {"$market": program.keys.get("market", ""), "$merchant": program.merchant}.get(key, key)


def has_account(network: Network, program: Program, account: Mapping[str, str]) -> bool:
    """Whether ids at a network are for this merchant, where it gives one per market or per merchant."""
    wanted = gaps_of(network.link, *network.append, *network.append.values())
    return all(
        account_key(gap.key, program) in account
        for gap in wanted
        if gap.group == "affiliate" and gap.key.startswith("$")
    )
