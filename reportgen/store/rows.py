"""How counts stand in a row of the store: parted by commas, with nothing where nothing is known. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import polars as pl

from reportgen.facts import INSTANT, METRIC
from reportgen.instants import floor_day
from reportgen.request import Grain
from reportgen.store.damage import understood

LENGTH: Final = {Grain.HOUR: 24, Grain.DAY: 31}
"""How many counts a row of `facts` has: the hours of a UTC day, or the days of a UTC month, which may be shorter."""
PERIOD: Final = {Grain.HOUR: "1d", Grain.DAY: "1mo"}
"""What a row of `facts` is about, as polars writes it."""
_STEP: Final = {Grain.HOUR: pl.duration(hours="slot"), Grain.DAY: pl.duration(days="slot"), Grain.TOTAL: pl.duration()}
ROWS: Final = pl.Schema({"tweet_id": pl.Int64(), "metric": pl.String(), "start": pl.Int64(), "counts": pl.String()})
_KEY: Final = ("tweet_id", "metric", "row")


def row_start(instant: datetime, grain: Grain) -> datetime:
    """The start (UTC) of the row of `facts` in which the instant lies."""
    midnight = floor_day(instant)
    return midnight if grain is Grain.HOUR else midnight.replace(day=1)


def to_rows(facts: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    """Rows of facts by the hour or the day: tweet_id, metric, start (seconds since 1970), counts."""
    row = pl.col("start").dt.truncate(PERIOD[grain])
    slot = pl.col("start").dt.hour() if grain is Grain.HOUR else pl.col("start").dt.day() - 1
    return _rows(facts, row, slot, LENGTH[grain])


def to_snapshots(facts: pl.DataFrame, first: pl.Expr, length: int) -> pl.DataFrame:
    """One row a tweet and metric: tweet_id, metric, and the counts of `length` hours from the hour `first` on."""
    slot = (pl.col("start") - first).dt.total_hours()
    return _rows(facts, first, slot, length).drop("start")


def _rows(facts: pl.DataFrame, row: pl.Expr, slot: pl.Expr, length: int) -> pl.DataFrame:
    cells = facts.lazy().select("tweet_id", "metric", row.alias("row"), slot.cast(pl.Int64).alias("slot"), "value")
    return (
        cells.select(_KEY)
        .unique(maintain_order=True)
        .join(pl.LazyFrame({"slot": range(length)}), how="cross", maintain_order="left_right")
        .join(cells, on=[*_KEY, "slot"], how="left", maintain_order="left")
        .group_by(_KEY, maintain_order=True)
        .agg(pl.col("value").cast(pl.String).fill_null("").str.join(",").alias("counts"))
        .select("tweet_id", pl.col("metric").cast(pl.String), pl.col("row").dt.epoch("s").alias("start"), "counts")
        .collect()
    )


def to_facts(rows: Sequence[Sequence[Any]], grain: Grain) -> pl.DataFrame:
    """The facts in rows of tweet id, metric, start in seconds since 1970, and counts; totals have no time.

    Raises DamagedRowsError.
    """
    start = pl.lit(None, dtype=INSTANT) if grain is Grain.TOTAL else cell_start(grain)
    with understood():
        return (
            cells(table(rows, ROWS))
            .filter(pl.col("count") != "")
            .select(
                "tweet_id",
                pl.col("metric").cast(METRIC),
                start.alias("start"),
                pl.col("count").cast(pl.Int64).alias("value"),
            )
            .collect()
        )


def table(rows: Sequence[Sequence[Any]], schema: pl.Schema) -> pl.LazyFrame:
    """Rows of the store as a table. Raises DamagedRowsError."""
    with understood():
        return pl.LazyFrame(rows, schema=schema, orient="row")


def cells(rows: pl.LazyFrame) -> pl.LazyFrame:
    """A row for each place of `counts`: the `count` in it, as text, and its `slot`, from 0 on."""
    return (
        rows.with_columns(pl.col("counts").str.split(",").alias("count"))
        .drop("counts")
        .with_columns(pl.int_ranges(0, pl.col("count").list.len()).alias("slot"))
        .explode("count", "slot")
    )


def cell_start(grain: Grain) -> pl.Expr:
    """The first instant of a cell."""
    return pl.from_epoch("start").cast(INSTANT) + _STEP[grain]
