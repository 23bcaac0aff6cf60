"""Affiliate networks: how each wants its links. The shipped ones are `data/networks.yaml`; a site may add its own."""

from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from storefront.reader import decode, parse
from storefront.vocabulary.common import Part
from storefront.vocabulary.scalars import Asin, Date, Line, Slug, Text, Url, doc

Host = Annotated[
    str,
    Meta(
        pattern=r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?:/[\w/-]*)?(?!\n)$",
        extra={"expected": "a host in small letters, such as go.shop.example", "example": "go.shop.example"},
    ),
]
Parameters = dict[Line, Line]
SHIPPED = Path(__file__).parents[1] / "data" / "networks.yaml"


class SubId(Part, frozen=True, kw_only=True):
    """Where a link says which placement it stands in, and what fits there."""

    parameter: Annotated[Line, doc("The network's name for it.")]
    length: Annotated[
        Annotated[int, Meta(ge=16, extra={"expected": "a whole number from 16", "example": "50"})],
        doc("How many characters the network keeps, where that is known."),
    ] = 50
    characters: Annotated[Line, doc("Which characters it keeps, as in a pattern's brackets.")] = "a-z0-9_-"


class Needs(Part, frozen=True, kw_only=True):
    """The ids that links are filled with, each with where it is to be found."""

    affiliate: Annotated[Parameters, doc("Ids of whoever earns, under affiliate: in a profile or site.yaml.")] = {}
    program: Annotated[Parameters, doc("What the network calls the shop, under program: of a merchant.")] = {}


class Vector(Part, frozen=True, kw_only=True):
    """A link that the network's format must give, to the letter."""

    url: Annotated[Url, doc("The shop's own address.")] = "https://shop.example/tee?size=m"
    asin: Annotated[Asin | None, doc("The product's ASIN.")] = None
    merchant: Annotated[Slug, doc("The merchant's id.")] = "shop"
    program: Annotated[Parameters, doc("The merchant's program.")] = {}
    account: Annotated[Parameters, doc("The ids of whoever earns.")] = {}
    subid: Annotated[Line, doc("The sub-id.")] = "maya_kit_tee"
    expect: Annotated[Line, doc("The link.")]


class Network(Part, frozen=True, kw_only=True):
    """One network: it builds links (`link` or `append`), takes those it has made itself (`pasted`), or is `closed`."""

    name: Annotated[Line, doc("The network's name.")]
    reviewed_on: Annotated[Date, doc("When the format was last compared with its source.")]
    source: Annotated[Url, doc("Where the format is described.")]
    unverified: Annotated[tuple[Line, ...], doc("What could not be compared with the network's own words.")] = ()
    hosts: Annotated[tuple[Host, ...], doc("Hosts of its tracked links, so that pasted ones are recognised.")] = ()
    shops: Annotated[
        tuple[Host, ...], doc("The network's own shops, whose addresses carry the tracking themselves.")
    ] = ()
    pasted: Annotated[
        tuple[Host, ...], doc("Hosts, with or without a path, of links that only the network can make.")
    ] = ()
    closed: Annotated[Line | None, doc("Why it no longer takes clicks, and what to do instead.")] = None
    link: Annotated[Line, doc("The tracked link, with gaps.")] = ""
    append: Annotated[Parameters, doc("Parameters for the shop's own address, instead of a link.")] = {}
    subid: Annotated[SubId | None, doc("Where the sub-id goes; left out if the network has none.")] = None
    needs: Annotated[Needs, doc("The ids that fill the gaps.")] = Needs()
    markets: Annotated[dict[Line, Parameters], doc("Values that differ by country.")] = {}
    leaves: Annotated[
        tuple[Line, ...], doc("Parameters that its clicks leave in a shop's address, in small letters.")
    ] = ()
    referrer_policy: Annotated[Line | None, doc("The referrerpolicy that its links need.")] = None
    redirects: Annotated[bool, doc("Whether its terms allow a redirect on your site before the link.")] = True
    prices: Annotated[bool, doc("Whether its terms allow showing prices looked up by hand.")] = True
    statement: Annotated[
        dict[Line, Text], doc("A sentence required, word for word, on every page with such a link; by language.")
    ] = {}
    vectors: Annotated[tuple[Vector, ...], doc("Test cases: links that must come out exactly.")] = ()

    @property
    def builds(self) -> bool:
        """Whether links can be made here, and not by the network alone."""
        return bool(self.link or self.append)


@cache
def shipped_data() -> dict[str, dict[str, object]]:
    """The networks that ship, as plain data."""
    data: dict[str, dict[str, object]] = parse(decode(SHIPPED.read_bytes(), SHIPPED.name), SHIPPED.name)
    return data
