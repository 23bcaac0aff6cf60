"""Pictures as pages show them: in the sizes and the cut of the place they stand in."""

import math
from functools import lru_cache

from storefront.catalog.facts import PostFact
from storefront.catalog.shots import Crop, Shot
from storefront.pages import routes, views
from storefront.pages.memo import of_recent
from storefront.pages.voice import Voice

LIGHTS = 8  # steps of lightness of what stands for a picture until it is there
HUES = 12
GREY = 0.02  # chroma below which a colour has no hue
TENTHS = 10
STRAIGHT = 0.04045  # below it sRGB is a straight line (IEC 61966-2-1)


def picture(shot: Shot | None, slot: str, voice: Voice) -> views.Picture | None:
    """A picture with all sizes that a slot asks for."""
    return _picture(shot, slot, voice) if shot else None


@of_recent(4096)
def _picture(shot: Shot, slot: str, voice: Voice) -> views.Picture:
    crop = shot.crop(slot)
    start = voice.url(routes.media(crop.name))
    width, height = crop.sizes[-1]
    return views.Picture(
        src=voice.url(routes.media(crop.fallback)),
        avif=_srcset(start, crop, "avif"),
        webp=_srcset(start, crop, "webp"),
        width=width,
        height=height,
        look=" ".join([*_colour(shot.colour), *_focus(crop.focus)]),
        alt=shot.alt,
    )


def _srcset(start: str, crop: Crop, ending: str) -> str:
    return ", ".join(f"{start}-{width}.{ending} {width}w" for width, _ in crop.sizes)


@lru_cache(maxsize=4096)
def _colour(colour: tuple[int, int, int] | None) -> tuple[str, ...]:
    """Classes for a colour, by lightness and hue in OKLCH (CSS Color 4, 9.3 and 10): no page may hold a style.

    Sixteen million colours become 104, which are 21 rules of a stylesheet for all pages.
    """
    if colour is None:
        return ()
    red, green, blue = (_linear(value / 255) for value in colour)
    long, middle, short = (
        math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue),
        math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue),
        math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue),
    )
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    step = min(LIGHTS, max(1, 1 + int(light * LIGHTS)))
    if math.hypot(a, b) < GREY:
        return (f"l{step}",)
    return (f"l{step}", f"h{int(math.degrees(math.atan2(b, a)) % 360 * HUES / 360) % HUES}")


def _linear(value: float) -> float:
    return value / 12.92 if value <= STRAIGHT else ((value + 0.055) / 1.055) ** 2.4


def _focus(focus: tuple[float, float] | None) -> tuple[str, ...]:
    """Classes for a point that stays in view wherever a layout cuts more off; the middle needs none."""
    if focus is None:
        return ()
    named = zip("xy", (round(place * TENTHS) for place in focus), strict=True)
    return tuple(f"{axis}{tenth}" for axis, tenth in named if tenth != TENTHS // 2)


def photos(post: PostFact, slot: str, voice: Voice, urls: list[str]) -> tuple[views.Photo, ...]:
    """The pictures of a post with their pins; `urls` says where each pin leads. A pin that is cut off is left out."""
    return tuple(
        views.Photo(
            picture=_picture(shot, slot, voice),
            pins=tuple(
                views.Pin(
                    number=index + 1,
                    x=round(at[0] * 1000),
                    y=round(at[1] * 1000),
                    title=post.picks[index].title,
                    url=urls[index],
                )
                for index, pin in enumerate(post.pins)
                if pin.at and pin.photo == number and (at := _inside(pin.at, shot.crop(slot)))
            ),
        )
        for number, shot in enumerate(post.shots)
    )


def _inside(at: tuple[float, float], crop: Crop) -> tuple[float, float] | None:
    """Where a place of the whole picture is in a crop of it."""
    left, top, width, height = crop.part
    x, y = (at[0] - left) / width, (at[1] - top) / height
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None
