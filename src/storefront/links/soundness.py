"""Whether a network is sound: its templates can be filled, its ids are explained, and its vectors come out."""

import re
from collections.abc import Iterator

from storefront.links.making import Missing, Program
from storefront.links.registry import Registry
from storefront.links.templates import OF_IDS, OF_LINK, Gap, Target, gaps_of
from storefront.problems import KeyPath
from storefront.vocabulary.network import Network, Vector
from storefront.vocabulary.validate import Mistake

# The site in vectors whose links say where a visit comes from.
SOURCE = "shelves.example"
POLICIES = frozenset({"no-referrer-when-downgrade", "origin", "origin-when-cross-origin", "strict-origin",
                      "strict-origin-when-cross-origin", "unsafe-url"})  # fmt: skip


def mistakes(name: str, registry: Registry) -> Iterator[Mistake]:
    """What is wrong with a network of a registry; paths begin with its name."""
    network, path = registry.networks[name], (name,)
    found = [*_kind(network, path), *_gaps(network, path), *_needs(network, path), *_attributes(network, path)]
    yield from found
    if found:  # what vectors give would only repeat it
        return
    for index, vector in enumerate(network.vectors):
        yield from _vector(vector, name, registry, (*path, "vectors", index))


def _kind(network: Network, path: KeyPath) -> Iterator[Mistake]:
    if network.link and network.append:
        yield Mistake((*path, "append"), "bad-value", "a network has link or append, not both", "Delete one of them.")
    if not (network.builds or network.pasted or network.closed):
        hint = "Write link: and the tracked address with its gaps."
        yield Mistake(path, "missing-key", "nothing says how links are made", hint)
    if network.link and not network.link.startswith(("https://", "{origin}/")):
        yield Mistake((*path, "link"), "bad-link", "the link does not begin with https://", "Begin it with https://")
    if network.builds and not network.vectors:
        hint = "Write vectors: with at least one account and the link that the network itself makes of it."
        yield Mistake(path, "missing-key", "no vector shows what a link must be", hint)
    if network.link.startswith("https://") and not (network.hosts or network.shops):
        hint = "Write hosts: and the host of the tracked links, so that pasted ones are known."
        yield Mistake(path, "missing-key", "nothing says what the tracked links look like", hint)


def _templates(network: Network) -> Iterator[tuple[KeyPath, str]]:
    yield ("link",), network.link
    for key, text in network.append.items():
        yield ("append", key), key
        yield ("append", key), text


def _gaps(network: Network, path: KeyPath) -> Iterator[Mistake]:
    for where, template in _templates(network):
        for gap in gaps_of(template):
            if gap.group in (OF_LINK | {"more"} if not gap.key else OF_IDS):
                continue
            name = f"{gap.group}.{gap.key}" if gap.key else gap.group
            hint = f"Known gaps: {', '.join(sorted(OF_LINK))}, more, and program., affiliate. or market. with a key."
            yield Mistake((*path, *where), "bad-value", f"there is no gap {{{name}}}", hint)
    said = "subid" in {gap.group for gap in _all_gaps(network)} or "{utm_path}" in network.link
    if network.builds and said != (network.subid is not None):
        hint = "Write subid: {parameter: …}, and {subid} in the link; or neither."
        yield Mistake(path, "bad-value", "{subid} in the link and the key subid do not go together", hint)


def _all_gaps(network: Network) -> list[Gap]:
    return gaps_of(*(template for _, template in _templates(network)))


def _needs(network: Network, path: KeyPath) -> Iterator[Mistake]:
    gaps = _all_gaps(network)
    told = {"affiliate": set(network.needs.affiliate), "program": set(network.needs.program)}
    market = {"market"} if any(gap.group == "market" or gap.key == "$market" for gap in gaps) else set()
    for group, known in told.items():
        wanted = {gap.key for gap in gaps if gap.group == group and gap.default is None}
        wanted |= market if group == "program" else set()
        for key in sorted(wanted - known):
            hint = f"Write needs: {{{group}: {{{key}: …}}}} and where the id is to be found."
            yield Mistake((*path, "needs"), "missing-key", f"nothing says where {key} is to be found", hint)
        for key in sorted(known - wanted):
            yield Mistake((*path, "needs", group, key), "unknown-key", f"no link needs {key}", "Delete the line.")


def _attributes(network: Network, path: KeyPath) -> Iterator[Mistake]:
    policy = network.referrer_policy
    if policy is not None and policy not in POLICIES:
        hint = f"Allowed: {', '.join(sorted(POLICIES))}; others hide the site from the network."
        yield Mistake((*path, "referrer_policy"), "bad-value", f"{policy} is not allowed here", hint)
    if network.subid:
        try:
            fits = bool(re.fullmatch(f"[{network.subid.characters}]{{36}}", "0123456789abcdefghijklmnopqrstuvwxyz"))
        except re.error:
            fits = False
        if not fits:
            hint = "Write them as in a pattern's brackets, small letters and digits at least: a-z0-9"
            yield Mistake((*path, "subid", "characters"), "bad-value", "sub-ids cannot be written so", hint)


def _vector(vector: Vector, name: str, registry: Registry, path: KeyPath) -> Iterator[Mistake]:
    program = Program(merchant=vector.merchant, network=name, keys=vector.program)
    maker = registry.maker(program, {name: vector.account}, SOURCE)
    made = maker.link(Target(url=vector.url, asin=vector.asin), vector.subid)
    if isinstance(made, Missing):
        hint = f"Add it to the vector, under {'program' if made.of != 'affiliate' else 'account'}."
        yield Mistake(path, "missing-affiliate-id", f"the vector lacks {made.key}", hint)
    elif made.url != vector.expect:
        yield Mistake((*path, "expect"), "bad-value", "the link comes out differently", f"It is {made.url}")
