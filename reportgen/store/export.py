"""All counts of the store as one tidy table in a Parquet file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl
from polars.io.plugins import register_io_source
from sqlalchemy import Connection, select

from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS, Endpoint
from reportgen.errors import OutputError
from reportgen.facts import INSTANT, METRIC
from reportgen.output import whole_file
from reportgen.request import Grain
from reportgen.store.coverage import FINAL, STEP
from reportgen.store.damage import understood
from reportgen.store.open import Store
from reportgen.store.rows import cell_start, cells, table
from reportgen.store.schema import TWEETS
from reportgen.store.stretches import (
    Stretch,
    covered_spans,
    fact_rows,
    snapshot_rows,
    stretches_of_facts,
    stretches_of_snapshots,
)

COLUMNS: Final = pl.Schema(
    {
        "tweet_id": pl.String(),
        "handle": pl.String(),
        "metric": pl.String(),
        "endpoint": pl.String(),
        "grain": pl.String(),
        "start": INSTANT,
        "end": INSTANT,
        "taken": INSTANT,
        "final": pl.Boolean(),
        "value": pl.Int64(),
    }
)
"""A row is a count. Ids are text: as numbers, spreadsheets and tables with holes round them."""
_NEVER: Final = pl.lit(None, dtype=INSTANT)
_OWNERS: Final = pl.Schema({"tweet_id": pl.Int64(), "handle": pl.String()})
_ROWS_IN_GROUP: Final = 100_000
_WHY: Final = re.compile(r"IO error: (.+?) \(os error")


def export(store: Store, path: Path) -> int:
    """Write all that is known into a Parquet file, whole or not at all, and give the number of counts.

    The same store gives the same bytes. Raises OutputError and StoreError.
    """
    with store.reading() as connection, whole_file(path) as part:

        def source(*_: object) -> Iterator[pl.DataFrame]:
            return _counts(connection)

        rows = register_io_source(source, schema=COLUMNS)
        try:
            # Not by its name: where the rows end in an error, polars may open the file after we have removed it.
            with part.open("wb") as file:
                rows.sink_parquet(file, compression="zstd", row_group_size=_ROWS_IN_GROUP)
        except pl.exceptions.PolarsError as error:
            if why := _WHY.search(str(error)):
                raise OutputError(f"cannot write {path}: {why[1]}") from error
            raise
        return int(pl.scan_parquet(part).select(pl.len()).collect().item())


def _counts(connection: Connection) -> Iterator[pl.DataFrame]:
    for grain in (Grain.HOUR, Grain.DAY):
        for stretch in stretches_of_facts(connection, grain):
            yield _shaped(connection, stretch, _counted(connection, grain, stretch))
    for endpoint, grain in ((LAST_28_HOURS, Grain.HOUR), (TOTALS, Grain.TOTAL)):
        for stretch in stretches_of_snapshots(connection, endpoint):
            yield _shaped(connection, stretch, _taken(connection, endpoint, grain, stretch))


def _counted(connection: Connection, grain: Grain, stretch: Stretch) -> pl.LazyFrame:
    """What `historical` counted and the coverage has."""
    spans = covered_spans(connection, grain, stretch)
    start = cell_start(grain)
    within = pl.col("start").dt.epoch("s").is_between("from", "until", closed="left")
    return (
        cells(fact_rows(connection, grain, stretch))
        .filter(pl.col("count") != "")
        .with_columns(start.alias("start"))
        .join(spans, on=["tweet_id", "metric"])
        .filter(within)
        .with_columns(
            pl.lit(HISTORICAL.name).alias("endpoint"),
            pl.lit(grain.name.lower()).alias("grain"),
            (pl.col("start") + STEP[grain]).alias("end"),
            _NEVER.alias("taken"),
            (pl.col("asked") == FINAL).alias("final"),
        )
    )


def _taken(connection: Connection, endpoint: Endpoint, grain: Grain, stretch: Stretch) -> pl.LazyFrame:
    """The snapshots. None is final: the next one has other counts."""
    taken = pl.from_epoch("taken").cast(INSTANT)
    window = endpoint.window
    first = _NEVER if window is None else (taken - window).dt.truncate("1h") + pl.duration(hours="slot")
    return (
        cells(snapshot_rows(connection, endpoint, stretch))
        .filter(pl.col("count") != "")
        .with_columns(
            pl.lit(endpoint.name).alias("endpoint"),
            pl.lit(grain.name.lower()).alias("grain"),
            first.alias("start"),
            (taken if window is None else first + STEP[grain]).alias("end"),
            taken.alias("taken"),
            pl.lit(value=False).alias("final"),
        )
    )


def _shaped(connection: Connection, stretch: Stretch, counts: pl.LazyFrame) -> pl.DataFrame:
    owners = connection.execute(select(TWEETS.c.tweet_id, TWEETS.c.handle).where(stretch.of(TWEETS))).all()
    handles = table(owners, _OWNERS)
    with understood():
        return (
            counts.join(handles, on="tweet_id", how="left")
            # In the catalog's order of metrics.
            .with_columns(pl.col("metric").cast(METRIC), pl.col("count").cast(pl.Int64).alias("value"))
            .sort("tweet_id", "metric", "taken", "start")
            .select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
            .collect()
        )
