"""Colours: sRGB in hexadecimal, contrast as WCAG 2.2 counts it, and the nearest colour that can be read.

Lightness, chroma and hue are those of OKLCH (Björn Ottosson, “A perceptual color space for image processing”, 2020;
CSS Color 4 §9.3), in which a colour can be made lighter or darker and stays the same colour to the eye.
"""

import math
import re
from collections.abc import Callable

is_hex = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})").fullmatch
STEPS = 1000  # between black and white, so that two neighbours differ by less than the eye sees

Triple = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart: 1 for the same, 21 for black and white (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def oklch(colour: str) -> Triple:
    """Lightness (0 to 1), chroma (0 for grey), and hue in degrees."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def of_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour as hexadecimal; with less chroma where no screen could show as much of it."""
    whole = _unclamped(lightness, chroma, hue)
    if not _shown(whole):
        least, most = 0.0, chroma
        for _ in range(24):
            half = (least + most) / 2
            least, most = (half, most) if _shown(_unclamped(lightness, half, hue)) else (least, half)
        whole = _unclamped(lightness, least, hue)
    return "#" + "".join(f"{round(255 * _encoded(min(max(part, 0.0), 1.0))):02x}" for part in whole)


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """The colour of the same hue that passes and whose lightness is nearest; the colour itself if it passes."""
    if passes(colour):
        return colour
    lightness, chroma, hue = oklch(colour)
    near = sorted(range(STEPS + 1), key=lambda step: (abs(step / STEPS - lightness), step))
    return next((found for step in near if passes(found := of_oklch(step / STEPS, chroma, hue))), None)


def _linear(colour: str) -> Triple:
    """Red, green and blue as amounts of light, from 0 to 1."""
    digits = colour.removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]  # noqa: PLR2004
    red, green, blue = (_decoded(int(pair, 16) / 255) for pair in pairs)
    return red, green, blue


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004


def _unclamped(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(parts: Triple) -> bool:
    """Whether a screen has the colour, but for what rounding hides."""
    return all(-0.0005 <= part <= 1.0005 for part in parts)  # noqa: PLR2004
