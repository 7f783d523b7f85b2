"""The colours of pages and charts."""

from __future__ import annotations

import pytest

from reportgen.render.contrast import contrast
from reportgen.render.palette import Palette

PALETTE = Palette()


@pytest.mark.parametrize("colour", [PALETTE.ink, PALETTE.quiet, PALETTE.accent, PALETTE.alert])
def test_text_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PALETTE.paper) >= 4.5


@pytest.mark.parametrize("colour", [*PALETTE.series, PALETTE.others])
def test_lines_and_bars_stand_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PALETTE.paper) >= 3


def test_no_two_series_share_a_colour() -> None:
    assert len({*PALETTE.series, PALETTE.others}) == len(PALETTE.series) + 1


BRANDS = [PALETTE, Palette(accent="#1a1a1a", series=("#1a1a1a", "#00008b", "#800000", "#4b0082", "#ff0000", "#003300"))]


@pytest.mark.parametrize("palette", BRANDS)
def test_a_dark_screen_has_the_same_contrasts(palette: Palette) -> None:
    dark = palette.dark()
    for text in (dark.ink, dark.quiet, dark.accent, dark.alert):
        assert contrast(text, dark.paper) >= 4.5
    for mark in (*dark.series, dark.others):
        assert contrast(mark, dark.paper) >= 3


@pytest.mark.parametrize("palette", BRANDS)
def test_series_keep_apart_on_a_dark_screen(palette: Palette) -> None:
    dark = palette.dark()
    assert len({*dark.series, dark.others}) == len(palette.series) + 1


def test_colours_that_stand_out_from_both_grounds_stay_as_they_are() -> None:
    assert PALETTE.at_night()["#c8690a"] == "#c8690a"


def test_every_colour_of_the_charts_has_one_for_the_night() -> None:
    night = PALETTE.at_night()
    assert {*PALETTE.series, PALETTE.accent, PALETTE.others, PALETTE.ink, PALETTE.quiet, PALETTE.hairline} <= set(night)
    assert night[PALETTE.paper] == PALETTE.dark().paper
