"""Takes the report that is made next, after what others have left behind is written down. Instants are UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.delivery.alerts import job_alert
from reportgen.jobs import Job
from reportgen.outbox import Occasion
from reportgen.scheduled.scheduler import Scheduler
from reportgen.scheduled.telling import tell_lost
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportgen.store.open import Store


def take_job(
    scheduler: Scheduler, store: Store, settings: Settings, specs: Mapping[str, ReportSpec], now: datetime
) -> Job | None:
    """The one of these reports, by name, that has been due longest; None where none is due that nobody is at. Who had
    one and gives no sign of life any more has failed at it. Raises StoreError.
    """
    from reportgen.store.jobs import claim_job

    with store.writing() as connection:
        lost = _lost(connection, scheduler, settings, specs, now)
        job = claim_job(connection, specs.keys(), now, scheduler.holder, scheduler.leases.job)
    for one in lost:
        tell_lost(scheduler.tell, one)
    return job


def _lost(
    connection: Connection,
    scheduler: Scheduler,
    settings: Settings,
    specs: Mapping[str, ReportSpec],
    now: datetime,
) -> tuple[Job, ...]:
    from reportgen.store.jobs import put_off_lost
    from reportgen.store.outbox import add

    lost = put_off_lost(connection, specs.keys(), now, scheduler.leases.job, settings.retry_for, scheduler.chance())
    for job in lost:
        if job.outcome is not None:
            alert = job_alert(settings, specs[job.report], job, job.said or "", now)
            add(connection, Occasion(job.report, job.due), alert, now)
    return lost
