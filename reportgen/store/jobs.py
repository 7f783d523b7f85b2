"""The jobs in the store: what is due is written down once, taken by one holder at a time, and ended.

All functions join the caller's transaction: `Store.writing()` where they change something, which is alone over all
processes. Instants are UTC, and `now` is the caller's present.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, func, insert, or_, select, update

from reportgen import jobs
from reportgen.due import LEFT_FOR, NO_FILE, why_overtaken
from reportgen.jobs import Job, JobState
from reportgen.store.schema_of_delivery import JOBS

_OF: Final = JOBS.c
_NEWER: Final = JOBS.alias("newer").c
_CLAIMABLE_AT: Final = case((_OF.state == JobState.DUE, _OF.next_attempt), else_=_OF.lease_until)
"""When somebody may take it; of those that are due or running."""
_OPEN: Final = _OF.state.in_(jobs.OPEN)


def add_jobs(
    connection: Connection,
    report: str,
    dues: Iterable[datetime],
    skipped: Iterable[datetime],
    now: datetime,
    why_skipped: str,
) -> None:
    """Write down when the report was due: to be made, or skipped for that reason. What is there already stays."""
    for due in dues:
        _add(connection, report, due, found=now, state=JobState.DUE, next_attempt=due)
    for due in skipped:
        _add(connection, report, due, found=now, state=JobState.SKIPPED, said=why_skipped, ended=now)


def skip_overtaken(connection: Connection, report: str, now: datetime) -> tuple[Job, ...]:
    """Skip the jobs of the report that nobody is at, where a newer one was due; gives them. Unless `catch_up` is `all`,
    call it at each look after `add_jobs`: one that was running when the newer one came may have been put off since.
    """
    is_left = or_(_OF.state == JobState.DUE, and_(_OF.state == JobState.RUNNING, _OF.lease_until <= now))
    is_overtaken = exists().where(_NEWER.report == _OF.report, _NEWER.due > _OF.due, _NEWER.due <= now)
    chosen = select(JOBS).where(_OF.report == report, is_left, is_overtaken).order_by(_OF.due)
    jobs_left = [*map(_job, connection.execute(chosen))]
    return tuple(_skip(connection, job, why_overtaken(job), now) for job in jobs_left)


def skip_left(connection: Connection, reports: Collection[str], now: datetime) -> tuple[Job, ...]:
    """Skip the jobs of other reports than these that nobody has taken for LEFT_FOR, though anybody might have; gives
    them. Their files are not there any more, or whoever had them.
    """
    chosen = select(JOBS).where(_OF.report.not_in(reports), _OPEN, now - LEFT_FOR >= _CLAIMABLE_AT).order_by(_OF.due)
    jobs_left = [*map(_job, connection.execute(chosen))]
    return tuple(_skip(connection, job, NO_FILE, now) for job in jobs_left)


def latest_due(connection: Connection, report: str, now: datetime) -> datetime | None:
    """The newest instant until now at which the report was found due, whatever became of it. A clock that was ahead may
    have left newer ones, which say nothing of today.
    """
    is_past = and_(_OF.report == report, _OF.due <= now)
    found: datetime | None = connection.execute(select(func.max(_OF.due)).where(is_past)).scalar()
    return found


def claim_job(
    connection: Connection, reports: Collection[str], now: datetime, holder: str, lease: timedelta
) -> Job | None:
    """Take the job of one of these reports that has been due longest; None where none is. The holder has it until `now`
    + `lease`. Of all processes, each names itself differently. Call `put_off_lost` before: what others had is due then.
    """
    row = connection.execute(
        select(_OF.report, _OF.due)
        .where(_OF.report.in_(reports), _OF.state == JobState.DUE, _OF.next_attempt <= now)
        .order_by(_OF.next_attempt, _OF.due, _OF.report)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    is_it = and_(_OF.report == row.report, _OF.due == row.due)
    begun = {"state": JobState.RUNNING, "attempts": _OF.attempts + 1, "holder": holder, "lease_until": now + lease}
    connection.execute(update(JOBS).where(is_it).values(**begun, next_attempt=None))
    return _job(connection.execute(select(JOBS).where(is_it)).one())


def renew(connection: Connection, job: Job, holder: str, until: datetime) -> bool:
    """Make the lease last until then; False where the holder has lost it, and nothing is changed."""
    renewed = update(JOBS).where(_is_held(job, holder)).values(lease_until=until)
    return connection.execute(renewed).rowcount == 1


def put_off(
    connection: Connection,
    job: Job,
    holder: str,
    outcome: str,
    said: str,
    now: datetime,
    retry_for: timedelta,
    chance: float,
) -> Job | None:
    """Keep that an attempt did not succeed, and give the job as it stands then: due again, or failed where its time is
    over; None where the holder has lost it, and nothing is changed.

    Attempts go on until `retry_for` after the job was found due: that is the due instant where somebody was there to
    find it, and later where all machines were off. `chance`, from 0 to 1, spreads them. See `reportgen.jobs.put_off`.
    """
    found = connection.execute(select(_OF.found).where(_is_held(job, holder))).scalar()
    if found is None:
        return None
    left = jobs.put_off(job, outcome, said, now, found + retry_for, chance)
    _write(connection, left, _is_held(left, holder))
    return left


def put_off_lost(
    connection: Connection,
    reports: Collection[str],
    now: datetime,
    lease: timedelta,
    retry_for: timedelta,
    chance: float,
) -> tuple[Job, ...]:
    """Write down of these reports' jobs whose lease has expired that whoever had them is lost, and give them as they
    stand then: due again, or failed where `retry_for` is over since they were found. See `reportgen.jobs.lost`.
    """
    is_left = and_(_OF.state == JobState.RUNNING, _OF.lease_until <= now)
    rows = connection.execute(select(JOBS).where(_OF.report.in_(reports), is_left).order_by(_OF.due)).all()
    left = tuple(jobs.lost(_job(row), now, row.found + retry_for, lease, chance) for row in rows)
    for job in left:
        _write(connection, job, _is(job))
    return left


def give_back(connection: Connection, job: Job, holder: str, now: datetime) -> bool:
    """Let a job that was broken off be due again at once; False where the holder has lost it."""
    row = {**_HELD_BY_NOBODY, "state": JobState.DUE, "next_attempt": now}
    return connection.execute(update(JOBS).where(_is_held(job, holder)).values(**row)).rowcount == 1


def end_job(connection: Connection, job: Job, holder: str, outcome: str, said: str | None, now: datetime) -> Job | None:
    """Keep that a job is done, and give it as it stands then; None where the holder has lost it, and nothing is
    changed: then nothing of what it made belongs into the outbox. See `reportgen.jobs.done`.
    """
    left = jobs.done(job, outcome, said, now)
    return left if _write(connection, left, _is_held(job, holder)) else None


def jobs_listing(connection: Connection, ended_since: datetime | None = None) -> tuple[Job, ...]:
    """The jobs, newest first; with `ended_since`, those that are open and those that ended since then."""
    chosen = select(JOBS).order_by(_OF.due.desc(), _OF.report)
    if ended_since is not None:
        chosen = chosen.where(or_(_OPEN, _OF.ended >= ended_since))
    return tuple(map(_job, connection.execute(chosen)))


def open_jobs(connection: Connection, report: str) -> tuple[Job, ...]:
    """The jobs of a report that have not ended, the oldest first."""
    chosen = select(JOBS).where(_OF.report == report, _OPEN).order_by(_OF.due)
    return tuple(map(_job, connection.execute(chosen)))


def next_job(connection: Connection, reports: Collection[str]) -> datetime | None:
    """When the next job of these reports may be claimed, which may be in the past; None where none is open."""
    found: datetime | None = connection.execute(
        select(func.min(_CLAIMABLE_AT)).where(_OF.report.in_(reports), _OPEN)
    ).scalar()
    return found


_HELD_BY_NOBODY: Final = {"next_attempt": None, "holder": None, "lease_until": None}


def _add(connection: Connection, report: str, due: datetime, **row: object) -> None:
    is_there = exists().where(_OF.report == report, _OF.due == due)
    if not connection.execute(select(is_there)).scalar():
        connection.execute(insert(JOBS).values(report=report, due=due, attempts=0, **row))


def _skip(connection: Connection, job: Job, why: str, now: datetime) -> Job:
    """The job as it stands then; nobody may be at it."""
    skipped = replace(job, state=JobState.SKIPPED, next_attempt=None, lease_until=None, said=why, ended=now)
    _write(connection, skipped, _is(job))
    return skipped


def _is(job: Job) -> ColumnElement[bool]:
    return and_(_OF.report == job.report, _OF.due == job.due)


def _is_held(job: Job, holder: str) -> ColumnElement[bool]:
    """The row, as long as this holder has it for this attempt."""
    return and_(_is(job), _OF.attempts == job.attempts, _OF.state == JobState.RUNNING, _OF.holder == holder)


def _write(connection: Connection, job: Job, where: ColumnElement[bool]) -> bool:
    """Keep how a job that nobody is at stands; whether there was such a one."""
    row = {
        **_HELD_BY_NOBODY,
        "state": job.state,
        "next_attempt": job.next_attempt,
        "outcome": job.outcome,
        "said": job.said,
        "ended": job.ended,
    }
    return connection.execute(update(JOBS).where(where).values(**row)).rowcount == 1


def _job(row: Row[Any]) -> Job:
    return Job(
        report=row.report,
        due=row.due,
        state=JobState(row.state),
        attempts=row.attempts,
        next_attempt=row.next_attempt,
        lease_until=row.lease_until,
        outcome=row.outcome,
        said=row.said,
        ended=row.ended,
    )
