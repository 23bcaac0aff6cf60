"""The look of cards: what a theme says of it in `theme.yaml`, with the colours of its tokens in the light scheme."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, structs

from storefront import digests
from storefront.previews.card import Colour, Colours, Font, Fonts, Look
from storefront.previews.faces import readable
from storefront.vocabulary.common import Part

SPARE = "inter-card.ttf"
_reference = re.compile(r"var\(--([\w-]+)\)")


class FontNames(Part, frozen=True, kw_only=True):
    """Font files in the theme's assets/. Without one, `rest` is as `title`, and all others are the shipped font."""

    title: str | None = None
    rest: str | None = None
    text: str | None = None
    small: str | None = None


class ColourNames(Part, frozen=True, kw_only=True, rename="kebab"):
    """Each a token's name, or a colour."""

    ground: str | None = None
    ink: str | None = None
    quiet: str | None = None
    accent: str | None = None
    line: str | None = None
    label: str | None = None
    label_ink: str | None = None
    star: str | None = None
    star_off: str | None = None


class Settings(Part, frozen=True, kw_only=True):
    """`previews` of `theme.yaml`. `radius` is that of the picture's corners, in pixels of the card."""

    fonts: FontNames = FontNames()
    colours: ColourNames = ColourNames()
    picture: Literal["bleed", "inset"] | None = None
    radius: Annotated[int, Meta(ge=0, le=200)] | None = None


DEFAULTS = Settings(
    colours=ColourNames(
        ground="paper",
        ink="ink",
        quiet="ink2",
        accent="accent",
        line="line",
        label="note-ink",
        label_ink="note",
        star="star",
        star_off="star-off",
    ),
    picture="bleed",
    radius=0,
)


class Unfit(Exception):
    """Why cards cannot be drawn in a theme, and what to do: `hint`. `token` is the one at fault, "" for none."""

    def __init__(self, message: str, hint: str, token: str = "") -> None:
        super().__init__(message)
        self.hint, self.token = hint, token


def look(layers: Iterable[Settings], tokens: Mapping[str, str], read: Callable[[str], bytes]) -> Look:
    """The look that a theme and those it extends describe, the nearest last; what it says counts, key by key.

    `read` gives a file of the theme's assets/. Raises `Unfit`.
    """
    settings = reduce(_over, layers, DEFAULTS)
    names, spare = settings.fonts, _spare()
    title, rest, text, small = (
        _font(name, read) if name else None for name in (names.title, names.rest, names.text, names.small)
    )
    colours = {field: _colour(getattr(settings.colours, field), tokens) for field in Colours.__struct_fields__}
    return Look(
        fonts=Fonts(title or spare, rest or title or spare, text or spare, small or spare, spare),
        colours=Colours(**colours),
        bleed=settings.picture == "bleed",
        radius=settings.radius or 0,
    )


def _over(below: Any, above: Any) -> Any:
    """Settings with what others above them say."""
    said = {name: getattr(above, name) for name in above.__struct_fields__}
    return structs.replace(
        below,
        **{
            name: _over(getattr(below, name), value) if isinstance(value, Part) else value
            for name, value in said.items()
            if value is not None
        },
    )


@cache
def _spare() -> Font:
    data = (Path(__file__).parents[1] / "data" / "fonts" / SPARE).read_bytes()
    return Font(digests.of_bytes(data), data)


def _font(name: str, read: Callable[[str], bytes]) -> Font:
    data = read(name)
    font = Font(digests.of_bytes(data), data)
    if not readable(font):
        raise Unfit(f"the theme's file assets/{name} is no font", "Cards are drawn with TrueType or OpenType fonts.")
    return font


def _colour(name: str, tokens: Mapping[str, str]) -> Colour:
    from PIL import ImageColor

    value, token = name, ""
    for _ in tokens:  # a token may stand for another, and that for a third
        if value not in tokens:
            break
        token, value = value, tokens[value]
        found = _reference.fullmatch(value)
        value = found[1] if found else value
    try:
        red, green, blue, *_ = ImageColor.getrgb(value)
    except ValueError:
        said = f"the token {token} is {value}, which" if token else f"{value}, which the theme names for previews,"
        message = f"{said} is no colour that can be drawn"
        raise Unfit(message, "Write it as #rrggbb, or turn previews off.", token) from None
    return red, green, blue


def light(tokens: Iterable[Mapping[str, str | Mapping[str, str]]]) -> dict[str, str]:
    """The values of tokens in the light scheme, those of later mappings in the place of earlier ones."""
    return {
        name: value if isinstance(value, str) else value.get("light", "")
        for each in tokens
        for name, value in each.items()
    }
