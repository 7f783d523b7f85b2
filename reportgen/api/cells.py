"""The cells of an answer, a tweet, a metric and a bucket of time each, and the facts among them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl

from reportgen.api.known_gaps import Uncounted
from reportgen.facts import INSTANT, METRIC
from reportgen.request import Grain, Request
from reportgen.spans import Span

STEP: Final = {Grain.DAY: timedelta(days=1), Grain.HOUR: timedelta(hours=1)}
"""How long a bucket is; a total has no time."""


def cells_of(leaves: pl.DataFrame, request: Request) -> pl.DataFrame:
    """The leaves of the request's tweets and metrics, as facts are; `found` where a leaf is no count."""
    # Each day is read once, however many leaves it has.
    day = pl.col("engagement.day").str.to_date("%Y-%m-%d", strict=False).cast(INSTANT)
    hour = pl.duration(hours=pl.col("engagement.hour").cast(pl.Int64).fill_null(0), time_unit="ms")
    return (
        leaves.lazy()
        .filter(pl.col("tweet.id").is_in(request.tweet_ids), pl.col("engagement.type").is_in(request.metrics))
        .select(
            pl.col("tweet.id").cast(pl.Int64).alias("tweet_id"),
            pl.col("engagement.type").cast(METRIC).alias("metric"),
            (day + hour).alias("start"),
            "value",
            "found",
        )
        .collect()
    )


def facts_of(
    cells: pl.DataFrame, request: Request, asked: Span | None, answered: Span | None, uncounted: Uncounted
) -> pl.DataFrame:
    """The facts among the cells: the counts of the buckets asked for, where anything was counted.

    A bucket outside the window asked for would count twice beside the next window's; one of which the answer has
    other hours than were asked for is not the bucket asked for.
    """
    facts = cells.lazy().filter(pl.col("value").is_not_null()).drop("found").collect()
    if asked and answered:
        facts = _within(facts, STEP.get(request.grain), asked, answered)
    return _counted(facts, uncounted) if uncounted else facts


def _within(facts: pl.DataFrame, step: timedelta | None, asked: Span, answered: Span) -> pl.DataFrame:
    if step is None:
        return facts if answered == asked else facts.clear()
    start, end = pl.col("start"), pl.col("start") + step
    facts = facts.filter(end > asked.start, start < asked.end)
    if answered == asked:
        return facts
    return facts.filter(
        pl.max_horizontal(start, pl.lit(asked.start)) == pl.max_horizontal(start, pl.lit(answered.start)),
        pl.min_horizontal(end, pl.lit(asked.end)) == pl.min_horizontal(end, pl.lit(answered.end)),
    )


def _counted(facts: pl.DataFrame, uncounted: Uncounted) -> pl.DataFrame:
    rows = [(int(tweet_id), metric, until, True) for (tweet_id, metric), until in uncounted.items()]
    schema = {"tweet_id": pl.Int64(), "metric": METRIC, "until": INSTANT, "known": pl.Boolean()}
    table = facts.join(pl.DataFrame(rows, schema=schema, orient="row"), on=["tweet_id", "metric"], how="left")
    # Without an instant there is nothing that was counted since.
    return table.filter(pl.col("known").is_null() | (pl.col("start") >= pl.col("until"))).drop("until", "known")
