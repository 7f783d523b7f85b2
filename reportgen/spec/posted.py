"""From the range in which tweets were posted to instants. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from reportgen.errors import InputError
from reportgen.instants import format_instant
from reportgen.spans import Span
from reportgen.spec.comparison import present_before
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import CalledBy, Period, as_written, bounds, dates_of
from reportgen.spec.problems import Problem

_MOMENT: Final = timedelta(microseconds=1)


def posted_span(spec: ReportSpec, as_of: datetime) -> Span | None:
    """When the tweets were posted that the report takes from the timelines (UTC, exact, `end` exclusive).

    It ends at `as_of` (UTC) where the range goes on beyond. None where the report takes none. Raises InputError, with
    the place of `posted` in the report file, where the range is still to come.
    """
    period = posted_period(spec, as_of)
    return Span(period.start, period.end) if period else None


def posted_before(spec: ReportSpec, as_of: datetime) -> Span | None:
    """As `posted_span`, of the tweets that count in the period compared with, where these are others.

    A named range moves with the period: they are the tweets that the report had then. Explicit dates do not, and the
    tweets are the same.
    """
    period = posted_period_before(spec, as_of)
    return Span(period.start, period.end) if period else None


def posted_period_before(spec: ReportSpec, as_of: datetime) -> Period | None:
    """As `posted_before`, with its local days and a name."""
    then = present_before(spec, as_of)
    return posted_period(spec, then) if then and isinstance(spec.posted, str) else None


def posted_period(spec: ReportSpec, as_of: datetime) -> Period | None:
    """As `posted_span`, with its local days and a name. It is exact: not rounded to hours."""
    if spec.posted is None:
        return None
    dates = dates_of(spec.posted, spec.timezone, as_of)
    start, whole = bounds(dates, spec.timezone)
    if start >= as_of:
        message = f"posted: the start, {as_written(dates.start)}, is still to come: it is {format_instant(as_of)}"
        raise InputError(Problem(spec.path, *spec.posted_at, message))
    end = min(whole, as_of)
    first_day, last_day = (moment.astimezone(spec.timezone).date() for moment in (start, end - _MOMENT))
    called_by: CalledBy = "days" if dates.by_the_day else "moments"
    return Period(start, end, spec.timezone, first_day, last_day, end == whole, called_by)
