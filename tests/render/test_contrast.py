"""Contrast as WCAG 2 measures it."""

from __future__ import annotations

import pytest

from reportgen.render.contrast import contrast, lightened


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_the_ratio_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("colour", ["#000000", "#00008b", "#800000", "#0b6b63", "#123456"])
def test_a_dark_colour_gets_as_light_as_it_has_to_and_hardly_more(colour: str) -> None:
    assert 4.5 <= contrast(lightened(colour, "#14171c", 4.5), "#14171c") < 4.9


def test_a_colour_that_is_light_enough_stays() -> None:
    assert lightened("#c8690a", "#14171c", 3) == "#c8690a"


def test_what_no_colour_can_reach_is_white() -> None:
    assert lightened("#00008b", "#888888", 7) == "#ffffff"
