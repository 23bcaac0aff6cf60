"""Proofs: what an audit found on a page, as one line of `disclosures.json`."""

import msgspec
from msgspec import Struct, field

from storefront.audit.expected import Shown
from storefront.audit.judging import applied
from storefront.disclosure import Wording

_encode = msgspec.json.Encoder().encode


class Proof(Struct, frozen=True, array_like=True):
    """What an audit found: the page's line of `disclosures.json`, and the hosts of links that sell nothing we know of.

    When one of these becomes a shop's, the page has to be audited again.
    """

    line: bytes = b""
    hosts: tuple[str, ...] = ()


class Label(Struct, frozen=True):
    """A set of labels that links of a page bear: ties, brand, the texts as found, the markets' rules that judged them."""

    relationships: tuple[str, ...]
    brand: str
    texts: tuple[str, ...]
    rules: tuple[str, ...]


class Link(Struct, frozen=True, array_like=True):
    """A link to a shop: its number among the page's, its address, its label's number in `labels`, whether the label
    stands before it, whose it is, and the record and the entry in it that it was written in.
    """

    position: int
    url: str
    label: int
    precedes: bool
    creator: str
    record: str
    entry: str


class Line(Struct, frozen=True):
    """One page. `digest` is that of its bytes; `unlinked` counts the labelled things and reviews shown without a link."""

    page: str
    digest: str
    language: str
    markets: tuple[str, ...]
    statement: bool
    unlinked: int
    labels: list[Label]
    links: list[Link]


class Ledger(Struct):
    """Collects the links of one page."""

    wording: Wording
    links: list[Link] = field(default_factory=list)
    labels: dict[tuple[tuple[object, ...], tuple[str, ...]], int] = field(default_factory=dict)
    unlinked: int = 0

    def enter(self, shown: Shown, url: str, texts: tuple[str, ...]) -> None:
        """One more link, and the labels found before it."""
        label = self.labels.setdefault((shown.needs, texts), len(self.labels))
        links = self.links
        links.append(Link(len(links) + 1, url, label, bool(texts), shown.creator, shown.ref, shown.item))

    def line(self, page: str, digest: str, language: str, *, statement: bool) -> bytes:
        """The page's line; empty for a page without a link to a shop and without a label."""
        if not self.links and not self.unlinked:
            return b""
        wording = self.wording
        made = [
            Label(
                tuple(kind for kind, _ in needs),  # type: ignore[misc]
                next((brand for _, brand in needs), ""),  # type: ignore[misc]
                texts,
                applied(needs, wording),  # type: ignore[arg-type]
            )
            for needs, texts in self.labels
        ]
        markets = tuple(pack.id for pack in wording.packs)
        return _encode(Line(page, digest, language, markets, statement, self.unlinked, made, self.links))
