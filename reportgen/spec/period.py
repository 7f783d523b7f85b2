"""From a range in a report file to whole UTC hours. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from reportgen.catalog import Endpoint
from reportgen.dates import long_moment
from reportgen.errors import InputError
from reportgen.instants import ceil_hour, floor_hour, format_instant
from reportgen.spans import Span
from reportgen.spec.model import DateRange, ReportSpec
from reportgen.spec.problems import Problem
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_MOMENT: Final = timedelta(microseconds=1)

CalledBy = Literal["days", "moments", "length"]
"""What a range is called by: its first and last day, its start and end, or how long it is and when it ends."""


@dataclass(frozen=True, slots=True)
class Period:
    """The hours a report covers: `start` and `end` are UTC, whole hours on `historical`, `end` exclusive.

    `first_day` and `last_day` are the local days of the range, both in.
    """

    start: datetime
    end: datetime
    timezone: ZoneInfo
    first_day: date
    last_day: date
    is_over: bool = True
    """False where the range goes on beyond `end`, which is then the last whole hour before the present."""
    called_by: CalledBy = "days"

    @property
    def span(self) -> Span:
        """Its hours."""
        return Span(self.start, self.end)

    @property
    def label(self) -> str:
        """What the range is called in English."""
        return self.label_in(ENGLISH)

    def label_in(self, voice: Voice) -> str:
        """What the range is called, in local days and hours."""
        start, end = (voice.long_moment(moment.astimezone(self.timezone)) for moment in (self.start, self.end))
        match self.called_by:
            case "days":
                return voice.span(self.first_day, self.last_day)
            case "moments":
                return f"{start} – {end}"
            case "length":
                return f"{(self.end - self.start) // timedelta(hours=1)} hours to {end}"


class PeriodError(ValueError):
    """A range has no hours that can be asked for. Its text is a sentence for the user."""


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


NAMED_RANGES: Final[Mapping[str, Callable[[date], tuple[date, date]]]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (today - _DAY, today - _DAY),
    "last_7_days": lambda today: (today - 7 * _DAY, today - _DAY),
    "last_28_days": lambda today: (today - 28 * _DAY, today - _DAY),
    "last_week": lambda today: (_monday(today) - _WEEK, _monday(today) - _DAY),
    "this_week": lambda today: (_monday(today), today),
    "last_month": lambda today: (_first_of_month(_first_of_month(today) - _DAY), _first_of_month(today) - _DAY),
    "this_month": lambda today: (_first_of_month(today), today),
    "last_quarter": lambda today: (_first_of_quarter(_first_of_quarter(today) - _DAY), _first_of_quarter(today) - _DAY),
}
"""From the local day that is today to the first and the last day of the range."""

DEFAULT_RANGE: Final = "last_28_days"
"""Where a `historical` report names no range; the API, too, then answers for four weeks."""


def resolve(
    date_range: str | DateRange | None,
    endpoint: Endpoint,
    timezone: ZoneInfo,
    as_of: datetime,
    history_start: datetime,
) -> Period | None:
    """The hours of `date_range` that have passed by `as_of`; None on `totals`, which has no dates.

    `as_of` and `history_start`, the first instant the API still answers for, are UTC. Raises PeriodError.
    """
    if endpoint.takes_range:
        return _period(dates_of(date_range, timezone, as_of), timezone, as_of, history_start)
    if endpoint.window:
        return _last_hours(endpoint.window, timezone, as_of)
    return None


def period_of(spec: ReportSpec, as_of: datetime, history_start: datetime) -> Period | None:
    """As `resolve`. Raises InputError with the position of the report file's `date_range`."""
    try:
        return resolve(spec.date_range, spec.endpoint, spec.timezone, as_of, history_start)
    except PeriodError as error:
        raise InputError(Problem(spec.path, *spec.date_range_at, f"date_range: {error}")) from error


def read_moment(text: str) -> date | datetime:
    """A day, or, where the text has a time, an instant (UTC). Raises ValueError where there is no such day or time."""
    return datetime.fromisoformat(text).astimezone(UTC) if "T" in text else date.fromisoformat(text)


def check_order(dates: DateRange, timezone: ZoneInfo) -> None:
    """Raise PeriodError where the range ends before it starts, or has no hours at all."""
    start, end = bounds(dates, timezone)
    if end < start:
        raise PeriodError(f"the end, {as_written(dates.end)}, is before the start, {as_written(dates.start)}")
    if end == start:
        raise PeriodError(f"the range is empty: it starts and ends at {format_instant(start)}")


def start_of_day(day: date, timezone: ZoneInfo) -> datetime:
    """The first instant (UTC) of a local day. Where the clocks skip midnight, that is the instant they change."""
    return datetime.combine(day, time(), timezone).astimezone(UTC)


def whole_hours_remark(period: Period) -> str | None:
    """What to tell readers of a `historical` report where a local day starts in the middle of a UTC hour."""
    days = range((period.last_day - period.first_day).days + 2)
    starts = (start_of_day(period.first_day + n * _DAY, period.timezone) for n in days)
    if all(start == floor_hour(start) for start in starts):
        return None
    return (
        f"A day in {period.timezone.key} does not start on a whole UTC hour, and engagement is counted by the UTC "
        "hour: the period takes in the whole hours at both ends."
    )


def dates_of(date_range: str | DateRange | None, timezone: ZoneInfo, as_of: datetime) -> DateRange:
    """The dates of a range; where it has a name (None: the default's), those of the local day at `as_of` (UTC)."""
    return dates_on(date_range, as_of.astimezone(timezone).date())


def dates_on(date_range: str | DateRange | None, today: date) -> DateRange:
    """As `dates_of`, by the local day that is today."""
    if isinstance(date_range, DateRange):
        return date_range
    return DateRange(*NAMED_RANGES[date_range or DEFAULT_RANGE](today))


def bounds(dates: DateRange, timezone: ZoneInfo) -> tuple[datetime, datetime]:
    """The range as instants (UTC), the end exclusive, not yet rounded to hours."""
    start, end = dates.start, dates.end
    return (
        start if isinstance(start, datetime) else start_of_day(start, timezone),
        end if isinstance(end, datetime) else start_of_day(end + _DAY, timezone),
    )


def _period(dates: DateRange, timezone: ZoneInfo, as_of: datetime, history_start: datetime) -> Period:
    check_order(dates, timezone)
    exact_start, exact_end = bounds(dates, timezone)
    # The API rounds `start` down and `end` up to the whole hour, and refuses an `end` in the future.
    start = floor_hour(exact_start)
    end = min(ceil_hour(exact_end), floor_hour(as_of))
    if exact_start > as_of:
        raise PeriodError(f"the start, {as_written(dates.start)}, is still to come: it is {_now(as_of, timezone)}")
    if start >= end:
        raise PeriodError(f"no whole hour of the range has passed yet: it is {_now(as_of, timezone)}")
    if end <= history_start:
        earliest = _earliest_day(history_start, timezone)
        raise PeriodError(f"the end, {as_written(dates.end)}, is too long ago: the history begins on {earliest}")
    first_day = exact_start.astimezone(timezone).date()
    # Rounding up can reach into a day that is not of the range.
    last_day = (min(exact_end, end) - _MOMENT).astimezone(timezone).date()
    called_by: CalledBy = "days" if dates.by_the_day else "moments"
    return Period(start, end, timezone, first_day, last_day, end == ceil_hour(exact_end), called_by)


def _last_hours(window: timedelta, timezone: ZoneInfo, as_of: datetime) -> Period:
    start = as_of - window
    return Period(
        start=start,
        end=as_of,
        timezone=timezone,
        first_day=start.astimezone(timezone).date(),
        last_day=as_of.astimezone(timezone).date(),
        called_by="length",
    )


def _earliest_day(history_start: datetime, timezone: ZoneInfo) -> date:
    day = history_start.astimezone(timezone).date()
    return day if floor_hour(start_of_day(day, timezone)) >= history_start else day + _DAY


def as_written(moment: date | datetime) -> str:
    """A day, or an instant (UTC), as report files have it."""
    return format_instant(moment) if isinstance(moment, datetime) else moment.isoformat()


def _now(as_of: datetime, timezone: ZoneInfo) -> str:
    return f"{_moment(as_of, timezone)} in {timezone.key}"


def _moment(instant: datetime, timezone: ZoneInfo) -> str:
    return long_moment(instant.astimezone(timezone))
