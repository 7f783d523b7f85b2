"""What the rows of the store promise each other, and where they break it. Pure.

Each rule gives the places that break it: tweet_id, metric, at (seconds since 1970).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, TypeAlias

import polars as pl

from reportgen.catalog import LAST_28_HOURS, TOTALS, Endpoint
from reportgen.facts import METRIC
from reportgen.request import Grain
from reportgen.store.coverage import STEP
from reportgen.store.rows import LENGTH, PERIOD, cell_start, cells


class Fault(Enum):
    """A kind of damage; the value says of which rows."""

    GRAIN = "rows of a grain or an endpoint that this reportgen does not know"
    METRIC = "rows of a metric that this reportgen does not know"
    ROW = "rows of counts that do not begin with a day or a month, or have too few places or too many"
    COUNT = "counts that are no whole numbers from 0 on"
    SPAN = "spans of coverage that are empty, or not of whole hours or days"
    OVERLAP = "spans of coverage that overlap"
    MISSING = "spans of coverage in which counts are missing"
    UNCOVERED = "counts outside of the coverage"
    REASON = "lasting gaps with a reason that this reportgen does not know"


Faults: TypeAlias = Iterator[tuple[Fault, pl.DataFrame]]
_PLACE: Final = ("tweet_id", "metric")
_IS_COUNT: Final = pl.col("count").str.contains("^[0-9]+$") & pl.col("count").cast(pl.Int64, strict=False).is_not_null()
_PLACES: Final = {TOTALS: (1, 1), LAST_28_HOURS: (28, 29)}
"""How many counts a snapshot has, at the least and at the most: 28 hours lie in 29 where they begin within one."""


def faults_of_facts(rows: pl.LazyFrame, spans: pl.LazyFrame, hours: pl.LazyFrame, grain: Grain) -> Faults:
    """The faults of rows of facts, as `reportgen.store.rows.ROWS`, and of the coverage of the same tweets.

    `hours` is their coverage by the hour: days that it makes whole may have lost their own.
    """
    known_rows, known_spans = _of_known_metrics(rows), _of_known_metrics(spans)
    yield Fault.METRIC, _of_unknown_metrics(rows, "start")
    yield Fault.METRIC, _of_unknown_metrics(spans, "from")
    of_rows = cells(known_rows).with_columns(cell_start(grain).alias("cell")).collect()
    yield Fault.ROW, _misshapen(of_rows.lazy(), grain)
    of_rows = of_rows.filter(pl.col("count") != "")
    yield Fault.COUNT, _at(of_rows.lazy().filter(~_IS_COUNT), pl.col("cell").dt.epoch("s"))
    yield from _faults_of_spans(known_spans, grain)
    renewed = _together(_of_known_metrics(hours)) if grain is Grain.DAY else known_spans
    yield from _faults_between(of_rows.lazy(), known_spans, renewed, grain)


def faults_of_snapshots(rows: pl.LazyFrame, endpoint: Endpoint) -> Faults:
    """The faults of snapshots: tweet_id, metric, taken, counts."""
    taken = pl.col("taken")
    yield Fault.METRIC, _of_unknown_metrics(rows, "taken")
    known = _of_known_metrics(rows)
    places = pl.col("counts").str.split(",").list.len()
    yield Fault.ROW, _at(known.filter(~places.is_between(*_PLACES[endpoint])), taken)
    yield Fault.COUNT, _at(cells(known).filter(pl.col("count") != "", ~_IS_COUNT), taken)


def _misshapen(of_rows: pl.LazyFrame, grain: Grain) -> pl.DataFrame:
    """The rows of which a count lies outside of their day or month."""
    row = pl.from_epoch("start").cast(pl.Datetime("ms", "UTC"))
    is_outside = (pl.col("cell").dt.truncate(PERIOD[grain]) != row) & (pl.col("count") != "")
    rows = of_rows.group_by(*_PLACE, "start", maintain_order=True).agg(
        bad=(pl.len() != LENGTH[grain]) | is_outside.any() | (pl.col("count") == "").all()
    )
    return _at(rows.filter("bad"), pl.col("start"))


def _faults_of_spans(spans: pl.LazyFrame, grain: Grain) -> Faults:
    seconds = int(STEP[grain].total_seconds())
    start, end = pl.col("from"), pl.col("until")
    is_bad = (start >= end) | (start % seconds != 0) | (end % seconds != 0) | (pl.col("asked") < 0)
    yield Fault.SPAN, _at(spans.filter(is_bad), start)
    overlaps = (start < end.shift()).over(_PLACE, order_by="from")
    yield Fault.OVERLAP, _at(spans.filter(overlaps), start)


def _faults_between(of_rows: pl.LazyFrame, spans: pl.LazyFrame, renewed: pl.LazyFrame, grain: Grain) -> Faults:
    seconds = int(STEP[grain].total_seconds())
    at = pl.col("cell").dt.epoch("s")
    within = (at >= pl.col("from")) & (at + seconds <= pl.col("until"))
    covered = of_rows.join(spans, on=_PLACE).filter(within).select(*_PLACE, "cell", "from").collect().lazy()
    steps = (pl.col("until") - pl.col("from")) // seconds
    counted = covered.group_by(*_PLACE, "from").agg(pl.len().cast(pl.Int64).alias("counted"))
    with_counts = spans.join(counted, on=[*_PLACE, "from"], how="left").with_columns(pl.col("counted").fill_null(0))
    yield Fault.MISSING, _at(with_counts.filter(pl.col("counted") < steps), pl.col("from"))
    outside = of_rows.join(covered, on=[*_PLACE, "cell"], how="anti").collect().lazy()
    by_hour = outside.join(renewed, on=_PLACE).filter(within)
    yield Fault.UNCOVERED, _at(outside.join(by_hour, on=[*_PLACE, "cell"], how="anti"), at)


def _together(spans: pl.LazyFrame) -> pl.LazyFrame:
    """The spans with those that touch as one, however long ago each was asked for."""
    begins = (pl.col("from") > pl.col("until").shift()).fill_null(value=True)
    return (
        spans.sort(*_PLACE, "from")
        .with_columns(begins.over(_PLACE).alias("begins"))
        .with_columns(pl.col("begins").cum_sum().over(_PLACE).alias("run"))
        .group_by(*_PLACE, "run")
        .agg(pl.col("from").min(), pl.col("until").max())
    )


def _of_known_metrics(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.with_columns(pl.col("metric").cast(METRIC, strict=False)).filter(pl.col("metric").is_not_null())


def _of_unknown_metrics(rows: pl.LazyFrame, at: str) -> pl.DataFrame:
    return _at(rows.filter(pl.col("metric").cast(METRIC, strict=False).is_null()), pl.col(at))


def _at(rows: pl.LazyFrame, at: pl.Expr) -> pl.DataFrame:
    return rows.select("tweet_id", pl.col("metric").cast(pl.String), at.alias("at")).sort(pl.all()).collect()
