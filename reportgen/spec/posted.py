"""From the range in which tweets were posted to instants. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from reportgen.errors import InputError
from reportgen.instants import format_instant
from reportgen.spec.comparison import present_before
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import CalledBy, Period, as_written, bounds, dates_on
from reportgen.spec.problems import Problem

_MOMENT: Final = timedelta(microseconds=1)


def posted_period(spec: ReportSpec, as_of: datetime) -> Period | None:
    """When the tweets were posted that the report takes from the timelines: exact, not rounded to hours.

    It ends at `as_of` (UTC) where the range goes on beyond. None where the report takes none. Raises InputError, with
    the place of `posted` in the report file, where the range is still to come.
    """
    return _posted(spec, as_of.astimezone(spec.timezone).date(), as_of)


def posted_period_before(spec: ReportSpec, as_of: datetime) -> Period | None:
    """As `posted_period`, of the tweets that count in the period compared with, where these are others.

    A named range moves with the period: they are the tweets that the report had then. Explicit dates do not, and the
    tweets are the same.
    """
    then = present_before(spec, as_of)
    return _posted(spec, then.today, then.instant) if then and isinstance(spec.posted, str) else None


def _posted(spec: ReportSpec, today: date, present: datetime) -> Period | None:
    if spec.posted is None:
        return None
    dates = dates_on(spec.posted, today)
    start, whole = bounds(dates, spec.timezone)
    if start >= present:
        message = f"posted: the start, {as_written(dates.start)}, is still to come: it is {format_instant(present)}"
        raise InputError(Problem(spec.path, *spec.posted_at, message))
    end = min(whole, present)
    first_day, last_day = (moment.astimezone(spec.timezone).date() for moment in (start, end - _MOMENT))
    called_by: CalledBy = "days" if dates.by_the_day else "moments"
    return Period(start, end, spec.timezone, first_day, last_day, end == whole, called_by)
