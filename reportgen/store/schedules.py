"""The schedules in the store: each as it was seen last, and since when it counts.

All functions join the caller's transaction: `Store.writing()` where they change something. Instants are UTC.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from reportgen.schedule_status import KnownSchedule
from reportgen.spec.delivering import Schedule
from reportgen.store.jobs import latest_due, open_jobs
from reportgen.store.schema_of_delivery import SCHEDULES

_OF = SCHEDULES.c


def remember_schedule(connection: Connection, report: str, cron: str, timezone: str, now: datetime) -> datetime:
    """Keep the schedule of a report, and give since when it is this one: occurrences after that count.

    That is `now` where none was known, or one with another `cron` or `timezone` (IANA).
    """
    given = {"cron": cron, "timezone": timezone, "since": now}
    known = connection.execute(select(SCHEDULES).where(_OF.report == report)).one_or_none()
    if known is None:
        connection.execute(insert(SCHEDULES).values(report=report, **given))
        return now
    if (known.cron, known.timezone) == (cron, timezone):
        since: datetime = known.since
        return since
    connection.execute(update(SCHEDULES).where(_OF.report == report).values(**given))
    return now


def known_schedule(connection: Connection, report: str, schedule: Schedule) -> KnownSchedule:
    """What is known of the schedule of a report; keeps nothing."""
    is_it = _OF.report == report, _OF.cron == schedule.cron, _OF.timezone == schedule.timezone.key
    since: datetime | None = connection.execute(select(_OF.since).where(*is_it)).scalar()
    return KnownSchedule(since, latest_due(connection, report), open_jobs(connection, report))
