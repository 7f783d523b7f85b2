"""A made-up report for the tests of data files: hostile words, gaps, labels, every kind of key, and a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from reportgen.catalog import Formula, Measure, measure
from reportgen.formula import Count, Operation
from reportgen.gaps import Gap, Reason
from reportgen.report.model import Comparison, GroupingResult, Report
from tests.render.made_up import WEEK, WEEKLY

PER_TWEET = Formula("per_tweet", "Per tweet", Operation(Count("engagements"), "/", Count("replies")), "decimal")
MEASURES: tuple[Measure, ...] = (measure("impressions"), measure("engagement_rate"), PER_TWEET)
TYPE = pl.Enum([measure.name for measure in MEASURES])


def grouping(name: str, keys: str | Sequence[str], *rows: tuple[str | float | None, ...]) -> GroupingResult:
    """Rows of keys, metric, value and how many tweets are missing."""
    keys = (keys,) if isinstance(keys, str) else tuple(keys)
    schema = {
        **dict.fromkeys(keys, pl.String()),
        "engagement.type": TYPE,
        "value": pl.Float64(),
        "missing": pl.UInt32(),
    }
    table = pl.DataFrame(list(rows), schema=schema, orient="row")
    return GroupingResult(name, (*keys, "engagement.type"), MEASURES, table)


REPORT: Report = replace(
    WEEKLY,
    title="=HYPERLINK(1)",
    groupings=(
        grouping(
            "by-tweet",
            "tweet.id",
            ("2117600084332904449", "impressions", 1234567.0, 0),
            ("2117600084332904449", "engagement_rate", 0.0342, 0),
            ("2117714339442982913", "impressions", None, 1),
        ),
        grouping("hourly", ("engagement.day", "engagement.hour"), ("2026-11-09", "17", "impressions", 7.0, 0)),
        grouping("weekly", "engagement.week", ("2026-W46", "per_tweet", -1.25, 0)),
        grouping("monthly", "engagement.month", ("2026-11", "impressions", 3.0, 0)),
        grouping("by-weekday", "engagement.weekday", ("Mon", "impressions", 4.0, 0)),
        grouping("by-handle", "handle", ("@acme", "impressions", 0.0, 2)),
        grouping("by-campaign", "label.campaign", ("=1+1", "impressions", 5.0, 0), ("", "impressions", 6.0, 0)),
    ),
    gaps=(Gap("2117714339442982913", None, Reason.UNAVAILABLE, "=1+1"),),
)
WEEK_BEFORE = replace(
    WEEK,
    start=WEEK.start - timedelta(weeks=1),
    end=WEEK.end - timedelta(weeks=1),
    first_day=date(2026, 11, 2),
    last_day=date(2026, 11, 8),
)
COMPARED = replace(
    REPORT,
    groupings=(
        grouping("daily", "engagement.day", ("2026-11-09", "impressions", 7.0, 0)),
        grouping("by-handle", "handle", ("@acme", "impressions", 9.0, 0), ("@acme", "engagement_rate", 0.02, 0)),
    ),
    comparison=Comparison(
        WEEK_BEFORE,
        (
            grouping("daily", "engagement.day", ("2026-11-02", "impressions", 5.0, 1)),
            grouping("by-handle", "handle", ("@acme", "impressions", 8.0, 1), ("@acme", "engagement_rate", None, 0)),
        ),
        (),
        (),
    ),
)
