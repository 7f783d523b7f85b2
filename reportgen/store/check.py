"""Looks for damage in the store, and tells what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl
from sqlalchemy import Connection, func, select, union

from reportgen.catalog import ENDPOINTS, LAST_28_HOURS, METRICS, TOTALS
from reportgen.dates import long_moment
from reportgen.gaps import LASTING
from reportgen.request import Grain
from reportgen.store.coverage import STEP
from reportgen.store.damage import understood
from reportgen.store.delivery_faults import faults_of_deliveries
from reportgen.store.extent import counts_known
from reportgen.store.faults import Fault, Faults, faults_of_facts, faults_of_snapshots
from reportgen.store.instants import instant_of
from reportgen.store.migrations import stored_version
from reportgen.store.open import Store
from reportgen.store.rows import table
from reportgen.store.schema import COVERAGE, FACTS, LASTING_GAPS, SNAPSHOTS
from reportgen.store.stretches import (
    covered_spans,
    fact_rows,
    snapshot_rows,
    stretches_of_facts,
    stretches_of_snapshots,
)
from reportgen.store.timeline_faults import faults_of_timelines

_GRAINS: Final = [grain.name.lower() for grain in STEP]
_GAPS: Final = LASTING_GAPS.c
_WRONG_WORDS: Final = (
    (Fault.GRAIN, FACTS.c.grain.not_in(_GRAINS), FACTS.c.start),
    (Fault.GRAIN, COVERAGE.c.grain.not_in(_GRAINS), COVERAGE.c.start),
    (Fault.GRAIN, SNAPSHOTS.c.endpoint.not_in([LAST_28_HOURS.name, TOTALS.name]), SNAPSHOTS.c.taken),
    (Fault.GRAIN, _GAPS.endpoint.not_in(ENDPOINTS), _GAPS.found),
    (Fault.METRIC, _GAPS.metric.not_in(["", *METRICS]), _GAPS.found),
    (Fault.REASON, _GAPS.reason.not_in(LASTING), _GAPS.found),
)
"""Which rows have words that nobody knows, and their column of time."""
_PLACES: Final = pl.Schema({"tweet_id": pl.Int64(), "metric": pl.String(), "at": pl.Int64()})


@dataclass(frozen=True, slots=True)
class Damage:
    """Damage of one kind."""

    what: str
    number: int
    """How many places have it."""
    example: str
    tweet_id: int | None
    """The tweet of the example; None where the database itself is broken, an account's timeline, or a delivery."""
    cure: str | None = None
    """What to do about it, where that is another thing than to forget the tweet, or to take a copy."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a store holds."""

    version: int | None
    tweets: int
    counts: int
    """Of `historical`."""
    start: datetime | None
    """From here until `end` (UTC) lie the counts; None where there is none."""
    end: datetime | None
    snapshots: int
    gaps: int


def find_damage(store: Store) -> tuple[Damage, ...]:
    """What is broken in the store, one for each kind; empty where it is sound. Raises StoreError."""
    with store.reading() as connection:
        if lines := store.damage(connection):
            # What the database cannot vouch for is not worth a closer look.
            return (Damage("broken places", len(lines), lines[0], None),)
        return tuple(_found(connection))


def holdings(store: Store) -> Holdings:
    """What the store holds, as far as it is sound. Raises StoreError."""
    tweets = union(select(COVERAGE.c.tweet_id), select(SNAPSHOTS.c.tweet_id)).subquery()
    with store.reading() as connection:
        start, end = connection.execute(select(func.min(COVERAGE.c.start), func.max(COVERAGE.c.end))).one()
        return Holdings(
            version=stored_version(connection),
            tweets=connection.execute(select(func.count()).select_from(tweets)).scalar_one(),
            counts=counts_known(connection),
            start=None if start is None else instant_of(start),
            end=None if end is None else instant_of(end),
            snapshots=connection.execute(select(func.count()).select_from(SNAPSHOTS)).scalar_one(),
            gaps=connection.execute(select(func.count()).select_from(LASTING_GAPS)).scalar_one(),
        )


def _found(connection: Connection) -> Iterator[Damage]:
    counts: dict[Fault, int] = dict.fromkeys(Fault, 0)
    examples: dict[Fault, tuple[int, str, int]] = {}
    with understood():
        for fault, places in _faults(connection):
            counts[fault] += places.height
            if places.height:
                examples.setdefault(fault, places.row(0))
    for fault, (tweet_id, metric, at) in examples.items():
        example = f"tweet {tweet_id}, {metric or 'all metrics'}, {long_moment(instant_of(at))} UTC"
        yield Damage(fault.value, counts[fault], example, tweet_id)
    for of_timelines, ids in faults_of_timelines(connection):
        example = f"{'tweet' if of_timelines.of_tweets else 'account'} {ids[0]}"
        yield Damage(of_timelines.what, len(ids), example, ids[0] if of_timelines.of_tweets else None)
    for broken in faults_of_deliveries(connection):
        yield Damage(broken.what, broken.number, broken.example, None, broken.cure)


def _faults(connection: Connection) -> Faults:
    yield from _faults_of_words(connection)
    for grain in STEP:
        for stretch in stretches_of_facts(connection, grain):
            rows, spans = fact_rows(connection, grain, stretch), covered_spans(connection, grain, stretch)
            hours = covered_spans(connection, Grain.HOUR, stretch)
            yield from faults_of_facts(rows, spans, hours, grain)
    for endpoint in (LAST_28_HOURS, TOTALS):
        for stretch in stretches_of_snapshots(connection, endpoint):
            yield from faults_of_snapshots(snapshot_rows(connection, endpoint, stretch), endpoint)


def _faults_of_words(connection: Connection) -> Faults:
    """The rows that have words which nobody knows, in columns of few of them."""
    for fault, which, at in _WRONG_WORDS:
        of = at.table.c
        found = connection.execute(select(of.tweet_id, of.metric, at).where(which)).all()
        yield fault, table(found, _PLACES).collect()
