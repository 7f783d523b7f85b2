"""The period that a report is compared with. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from reportgen.instants import ceil_hour, floor_hour
from reportgen.spans import EVER
from reportgen.spec.model import CompareTo, DateRange, ReportSpec
from reportgen.spec.period import DEFAULT_RANGE, Period, PeriodError, bounds, dates_of, resolve, start_of_day

_DAY: Final = timedelta(days=1)
_MOMENT: Final = timedelta(microseconds=1)
_A_YEAR: Final = 12
"""In months."""
_52_WEEKS: Final = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class _Length:
    """How long ranges of a name are, as a whole: so many days, or so many months from the first of one."""

    days: int = 0
    months: int = 0
    by_the_week: bool = False
    """Whether it is a week of the calendar, of which the weekdays have to fit a year before, too."""
    by_the_month: bool = False
    """Whether dates are whole months of the calendar, which are whole a year before, too."""


_LENGTHS: Final[Mapping[str, _Length]] = {
    "today": _Length(days=1),
    "yesterday": _Length(days=1),
    "last_7_days": _Length(days=7),
    "last_28_days": _Length(days=28),
    "last_week": _Length(days=7, by_the_week=True),
    "this_week": _Length(days=7, by_the_week=True),
    "last_month": _Length(months=1),
    "this_month": _Length(months=1),
    "last_quarter": _Length(months=3),
}


def period_before(spec: ReportSpec, period: Period | None, as_of: datetime) -> Period | None:
    """The period that `period`, the report's own at `as_of` (UTC), is compared with; None where it is with none.

    `previous_period`: the range of the same kind just before; as many days or hours where dates are given.
    `previous_year`: as many days from the same date a year before on; of months, the same ones, and of a calendar week,
    the week 52 weeks before. Of a range that is not over, as many days and hours from its start on. It may lie before
    the contract's history.
    """
    if spec.compare_to is None or period is None:
        return None
    dates = dates_of(spec.date_range, spec.timezone, as_of)
    if not dates.by_the_day:
        return _hours_before(dates, spec.compare_to, period)
    return _days_before(period, *_range_before(dates.start, _length(spec.date_range), spec.compare_to))


@dataclass(frozen=True, slots=True)
class Present:
    """What the present is in a period compared with: the local day that is today, and the instant (UTC)."""

    today: date
    instant: datetime


def present_before(spec: ReportSpec, as_of: datetime) -> Present | None:
    """As much earlier than `as_of` (UTC), at the same local time. None where the report is compared with no period.

    It is not before the end of that period: a month that is compared as a whole may have no such day.
    """
    zone = spec.timezone
    try:
        period = resolve(spec.date_range, spec.endpoint, zone, as_of, EVER)
    except PeriodError:  # which whoever plans the report tells, with its place
        return None
    before = period_before(spec, period, as_of)
    if spec.compare_to is None or before is None:
        return None
    dates, local = dates_of(spec.date_range, zone, as_of), as_of.astimezone(zone)
    if dates.by_the_day:
        today, _ = _range_before(local.date(), _length(spec.date_range), spec.compare_to)
    elif spec.compare_to == "previous_year":
        today = _months_before(local.date(), _A_YEAR)
    else:
        start, end = bounds(dates, zone)
        instant = as_of - (ceil_hour(end) - floor_hour(start))
        return Present(instant.astimezone(zone).date(), instant)
    instant = datetime.combine(today, local.time(), zone).astimezone(UTC)
    return Present(today, max(instant, before.end))


def _length(date_range: str | DateRange | None) -> _Length:
    if isinstance(date_range, DateRange):
        days = date_range.end.toordinal() - date_range.start.toordinal() + 1
        return _Length(days=days, by_the_month=date_range.start.day == (date_range.end + _DAY).day == 1)
    return _LENGTHS[date_range or DEFAULT_RANGE]


def _range_before(first: date, length: _Length, compare_to: CompareTo) -> tuple[date, date]:
    """The first and the last day to compare with a whole range that begins on `first`."""
    if compare_to == "previous_period":
        return _months_before(first, length.months) - length.days * _DAY, first - _DAY
    after = _months_before(first, -length.months) + length.days * _DAY
    if length.by_the_week:
        return first - _52_WEEKS, after - _DAY - _52_WEEKS
    a_year_before = _months_before(first, _A_YEAR)
    if length.months or length.by_the_month:
        return a_year_before, _months_before(after, _A_YEAR) - _DAY
    return a_year_before, a_year_before + (length.days - 1) * _DAY


def _months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of that month where it has no such day."""
    year, month = divmod(day.year * _A_YEAR + day.month - 1 - months, _A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_before(period: Period, first: date, last: date) -> Period:
    """The days from `first` to `last`; of a period that is not over, as many of them, and of the last as many hours."""
    zone = period.timezone
    so_far = first + (period.last_day - period.first_day)
    if not period.is_over and so_far <= last:
        last = so_far
    end = ceil_hour(start_of_day(last + _DAY, zone))
    if last == so_far and period.end < start_of_day(period.last_day + _DAY, zone):
        # Counted in whole hours on both days, since where a day starts within an hour the clocks may change by half.
        passed = period.end - floor_hour(start_of_day(period.last_day, zone))
        end = min(end, floor_hour(start_of_day(last, zone)) + passed)
    return Period(floor_hour(start_of_day(first, zone)), end, zone, first, last)


def _hours_before(dates: DateRange, compare_to: CompareTo, period: Period) -> Period:
    """As many hours, which end where the period starts, or which start at the same local time a year before."""
    zone = period.timezone
    whole = ceil_hour(bounds(dates, zone)[1]) - period.start
    start = period.start - whole if compare_to == "previous_period" else _a_year_before(period)
    end = start + (period.end - period.start)
    first_day, last_day = start.astimezone(zone).date(), (end - _MOMENT).astimezone(zone).date()
    return Period(start, end, zone, first_day, last_day, called_by="moments")


def _a_year_before(period: Period) -> datetime:
    local = period.start.astimezone(period.timezone)
    then = datetime.combine(_months_before(local.date(), _A_YEAR), local.time(), period.timezone)
    return floor_hour(then.astimezone(UTC))
