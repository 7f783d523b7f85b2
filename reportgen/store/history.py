"""What the ledger tells of the runs and calls so far. Reads only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import RowMapping, func, select

from reportgen.ledger import CallsOfHandle, Outcome, RunEntry
from reportgen.store.damage import understood
from reportgen.store.open import Store
from reportgen.store.schema import CALLS, RUNS


def last_runs(store: Store, count: int) -> tuple[RunEntry, ...]:
    """So many runs at most, the latest first. Raises StoreError."""
    came_back = select(func.count()).where(CALLS.c.run == RUNS.c.id).scalar_subquery()
    made = func.coalesce(RUNS.c.calls_made, came_back).label("made")
    with store.reading() as connection, understood():
        rows = connection.execute(select(RUNS, made).order_by(RUNS.c.id.desc()).limit(count))
        return tuple(map(_run, rows.mappings()))


def calls_by_handle(store: Store, first_day: date) -> tuple[CallsOfHandle, ...]:
    """The calls that left since this day (UTC) began, by who signed them; the bearer token last. Raises StoreError."""
    by_outcome = (
        select(CALLS.c.handle, CALLS.c.outcome, func.count())
        .where(CALLS.c.left_at >= datetime.combine(first_day, time(), UTC))
        .group_by(CALLS.c.handle, CALLS.c.outcome)
    )
    counts: dict[str | None, dict[Outcome, int]] = {}
    with store.reading() as connection, understood():
        for handle, outcome, count in connection.execute(by_outcome):
            counts.setdefault(handle, dict.fromkeys(Outcome, 0))[Outcome(outcome)] = count
    handles = sorted(counts, key=lambda handle: (handle is None, handle))
    return tuple(CallsOfHandle(handle, counts[handle]) for handle in handles)


def _run(row: RowMapping) -> RunEntry:
    return RunEntry(
        started=row["started"],
        ended=row["ended"],
        as_of=row["as_of"],
        reports=tuple(row["reports"]),
        exit_code=row["exit_code"],
        planned=row["calls_planned"],
        made=row["made"],
        retried=row["calls_retried"],
    )
