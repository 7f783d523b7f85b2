"""How the outbox and the jobs stand, in numbers: for monitors. Reads only. Instants are UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, select

from reportgen.jobs import JobState
from reportgen.outbox import OPEN, OVER, Delivery, State, Way
from reportgen.store.deliveries import delivery_of_row
from reportgen.store.schema_of_delivery import JOBS, OUTBOX


@dataclass(frozen=True, slots=True)
class Overview:
    """At one moment. Instants are UTC."""

    deliveries: Mapping[State, int] = field(default_factory=dict)
    """How many there are in each state; one whose lease has expired is waiting."""
    waiting_since: datetime | None = None
    """When the oldest of those that wait, or are being sent, was to be sent first; None where there is none."""
    successes: Mapping[str, datetime] = field(default_factory=dict)
    """When each report was made last, complete, of those that were due."""


def overview(connection: Connection, now: datetime) -> Overview:
    """How it stands now, in a transaction that reads."""
    of = OUTBOX.c
    is_left = and_(of.state == State.SENDING, of.lease_until <= now)
    # By its name: PostgreSQL takes an expression with values in it for another one where it stands again.
    state = case((is_left, State.WAITING.value), else_=of.state).label("stands")
    counts = connection.execute(select(state, func.count()).group_by("stands"))
    waiting = connection.execute(select(func.min(of.since)).where(of.state.in_(OPEN))).scalar()
    job = JOBS.c
    last = select(job.report, func.max(job.ended)).where(job.state == JobState.DONE, job.outcome == "complete")
    made = connection.execute(last.group_by(job.report))
    by_state = {State(found): count for found, count in counts}
    return Overview(by_state, waiting, {row[0]: row[1] for row in made})


def is_decided(connection: Connection, report: str, due: datetime) -> bool:
    """Whether what was made of a job has left or was canceled, all of it; alerts do not count."""
    of = OUTBOX.c
    chosen = select(of.state).where(of.report == report, of.due == due, of.way != Way.ALERT).distinct()
    states = set(connection.execute(chosen).scalars())
    return bool(states) and states <= {*OVER}


def waiting_before(connection: Connection, instant: datetime) -> tuple[Delivery, ...]:
    """Those that wait, or are being sent, since before then, the oldest first. By hand let go, they wait since that."""
    of = OUTBOX.c
    chosen = select(OUTBOX).where(of.state.in_(OPEN), of.since < instant).order_by(of.since, of.id)
    return tuple(map(delivery_of_row, connection.execute(chosen)))
