"""The colours of pages and charts."""

from __future__ import annotations

import pytest

from reportgen.render.palette import Palette

PALETTE = Palette()


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, ground: str) -> float:
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [PALETTE.ink, PALETTE.quiet, PALETTE.accent, PALETTE.alert])
def test_text_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PALETTE.paper) >= 4.5


@pytest.mark.parametrize("colour", [*PALETTE.series, PALETTE.others])
def test_lines_and_bars_stand_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PALETTE.paper) >= 3


def test_no_two_series_share_a_colour() -> None:
    assert len({*PALETTE.series, PALETTE.others}) == len(PALETTE.series) + 1
