"""The hours and days of a period, and what they are called in its time zone. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from reportgen.facts import INSTANT
from reportgen.instants import floor_hour
from reportgen.request import Grain
from reportgen.spec.period import Period

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STEP: Final = {Grain.DAY: timedelta(days=1), Grain.HOUR: timedelta(hours=1)}
_BUCKETS: Final = {
    "start": INSTANT,
    "first": INSTANT,
    "end": INSTANT,
    "engagement.day": pl.String(),
    "engagement.hour": pl.String(),
    "engagement.week": pl.String(),
    "engagement.month": pl.String(),
    "engagement.weekday": pl.Enum(WEEKDAYS),
}


def buckets_of(period: Period | None, grain: Grain) -> pl.DataFrame:
    """The buckets of a period at a grain, named in the period's time zone."""
    if period is None or grain is Grain.TOTAL:
        bounds = (period.start, period.end) if period else (None, None)
        return pl.DataFrame([(None, *bounds, *[None] * 5)], schema=_BUCKETS, orient="row")
    return pl.DataFrame(list(_buckets(period, _STEP[grain])), schema=_BUCKETS, orient="row")


def _buckets(period: Period, step: timedelta) -> Iterator[tuple[object, ...]]:
    start = floor_hour(period.start)
    if step >= timedelta(days=1):
        start = start.replace(hour=0)
    while start < period.end:
        yield start, start, start + step, *_local_names(start, step, period)
        start += step


def _local_names(start: datetime, step: timedelta, period: Period) -> tuple[str, str, str, str, str]:
    """Day, hour, week, month and weekday of a bucket.

    It belongs where its middle lies, so that in a zone at half past the hour each day still has its 24 hours. The
    last hour of such a period begins on its last day, and stays there.
    """
    middle = (start + step / 2).astimezone(period.timezone)
    local = middle if middle.date() <= period.last_day else start.astimezone(period.timezone)
    year, week, weekday = local.isocalendar()
    return f"{local:%Y-%m-%d}", f"{local:%H}", f"{year}-W{week:02}", f"{local:%Y-%m}", WEEKDAYS[weekday - 1]
