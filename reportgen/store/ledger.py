"""The ledger in the store: every run and every call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, exists, func, insert, select, update

from reportgen.catalog import Endpoint
from reportgen.errors import Exit
from reportgen.ledger import CallEntry, Outcome
from reportgen.request import Signer
from reportgen.store.schema import CALLS, RUNS


def begin_run(connection: Connection, started: datetime, as_of: datetime, reports: Sequence[str], planned: int) -> int:
    """Keep that a run of these reports begins, with so many calls planned. Gives its id. Instants are UTC."""
    begun = {"started": started, "as_of": as_of, "reports": list(reports), "calls_planned": planned}
    # Without RETURNING, which SQLite has only since version 3.35.
    run: int = connection.execute(insert(RUNS).values(**begun)).inserted_primary_key[0]  # type: ignore[index]
    return run


def end_run(
    connection: Connection, run: int, ended: datetime, exit_code: Exit, made: int | None, retried: int | None
) -> None:
    """Keep how a run ended."""
    end = {"ended": ended, "exit_code": exit_code.value, "calls_made": made, "calls_retried": retried}
    connection.execute(update(RUNS).where(RUNS.c.id == run).values(**end))


def add_call(connection: Connection, run: int, entry: CallEntry, reports: Sequence[str]) -> None:
    """Keep a call of a run that came back, and the names of the reports that it was for."""
    request = entry.request
    connection.execute(
        insert(CALLS).values(
            run=run,
            left_at=datetime.fromtimestamp(entry.left_at, UTC),
            seconds=entry.seconds,
            endpoint=request.endpoint.name,
            handle=_handle(request.signer),
            tweets=len(request.tweet_ids),
            metrics=len(request.metrics),
            reports=list(reports),
            outcome=entry.outcome.value,
            status=entry.status,
            cause=entry.cause,
        )
    )


def last_call(connection: Connection) -> int:
    """The id of the last call of any run; 0 where there was none."""
    return connection.execute(select(func.max(CALLS.c.id))).scalar() or 0


def others_called(connection: Connection, run: int, since: int) -> bool:
    """Whether calls of other runs came back after the call with that id."""
    return bool(connection.execute(select(exists().where(CALLS.c.id > since, CALLS.c.run != run))).scalar())


def was_answered(connection: Connection, signer: Signer, endpoint: Endpoint, since: datetime) -> bool:
    """Whether the endpoint answered a call of that signer in a run whose present was not before `since` (UTC)."""
    answered = (
        exists()
        .where(CALLS.c.endpoint == endpoint.name, CALLS.c.outcome == Outcome.ANSWERED)
        .where(CALLS.c.handle.is_not_distinct_from(_handle(signer)))
        .where(CALLS.c.run == RUNS.c.id, RUNS.c.as_of >= since)
    )
    return bool(connection.execute(select(answered)).scalar())


def _handle(signer: Signer) -> str | None:
    return signer.handle.lower() if signer.handle else None
