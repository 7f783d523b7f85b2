"""From the range in which tweets were posted to instants. Pure."""

from __future__ import annotations

from datetime import datetime

from reportgen.errors import InputError
from reportgen.instants import format_instant
from reportgen.spans import Span
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import as_written, bounds, dates_of
from reportgen.spec.problems import Problem


def posted_span(spec: ReportSpec, as_of: datetime) -> Span | None:
    """When the tweets were posted that the report takes from the timelines (UTC, exact, `end` exclusive).

    It ends at `as_of` (UTC) where the range goes on beyond. None where the report takes none. Raises InputError, with
    the place of `posted` in the report file, where the range is still to come.
    """
    if spec.posted is None:
        return None
    dates = dates_of(spec.posted, spec.timezone, as_of)
    start, end = bounds(dates, spec.timezone)
    if start >= as_of:
        message = f"posted: the start, {as_written(dates.start)}, is still to come: it is {format_instant(as_of)}"
        raise InputError(Problem(spec.path, *spec.posted_at, message))
    return Span(start, min(end, as_of))
