"""How far colours stand apart, as WCAG 2 measures it, and colours that stand far enough. Pure."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from math import cbrt, dist
from typing import Final

TEXT: Final = 4.5
"""The least contrast of text with its ground."""
MARKS: Final = 3.0
"""The least contrast of lines, bars and other marks."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightened(colour: str, ground: str, least: float) -> str:
    """The colour, or the darkest lighter one of its hue with at least that contrast to a dark ground."""
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    steps = round(lightness * 100), 101
    lighter = (_hexadecimal(hls_to_rgb(hue, step / 100, saturation)) for step in range(*steps))
    return next((shade for shade in (colour, *lighter) if contrast(shade, ground) >= least), "#ffffff")


def mixed(colour: str, other: str, part: float) -> str:
    """The colour with that part (0 to 1) of the other in it."""
    mixes = [one + (two - one) * part for one, two in zip(_parts(colour), _parts(other), strict=True)]
    return _hexadecimal((mixes[0], mixes[1], mixes[2]))


def darkened(colour: str, ground: str, least: float) -> str:
    """The colour, or the lightest darker one of its hue with at least that contrast to a light ground."""
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    darker = (_hexadecimal(hls_to_rgb(hue, step / 200, saturation)) for step in range(int(lightness * 200), -1, -1))
    return next((shade for shade in (colour, *darker) if contrast(shade, ground) >= least), "#000000")


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hexadecimal(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def distance(one: str, other: str) -> float:
    """How different two colours look, whatever stands around them: their distance in OKLab, 1 from black to white."""
    return dist(_oklab(one), _oklab(other))


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = map(_linear, _parts(colour))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(part: float) -> float:
    """A part of a colour as an amount of light."""
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
