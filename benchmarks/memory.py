"""100,000 tweets over 4 weeks by the day: how much memory facts, groupings and results take at the most."""

from __future__ import annotations

import resource
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import polars as pl

from reportgen.catalog import HISTORICAL
from reportgen.facts import SCHEMA, all_facts
from reportgen.report.build import build_report
from reportgen.request import Grain
from reportgen.spec.model import Chart, Kpis, ReportSpec, Table, Tweet
from reportgen.spec.period import Period

TWEETS = 100_000
DAYS = 28
METRICS = ("impressions", "engagements", "favorites", "retweets", "replies", "url_clicks")
START = datetime(2026, 10, 19, tzinfo=UTC)
FIRST = 2_000_000_000_000_000_000


def answer(tweets: range) -> pl.DataFrame:
    """What one call brings: a count for each tweet, metric and day."""
    rows = [
        (FIRST + n, metric, START + timedelta(days=day), n % 1000 + day)
        for n in tweets
        for metric in METRICS
        for day in range(DAYS)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def main() -> None:
    spec = ReportSpec(
        path="many.yaml",
        name="many",
        title="Many",
        timezone=ZoneInfo("UTC"),
        endpoint=HISTORICAL,
        handles=("@acme",),
        tweets=tuple(Tweet(str(FIRST + n), "@acme") for n in range(TWEETS)),
        metrics=METRICS,
        groupings={
            "by-tweet": ("tweet.id", "engagement.type"),
            "daily": ("engagement.type", "engagement.day"),
        },
        sections=(
            Kpis((*METRICS[:2], "engagement_rate")),
            Chart("daily", ("impressions",)),
            Table("by-tweet", sort="-engagements", limit=10),
        ),
    )
    end = START + timedelta(days=DAYS)
    period = Period(START, end, spec.timezone, "4 weeks", START.date(), (end - timedelta(hours=1)).date())
    facts = all_facts(answer(range(first, first + 25)) for first in range(0, TWEETS, 25))
    before = perf_counter()
    report = build_report(spec, period, end, Grain.DAY, facts, (), complete=True)
    took = perf_counter() - before
    rows = sum(grouping.rows.height for grouping in report.groupings)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"{facts.height:,} facts to {rows:,} rows in {took:.1f} s; at most {peak:,.0f} MiB resident")


if __name__ == "__main__":
    main()
