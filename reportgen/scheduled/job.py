"""A report that is due, from the claim to the commit: it is done and what leaves of it is in the outbox, or neither."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.delivery.alerts import job_alert
from reportgen.errors import StoreError
from reportgen.jobs import Job, JobState
from reportgen.outbox import Copy, Occasion, State
from reportgen.scheduled.attempt import Attempt, attempt
from reportgen.scheduled.claiming import take_job
from reportgen.scheduled.ended import Ended
from reportgen.scheduled.heartbeat import heartbeat
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.scheduler import Scheduler
from reportgen.scheduled.telling import tell_end, tell_start
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from reportgen.store.open import Store


def run_job(
    scheduler: Scheduler, store: Store, settings: Settings, files: ReportFiles, reports: Collection[str]
) -> Ended | None:
    """Make the one of these reports that has been due longest; None where none is due that nobody is at.

    Raises StoreError, after which the report is due again when the lease expires, and KeyboardInterrupt, after which it
    is due at once.
    """
    began = scheduler.clock()
    specs = {name: files.specs[name] for name in reports}
    job = take_job(scheduler, store, settings, specs, began)
    if job is None:
        return None
    try:
        with heartbeat(lambda: _renew(scheduler, store, job), scheduler.leases.beat):
            spec = files.fresh(job.report)
            tell_start(scheduler.tell, job, spec, began)
            tried = attempt(spec, job, began, scheduler, store)
        ended = _commit(scheduler, store, settings, spec, job, tried)
    except KeyboardInterrupt:
        # Where the store has failed too, the lease will expire.
        with suppress(StoreError):
            _give_back(scheduler, store, job)
        raise
    tell_end(scheduler.tell, ended, scheduler.clock() - began)
    return ended


def _renew(scheduler: Scheduler, store: Store, job: Job) -> bool:
    from reportgen.store.jobs import renew

    now = scheduler.clock()
    scheduler.works(now)
    with store.writing() as connection:
        return renew(connection, job, scheduler.holder, now + scheduler.leases.job)


def _give_back(scheduler: Scheduler, store: Store, job: Job) -> None:
    from reportgen.store.jobs import give_back

    with store.writing() as connection:
        give_back(connection, job, scheduler.holder, scheduler.clock())


def _commit(
    scheduler: Scheduler, store: Store, settings: Settings, spec: ReportSpec, job: Job, tried: Attempt
) -> Ended:
    from reportgen.store.outbox import add

    occasion, now = Occasion(job.report, job.due), scheduler.clock()
    with store.writing() as connection:
        left = _left(connection, scheduler, settings, spec, job, tried, now)
        if left is None:
            return Ended(job, tried.made, tried.calls, tried.warnings, None)
        copies: tuple[Copy, ...] = ()
        if left.state is JobState.DONE:
            copies = add(connection, occasion, tried.parcels, now)
        elif left.state is JobState.FAILED:
            copies = add(connection, occasion, tried.parcels, now, State.HELD)
        if left.outcome != "complete":
            add(connection, occasion, job_alert(settings, spec, left, tried.reason, now), now)
    return Ended(job, tried.made, tried.calls, tried.warnings, left, copies)


def _left(
    connection: Connection,
    scheduler: Scheduler,
    settings: Settings,
    spec: ReportSpec,
    job: Job,
    tried: Attempt,
    now: datetime,
) -> Job | None:
    """The job as the attempt leaves it; None where its holder has lost it."""
    from reportgen.store.jobs import end_job, put_off

    outcome, said, holder = tried.made.status, tried.said, scheduler.holder
    if outcome == "complete" or (outcome == "incomplete" and _sends_incomplete(spec)):
        return end_job(connection, job, holder, outcome, said, now)
    return put_off(connection, job, holder, outcome, said or "", now, settings.retry_for, scheduler.chance())


def _sends_incomplete(spec: ReportSpec) -> bool:
    return spec.email is not None and spec.email.when_incomplete == "send"
