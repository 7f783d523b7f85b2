"""Deletes what is from before a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from reportgen import jobs
from reportgen.jobs import AHEAD, JobState
from reportgen.outbox import OVER, State
from reportgen.request import Grain
from reportgen.store.deliveries import drop_parcels
from reportgen.store.extent import counts_known
from reportgen.store.instants import seconds_of
from reportgen.store.open import Store
from reportgen.store.rows import ROWS, row_start, table
from reportgen.store.schema import (
    CALLS,
    COVERAGE,
    FACTS,
    LASTING_GAPS,
    POSTS,
    RUNS,
    SNAPSHOTS,
    TIMELINE_COVERAGE,
    TIMELINE_TWEETS,
    X_CALLS,
)
from reportgen.store.schema_of_delivery import JOBS, OUTBOX
from reportgen.store.stretches import stretches

_SILENT: Final = timedelta(days=1)
"""A run that has not ended, and of which nothing has been heard for so long, was killed."""

_ROWS: Final = pl.Schema({"grain": pl.String(), **ROWS})


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much goes, or went."""

    counts: int
    snapshots: int
    gaps: int
    runs: int
    calls: int
    """To either API."""
    posts: int
    """Tweets that the X API told of."""
    deliveries: int = 0
    """That were sent, given up or canceled."""
    jobs: int = 0


def prunable(store: Store, before: datetime, now: datetime) -> Pruned:
    """What `prune` would delete. Raises StoreError."""
    with store.reading() as connection:
        return _prunable(connection, before, now)


def prune(store: Store, before: datetime, now: datetime) -> Pruned:
    """Delete what is of hours and days before a midnight, was posted, taken or found before it, or run; `now` is the
    present.

    All instants are UTC. The handles asked about stay, and whose tweets they are. Raises StoreError, and nothing is
    deleted.
    """
    limit = seconds_of(before)
    with store.writing() as connection:
        pruned = _prunable(connection, before, now)
        _trim_month(connection, before)
        for grain in (Grain.HOUR, Grain.DAY):
            rows_before = FACTS.c.start < seconds_of(row_start(before, grain))
            connection.execute(delete(FACTS).where(FACTS.c.grain == grain.name.lower(), rows_before))
        for coverage in (COVERAGE, TIMELINE_COVERAGE):
            connection.execute(delete(coverage).where(coverage.c.end <= limit))
            connection.execute(update(coverage).where(coverage.c.start < limit).values(start=limit))
        before_limit = select(POSTS.c.tweet_id).where(POSTS.c.posted < limit)
        connection.execute(delete(TIMELINE_TWEETS).where(TIMELINE_TWEETS.c.tweet_id.in_(before_limit)))
        connection.execute(delete(POSTS).where(POSTS.c.posted < limit))
        connection.execute(delete(X_CALLS).where(X_CALLS.c.at < before))
        connection.execute(delete(SNAPSHOTS).where(SNAPSHOTS.c.taken < limit))
        connection.execute(delete(LASTING_GAPS).where(LASTING_GAPS.c.found < limit))
        connection.execute(delete(CALLS).where(CALLS.c.run.in_(_runs_before(before, now))))
        connection.execute(delete(OUTBOX).where(_over_before(before)))
        drop_parcels(connection)
        # After the deliveries: those of jobs that are open stay.
        connection.execute(delete(JOBS).where(_needless(before, now)))
        connection.execute(delete(RUNS).where(RUNS.c.id.in_(_runs_before(before, now))))
    return pruned


def _prunable(connection: Connection, before: datetime, now: datetime) -> Pruned:
    limit = seconds_of(before)
    runs = _runs_before(before, now)
    counted = (
        select(func.count()).where(SNAPSHOTS.c.taken < limit),
        select(func.count()).where(LASTING_GAPS.c.found < limit),
        select(func.count()).where(RUNS.c.id.in_(runs)),
        select(func.count()).where(CALLS.c.run.in_(runs)),
        select(func.count()).where(X_CALLS.c.at < before),
        select(func.count()).where(POSTS.c.posted < limit),
        select(func.count()).where(_over_before(before)),
        select(func.count()).where(_needless(before, now)),
    )
    snapshots, gaps, its_runs, calls, x_calls, *others = (connection.execute(count).scalar_one() for count in counted)
    return Pruned(counts_known(connection, before), snapshots, gaps, its_runs, calls + x_calls, *others)


def _over_before(before: datetime) -> ColumnElement[bool]:
    """The deliveries that ended before an instant. Of a job that is open none does: a later attempt would put it in
    again.
    """
    of = OUTBOX.c
    is_open = JOBS.c.state.in_(jobs.OPEN)
    of_open_job = exists().where(JOBS.c.report == of.report, JOBS.c.due == of.due, is_open)
    return and_(of.state.in_([*OVER, State.FAILED]), of.ended < before, ~of_open_job)


def _needless(before: datetime, now: datetime) -> ColumnElement[bool]:
    """The jobs that ended before an instant, but for the newest of each report: what was due since is told from it; and
    those that a clock that was ahead has left, and that nobody is at.
    """
    newer = JOBS.alias("newer").c
    is_overtaken = exists().where(newer.report == JOBS.c.report, newer.due > JOBS.c.due, newer.due <= now)
    is_over = JOBS.c.state.in_(jobs.ENDED)
    of_future = and_(JOBS.c.due > now + AHEAD, JOBS.c.state != JobState.RUNNING)
    return or_(of_future, and_(is_over, JOBS.c.ended < before, is_overtaken))


def _runs_before(before: datetime, now: datetime) -> Select[tuple[int]]:
    """The runs that began before an instant and made no call since. One that may be under way is none of them."""
    silent = min(before, now - _SILENT)
    # SQLite gives the highest ids anew, and a run asks by them whether others have called since it was planned.
    is_last = CALLS.c.id == select(func.max(CALLS.c.id)).scalar_subquery()

    def over_by(instant: datetime) -> ColumnElement[bool]:
        stays = exists().where(CALLS.c.run == RUNS.c.id, or_(CALLS.c.left_at >= instant, is_last))
        return and_(RUNS.c.started < instant, ~stays)

    has_ended = RUNS.c.ended.is_not(None)
    return select(RUNS.c.id).where(or_(and_(has_ended, over_by(before)), and_(~has_ended, over_by(silent))))


def _trim_month(connection: Connection, before: datetime) -> None:
    """Empty the days before a midnight in the rows of their month."""
    month = row_start(before, Grain.DAY)
    days = before.day - month.day
    if not days:
        return
    of = FACTS.c
    rows_of_month = and_(of.grain == Grain.DAY.name.lower(), of.start == seconds_of(month))
    for stretch in stretches(connection, FACTS, rows_of_month):
        in_both = and_(rows_of_month, stretch.of(FACTS))
        left = _without_days(connection.execute(select(FACTS).where(in_both)).all(), days)
        connection.execute(delete(FACTS).where(in_both))
        if left:
            connection.execute(insert(FACTS), left)


def _without_days(rows: Sequence[Sequence[Any]], days: int) -> list[dict[str, Any]]:
    """The rows of a month without its first days; those that have others."""
    trimmed = pl.lit("," * days) + pl.col("counts").str.split(",").list.slice(days).list.join(",")
    left = table(rows, _ROWS).with_columns(trimmed.alias("counts")).collect()
    return left.filter(pl.col("counts").str.strip_chars(",") != "").to_dicts()
