"""The calls to the X API in the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, case, func, insert, select

from reportgen.ledger import Outcome, XCallCounts, XCallEntry
from reportgen.store.open import Store
from reportgen.store.schema import X_CALLS


def add_x_call(connection: Connection, entry: XCallEntry) -> None:
    """Keep a call that came to an end."""
    connection.execute(
        insert(X_CALLS).values(
            at=datetime.fromtimestamp(entry.at, UTC),
            call=entry.call,
            handle=entry.handle.lower() if entry.handle else None,
            posts=entry.posts,
            outcome=entry.outcome.value,
        )
    )


def x_calls_since(store: Store, first_day: date) -> tuple[XCallCounts, ...]:
    """The calls to the X API since this day (UTC) began, a row a kind, in alphabetical order. Raises StoreError."""
    of = X_CALLS.c
    failed = func.sum(case((of.outcome == Outcome.ANSWERED.value, 0), else_=1))
    by_call = (
        select(of.call, func.count(), failed, func.sum(of.posts))
        .where(of.at >= datetime.combine(first_day, time(), UTC))
        .group_by(of.call)
        .order_by(of.call)
    )
    with store.reading() as connection:
        return tuple(XCallCounts(*row) for row in connection.execute(by_call))
