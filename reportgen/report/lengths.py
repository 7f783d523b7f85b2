"""How long the cells of a grouping are: what stands for other lengths of time is not to be compared. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import polars as pl

from reportgen.facts import INSTANT
from reportgen.spec.period import Period, start_of_day

_DAY: Final = timedelta(days=1)
_LENGTHS: Final = ("hours", "days", "months")
_MONTHS_OF_A_YEAR: Final = 12


def lengths(period: Period, buckets: pl.DataFrame, times: Sequence[str]) -> pl.DataFrame:
    """A row for each cell of the time keys, `all` (0) and how long it is in three ways, to be compared in each.

    `hours`   how much time passed
    `days`    the same, with 24 hours for each whole local day, whatever the clocks did
    `months`  how many; null where the cell is anything but whole months
    """
    local_days = _local_days(period)
    parts = (buckets if times else local_days).with_columns(pl.lit(0).alias("all"))
    hours = (pl.col("end") - pl.col("first")).sum().alias("hours")
    of_day = parts.group_by("engagement.day").agg(hours.alias("of_day"))
    all_of_it = (pl.col("hours") == pl.col("of_day")) & pl.col("whole")
    return (
        parts.group_by(*dict.fromkeys(["all", *times, "engagement.day"]))
        .agg(hours)
        .join(of_day, on="engagement.day")
        .join(local_days.select("engagement.day", "whole"), on="engagement.day")
        .with_columns(all_of_it.alias("whole"), pl.col("engagement.day").str.to_date().alias("date"))
        .group_by("all", *times)
        .agg(
            pl.col("hours").sum(),
            pl.when("whole").then(pl.lit(_DAY)).otherwise("hours").sum().alias("days"),
            _months().alias("months"),
        )
    )


def same_length() -> pl.Expr:
    """Whether the two of a row are as long in any way: one with `lengths`, the other with the same and `_before`."""
    return pl.any_horizontal((pl.col(way) == pl.col(f"{way}_before")).fill_null(value=False) for way in _LENGTHS)


def _local_days(period: Period) -> pl.DataFrame:
    """The days of a period: `first` and `end` of what it has of each, and whether that is the `whole` day."""
    days = [period.first_day + n * _DAY for n in range((period.last_day - period.first_day).days + 1)]
    midnights = [start_of_day(day, period.timezone) for day in (*days, period.last_day + _DAY)]
    bounds = [period.start, *midnights[1:-1], period.end]
    rows = [
        (f"{day}", bounds[n], bounds[n + 1], bounds[n] <= midnights[n] and midnights[n + 1] <= bounds[n + 1])
        for n, day in enumerate(days)
    ]
    schema = {"engagement.day": pl.String(), "first": INSTANT, "end": INSTANT, "whole": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _months() -> pl.Expr:
    first, last = pl.col("date").min(), pl.col("date").max()
    unbroken = pl.col("whole").all() & ((last - first).dt.total_days() + 1 == pl.len())
    of_months = (first.dt.day() == 1) & (last == last.dt.month_end())
    count = (last.dt.year() - first.dt.year()) * _MONTHS_OF_A_YEAR + last.dt.month() - first.dt.month() + 1
    return pl.when(unbroken & of_months).then(count)
