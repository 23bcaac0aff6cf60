"""A card as plain data, the look that a theme gives it, and the name of the file that is drawn of both."""

from functools import lru_cache

from msgspec import Struct

from storefront import digests, slugs

WIDTH, HEIGHT = 1200, 630  # what the networks ask for: 1.91:1, large enough for screens of double density
RECIPE = 2  # counts up when the same card and look are drawn otherwise

Colour = tuple[int, int, int]


class Card(Struct, frozen=True, kw_only=True):
    """What stands on a card. Texts may be "", which leaves their place empty; `title` may not.

    `stars` is a rating in tenths of a star, `rating` its words. `label` is the disclosure, in the words of the page's
    preview. `picture` is a file of the picture cache, `focus` the point of it that stays in view, as fractions.
    With `named` the title is somebody's name.
    """

    name: str
    title: str
    kicker: str = ""
    text: str = ""
    stars: int | None = None
    rating: str = ""
    label: str = ""
    site: str = ""
    picture: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    named: bool = False


class Font(Struct, frozen=True):
    """A font file: its bytes and a digest of them."""

    digest: str
    data: bytes


class Fonts(Struct, frozen=True):
    """The fonts of a look. `rest` is for what follows the first word of a name, `spare` for what the others lack."""

    title: Font
    rest: Font
    text: Font
    small: Font
    spare: Font


class Colours(Struct, frozen=True):
    """The colours of a look, in sRGB."""

    ground: Colour
    ink: Colour
    quiet: Colour
    accent: Colour
    line: Colour
    label: Colour
    label_ink: Colour
    star: Colour
    star_off: Colour


class Look(Struct, frozen=True):
    """How a theme draws cards. Without `bleed` the picture stands in the paper, its corners `radius` pixels round."""

    fonts: Fonts
    colours: Colours
    bleed: bool = True
    radius: int = 0


def file_name(card: Card, look: Look) -> str:
    """The name of a card's file: equal names are equal pictures."""
    stem = slugs.slug(card.name)[:40] or "card"
    return f"{stem}.{digests.of_value((card, _digest(look), RECIPE, _libraries()), 6)}-card.jpg"


@lru_cache(maxsize=4)
def _digest(look: Look) -> str:
    fonts = (look.fonts.title, look.fonts.rest, look.fonts.text, look.fonts.small, look.fonts.spare)
    return digests.of_value(([font.digest for font in fonts], look.colours, look.bleed, look.radius))


@lru_cache(maxsize=1)
def _libraries() -> tuple[str, ...]:
    """The versions of what draws and encodes: others may make other bytes."""
    from PIL import features

    return tuple(str(features.version(name)) for name in ("freetype2", "jpg", "libjpeg_turbo"))
