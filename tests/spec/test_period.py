"""A range becomes whole UTC hours that have passed; local days stay whole, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS
from reportgen.errors import InputError
from reportgen.spec.check import load_reports
from reportgen.spec.model import DateRange
from reportgen.spec.period import (
    NAMED_RANGES,
    Period,
    PeriodError,
    check_order,
    period_of,
    read_moment,
    resolve,
    start_of_day,
    whole_hours_remark,
)
from reportgen.voice.locales import voice_of
from tests.spec.documents import BASE

AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
LONG_AGO = datetime(2014, 9, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = (
    *("UTC", "America/New_York", "America/Havana", "America/St_Johns", "Asia/Beirut", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Australia/Lord_Howe"),
)


def historical(
    chosen: str | DateRange | None, zone: str = "UTC", as_of: datetime = AS_OF, history_start: datetime = LONG_AGO
) -> Period:
    period = resolve(chosen, HISTORICAL, ZoneInfo(zone), as_of, history_start)
    assert period
    return period


def days(first: str, last: str) -> DateRange:
    return DateRange(date.fromisoformat(first), date.fromisoformat(last))


def instants(start: str, end: str) -> DateRange:
    return DateRange(read_moment(start), read_moment(end))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00Z")


class TestLocalDays:
    @pytest.mark.parametrize(
        ("zone", "day", "start", "end", "hours"),
        [
            ("UTC", "2026-11-09", "2026-11-09T00", "2026-11-10T00", 24),
            ("America/New_York", "2026-11-09", "2026-11-09T05", "2026-11-10T05", 24),
            ("America/New_York", "2026-03-08", "2026-03-08T05", "2026-03-09T04", 23),
            ("America/New_York", "2026-11-01", "2026-11-01T04", "2026-11-02T05", 25),
            ("Asia/Kolkata", "2026-11-09", "2026-11-08T18", "2026-11-09T19", 25),
            ("Asia/Kathmandu", "2026-11-09", "2026-11-08T18", "2026-11-09T19", 25),
            ("Pacific/Auckland", "2026-11-09", "2026-11-08T11", "2026-11-09T11", 24),
            ("Pacific/Auckland", "2026-09-27", "2026-09-26T12", "2026-09-27T11", 23),
            ("Pacific/Auckland", "2026-04-05", "2026-04-04T11", "2026-04-05T12", 25),
            ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13", "2026-10-04T13", 24),
            ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13", "2026-04-05T14", 25),
            ("America/Havana", "2026-03-08", "2026-03-08T05", "2026-03-09T04", 23),
            ("America/Havana", "2025-11-02", "2025-11-02T04", "2025-11-03T05", 25),
            ("Asia/Beirut", "2026-03-29", "2026-03-28T22", "2026-03-29T21", 23),
            ("Asia/Beirut", "2026-10-24", "2026-10-23T21", "2026-10-24T22", 25),
        ],
    )
    def test_have_the_hours_that_the_clocks_give_them(
        self, zone: str, day: str, start: str, end: str, hours: int
    ) -> None:
        period = historical(days(day, day), zone)
        assert (period.start, period.end) == (utc(f"{start}:00"), utc(f"{end}:00"))
        assert (period.end - period.start) / HOUR == hours
        assert period.first_day == period.last_day == date.fromisoformat(day)

    def test_that_the_calendar_skipped_are_empty(self) -> None:
        skipped = days("2011-12-30", "2011-12-30")
        with pytest.raises(PeriodError, match="the range is empty: it starts and ends at 2011-12-30T10:00:00Z"):
            check_order(skipped, ZoneInfo("Pacific/Apia"))

    @given(
        zone=st.sampled_from(ZONES),
        first=st.dates(date(2015, 1, 1), date(2026, 9, 28)),
        length=st.integers(0, 60),
        minutes=st.integers(0, 90 * 24 * 60),
    )
    def test_are_all_covered_by_the_fewest_whole_hours_that_have_passed(
        self, zone: str, first: date, length: int, minutes: int
    ) -> None:
        as_of = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        last = first + timedelta(days=length)
        place = ZoneInfo(zone)
        instant = first_instant(first, place)
        period = historical(DateRange(first, last), zone, as_of)
        assert period.start.minute == period.end.minute == period.start.second == period.end.second == 0
        assert period.start <= instant < period.start + HOUR
        after = first_instant(last + timedelta(days=1), place)
        if after <= as_of - HOUR:
            assert period.end - HOUR < after <= period.end
            assert (period.first_day, period.last_day) == (first, last)
        assert period.end <= as_of
        assert period.start < period.end
        assert first == period.first_day <= period.last_day <= last


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour that is of the local day, by trying them all."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while instant.astimezone(zone).date() < day:
        instant += timedelta(minutes=15)
    return instant


class TestNamedRanges:
    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("today", "2026-11-16", "2026-11-16"),
            ("yesterday", "2026-11-15", "2026-11-15"),
            ("last_7_days", "2026-11-09", "2026-11-15"),
            ("last_28_days", "2026-10-19", "2026-11-15"),
            ("last_week", "2026-11-09", "2026-11-15"),
            ("this_week", "2026-11-16", "2026-11-16"),
            ("last_month", "2026-10-01", "2026-10-31"),
            ("this_month", "2026-11-01", "2026-11-16"),
            ("last_quarter", "2026-07-01", "2026-09-30"),
        ],
    )
    def test_on_a_monday(self, name: str, first: str, last: str) -> None:
        period = historical(name)
        assert (period.first_day, period.last_day) == (date.fromisoformat(first), date.fromisoformat(last))

    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("last_week", "2026-12-21", "2026-12-27"),
            ("this_week", "2026-12-28", "2027-01-03"),
            ("last_month", "2026-12-01", "2026-12-31"),
            ("this_month", "2027-01-01", "2027-01-03"),
            ("last_quarter", "2026-10-01", "2026-12-31"),
        ],
    )
    def test_on_the_first_sunday_of_a_year(self, name: str, first: str, last: str) -> None:
        period = historical(name, as_of=datetime(2027, 1, 3, 12, tzinfo=UTC))
        assert (period.first_day, period.last_day) == (date.fromisoformat(first), date.fromisoformat(last))

    @given(today=st.dates(date(2007, 1, 1), date(2099, 12, 31)), name=st.sampled_from(sorted(NAMED_RANGES)))
    def test_are_in_order_and_never_go_beyond_today(self, today: date, name: str) -> None:
        first, last = NAMED_RANGES[name](today)
        assert first <= last <= today

    def test_start_from_the_local_day(self) -> None:
        late = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
        assert historical("yesterday", "Pacific/Auckland", late).last_day == date(2026, 11, 15)
        assert historical("yesterday", "America/New_York", late).last_day == date(2026, 11, 14)

    def test_default_to_the_last_28_days(self) -> None:
        assert historical(None) == historical("last_28_days")


class TestTheFuture:
    def test_is_left_out(self) -> None:
        period = historical(days("2026-11-09", "2026-11-22"), as_of=datetime(2026, 11, 16, 12, 59, tzinfo=UTC))
        assert (period.start, period.end) == (utc("2026-11-09T00:00"), utc("2026-11-16T12:00"))
        assert (period.label, period.last_day) == ("9–16 November 2026", date(2026, 11, 16))

    def test_is_left_out_to_the_hour_at_midnight(self) -> None:
        period = historical("this_week", as_of=datetime(2026, 11, 18, 0, 40, tzinfo=UTC))
        assert (period.end, period.last_day) == (utc("2026-11-18T00:00"), date(2026, 11, 17))

    def test_cannot_be_where_a_range_starts(self) -> None:
        with pytest.raises(PeriodError) as raised:
            historical(days("2026-11-17", "2026-11-18"), "America/New_York")
        assert str(raised.value) == (
            "the start, 2026-11-17, is still to come: it is 16 November 2026, 07:00 in America/New_York"
        )

    def test_is_all_there_is_in_the_first_hour_of_a_day(self) -> None:
        with pytest.raises(PeriodError) as raised:
            historical("today", as_of=datetime(2026, 11, 16, 0, 59, tzinfo=UTC))
        assert str(raised.value) == ("no whole hour of the range has passed yet: it is 16 November 2026, 00:59 in UTC")


class TestHistory:
    START = datetime(2025, 11, 16, 12, tzinfo=UTC)

    def test_ends_what_can_be_asked_for(self) -> None:
        with pytest.raises(PeriodError) as raised:
            historical(days("2025-11-10", "2025-11-15"), history_start=self.START)
        assert str(raised.value) == "the end, 2025-11-15, is too long ago: the history begins on 2025-11-17"

    def test_may_begin_in_the_middle_of_a_range(self) -> None:
        assert historical(days("2025-11-10", "2025-11-16"), history_start=self.START).start == utc("2025-11-10T00:00")

    def test_is_of_instants_too(self) -> None:
        with pytest.raises(PeriodError, match="the end, 2014-08-31T23:30:00Z, is too long ago"):
            historical(instants("2014-08-30T00:00:00Z", "2014-08-31T23:30:00Z"))


class TestOrder:
    def test_that_is_wrong_is_an_error(self) -> None:
        with pytest.raises(PeriodError) as raised:
            historical(days("2026-11-15", "2026-11-09"))
        assert str(raised.value) == "the end, 2026-11-09, is before the start, 2026-11-15"


class TestInstants:
    def test_are_rounded_to_the_hours_that_hold_them(self) -> None:
        period = historical(instants("2026-11-09T14:20:00-05:00", "2026-11-10T08:40:00-05:00"), "America/New_York")
        assert (period.start, period.end) == (utc("2026-11-09T19:00"), utc("2026-11-10T14:00"))
        assert period.label == "9 November 2026, 14:00 – 10 November 2026, 09:00"
        assert (period.first_day, period.last_day) == (date(2026, 11, 9), date(2026, 11, 10))

    def test_at_the_end_are_out(self) -> None:
        period = historical(instants("2026-11-09T00:00:00Z", "2026-11-10T00:00:00Z"))
        assert (period.end, period.last_day) == (utc("2026-11-10T00:00"), date(2026, 11, 9))

    def test_go_together_with_days(self) -> None:
        period = historical(DateRange(date(2026, 11, 9), utc("2026-11-10T09:00")), "America/New_York")
        assert (period.start, period.end) == (utc("2026-11-09T05:00"), utc("2026-11-10T09:00"))
        assert period.label == "9 November 2026, 00:00 – 10 November 2026, 04:00"


class TestLabels:
    @pytest.mark.parametrize(
        ("first", "last", "label"),
        [
            ("2026-11-09", "2026-11-15", "9–15 November 2026"),
            ("2026-10-30", "2026-11-05", "30 October – 5 November 2026"),
            ("2025-12-29", "2026-01-04", "29 December 2025 – 4 January 2026"),
            ("2025-11-09", "2026-11-09", "9 November 2025 – 9 November 2026"),
            ("2026-11-09", "2026-11-09", "9 November 2026"),
        ],
    )
    def test_are_written_for_people(self, first: str, last: str, label: str) -> None:
        assert historical(days(first, last)).label == label

    def test_are_written_in_the_locale_that_is_asked_for(self) -> None:
        german = voice_of("de")
        assert historical(days("2026-11-09", "2026-11-15")).label_in(german) == "9.–15. November 2026"


class TestOtherEndpoints:
    def test_28hr_covers_the_28_hours_before_the_present(self) -> None:
        as_of = datetime(2026, 11, 16, 12, 34, 56, tzinfo=UTC)
        zone = ZoneInfo("America/New_York")
        assert resolve(None, LAST_28_HOURS, zone, as_of, LONG_AGO) == Period(
            start=datetime(2026, 11, 15, 8, 34, 56, tzinfo=UTC),
            end=as_of,
            timezone=zone,
            first_day=date(2026, 11, 15),
            last_day=date(2026, 11, 16),
            called_by="length",
        )

    def test_28hr_is_called_by_its_hours_and_its_end(self) -> None:
        as_of = datetime(2026, 11, 16, 12, 34, 56, tzinfo=UTC)
        period = resolve(None, LAST_28_HOURS, ZoneInfo("America/New_York"), as_of, LONG_AGO)
        assert period
        assert period.label == "28 hours to 16 November 2026, 07:34"

    def test_totals_have_no_period(self) -> None:
        assert resolve(None, TOTALS, ZoneInfo("UTC"), AS_OF, LONG_AGO) is None


class TestRemark:
    def test_is_made_where_a_day_starts_within_a_utc_hour(self) -> None:
        assert whole_hours_remark(historical("last_week", "Asia/Kolkata")) == (
            "A day in Asia/Kolkata does not start on a whole UTC hour, and engagement is counted by the UTC hour: "
            "the period takes in the whole hours at both ends."
        )

    def test_is_made_where_only_some_days_do(self) -> None:
        assert whole_hours_remark(historical(days("2026-10-03", "2026-10-10"), "Australia/Lord_Howe"))
        assert whole_hours_remark(historical(days("2026-10-05", "2026-10-10"), "Australia/Lord_Howe")) is None

    def test_is_not_made_elsewhere(self) -> None:
        assert whole_hours_remark(historical("last_week", "America/New_York")) is None


def test_the_start_of_a_day_without_midnight_is_the_change_of_the_clocks() -> None:
    assert start_of_day(date(2026, 3, 8), ZoneInfo("America/Havana")) == utc("2026-03-08T05:00")


def test_an_error_stands_at_the_range_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(BASE + "date_range: {start: 2026-12-01, end: 2026-12-02}\n")
    (spec,) = load_reports([path])
    with pytest.raises(InputError) as raised:
        period_of(spec, AS_OF, LONG_AGO)
    assert str(raised.value) == (
        f"{path}:7:13: date_range: the start, 2026-12-01, is still to come: it is 16 November 2026, 12:00 in UTC"
    )
