"""Facts: what the API counted, as one table.

A row is one tweet, one metric, one bucket of time, one count:

    tweet_id  Int64
    metric    Enum of the catalog's metrics
    start     Datetime (UTC), the bucket's first instant; null where facts have no time (`Grain.TOTAL`)
    value     Int64

A tweet, a metric and a bucket have one row: the store has one place for it (`reportgen.store.rows`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from reportgen.catalog import METRICS

METRIC: Final = pl.Enum(list(METRICS))
INSTANT: Final = pl.Datetime("ms", "UTC")
SCHEMA: Final = pl.Schema({"tweet_id": pl.Int64(), "metric": METRIC, "start": INSTANT, "value": pl.Int64()})


def no_facts() -> pl.DataFrame:
    """A table of facts without a row."""
    return pl.DataFrame(schema=SCHEMA)


def all_facts(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all tables."""
    return pl.concat([no_facts(), *tables])
