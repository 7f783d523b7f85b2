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
    assert [ENGLISH.short(number) for number in (0, 1_500, 2_500_000, 3e9, -1_500)] == [
        "0",
        "1.5k",
        "2.5M",
        "3B",
        "-1.5k",
    ]
    assert ENGLISH.short_percent(0.025) == "2.5%"


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
