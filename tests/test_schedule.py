"""When schedules are due: against the clock on the wall, minute by minute, and by hand on the nights of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.instants import format_instant, parse_instant
from reportgen.schedule import next_after, occurrences, occurrences_back
from reportgen.spec.delivering import Schedule

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "America/Santiago", "UTC")
"""Lord Howe changes by half an hour, Havana and Santiago at midnight."""


def schedule(cron: str, zone: str = "UTC") -> Schedule:
    return Schedule(cron, ZoneInfo(zone))


def due(cron: str, zone: str, after: str, until: str) -> list[str]:
    return [format_instant(t) for t in occurrences(schedule(cron, zone), parse_instant(after), parse_instant(until))]


def test_a_time_that_the_clocks_leave_out_falls_on_the_moment_at_which_they_jump() -> None:
    expected = ["2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"]
    assert due("30 2 * * *", "America/New_York", "2026-03-07", "2026-03-10") == expected


def test_all_times_that_the_clocks_leave_out_fall_together_and_with_what_is_due_as_they_jump() -> None:
    expected = ["2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z"]
    assert due("*/15 2 29 3 *", "Europe/Berlin", "2026-03-28", "2026-03-31") == ["2026-03-29T01:00:00Z"]
    assert due("0,20 2,3 29 3 *", "Europe/Berlin", "2026-03-28", "2026-03-31") == expected


def test_a_time_that_comes_twice_counts_when_it_comes_first() -> None:
    expected = ["2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]
    assert due("30 1 * * *", "America/New_York", "2026-10-31", "2026-11-03") == expected


def test_what_is_due_on_a_local_evening_is_found_when_the_next_day_has_begun_in_utc() -> None:
    evening = schedule("30 20 * * *", "America/New_York")
    assert next_after(evening, parse_instant("2026-11-17T01:00:00Z")) == parse_instant("2026-11-17T01:30:00Z")
    assert next_after(evening, parse_instant("2026-11-17T02:00:00Z")) == parse_instant("2026-11-18T01:30:00Z")


def test_a_midnight_that_the_clocks_leave_out_is_due_when_the_day_begins() -> None:
    assert due("0 0 8 3 *", "America/Havana", "2026-03-07", "2026-03-10") == ["2026-03-08T05:00:00Z"]


def test_every_hour_follows_the_time_that_passes() -> None:
    spring = due("0 * * * *", "America/New_York", "2026-03-08T04:00:00Z", "2026-03-08T09:00:00Z")
    assert spring == [f"2026-03-08T0{hour}:00:00Z" for hour in (5, 6, 7, 8, 9)]
    autumn = due("*/30 * * * *", "America/New_York", "2026-11-01T04:30:00Z", "2026-11-01T07:00:00Z")
    assert autumn == [f"2026-11-01T0{hour}:{minute}:00Z" for hour in (5, 6) for minute in ("00", "30")] + [
        "2026-11-01T07:00:00Z"
    ]


def test_some_hours_by_a_step_are_due_once_each_when_an_hour_comes_twice() -> None:
    expected = ["2026-10-24T22:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"]
    assert due("0 */2 * * *", "Europe/Berlin", "2026-10-24T21:00:00Z", "2026-10-25T04:00:00Z") == expected


def test_a_day_that_a_zone_left_out_adds_nothing_to_the_next() -> None:
    expected = ["2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"]
    assert due("0 0 * * *", "Pacific/Apia", "2011-12-29", "2012-01-01") == expected
    back = occurrences_back(
        schedule("0 0 * * *", "Pacific/Apia"), parse_instant("2012-01-01"), parse_instant("2011-12-29")
    )
    assert [format_instant(instant) for instant in back] == expected[::-1]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ["30 2", "0 0", "15 0", "45 1", "30 23"])
def test_a_time_of_day_is_due_once_on_each_local_day_of_many_years(zone: str, at: str) -> None:
    local, first, days = ZoneInfo(zone), date(2024, 1, 1), 12 * 365
    midnights = (datetime.combine(day, time(), local) for day in (first, first + days * DAY))
    after, until = (midnight.astimezone(UTC) - MINUTE for midnight in midnights)
    dues = [t.astimezone(local).date() for t in occurrences(schedule(f"{at} * * *", zone), after, until)]
    assert dues == [first + number * DAY for number in range(days)]


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The hours of eight years in which the clocks of the zone change; noon of a day where they never do."""
    start = datetime(2025, 1, 1, tzinfo=UTC)
    hours = [start + number * timedelta(hours=1) for number in range(8 * 365 * 24)]
    offsets = [hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours]
    changed = [hour for hour, (a, b) in zip(hours[1:], pairwise(offsets), strict=True) if a != b]
    return tuple(changed) or (start + DAY / 2,)


def walls(zone: str, around: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each minute of some days, and what the clock on the wall shows."""
    start = around.replace(hour=0, minute=0) - 2 * DAY
    for number in range(5 * 24 * 60):
        instant = start + number * MINUTE
        yield instant, instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def brute_force(zone: str, around: datetime, hours: set[int], minutes: set[int]) -> list[datetime]:
    shown = list(walls(zone, around))
    if len(hours) == 24:
        return [instant for instant, wall in shown if wall.minute in minutes]
    first: dict[datetime, datetime] = {}
    for (_, before), (instant, wall) in pairwise(shown):
        at = min(before + MINUTE, wall)
        while at <= wall:
            first.setdefault(at, instant)
            at += MINUTE
    return sorted({first[wall] for wall in first if wall.hour in hours and wall.minute in minutes})


at_night = st.sampled_from([23, 0, 1, 2, 3, 4])
some_hours = st.one_of(st.just(set(range(24))), st.sets(at_night, min_size=1), st.sets(st.integers(0, 23), min_size=1))
some_minutes = st.sets(st.integers(0, 59), min_size=1, max_size=8)


def field(numbers: set[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


@given(st.sampled_from(ZONES), st.integers(0), some_hours, some_minutes)
def test_all_times_around_a_change_are_those_of_the_clock_on_the_wall(
    zone: str, which: int, hours: set[int], minutes: set[int]
) -> None:
    around = changes(zone)[which % len(changes(zone))]
    expected = [t for t in brute_force(zone, around, hours, minutes) if abs(t - around) < DAY]
    cron = schedule(f"{field(minutes)} {field(hours)} * * *", zone)
    assert list(occurrences(cron, around - DAY, around + DAY - MINUTE)) == expected


@given(st.sampled_from(ZONES), st.integers(0), some_hours, some_minutes, st.integers(-2880, 2880))
def test_it_does_not_matter_when_one_looks(zone: str, which: int, hours: set[int], minutes: set[int], cut: int) -> None:
    around = changes(zone)[which % len(changes(zone))]
    cron = schedule(f"{field(minutes)} {field(hours)} * * *", zone)
    start, middle, end = around - 2 * DAY, around + cut * MINUTE, around + 2 * DAY
    whole = list(occurrences(cron, start, end))
    assert [*occurrences(cron, start, middle), *occurrences(cron, middle, end)] == whole
    assert list(occurrences_back(cron, end, start)) == whole[::-1]
    assert next_after(cron, middle) == next(occurrences(cron, middle, end + DAY), next_after(cron, end))


def next_weekday(day: date) -> date:
    return day + (3 if day.isoweekday() == 5 else 1) * DAY


@pytest.mark.parametrize(
    ("cron", "matches"),
    [
        ("0 8 * * MON", lambda day: day.isoweekday() == 1),
        ("0 8 * * 0,6-7", lambda day: day.isoweekday() > 5),
        ("0 8 1,15 * *", lambda day: day.day in (1, 15)),
        ("0 8 13 * FRI", lambda day: day.day == 13 or day.isoweekday() == 5),
        ("0 8 */2 * FRI", lambda day: day.day % 2 == 1 and day.isoweekday() == 5),
        ("0 8 L */3 *", lambda day: (day + DAY).day == 1 and day.month in (1, 4, 7, 10)),
        ("0 8 LW * *", lambda day: day.isoweekday() < 6 and next_weekday(day).month != day.month),
        ("0 8 * * MON#1", lambda day: day.isoweekday() == 1 and day.day < 8),
        ("0 8 * JAN-MAR 5L", lambda day: day.isoweekday() == 5 and (day + 7 * DAY).month != day.month < 4),
    ],
)
def test_the_days_are_those_that_the_fields_name(cron: str, matches: Callable[[date], bool]) -> None:
    days = [date(2026, 1, 1) + number * DAY for number in range(4 * 365)]
    expected = [day for day in days if matches(day)]
    dues = occurrences(schedule(cron), datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 12, 30, 23, tzinfo=UTC))
    assert [instant.date() for instant in dues] == expected


def test_a_far_day_is_found() -> None:
    leap_day, fifth_monday = schedule("0 8 29 2 *"), schedule("0 8 * 2 MON#5")
    assert next_after(leap_day, datetime(2096, 3, 1, tzinfo=UTC)) == datetime(2104, 2, 29, 8, tzinfo=UTC)
    assert next_after(fifth_monday, datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2044, 2, 29, 8, tzinfo=UTC)


def test_a_day_that_never_comes_is_none() -> None:
    assert next_after(schedule("0 8 */8 * MON#5"), datetime(2026, 1, 1, tzinfo=UTC)) is None
