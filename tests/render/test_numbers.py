"""How numbers are written."""

from __future__ import annotations

import pytest

from reportgen.catalog import FORMULAS, METRICS, Measure
from reportgen.render import numbers
from reportgen.report.kpis import Kpi
from reportgen.report.model import Value
from reportgen.voice.english import ENGLISH
from tests.render import made_up

IMPRESSIONS = METRICS["impressions"]
RATE = FORMULAS["engagement_rate"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(Value(0), "0"), (Value(999), "999"), (Value(1_234_567), "1,234,567"), (Value(None, 1), "–"), (Value(None), "–")],
)
def test_a_count_is_written_exactly_with_separators_and_a_gap_as_a_dash(value: Value, text: str) -> None:
    assert numbers.written(IMPRESSIONS, value, ENGLISH) == text


@pytest.mark.parametrize(
    ("rate", "text"), [(0.0342, "3.42%"), (0.0, "0.00%"), (1.5, "150.00%"), (12.5, "1,250.00%"), (0.000049, "0.0049%")]
)
def test_a_rate_is_a_percentage_with_two_decimals(rate: float, text: str) -> None:
    assert numbers.written(RATE, Value(rate), ENGLISH) == text


def test_an_undefined_rate_is_a_dash() -> None:
    assert numbers.written(RATE, Value(None), ENGLISH) == "–"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (500, "500"), (1_500, "1.5k"), (12_000, "12k"), (2_500_000, "2.5M"), (3_000_000_000, "3B")],
)
def test_numbers_on_axes_are_short(number: float, text: str) -> None:
    assert numbers.short(IMPRESSIONS, number, ENGLISH) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0%"), (0.02, "2%"), (0.025, "2.5%"), (0.0005, "0.05%")])
def test_rates_on_axes_are_percentages_without_idle_decimals(number: float, text: str) -> None:
    assert numbers.short(RATE, number, ENGLISH) == text


def test_a_number_that_lacks_something_is_explained() -> None:
    assert numbers.explained(IMPRESSIONS, Value(7), ENGLISH) is None
    assert numbers.explained(IMPRESSIONS, Value(7, 1), ENGLISH) == "From all but 1 tweet. See the notes."
    assert numbers.explained(IMPRESSIONS, Value(None, 1), ENGLISH) == "Not known. See the notes."
    assert numbers.explained(RATE, Value(None), ENGLISH) == "No rate without impressions"
    assert numbers.explained(RATE, Value(None, 2), ENGLISH) == "Not known. See the notes."


def test_a_tile_says_how_many_of_the_tweets_it_is_from() -> None:
    assert numbers.tile_note(Kpi(IMPRESSIONS, Value(7, 2), 1_234), ENGLISH) == "From 1,232 of 1,234 tweets"
    assert numbers.tile_note(Kpi(IMPRESSIONS, Value(7), 12), ENGLISH) is None
    assert numbers.tile_note(Kpi(IMPRESSIONS, Value(None, 12), 12), ENGLISH) == "Not known. See the notes."


def test_the_tile_of_a_rate_says_what_it_divides() -> None:
    assert numbers.tile_note(Kpi(RATE, Value(0.1), 12), ENGLISH) == "Engagements / impressions"
    assert numbers.tile_note(Kpi(RATE, Value(None), 12), ENGLISH) == "No rate without impressions"
    assert numbers.tile_note(Kpi(RATE, Value(0.1, 1), 12), ENGLISH) == "From 11 of 12 tweets"


def test_a_table_explains_only_the_marks_it_bears() -> None:
    assert numbers.small_print(numbers.table_values(made_up.table("Whole", 3, 3, "impressions"))) is None
    assert (
        numbers.small_print(numbers.table_values(made_up.table("Gap", 5, 5, "impressions", "replies")))
        == "–\N{NO-BREAK SPACE}Not known. See the notes."
    )
    assert numbers.small_print(numbers.table_values(made_up.day_table("Both", 7))) == (
        "* From some of the tweets only. –\N{NO-BREAK SPACE}No rate without impressions. See the notes."
    )


def test_dashes_of_two_kinds_are_both_explained() -> None:
    values: list[tuple[Measure, Value]] = [
        (RATE, Value(None)),
        (IMPRESSIONS, Value(None, 1)),
        (IMPRESSIONS, Value(3)),
    ]
    assert numbers.dash_explained(values) == "–\N{NO-BREAK SPACE}Not known or no rate without impressions."
    assert numbers.dash_explained(values[2:]) is None
