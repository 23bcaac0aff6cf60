"""Palettes: a theme's colours, what stands on what, and accents of a site or creator judged by both.

The least contrast is WCAG 2.2's: 4.5 to 1 for text (1.4.3), 3 to 1 for marks (1.4.11).
"""

from collections.abc import Mapping
from itertools import chain

from msgspec import Struct

from storefront import colours
from storefront.vocabulary.common import Accent, Part

TEXT, MARK = 4.5, 3.0
SCHEMES = ("light", "dark")
ACCENT = "accent"


class Contrast(Part, frozen=True, kw_only=True):
    """What stands on what in a theme's stylesheets: for each token, the tokens of its grounds."""

    text: dict[str, tuple[str, ...]] = {}
    marks: dict[str, tuple[str, ...]] = {}


class Pairing(Struct, frozen=True):
    """A token on its ground in one scheme, both colours, and the least contrast between them."""

    token: str
    ground: str
    scheme: str
    colours: tuple[str, str]
    least: float

    @property
    def ratio(self) -> float:
        """The contrast that they have."""
        return colours.contrast(*self.colours)


class Palette(Struct, frozen=True):
    """A theme's colours by token, for light and for dark, and the pairs that its stylesheets make of them.

    Tokens that are no colour in hexadecimal are left out, and the pairs that they would be in.
    """

    colours: tuple[tuple[str, tuple[str, str]], ...]
    pairs: tuple[tuple[str, str, float], ...]

    def of(self, token: str) -> tuple[str, str] | None:
        """The colours of a token."""
        return dict(self.colours).get(token)

    def pairings(self) -> list[Pairing]:
        """Every pair in either scheme."""
        known = dict(self.colours)
        return [
            Pairing(token, ground, scheme, (known[token][at], known[ground][at]), least)
            for token, ground, least in self.pairs
            if token in known and ground in known
            for at, scheme in enumerate(SCHEMES)
        ]


class Refused(Struct, frozen=True):
    """An accent that cannot be read: in which scheme, where it is too near its ground, and what would do."""

    scheme: str
    message: str
    hint: str


def palette(tokens: Mapping[str, str | Mapping[str, str]], contrast: Contrast) -> Palette:
    """The palette of a theme's tokens, each one value, or one for light and one for dark."""
    both = {
        token: (value, value) if isinstance(value, str) else (value.get("light", ""), value.get("dark", ""))
        for token, value in tokens.items()
    }
    pairs = chain(
        ((token, ground, TEXT) for token, grounds in contrast.text.items() for ground in grounds),
        ((token, ground, MARK) for token, grounds in contrast.marks.items() for ground in grounds),
    )
    found = ((token, pair) for token, pair in both.items() if all(map(colours.is_hex, pair)))
    return Palette(tuple(found), tuple(pairs))


def accent(given: str | Accent, on: Palette) -> tuple[str, str] | Refused:
    """The accent for light and for dark.

    One colour is for light; dark then has the nearest colour of the same hue that can be read there.
    """
    light, dark = (given, None) if isinstance(given, str) else (given.light, given.dark)
    if refused := _refused("light", light, on):
        return refused
    if dark is None:
        return light, _nearest("dark", light, on) or light
    return _refused("dark", dark, on) or (light, dark)


def _beside(scheme: str, on: Palette) -> list[tuple[str, str, float]]:
    """What an accent is seen with: the other token, its colour, and the least contrast."""
    pairs = [pair for pair in on.pairings() if pair.scheme == scheme]
    return [(pair.ground, pair.colours[1], pair.least) for pair in pairs if pair.token == ACCENT] + [
        (pair.token, pair.colours[0], pair.least) for pair in pairs if pair.ground == ACCENT
    ]


def _nearest(scheme: str, colour: str, on: Palette) -> str | None:
    beside = _beside(scheme, on)

    def passes(tried: str) -> bool:
        return all(colours.contrast(tried, other) >= least for _, other, least in beside)

    return colours.nearest(colour, passes)


def _refused(scheme: str, colour: str, on: Palette) -> Refused | None:
    """Why an accent cannot be used: the pair that fails by most."""
    judged = [(colours.contrast(colour, other), least, token, other) for token, other, least in _beside(scheme, on)]
    failing = [each for each in judged if each[0] < each[1]]
    if not failing:
        return None
    ratio, least, token, other = min(failing, key=lambda each: each[0] / each[1])
    said = (
        f"the accent {colour} has a contrast of {ratio:.2f} to 1 with the theme's {token} {other} in {scheme}; "
        f"{least:g} to 1 is required"
    )
    better = _nearest(scheme, colour, on)
    hint = f"Write {better}: the nearest of this hue that can be read." if better else "Choose another hue."
    return Refused(scheme, said, hint)
