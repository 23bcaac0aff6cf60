"""A site's own networks: `networks.yaml` beside `content/`, laid over those that ship."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from storefront.links.registry import Registry, shipped
from storefront.links.soundness import mistakes
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean, unless_of_machine
from storefront.reader import MAX_BYTES, Locator, decode, parse
from storefront.vocabulary.network import Network, shipped_data
from storefront.vocabulary.validate import Mistake, convert

FILE = "networks.yaml"


def of_site(root: Path) -> tuple[Registry, list[Problem]]:
    """The networks of a site, and what is wrong with its own; wrong ones are left out.

    A key that the site writes replaces the shipped one whole, so that one which changes a link
    brings vectors of its own.
    """
    try:
        text = _text(root)
        data = parse(text, FILE) if text is not None else {}
    except ProblemsFound as failure:
        return shipped(), failure.problems
    if not isinstance(data, dict):
        hint = "Begin each network with its id and a colon; its keys stand below, indented."
        return shipped(), [Problem("wrong-type", "this file holds no networks", Place(FILE, 1, 1), hint)]
    return _laid_over(data, text or "") if data else (shipped(), [])


def _text(root: Path) -> str | None:
    """What stands in the file, if there is one; links are not followed."""
    try:
        descriptor = os.open(root / FILE, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    except OSError as error:
        unless_of_machine(error, FILE)
        message = f"it cannot be read: {error.strerror or error}"
        hint = "Put the file itself here: links are never followed."
        raise ProblemsFound([Problem("unreadable", message, Place(FILE), hint)]) from None
    with os.fdopen(descriptor, "rb") as file:
        return decode(file.read(MAX_BYTES + 1), FILE)


def _laid_over(data: Mapping[str, Any], text: str) -> tuple[Registry, list[Problem]]:
    networks = dict(shipped().networks)
    found: list[Mistake] = []
    for name, keys in data.items():
        made = convert(_merged(name, keys), Network)
        if isinstance(made, list):
            found += [Mistake((name, *each.path), each.code, each.message, each.hint) for each in made]
        else:
            networks[name] = made
    registry = Registry(networks)
    for name in data:
        if name in networks and not found:
            found += mistakes(name, registry)
    return registry, _placed(found, text)


def _merged(name: str, keys: Any) -> Any:
    known = shipped_data().get(name, {})
    return {**known, **keys} if isinstance(keys, dict) else keys


def _placed(found: Iterable[Mistake], text: str) -> list[Problem]:
    locator = Locator(text, FILE)
    return [Problem(each.code, each.message, locator.place(each.path), each.hint) for each in found]


def unknown_hint(name: str, registry: Registry) -> str:
    """What to do about a network that is not known."""
    usable = [each for each, network in registry.networks.items() if not network.closed]
    return did_you_mean(name, usable) or f"Add it to {FILE}, or correct the name; docs/links.md lists those that ship."
