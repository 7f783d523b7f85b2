"""What a period is compared with: the range before, or a year before, and of what is not over the same part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.errors import InputError
from reportgen.instants import ceil_hour, floor_hour
from reportgen.spec.comparison import period_before
from reportgen.spec.model import CompareTo, DateRange, ReportSpec
from reportgen.spec.period import NAMED_RANGES, Period, period_of, resolve
from tests.spec.test_period import LONG_AGO, ZONES, days, first_instant, instants, utc

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONDAY = "2026-11-16T12:00"


def compared(
    chosen: str | DateRange | None,
    compare_to: CompareTo | None = "previous_period",
    zone: str = "UTC",
    as_of: datetime | None = None,
) -> tuple[Period, Period]:
    """The period of a range, and the one that it is compared with."""
    place, now = ZoneInfo(zone), as_of or utc(MONDAY)
    spec = ReportSpec(
        "r.yaml", "r", "R", place, HISTORICAL, (), (), ("favorites",), date_range=chosen, compare_to=compare_to
    )
    period = period_of(spec, now, LONG_AGO)
    before = period_before(spec, period, now)
    assert period
    assert before
    return period, before


def before_days(chosen: str | DateRange | None, compare_to: CompareTo, as_of: str = MONDAY) -> tuple[str, str]:
    _, before = compared(chosen, compare_to, as_of=utc(as_of))
    return before.first_day.isoformat(), before.last_day.isoformat()


class TestThePeriodBefore:
    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("today", "2026-11-15", "2026-11-15"),
            ("yesterday", "2026-11-14", "2026-11-14"),
            ("last_7_days", "2026-11-02", "2026-11-08"),
            ("last_28_days", "2026-09-21", "2026-10-18"),
            (None, "2026-09-21", "2026-10-18"),
            ("last_week", "2026-11-02", "2026-11-08"),
            ("this_week", "2026-11-09", "2026-11-09"),
            ("last_month", "2026-09-01", "2026-09-30"),
            ("this_month", "2026-10-01", "2026-10-16"),
            ("last_quarter", "2026-04-01", "2026-06-30"),
            (days("2026-11-09", "2026-11-12"), "2026-11-05", "2026-11-08"),
            (days("2026-11-01", "2026-11-30"), "2026-10-02", "2026-10-17"),
        ],
    )
    def test_is_of_the_same_kind_and_just_before(self, name: str | DateRange | None, first: str, last: str) -> None:
        assert before_days(name, "previous_period") == (first, last)

    @pytest.mark.parametrize(
        ("today", "last"),
        [("2026-03-27", "2026-02-27"), ("2026-03-31", "2026-02-28"), ("2028-03-30", "2028-02-29")],
    )
    def test_of_a_month_that_has_had_more_days_is_the_whole_month(self, today: str, last: str) -> None:
        assert before_days("this_month", "previous_period", f"{today}T10:00")[1] == last

    def test_of_what_is_not_over_is_the_same_part_to_the_hour(self) -> None:
        _, before = compared("this_week", zone="America/New_York", as_of=utc("2026-11-18T17:40"))
        assert (before.start, before.end) == (utc("2026-11-09T05:00"), utc("2026-11-11T17:00"))
        assert (before.label, before.is_over) == ("9–11 November 2026", True)

    def test_of_a_longer_month_than_the_one_before_is_whole_although_it_is_not_over(self) -> None:
        _, before = compared("this_month", as_of=utc("2026-03-31T10:00"))
        assert (before.start, before.end) == (utc("2026-02-01T00:00"), utc("2026-03-01T00:00"))

    @pytest.mark.parametrize(
        ("today", "hours"),
        # The clocks go back on the first Sunday of November, and forward on the second of March.
        [("2026-11-02T03:00", 23), ("2026-11-01T03:00", 23), ("2026-11-03T04:00", 23), ("2026-03-09T03:00", 22)],
    )
    def test_of_a_day_that_is_nearly_over_has_as_many_hours_where_there_are(self, today: str, hours: int) -> None:
        period, before = compared("today", zone="America/New_York", as_of=utc(today))
        assert (period.end - period.start) / HOUR == hours
        assert (before.end - before.start) / HOUR == hours

    def test_of_a_day_of_25_hours_ends_with_a_day_of_24(self) -> None:
        period, before = compared("today", zone="America/New_York", as_of=utc("2026-11-02T04:30"))
        assert ((period.end - period.start) / HOUR, (before.end - before.start) / HOUR) == (24, 24)
        assert before.end == utc("2026-11-01T04:00")

    @pytest.mark.parametrize(
        ("zone", "now", "hours"),
        # The clocks go forward on that Sunday: at noon in New York by one hour, in Lord Howe by half of one.
        [("America/New_York", "2026-03-08T16:00", 11), ("Australia/Lord_Howe", "2026-10-04T16:00", 3)],
    )
    def test_has_as_many_hours_of_the_day_on_which_the_clocks_change(self, zone: str, now: str, hours: int) -> None:
        for chosen in ("today", "this_week"):
            _, before = compared(chosen, zone=zone, as_of=utc(now))
            of_day = floor_hour(first_instant(before.last_day, ZoneInfo(zone)))
            assert (before.end - of_day) / HOUR == hours

    def test_of_instants_has_as_many_hours_and_none_in_common(self) -> None:
        _, before = compared(
            instants("2026-11-09T14:20:00-05:00", "2026-11-10T08:40:00-05:00"), zone="America/New_York"
        )
        assert (before.start, before.end) == (utc("2026-11-09T00:00"), utc("2026-11-09T19:00"))
        assert before.label == "8 November 2026, 19:00 – 9 November 2026, 14:00"

    def test_of_instants_that_are_not_over_is_the_same_part(self) -> None:
        _, before = compared(instants("2026-11-16T00:00:00Z", "2026-11-18T00:00:00Z"))
        assert (before.start, before.end) == (utc("2026-11-14T00:00"), utc("2026-11-14T12:00"))

    def test_takes_in_whole_hours_where_a_day_starts_within_one(self) -> None:
        _, before = compared("last_week", zone="Asia/Kolkata")
        assert (before.start, before.end) == (utc("2026-11-01T18:00"), utc("2026-11-08T19:00"))


class TestTheYearBefore:
    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("today", "2025-11-16", "2025-11-16"),
            ("yesterday", "2025-11-15", "2025-11-15"),
            ("last_7_days", "2025-11-09", "2025-11-15"),
            ("last_28_days", "2025-10-19", "2025-11-15"),
            ("last_week", "2025-11-10", "2025-11-16"),
            ("this_week", "2025-11-17", "2025-11-17"),
            ("last_month", "2025-10-01", "2025-10-31"),
            ("this_month", "2025-11-01", "2025-11-16"),
            ("last_quarter", "2025-07-01", "2025-09-30"),
            (days("2026-11-09", "2026-11-12"), "2025-11-09", "2025-11-12"),
            (days("2026-11-09", "2026-11-22"), "2025-11-09", "2025-11-16"),
        ],
    )
    def test_has_the_same_dates_and_the_same_weekdays_of_a_week(
        self, name: str | DateRange, first: str, last: str
    ) -> None:
        assert before_days(name, "previous_year") == (first, last)

    @pytest.mark.parametrize(
        ("chosen", "today", "first", "last"),
        [
            ("today", "2028-02-29", "2027-02-28", "2027-02-28"),
            ("yesterday", "2028-03-01", "2027-02-28", "2027-02-28"),
            ("this_month", "2028-02-29", "2027-02-01", "2027-02-28"),
            ("last_month", "2028-03-05", "2027-02-01", "2027-02-28"),
            ("last_month", "2029-03-05", "2028-02-01", "2028-02-29"),
            (days("2028-02-29", "2028-03-05"), "2028-03-08", "2027-02-28", "2027-03-05"),
        ],
    )
    def test_of_29_february_is_28_february(self, chosen: str | DateRange, today: str, first: str, last: str) -> None:
        assert before_days(chosen, "previous_year", f"{today}T12:00") == (first, last)

    @pytest.mark.parametrize(
        ("chosen", "today", "first", "last"),
        [
            ("last_7_days", "2028-03-06", "2027-02-28", "2027-03-06"),
            ("last_7_days", "2029-03-06", "2028-02-27", "2028-03-04"),
            ("last_28_days", "2029-03-01", "2028-02-01", "2028-02-28"),
            (days("2028-02-28", "2028-02-29"), "2028-03-08", "2027-02-28", "2027-03-01"),
            (days("2029-02-27", "2029-03-01"), "2029-03-08", "2028-02-27", "2028-02-29"),
        ],
    )
    def test_of_so_many_days_has_as_many_around_29_february(
        self, chosen: str | DateRange, today: str, first: str, last: str
    ) -> None:
        assert before_days(chosen, "previous_year", f"{today}T12:00") == (first, last)

    @pytest.mark.parametrize(
        ("chosen", "first", "last"),
        [
            (days("2028-02-01", "2028-02-29"), "2027-02-01", "2027-02-28"),
            (days("2029-02-01", "2029-02-28"), "2028-02-01", "2028-02-29"),
            (days("2028-01-01", "2028-12-31"), "2027-01-01", "2027-12-31"),
        ],
    )
    def test_of_dates_that_are_whole_months_is_the_same_months(self, chosen: DateRange, first: str, last: str) -> None:
        assert before_days(chosen, "previous_year", "2029-06-01T12:00") == (first, last)

    def test_of_today_on_29_february_is_the_same_part_of_28_february(self) -> None:
        _, before = compared("today", "previous_year", as_of=utc("2028-02-29T12:00"))
        assert (before.start, before.end) == (utc("2027-02-28T00:00"), utc("2027-02-28T12:00"))

    def test_of_instants_starts_at_the_same_local_time(self) -> None:
        # Summer time ended on the 1st of November in 2026, and on the 2nd in 2025.
        chosen = instants("2026-11-01T14:00:00-05:00", "2026-11-02T09:00:00-05:00")
        _, before = compared(chosen, "previous_year", "America/New_York")
        assert (before.start, before.end) == (utc("2025-11-01T18:00"), utc("2025-11-02T13:00"))


def test_there_is_none_where_none_is_asked_for_or_the_endpoint_has_no_range() -> None:
    spec = ReportSpec("r.yaml", "r", "R", ZoneInfo("UTC"), HISTORICAL, (), (), ("favorites",))
    assert period_before(spec, resolve(None, HISTORICAL, spec.timezone, utc(MONDAY), LONG_AGO), utc(MONDAY)) is None
    totals = ReportSpec("r.yaml", "r", "R", ZoneInfo("UTC"), TOTALS, (), (), ("favorites",), compare_to="previous_year")
    assert period_before(totals, None, utc(MONDAY)) is None


def test_it_may_lie_before_the_history() -> None:
    _, before = compared(days("2014-09-01", "2014-09-07"))
    assert (before.first_day, before.last_day) == (date(2014, 8, 25), date(2014, 8, 31))


def naive_days(name: str, today: date) -> tuple[date, date]:
    """The whole range of the name just before the present one: walks back day by day until there is another."""
    first, _ = NAMED_RANGES[name](today)
    then = today
    while NAMED_RANGES[name](then)[1] >= first:
        then -= DAY
    return NAMED_RANGES[name](then)


@given(
    name=st.sampled_from(sorted(NAMED_RANGES)),
    zone=st.sampled_from(ZONES),
    minutes=st.integers(0, 6 * 366 * 24 * 60),
)
def test_the_period_before_is_what_the_name_meant_just_before(name: str, zone: str, minutes: int) -> None:
    as_of = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    place = ZoneInfo(zone)
    try:
        period, before = compared(name, zone=zone, as_of=as_of)
    except InputError:
        return
    first, last = naive_days(name, as_of.astimezone(place).date())
    assert before.first_day == first
    assert first_instant(first, place) - HOUR < before.start <= first_instant(first, place)
    assert before.end == naive_end(period, first, last, place)


@given(
    first=st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    length=st.integers(0, 40),
    compare_to=st.sampled_from(get_args(CompareTo)),
    zone=st.sampled_from(ZONES),
    minutes=st.integers(60 * 24, 50 * 24 * 60),
)
def test_dates_are_compared_with_days_before_however_far_they_have_passed(
    first: date, length: int, compare_to: CompareTo, zone: str, minutes: int
) -> None:
    place = ZoneInfo(zone)
    as_of = first_instant(first, place) + timedelta(minutes=minutes)
    last = first + length * DAY
    period, before = compared(DateRange(first, last), compare_to, zone, as_of)
    days_before = (first - (length + 1) * DAY, first - DAY)
    if compare_to == "previous_year":
        year_before = naive_year_before(first)
        whole_months = first.day == (last + DAY).day == 1
        ends = naive_year_before(last + DAY) if whole_months else year_before + (length + 1) * DAY
        days_before = year_before, ends - DAY
    assert before.first_day == days_before[0]
    assert before.end == naive_end(period, *days_before, place)
    assert before.start < before.end <= as_of
    assert before.start.minute == before.end.minute == 0


def naive_year_before(day: date) -> date:
    while True:
        try:
            return day.replace(year=day.year - 1)
        except ValueError:
            day -= DAY


def naive_end(period: Period, first: date, last: date, place: ZoneInfo) -> datetime:
    """The end of the days, or of as many days and then hours of them as the period has."""
    if period.is_over or first + (period.last_day - period.first_day) > last:
        return ceil_hour(first_instant(last + DAY, place))
    day = first + (period.last_day - period.first_day)
    ends = ceil_hour(first_instant(day + DAY, place))
    if period.end >= first_instant(period.last_day + DAY, place):
        return ends
    now, then = (floor_hour(first_instant(one, place)) for one in (period.last_day, day))
    while now < period.end and then < ends:
        now, then = now + HOUR, then + HOUR
    return then
