"""Proofs: what an audit found on a page, as one line of `disclosures.json`."""

from functools import lru_cache

import msgspec
from msgspec import Struct, field

from storefront.audit.expected import Need, Shown
from storefront.audit.judging import applied
from storefront.disclosure import Wording
from storefront.vocabulary.common import Relationship

_encode = msgspec.json.Encoder().encode


class Proof(Struct, frozen=True, array_like=True):
    """What an audit found: the page's line of `disclosures.json`, and the hosts of links that sell nothing we know of.

    When one of these becomes a shop's, the page has to be audited again.
    """

    line: bytes = b""
    hosts: tuple[str, ...] = ()


class Label(Struct, frozen=True):
    """Labels that links of a page bear: ties, brand, the texts as found, and the markets' rules that judged them."""

    relationships: tuple[str, ...]
    brand: str
    texts: tuple[str, ...]
    rules: tuple[str, ...]


class Link(Struct, frozen=True, array_like=True):
    """A link to a shop.

    Its number among the page's, its address, its label's number in `labels`, whether the label stands before it, whose
    it is, and the record and the entry in it that it was written in.
    """

    position: int
    url: str
    label: int
    precedes: bool
    creator: str
    record: str
    entry: str


class Line(Struct, frozen=True):
    """One page. `digest` is that of its bytes; `unlinked` counts the labelled things and reviews shown without a link.

    `links` are in order, but for those that share an address.
    """

    page: str
    digest: str
    language: str
    markets: tuple[str, ...]
    statement: bool
    unlinked: int
    labels: list[Label]
    links: list[Link]


class Proven(Struct, frozen=True, eq=False):
    """The texts that prove some ties, as found in a piece of markup; none where it does not.

    They are compared by identity: `House.proof` makes each once.
    """

    needs: tuple[Need, ...]
    texts: tuple[str, ...] = ()


class Ledger(Struct):
    """Collects the links of one page."""

    wording: Wording
    links: list[tuple[int, str, int, bool, str, str, str]] = field(default_factory=list)  # as `Link`, and faster
    labels: dict[tuple[Proven, tuple[Relationship, ...]], int] = field(default_factory=dict)
    unlinked: int = 0

    def enter(self, shown: Shown, url: str, proof: Proven) -> None:
        """One more link, and the labels found before it."""
        links, labels = self.links, self.labels
        key = (proof, shown.offer.relationships if shown.offer else ())
        label = labels.get(key)
        if label is None:
            label = labels[key] = len(labels)
        links.append((len(links) + 1, url, label, bool(proof.texts), shown.creator, shown.ref, shown.item))

    def line(self, page: str, digest: str, language: str, *, statement: bool) -> bytes:
        """The page's line; empty for a page without a link to a shop and without a label."""
        if not self.links and not self.unlinked:
            return b""
        wording = self.wording
        labels = [_label(*key, wording) for key in self.labels]
        markets = tuple(pack.id for pack in wording.packs)
        return _encode(Line(page, digest, language, markets, statement, self.unlinked, labels, self.links))  # type: ignore[arg-type]


@lru_cache(maxsize=16384)
def _label(proof: Proven, ties: tuple[Relationship, ...], wording: Wording) -> msgspec.Raw:
    """A label as it stands in a line; the same few stand on all pages."""
    brand = next((brand for _, brand in proof.needs), "")
    return msgspec.Raw(_encode(Label(ties, brand, proof.texts, applied(proof.needs, wording))))
