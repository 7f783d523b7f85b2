"""English, where no locale is set."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reportgen.voice.english import ENGLISH

MONDAY = date(2026, 11, 9)
AFTERNOON = datetime(2026, 11, 9, 14, 5, tzinfo=ZoneInfo("Asia/Kolkata"))


def test_numbers_have_commas_between_thousands_and_a_point_before_decimals() -> None:
    assert ENGLISH.whole(1_234_567) == "1,234,567"
    assert ENGLISH.decimal(1_234.5) == "1,234.50"
    assert ENGLISH.percent(12.5) == "1,250.00%"
    assert [ENGLISH.short(number) for number in (0, 1_500, 20_000, 2_500_000, 3e9, -1_500)] == [
        "0",
        "1.5k",
        "20k",
        "2.5M",
        "3B",
        "-1.5k",
    ]
    assert ENGLISH.short_percent(0.025) == "2.5%"


def test_what_is_not_zero_is_never_written_as_zero() -> None:
    small = (0, 0.05, 0.051, 0.0999, 0.00014, 0.0001, -0.0026, 1e-9)
    assert [*map(ENGLISH.decimal, small)] == [
        "0.00",
        "0.05",
        "0.051",
        "0.10",
        "0.00014",
        "0.0001",
        "-0.0026",
        "0.000000001",
    ]
    assert [*map(ENGLISH.percent, (0, 0.0005, 0.000049, 0.00126))] == ["0.00%", "0.05%", "0.0049%", "0.13%"]


def test_an_axis_has_no_thousand_thousands_and_no_exponents() -> None:
    assert [*map(ENGLISH.short, (999_949, 999_950, 999_999_999, 0.00003, 123.456))] == [
        "999.9k",
        "1M",
        "1B",
        "0.00003",
        "123.5",
    ]
    assert [*map(ENGLISH.short_percent, (0.0000003, 1000.0))] == ["0.00003%", "100000%"]


def test_what_someone_set_is_written_as_it_is() -> None:
    assert [*map(ENGLISH.exact, (1000, 0.5, 0.12345, 1_234.5))] == ["1,000", "0.5", "0.12345", "1,234.5"]
    assert [*map(ENGLISH.exact_percent, (0.07, 0.00125, 1))] == ["7%", "0.125%", "100%"]


def test_the_day_stands_before_the_month() -> None:
    assert ENGLISH.day_and_month(MONDAY) == "9 Nov"
    assert ENGLISH.day_in_full(MONDAY) == "9 November"
    assert ENGLISH.weekday_and_day(MONDAY) == "Mon 9"
    assert ENGLISH.long_day(MONDAY) == "9 November 2026"
    assert ENGLISH.month_and_year(MONDAY) == "November 2026"


def test_a_year_is_said_where_it_is_another() -> None:
    assert ENGLISH.short_day(MONDAY, MONDAY) == "Mon 9 Nov"
    assert ENGLISH.short_day(MONDAY, date(2027, 1, 1)) == "Mon 9 Nov 2026"
    assert ENGLISH.short_moment(AFTERNOON, date(2027, 1, 1)) == "Mon 9 Nov 2026, 14:05"


@pytest.mark.parametrize(
    ("last", "near", "text"),
    [
        (date(2026, 11, 15), MONDAY, "9–15 Nov"),
        (date(2026, 12, 6), MONDAY, "9 Nov – 6 Dec"),
        (date(2026, 11, 15), date(2027, 1, 1), "9–15 Nov 2026"),
    ],
)
def test_a_short_span_says_each_thing_once(last: date, near: date, text: str) -> None:
    assert ENGLISH.short_span(MONDAY, last, near) == text


def test_hours_are_24_and_weeks_begin_on_monday() -> None:
    assert ENGLISH.hour(7) == "07:00"
    assert ENGLISH.clock(AFTERNOON) == "14:05"
    assert ENGLISH.first_weekday == 0
    assert ENGLISH.weekday_in_full(6) == "Sunday"
