"""All of a table, a stretch of tweets after the other: each with few enough rows to be held at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl
from sqlalchemy import ColumnElement, Connection, Table, func, select

from reportgen.catalog import Endpoint
from reportgen.request import Grain
from reportgen.store.rows import ROWS, table
from reportgen.store.schema import COVERAGE, FACTS, SNAPSHOTS

_ROWS: Final = 5_000
"""A tweet with more of them is a stretch of its own."""
_FIRST: Final = -(2**63)
_LAST: Final = 2**63 - 1

SPANS: Final = pl.Schema(
    {"tweet_id": pl.Int64(), "metric": pl.String(), "from": pl.Int64(), "until": pl.Int64(), "asked": pl.Int64()}
)
SNAPSHOT_ROWS: Final = pl.Schema(
    {"tweet_id": pl.Int64(), "metric": pl.String(), "taken": pl.Int64(), "counts": pl.String()}
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tweets whose ids lie between these two, both in. The stretches of a table have room for every id there is."""

    first: int
    last: int

    def of(self, table: Table) -> ColumnElement[bool]:
        """What the rows of these tweets have in common."""
        return table.c.tweet_id.between(self.first, self.last)


def stretches(connection: Connection, of: Table, which: ColumnElement[bool]) -> Iterator[Stretch]:
    """The stretches of those rows of the table, in the order of ids."""
    tweet = of.c.tweet_id
    sizes = connection.execute(select(tweet, func.count()).where(which).group_by(tweet).order_by(tweet)).all()
    first, rows = _FIRST, 0
    for tweet_id, size in sizes:
        if rows and rows + size > _ROWS:
            yield Stretch(first, tweet_id - 1)
            first, rows = tweet_id, 0
        rows += size
    yield Stretch(first, _LAST)


def stretches_of_facts(connection: Connection, grain: Grain) -> Iterator[Stretch]:
    """The stretches of the facts of a grain."""
    return stretches(connection, FACTS, FACTS.c.grain == grain.name.lower())


def stretches_of_snapshots(connection: Connection, endpoint: Endpoint) -> Iterator[Stretch]:
    """The stretches of the snapshots of an endpoint."""
    return stretches(connection, SNAPSHOTS, SNAPSHOTS.c.endpoint == endpoint.name)


def fact_rows(connection: Connection, grain: Grain, stretch: Stretch) -> pl.LazyFrame:
    """The rows of facts of these tweets, as `reportgen.store.rows.ROWS`."""
    of = FACTS.c
    columns = select(of.tweet_id, of.metric, of.start, of.counts)
    found = connection.execute(columns.where(of.grain == grain.name.lower(), stretch.of(FACTS))).all()
    return table(found, ROWS)


def covered_spans(connection: Connection, grain: Grain, stretch: Stretch) -> pl.LazyFrame:
    """The coverage of these tweets, as SPANS; in seconds since 1970, `asked` as in the store."""
    of = COVERAGE.c
    columns = select(of.tweet_id, of.metric, of.start, of.end, of.asked)
    found = connection.execute(columns.where(of.grain == grain.name.lower(), stretch.of(COVERAGE))).all()
    return table(found, SPANS)


def snapshot_rows(connection: Connection, endpoint: Endpoint, stretch: Stretch) -> pl.LazyFrame:
    """The snapshots of these tweets, as SNAPSHOT_ROWS."""
    of = SNAPSHOTS.c
    columns = select(of.tweet_id, of.metric, of.taken, of.counts)
    found = connection.execute(columns.where(of.endpoint == endpoint.name, stretch.of(SNAPSHOTS))).all()
    return table(found, SNAPSHOT_ROWS)
