"""How much the store holds, in its own words: counted by the database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, case, func, select, true

from reportgen.store.coverage import STEP
from reportgen.store.instants import seconds_of
from reportgen.store.schema import COVERAGE

_STEPS: Final = {grain.name.lower(): int(step.total_seconds()) for grain, step in STEP.items()}


def counts_known(
    connection: Connection, before: datetime | None = None, which: ColumnElement[bool] | None = None
) -> int:
    """How many counts of `historical` are known, those of hours or days before an instant (UTC)."""
    end: ColumnElement[int] = COVERAGE.c.end
    if before is not None:
        limit = seconds_of(before)
        end = case((COVERAGE.c.end > limit, limit), else_=COVERAGE.c.end)
    seconds = func.sum(end - COVERAGE.c.start).label("seconds")
    by_grain = select(COVERAGE.c.grain, seconds).where(true() if which is None else which).group_by(COVERAGE.c.grain)
    if before is not None:
        by_grain = by_grain.where(COVERAGE.c.start < seconds_of(before))
    return sum(int(of_grain) // _STEPS[grain] for grain, of_grain in connection.execute(by_grain) if grain in _STEPS)
