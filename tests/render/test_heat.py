"""A heatmap as a table: shades, short numbers, what is exact and what is missing said in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.catalog import FORMULAS, METRICS, Measure
from reportgen.render.contrast import contrast
from reportgen.render.heat import Spot, heat
from reportgen.render.html import render_html
from reportgen.render.letters import breadth
from reportgen.render.look import Look
from reportgen.render.palette import Palette
from reportgen.render.shades import STEPS, largest_of, shades, step_of
from reportgen.report.buckets import WEEKDAYS
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.model import Value
from reportgen.voice.locales import voice_of
from tests.render import made_up
from tests.render.page import read

LOOK = Look()
AVERAGES = "Averages of an hour. Most impressions:"


def section(
    *cells: Value | None, measure: Measure = METRICS["impressions"], averaged: bool = False, share: float = 1
) -> HeatmapSection:
    """A heatmap with these cells on Monday morning, and nothing else."""
    rows = ((*cells, *[None] * (24 - len(cells))), *[(None,) * 24] * 6)
    return HeatmapSection("Hours", None, measure, WEEKDAYS, rows, averaged, share=share)


def test_a_cell_has_two_digits_of_its_number_and_says_when_it_is_and_the_exact_number() -> None:
    ((monday, spots), *_) = heat(section(Value(8291), Value(33), Value(0), Value(None, 3), None), LOOK).rows
    assert monday == "Monday"
    assert spots[:5] == (
        Spot("8.3k", 6, "Monday, 00:00: 8,291"),
        Spot("33", 1, "Monday, 01:00: 33"),
        Spot("0", 0, "Monday, 02:00: 0"),
        Spot("–", 0, "Monday, 03:00: Not known. See the notes."),
        Spot("", 0, ""),
    )


@pytest.mark.parametrize(
    ("cells", "measure", "averaged", "says"),
    [
        ((Value(3), Value(9), Value(9)), "impressions", False, "Most impressions: Monday, 01:00, with 9."),
        (
            (Value(3.5), Value(0)),
            "impressions",
            True,
            f"{AVERAGES} Monday, 00:00, with 3.50.",
        ),
        (
            (Value(0.25), Value(0)),
            "impressions",
            True,
            f"{AVERAGES} Monday, 00:00, with 0.25.",
        ),
        ((Value(0.2), Value(0.25)), "engagement_rate", False, "Highest engagement rate: Monday, 01:00, with 25.00%."),
        ((Value(0), Value(None, 1)), "impressions", False, "All zero where known."),
        ((Value(-5), Value(-2)), "impressions", False, "Most impressions: Monday, 01:00, with -2."),
        ((Value(-5), Value(0), Value(None, 1)), "impressions", False, "Most impressions: Monday, 01:00, with 0."),
        ((Value(None, 1),), "impressions", False, "Nothing is known of these hours."),
    ],
)
def test_the_caption_says_when_most_happened(cells: tuple[Value, ...], measure: str, averaged: bool, says: str) -> None:
    kind = FORMULAS.get(measure) or METRICS[measure]
    assert heat(section(*cells, measure=kind, averaged=averaged), LOOK).caption == says


def test_averages_are_said_with_their_decimals_and_are_never_rounded_to_nothing() -> None:
    ((_, spots), *_) = heat(section(Value(8.0), Value(7.5), Value(0.004), Value(0.0), averaged=True), LOOK).rows
    assert [spot.in_full for spot in spots[:4]] == [
        "Monday, 00:00: 8",
        "Monday, 01:00: 7.50",
        "Monday, 02:00: 0.004",
        "Monday, 03:00: 0",
    ]


def test_what_is_missing_is_said_below() -> None:
    assert heat(section(Value(5)), LOOK).notes == ()
    assert heat(section(Value(5), Value(6, 1)), LOOK).notes == (
        "Some numbers are from some of the tweets only.",
        "See the notes.",
    )
    assert heat(section(Value(6, 1), Value(None, 2)), LOOK).notes == (
        "Every number is from some of the tweets only.",
        "–\N{NO-BREAK SPACE}Not known.",
        "See the notes.",
    )


def test_the_legend_says_what_each_shade_stands_for() -> None:
    assert heat(section(Value(3600)), LOOK).legend == (
        (1, "100"),
        (2, "400"),
        (3, "900"),
        (4, "1.6k"),
        (5, "2.5k"),
        (6, "3.6k"),
    )
    assert heat(section(Value(0)), LOOK).legend == ()


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_shade_takes_all_numbers_up_to_its_largest(step: int) -> None:
    largest = largest_of(step, 3600)
    assert step_of(largest, 3600) == step
    assert step_of(largest * 1.001, 3600) == step + 1


ACCENTS = ("#0b6b63", "#e4002b", "#ffcc00", "#0057b8", "#7f7f7f", "#00a86b")


@pytest.mark.parametrize("accent", ACCENTS)
def test_the_numbers_can_be_read_on_every_shade_by_day_and_by_night(accent: str) -> None:
    palette = replace(Palette(), accent=accent)
    for each in (palette, palette.dark()):
        for shade in shades(each):
            assert contrast(shade.ground, shade.text) >= 4.5
        steps = [contrast(shade.ground, each.paper) for shade in shades(each)]
        assert steps == sorted(steps)


def test_the_table_names_its_hours_and_days_and_tells_each_cell() -> None:
    report = replace(made_up.WEEKLY, sections=(section(Value(5), Value(None, 1)),), gap_notes=(), remarks=())
    page = read(render_html(report, LOOK))
    headers = page.all("th")
    assert [th.attributes["scope"] for th in headers] == ["col"] * 24 + ["row"] * 7
    assert [th.text for th in headers[:2]] == ["00:00", "01:00"]
    assert [td.attributes.get("title") for td in page.all("td")[1:4]] == [
        "Monday, 00:00: 5",
        "Monday, 01:00: Not known. See the notes.",
        None,
    ]
    assert page.texts("caption") == ["Hours"]
    assert page.all("table", "slim") == []


def test_in_columns_shades_speak_alone() -> None:
    report = replace(made_up.WEEKLY, sections=(section(Value(5), share=0.5),), gap_notes=(), remarks=())
    assert len(read(render_html(report, LOOK)).all("table", "slim")) == 1


LOCALES = ("de", "fr", "ja", "hi", "pt_BR", "sv", "es", "it", "nl", "pl", "ru", "tr", "ko", "zh", "ar", "he", "fi")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_cell_that_shows_its_number_has_room_for_all_of_it_in_any_locale(locale: str) -> None:
    look = Look(voice=voice_of(locale))
    for number in (0, 7, 83, 830, 1000, 8291, 12_345, 345_678, 8_291_000, 1.5, 0.004, -5, -830):
        drawn = heat(section(Value(number)), look)
        ((_, spots), *_) = drawn.rows
        assert drawn.fits == (breadth(spots[0].text) <= 4)
        assert drawn.fits or abs(number) >= 10_000 or number == 0.004


@pytest.mark.parametrize(
    ("locale", "measure", "number", "text", "fits"),
    [
        ("de", "impressions", 8291, "8300", True),
        ("de", "impressions", 12_345, "12.000", False),
        ("fr", "impressions", 8291, "8,3k", True),
        ("sv", "impressions", 8291, "8300", True),
        ("hi", "impressions", 8291, "8300", True),
        ("ja", "impressions", 8291, "8300", True),
        ("en", "engagement_rate", 0.0063, "0.6%", True),
        ("de", "engagement_rate", 0.25, "25\N{NO-BREAK SPACE}%", True),
    ],
)
def test_a_cell_takes_the_form_that_it_has_room_for(
    locale: str, measure: str, number: float, text: str, *, fits: bool
) -> None:
    drawn = heat(
        section(Value(number), measure=FORMULAS.get(measure) or METRICS[measure]), Look(voice=voice_of(locale))
    )
    ((_, spots), *_) = drawn.rows
    assert (spots[0].text, drawn.fits) == (text, fits)


def test_where_a_cell_has_no_room_for_its_number_shades_speak_alone() -> None:
    report = replace(made_up.WEEKLY, sections=(section(Value(12_345), Value(5)),), gap_notes=(), remarks=())
    assert len(read(render_html(report, Look(voice=voice_of("de")))).all("table", "slim")) == 1
