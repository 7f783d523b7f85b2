"""The marks of an axis and their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.axes import place, x_ticks, y_ticks
from reportgen.report.model import Label
from reportgen.voice.english import ENGLISH
from tests.render.made_up import NEW_YORK, days, hours, tweet

WIDE = 790.0
NARROW = 300.0
MIDNIGHT = datetime(2026, 11, 9, tzinfo=NEW_YORK)


def words(labels: Sequence[Label], key: str, room: float) -> list[str]:
    return ["/".join(tick.lines) for tick in x_ticks(labels, key, room, ENGLISH)]


def test_a_week_names_each_day_and_the_month_once() -> None:
    assert words(days(7), "engagement.day", WIDE) == [
        "Mon 9/Nov", "Tue 10", "Wed 11", "Thu 12", "Fri 13", "Sat 14", "Sun 15",
    ]  # fmt: skip


def test_a_week_on_a_phone_has_two_short_lines_a_day() -> None:
    assert words(days(7), "engagement.day", NARROW) == [
        "Mon/9 Nov", "Tue/10", "Wed/11", "Thu/12", "Fri/13", "Sat/14", "Sun/15",
    ]  # fmt: skip


def test_two_weeks_on_a_phone_have_a_number_a_day() -> None:
    start = date(2026, 11, 24)
    assert words(days(12, start), "engagement.day", NARROW) == [
        "24/Nov", "25", "26", "27", "28", "29", "30", "1/Dec", "2", "3", "4", "5",
    ]  # fmt: skip


def test_four_weeks_name_their_mondays() -> None:
    for room in (WIDE, NARROW):
        assert words(days(28), "engagement.day", room) == ["9 Nov", "16 Nov", "23 Nov", "30 Nov"]


def test_ninety_days_name_every_second_monday_or_on_a_phone_the_months() -> None:
    assert words(days(90), "engagement.day", WIDE) == [
        "9 Nov/2026", "23 Nov", "7 Dec", "21 Dec", "4 Jan/2027", "18 Jan", "1 Feb",
    ]  # fmt: skip
    assert words(days(90), "engagement.day", NARROW) == ["Dec/2026", "Jan/2027", "Feb"]


def test_a_year_names_its_months_or_on_a_phone_its_quarters() -> None:
    assert words(days(365), "engagement.day", WIDE) == [
        "Dec/2026", "Jan/2027", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
    ]  # fmt: skip
    assert words(days(365), "engagement.day", NARROW) == ["Jan/2027", "Apr", "Jul", "Oct"]


def test_hours_are_clock_times_with_the_day_under_the_first_and_under_midnight() -> None:
    start = MIDNIGHT + timedelta(hours=4)
    assert words(hours(29, start), "engagement.hour", WIDE) == [
        "06:00/Mon 9 Nov", "09:00", "12:00", "15:00", "18:00", "21:00", "00:00/Tue 10 Nov", "03:00", "06:00",
    ]  # fmt: skip
    assert words(hours(29, start), "engagement.hour", NARROW) == [
        "06:00/Mon 9 Nov", "12:00", "18:00", "00:00/Tue 10 Nov", "06:00",
    ]  # fmt: skip


def test_two_days_that_would_touch_are_not_both_named() -> None:
    start = MIDNIGHT + timedelta(hours=18)
    assert words(hours(28, start), "engagement.hour", NARROW)[:2] == ["18:00", "00:00/Tue 10 Nov"]


def test_hours_of_many_days_name_the_days_where_they_start() -> None:
    ticks = x_ticks(hours(168, MIDNIGHT), "engagement.hour", WIDE, ENGLISH)
    assert [(tick.place, tick.lines[0]) for tick in ticks[:2]] == [
        ("2026-11-09T00:00", "Mon 9"),
        ("2026-11-10T00:00", "Tue 10"),
    ]
    assert len(ticks) == 7


def test_a_day_that_starts_at_one_after_a_change_of_clocks_is_named_there() -> None:
    sao_paulo = [hour for hour in hours(96, MIDNIGHT) if hour != MIDNIGHT + timedelta(days=1)]
    places = [tick.place for tick in x_ticks(sao_paulo, "engagement.hour", WIDE, ENGLISH)]
    assert places == ["2026-11-09T00:00", "2026-11-10T01:00", "2026-11-11T00:00", "2026-11-12T00:00"]


def test_a_half_day_at_the_start_is_not_named_as_if_it_were_midnight() -> None:
    places = [
        tick.place for tick in x_ticks(hours(96, MIDNIGHT + timedelta(hours=9)), "engagement.hour", WIDE, ENGLISH)
    ]
    assert places[0] == "2026-11-10T00:00"


def test_hours_of_the_day_are_clock_times() -> None:
    labels = [str(hour) for hour in range(24)]
    assert words(labels, "engagement.hour", WIDE)[:3] == ["00:00", "03:00", "06:00"]
    assert words(labels, "engagement.hour", NARROW) == ["00:00", "06:00", "12:00", "18:00"]


def test_weekdays_are_all_named() -> None:
    labels = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert words(labels, "engagement.weekday", NARROW) == list(labels)


def test_weeks_and_months_are_thinned_out_on_a_phone() -> None:
    weeks = days(70)[::7]
    assert words(weeks, "engagement.week", NARROW) == ["9 Nov/2026", "7 Dec", "4 Jan/2027"]
    months = [date(2026, month, 1) for month in range(1, 13)]
    assert words(months, "engagement.month", NARROW) == ["Jan/2026", "Apr", "Jul", "Oct"]


@given(st.integers(1, 800), st.dates(date(2015, 1, 1), date(2027, 12, 31)), st.sampled_from([NARROW, WIDE]))
def test_a_row_of_days_always_has_marks_that_fit(count: int, first: date, room: float) -> None:
    row = days(count, first)
    ticks = x_ticks(row, "engagement.day", room, ENGLISH)
    assert len(ticks) * 22 <= room
    assert {tick.place for tick in ticks} <= {place(day) for day in row}
    assert ticks or count < 62


def test_places_are_local_time_as_it_is_written() -> None:
    assert place(MIDNIGHT) == "2026-11-09T00:00"
    assert place(date(2026, 11, 9)) == "2026-11-09"
    assert place("@acme") == "@acme"
    assert place(tweet(0)) == "2117632892728246273"


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (7, (0, 2, 4, 6, 8)),
        (100, (0, 50, 100)),
        (70_360, (0, 20_000, 40_000, 60_000, 80_000)),
        (80_000, (0, 20_000, 40_000, 60_000, 80_000)),
    ],
)
def test_the_axis_of_a_count_has_round_whole_numbers(highest: float, ticks: tuple[float, ...]) -> None:
    assert y_ticks(highest, whole=True) == ticks


def test_the_axis_of_a_rate_has_round_percentages() -> None:
    assert y_ticks(0.047, whole=False) == (0, 0.02, 0.04, 0.06)
    assert y_ticks(0, whole=False) == (0, 0.01)


def test_an_axis_of_numbers_below_zero_has_zero_among_its_ticks() -> None:
    assert y_ticks(30, lowest=-45, whole=True) == (-60, -40, -20, 0, 20, 40)
    assert y_ticks(0, lowest=-0.03, whole=False) == (-0.03, -0.02, -0.01, 0)


def test_the_ticks_of_tiny_numbers_stay_apart() -> None:
    assert y_ticks(3.1e-14, whole=False) == (0, 1e-14, 2e-14, 3e-14, 4e-14)


@given(st.integers(-(10**12), 0), st.integers(1, 10**12))
def test_an_axis_reaches_its_lowest_and_highest_numbers_and_not_far_beyond(lowest: int, highest: int) -> None:
    ticks = y_ticks(highest, lowest=lowest, whole=True)
    assert 2 <= len(ticks) <= 7
    assert 0 in ticks
    assert ticks[-2] < highest <= ticks[-1]
    assert ticks[0] <= lowest < ticks[1]


@given(st.integers(1, 10**12))
def test_an_axis_reaches_its_highest_number_and_not_far_beyond(highest: int) -> None:
    ticks = y_ticks(highest, whole=True)
    assert 2 <= len(ticks) <= 6
    assert ticks[-2] < highest <= ticks[-1]
