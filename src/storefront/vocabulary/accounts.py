"""Ids at affiliate networks, as `affiliate:` of a creator or of the site holds them; how each network's are written."""

from typing import Annotated, Any

from msgspec import Meta

from storefront.problems import KeyPath, shown
from storefront.slugs import slug
from storefront.vocabulary.network import shipped_data
from storefront.vocabulary.scalars import Line, form, why_not_an_id

ANY = "awin: {publisher: 77}"


def how_to_write(value: Any, path: KeyPath) -> str:
    """How the ids at a network are written, where there is something else: its keys, with an id that was found."""
    network = _named_by(str(path[-1])) if path else ""
    needs: Any = shipped_data().get(network, {}).get("needs") or {}
    keys = needs.get("affiliate") or {}
    if not keys:
        return f"Name the network, and below it each id by its name, such as {ANY}"
    key, where = next(iter(keys.items()))
    found = shown(value) if isinstance(value, str) else "…"
    if key == "$market":
        return f"Write {network}: {{{_market(network, found)}: {found}}}, with the country that each id is for."
    if key == "$merchant":
        return f"Write {network}: {{my-shop: {found}}}, with the merchant that each id is for."
    return f"Write {network}: {{{key}: {found}}}, {where}."


def _named_by(text: str) -> str:
    """The network whose name a text begins with; "" where there is none."""
    return next((each for each in shipped_data() if slug(text).startswith(each)), "")


def _market(network: str, found: str) -> str:
    """The first market of a network whose ids end as one does; else the first of all that have an ending."""
    markets: Any = shipped_data()[network]["markets"]
    endings = {market: each["ending"] for market, each in markets.items() if "ending" in each}
    fitting = (market for market, ending in endings.items() if found.endswith(ending))
    return "GB" if found.endswith("-21") else next(fitting, next(iter(endings), "GB"))


def why_no_network(text: str) -> tuple[str, str, str]:
    """Code, message and hint for text that cannot name a network."""
    code, message, hint = why_not_an_id(text)
    name = _named_by(text)
    return code, message, f"Did you mean {name}?" if name else hint


Account = Annotated[dict[Line, Line], Meta(extra={"shape": how_to_write})]
NetworkId = Annotated[
    str,
    form(
        r"^[a-z0-9](?:-?[a-z0-9])*$",
        "an id of small letters, digits and single hyphens",
        "awin",
        max_length=64,
        explain=why_no_network,
    ),
]
Accounts = Annotated[dict[NetworkId, Account], Meta(extra={"shape": how_to_write})]
