"""A change is told only between cells that stand for the same length of time, whole days and months excepted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalog import HISTORICAL, measure
from reportgen.errors import InputError
from reportgen.facts import SCHEMA
from reportgen.report.buckets import buckets_of
from reportgen.report.changes import Compared, NoChange
from reportgen.report.measures import Measured, measured
from reportgen.request import Grain
from reportgen.spec.comparison import period_before
from reportgen.spec.model import CompareTo, DateRange, ReportSpec, Tweet
from reportgen.spec.period import NAMED_RANGES, Period, period_of
from tests.spec.test_period import LONG_AGO, ZONES, days, first_instant, instants, utc

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IMPRESSIONS = measure("impressions")
OLD = Tweet("20", "@acme")
NEW_YORK = "America/New_York"


def hours_of(period: Period) -> list[datetime]:
    return [period.start + n * HOUR for n in range((period.end - period.start) // HOUR)]


def side(period: Period) -> Measured:
    """A tweet with one impression in each hour: a value is the hours that it stands for."""
    facts = pl.DataFrame([(20, "impressions", hour, 1) for hour in hours_of(period)], schema=SCHEMA, orient="row")
    return measured(facts, [], [OLD], ["impressions"], buckets_of(period, Grain.HOUR))


def compared(
    chosen: str | DateRange, now: str | datetime, zone: str = "UTC", compare_to: CompareTo = "previous_period"
) -> Compared:
    as_of = utc(now) if isinstance(now, str) else now
    spec = ReportSpec("r.yaml", "r", "R", ZoneInfo(zone), HISTORICAL, (), (), ("impressions",), chosen, compare_to)
    period = period_of(spec, as_of, LONG_AGO)
    before = period_before(spec, period, as_of)
    assert period
    assert before
    return Compared(side(period), side(before), (period, before))


def rows(both: Compared, *keys: str) -> list[tuple[Any, ...]]:
    """The keys, the hours now and before, and why there is no change."""
    found = both.group([*keys, "engagement.type"], [IMPRESSIONS])
    return found.select(*keys, "value", "before", "why").rows()


class TestTotals:
    def test_of_a_month_that_is_nearly_over_are_not_compared_with_a_shorter_one(self) -> None:
        assert rows(compared("this_month", "2026-03-30T12:00")) == [(29 * 24 + 12, 28 * 24, NoChange.OTHER_LENGTH)]
        assert rows(compared("this_month", "2026-03-28T12:00")) == [(27 * 24 + 12, 27 * 24 + 12, None)]

    def test_of_a_month_that_ends_at_midnight_are_compared_with_the_whole_month_before(self) -> None:
        assert rows(compared("this_month", "2026-03-31T12:00"))[0][-1] == NoChange.OTHER_LENGTH
        assert rows(compared(days("2026-03-01", "2026-03-31"), "2026-05-01T00:00")) == [(31 * 24, 31 * 24, None)]
        assert rows(compared("last_month", "2026-04-01T00:00")) == [(31 * 24, 28 * 24, None)]

    def test_of_whole_months_are_compared_however_long_they_are(self) -> None:
        assert rows(compared("last_quarter", "2026-10-05T00:00")) == [(92 * 24, 91 * 24, None)]
        february = days("2028-02-01", "2028-02-29")
        assert rows(compared(february, "2028-05-01T00:00", compare_to="previous_year")) == [(29 * 24, 28 * 24, None)]

    def test_of_whole_days_are_compared_however_the_clocks_change(self) -> None:
        assert rows(compared("yesterday", "2026-11-02T12:00", NEW_YORK)) == [(25, 24, None)]
        assert rows(compared("last_week", "2026-03-10T12:00", NEW_YORK)) == [(7 * 24 - 1, 7 * 24, None)]
        assert rows(compared("last_week", "2026-10-06T12:00", "Australia/Lord_Howe")) == [(7 * 24, 7 * 24 + 1, None)]

    def test_of_as_many_hours_are_compared_wherever_the_days_end(self) -> None:
        # The clocks go back between them, on a day that the period has whole.
        chosen = instants("2026-10-31T12:00:00-04:00", "2026-11-02T12:00:00-05:00")
        assert rows(compared(chosen, "2026-11-05T12:00", NEW_YORK)) == [(49, 49, None)]

    def test_say_so_by_every_key_that_is_no_time(self) -> None:
        both = compared("this_month", "2026-03-30T12:00")
        assert rows(both, "handle") == [("@acme", 29 * 24 + 12, 28 * 24, NoChange.OTHER_LENGTH)]
        assert rows(both, "tweet.id") == [("20", 29 * 24 + 12, 28 * 24, NoChange.OTHER_LENGTH)]


class TestTimes:
    def test_a_whole_day_is_not_compared_with_part_of_one(self) -> None:
        chosen = instants("2026-11-09T18:00:00Z", "2026-11-11T12:00:00Z")
        assert rows(compared(chosen, "2026-11-16T12:00"), "engagement.day") == [
            ("2026-11-09", 6, 24, NoChange.OTHER_LENGTH),
            ("2026-11-10", 24, 18, NoChange.OTHER_LENGTH),
            ("2026-11-11", 12, None, NoChange.NO_PARTNER),
        ]

    def test_hours_of_the_day_are_compared_where_they_are_as_many(self) -> None:
        both = compared("this_month", "2026-03-30T12:00")
        assert {why for *_, why in rows(both, "engagement.hour")} == {NoChange.OTHER_LENGTH}
        both = compared("this_week", "2026-11-18T12:00")
        assert {why for *_, why in rows(both, "engagement.hour")} == {None}

    def test_weekdays_are_compared_where_they_have_as_many_hours(self) -> None:
        chosen = instants("2026-11-01T12:00:00Z", "2026-11-16T12:00:00Z")
        assert [why for *_, why in rows(compared(chosen, "2026-11-20T12:00"), "engagement.weekday")] == [
            NoChange.OTHER_LENGTH, None, None, None, None, NoChange.OTHER_LENGTH, None,
        ]  # fmt: skip

    def test_an_hour_that_the_clocks_repeat_is_not_compared_with_a_single_one(self) -> None:
        both = compared("yesterday", "2026-11-02T12:00", NEW_YORK)
        assert rows(both, "engagement.hour")[:3] == [
            ("00", 1, 1, None),
            ("01", 2, 1, NoChange.OTHER_LENGTH),
            ("02", 1, 1, None),
        ]
        assert rows(both, "engagement.day") == [("2026-11-01", 25, 24, None)]

    def test_a_month_is_not_compared_before_it_is_over(self) -> None:
        both = compared("this_month", "2026-03-31T12:00")
        assert rows(both, "engagement.month") == [("2026-03", 30 * 24 + 12, 28 * 24, NoChange.OTHER_LENGTH)]


RANGES = st.one_of(
    st.sampled_from(sorted(NAMED_RANGES)),
    st.builds(
        lambda start, hours: DateRange(start, start + hours * HOUR),
        st.integers(0, 60 * 24).map(lambda hours: datetime(2026, 2, 20, tzinfo=UTC) + hours * HOUR),
        st.integers(1, 100),
    ),
    st.builds(
        lambda start, more: DateRange(start, start + more * DAY),
        st.dates(date(2026, 2, 20), date(2026, 4, 10)),
        st.integers(0, 35),
    ),
)
KEYS: Sequence[tuple[str, ...]] = (
    (),
    ("handle",),
    ("engagement.day",),
    ("engagement.week",),
    ("engagement.month",),
    ("engagement.weekday",),
    ("engagement.hour",),
    ("engagement.day", "engagement.hour"),
    ("engagement.weekday", "engagement.hour"),
)


@settings(max_examples=60)
@given(
    chosen=RANGES,
    zone=st.sampled_from(ZONES),
    compare_to=st.sampled_from(get_args(CompareTo)),
    minutes=st.integers(0, 60 * 24 * 60),
    keys=st.sampled_from(KEYS),
)
def test_lengths_equal_a_naive_calculation(
    chosen: str | DateRange, zone: str, compare_to: CompareTo, minutes: int, keys: Sequence[str]
) -> None:
    try:
        both = compared(chosen, datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes), zone, compare_to)
    except InputError:
        return
    times = [key for key in keys if key != "handle"]
    now, before = (
        Naive(side, period, times) for side, period in zip((both.now, both.before), both.periods, strict=True)
    )
    partners = now.partners(before)
    for *names, value, value_before, why in rows(both, *keys):
        cell = tuple(name for key, name in zip(keys, names, strict=True) if key in times)
        there = before.cells.get(partners.get(cell, ("none",)))
        if there is None:
            assert why == NoChange.NO_PARTNER
            continue
        here = now.cells[cell]
        assert (value, value_before) == (len(here), len(there))
        assert why == (None if now.lengths(here) & before.lengths(there) else NoChange.OTHER_LENGTH), cell


class Naive:
    """The hours of a period, one by one, with their days, under the names of their cells."""

    def __init__(self, side: Measured, period: Period, times: Sequence[str]) -> None:
        self.period, self.times = period, times
        self.cells: dict[tuple[str, ...], list[date]] = {}
        self.days: list[date] = []
        for hour in side.buckets.iter_rows(named=True):
            day = date.fromisoformat(hour["engagement.day"])
            self.cells.setdefault(tuple(hour[key] for key in times), []).append(day)
            self.days.append(day)

    def partners(self, before: Naive) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The name that each cell has in the period before."""
        place: list[Mapping[str, str]] = []
        for n, key in enumerate(self.times):
            now, then = (sorted({cell[n] for cell in side.cells}) for side in (self, before))
            by_place = key in ("engagement.day", "engagement.week", "engagement.month")
            place.append(dict(zip(now, then if by_place else now, strict=False)))
        return {
            cell: tuple(meets.get(name, "none") for meets, name in zip(place, cell, strict=True)) for cell in self.cells
        }

    def lengths(self, cell: list[date]) -> set[tuple[str, int]]:
        """How long a cell, given by the days of its hours, is, in every way that may equal another."""
        whole = {day for day in cell if cell.count(day) == self.days.count(day) and self._covers(day)}
        lengths = {("hours", len(cell)), ("days", 24 * len(whole) + sum(day not in whole for day in cell))}
        months = {(day.year, day.month) for day in cell}
        if whole == {day for month in months for day in _days_of(*month)}:
            lengths.add(("months", len(months)))
        return lengths

    def _covers(self, day: date) -> bool:
        first, after = (first_instant(one, self.period.timezone) for one in (day, day + DAY))
        return self.period.start <= first and after <= self.period.end


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, 1) + n * DAY for n in range(monthrange(year, month)[1])]
