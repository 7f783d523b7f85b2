"""Shades of the accent colour that say how large a number is, with text on them that can be read. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from reportgen.render.contrast import TEXT, contrast, mixed
from reportgen.render.palette import Palette

STEPS: Final = 6
"""Shades from the palest to the accent itself."""
_PALEST: Final = 0.1
_DEEPEST_TINT: Final = 0.4


@dataclass(frozen=True, slots=True)
class Shade:
    """A ground, and the colour of the text on it."""

    ground: str
    text: str


def shades(palette: Palette) -> tuple[Shade, ...]:
    """The shades of a palette, the palest first."""
    return tuple(_readable(palette, _PALEST + (1 - _PALEST) * (step / (STEPS - 1)) ** 1.2) for step in range(STEPS))


def tints(palette: Palette) -> tuple[str, ...]:
    """Quieter ones for tables, on which the numbers stay in the ink: even steps, the palest first."""
    mixes = (mixed(palette.paper, palette.accent, _DEEPEST_TINT * (1 - step / 100)) for step in range(101))
    deepest = next(n for n, ground in enumerate(mixes) if contrast(palette.ink, ground) >= TEXT)
    part = _DEEPEST_TINT * (1 - deepest / 100)
    return tuple(mixed(palette.paper, palette.accent, part * step / STEPS) for step in range(1, STEPS + 1))


def step_of(number: float, largest: float) -> int:
    """Which shade the number has, from 1; 0 stands for none. Equal steps are equal steps of the square root, so that
    one large number leaves the others apart.
    """
    if number <= 0 or largest <= 0:
        return 0
    return max(1, math.ceil(STEPS * math.sqrt(number / largest) - 1e-9))


def largest_of(step: int, largest: float) -> float:
    """The largest number that a shade stands for."""
    return largest * (step / STEPS) ** 2


def _readable(palette: Palette, part: float) -> Shade:
    """The accent mixed into the paper by that part, or by less where text on it could not be read."""
    while True:
        ground = mixed(palette.paper, palette.accent, part)
        text = max((palette.ink, palette.paper), key=lambda colour: contrast(colour, ground))
        if part <= _PALEST or contrast(text, ground) >= TEXT:
            return Shade(ground, text)
        part -= 0.01
