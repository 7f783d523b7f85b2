"""What an answer should have and has not: the cells that are neither facts nor known gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import polars as pl

from reportgen.api.cells import STEP
from reportgen.api.known_gaps import Uncounted
from reportgen.facts import INSTANT, METRIC
from reportgen.instants import floor_hour
from reportgen.request import Grain, Request
from reportgen.snowflake import posted_at
from reportgen.spans import EVER, Span

_PAIR: Final = ("tweet_id", "metric")
_EXPECTED: Final = pl.Schema({"tweet_id": pl.Int64(), "metric": METRIC, "first": INSTANT, "buckets": pl.UInt32()})


class MissingCells(NamedTuple):
    """Buckets in a row, of one tweet and metric, that are not there. A total has no `start` and `end`."""

    tweet_id: str
    metric: str
    start: datetime | None = None
    end: datetime | None = None
    found: str | None = None
    """What stands in the first of them that has anything."""
    found_at: datetime | None = None
    others: int = 0
    """How many more of them have something that is no count."""


def missing_cells(
    request: Request, window: Span | None, uncounted: Uncounted, cells: pl.DataFrame, facts: pl.DataFrame
) -> Iterator[MissingCells]:
    """What the request asked for and the facts have not, by tweet and metric in the order of time."""
    step = STEP.get(request.grain)
    if step is None or window is None:
        return _missing_totals(request, uncounted, facts)
    expected = _expected(request, window, step, uncounted).lazy()
    there = (
        facts.lazy()
        .join(expected, on=_PAIR)
        .filter(pl.col("start") >= pl.col("first"))
        .group_by(_PAIR)
        .agg(pl.len().alias("there"))
    )
    short = (
        expected.join(there, on=_PAIR, how="left", maintain_order="left")
        .filter(pl.col("buckets") > pl.col("there").fill_null(0))
        .collect()
    )
    if short.is_empty():
        return iter(())
    return _runs(short, step, window, cells, facts)


def _missing_totals(request: Request, uncounted: Uncounted, facts: pl.DataFrame) -> Iterator[MissingCells]:
    # Totals are few, and have no buckets: lists are quicker than tables here.
    there = {(tweet_id, metric) for tweet_id, metric, *_ in facts.iter_rows()}
    return (
        MissingCells(tweet_id, metric)
        for tweet_id in request.tweet_ids
        for metric in request.metrics
        if (tweet_id, metric) not in uncounted and (int(tweet_id), metric) not in there
    )


def _expected(request: Request, window: Span, step: timedelta, uncounted: Uncounted) -> pl.DataFrame:
    """By tweet and metric, the first bucket that can have a count, and how many there are from it on."""
    rows = [
        (int(tweet_id), metric, *_buckets(tweet_id, window, step, uncounted.get((tweet_id, metric))))
        for tweet_id in request.tweet_ids
        for metric in request.metrics
        if uncounted.get((tweet_id, metric), EVER) is not None
    ]
    return pl.DataFrame(rows, schema=_EXPECTED, orient="row")


def _buckets(tweet_id: str, window: Span, step: timedelta, since: datetime | None) -> tuple[datetime, int]:
    first = max(window.start, floor_hour(posted_at(tweet_id)), since or window.start)
    if step is STEP[Grain.DAY]:
        first = first.replace(hour=0)
    return first, max(0, -((first - window.end) // step))


def _runs(
    short: pl.DataFrame, step: timedelta, window: Span, cells: pl.DataFrame, facts: pl.DataFrame
) -> Iterator[MissingCells]:
    last = pl.col("first") + step * (pl.col("buckets") - 1)
    missing = (
        short.with_row_index("pair")
        .with_columns(pl.datetime_ranges("first", last, step).alias("start"))
        .explode("start")
        .join(facts, on=[*_PAIR, "start"], how="anti", maintain_order="left")
        .join(cells.filter(pl.col("value").is_null()), on=[*_PAIR, "start"], how="left", maintain_order="left")
        .with_columns((pl.col("start").diff() != step).fill_null(value=True).cum_sum().over("pair").alias("run"))
    )
    has = pl.col("found").is_not_null()
    runs = missing.group_by("pair", "run", maintain_order=True).agg(
        pl.col("tweet_id", "metric").first(),
        pl.col("start").first(),
        (pl.col("start").last() + step).alias("end"),
        pl.col("found").drop_nulls().first(),
        pl.col("start").filter(has).first().alias("found_at"),
        has.sum().alias("found_count"),
    )
    for tweet_id, metric, start, end, found, found_at, count in runs.drop("pair", "run").iter_rows():
        span = window.clip(Span(start, end))
        yield MissingCells(str(tweet_id), metric, *span, found, found_at, max(0, count - 1))
