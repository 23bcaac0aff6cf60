"""The guide to links keeps up with the networks. To see the tables anew: python tests/links/test_links_guide.py"""

import re
import typing
from pathlib import Path

from storefront import links
from storefront.links import own
from storefront.links.templates import OF_LINK
from storefront.reader import parse
from storefront.vocabulary.network import Network

GUIDE = Path(__file__).parents[2] / "docs" / "links.md"
BEGIN = "## Networks"


def ids(told):
    shown = {"$market": "each market", "$merchant": "each merchant"}
    return "<br>".join(f"{shown.get(key, f'`{key}`')}: {where}" for key, where in told.items()) or "–"


def tables():
    """The section on the networks that ship."""
    networks = dict(sorted(links.networks().items(), key=lambda pair: pair[1].name.lower()))
    rows = [
        f"| {network.name} | `{name}` | {ids(network.needs.affiliate)} | {ids(network.needs.program)} |"
        f" {f'`{network.subid.parameter}`' if network.subid else '–'} |"
        for name, network in networks.items()
        if network.builds
    ]
    pasted = [
        f"| {network.name} | {', '.join(f'`{host}`' for host in network.pasted)} |"
        for network in networks.values()
        if network.pasted
    ]
    markets = [
        f"- **{network.name}**: {', '.join(f'`{market}`' for market in network.markets)}"
        for network in networks.values()
        if network.markets
    ]
    return "\n".join(
        [
            BEGIN,
            "",
            "| Network | `network:` | Your ids, under `affiliate:` | The shop's, under `program:` | Sub-id |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "Values of `market`:",
            "",
            *markets,
            "",
            "Links that only the network makes, to paste:",
            "",
            "| Network | Links to |",
            "|---|---|",
            *pasted,
            "",
        ]
    )


def keys():
    """The keys of a network."""
    told = typing.get_type_hints(Network, include_extras=True)
    rows = [f"| `{name}` | {hint.__metadata__[-1].description} |" for name, hint in told.items()]
    return "\n".join(["| Key | What it is for |", "|---|---|", *rows, ""])


def test_the_guide_has_every_network_with_where_its_ids_are():
    assert tables() in GUIDE.read_text(encoding="utf-8")


def test_the_guide_has_every_key_of_a_network():
    assert keys() in GUIDE.read_text(encoding="utf-8")


def test_every_gap_is_explained():
    told = set(re.findall(r"`\{(\w+)[.}]", GUIDE.read_text(encoding="utf-8")))
    assert told >= OF_LINK | {"more", "affiliate", "program", "market"}


def test_the_network_that_the_guide_shows_is_sound(tmp_path):
    shown = re.search(
        r"^```yaml\n# networks.yaml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )[1]
    (tmp_path / own.FILE).write_text(shown)
    registry, problems = links.of_site(tmp_path)
    assert problems == []
    assert set(parse(shown, own.FILE)) <= set(registry.networks)


if __name__ == "__main__":
    print(f"{tables()}\n{keys()}")  # noqa: T201
