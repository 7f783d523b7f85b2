"""The schedules in the store: each that a report was seen with, and since when it counts.

All functions join the caller's transaction: `Store.writing()` where they change something. Instants are UTC.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from reportgen.schedule_status import KnownSchedule
from reportgen.spec.delivering import Schedule
from reportgen.store.jobs import latest_due, open_jobs
from reportgen.store.schema_of_delivery import SCHEDULES

_OF = SCHEDULES.c


def remember_schedule(connection: Connection, report: str, cron: str, timezone: str, now: datetime) -> datetime:
    """Keep the schedule of a report, and give since when it was seen with this `cron` and `timezone` (IANA):
    occurrences after that count.

    Each is kept for itself: in the middle of an update, two machines may have two versions of one report. One that was
    seen first by a clock that was ahead counts from `now`.
    """
    is_it = _is_it(report, cron, timezone)
    since: datetime | None = connection.execute(select(_OF.since).where(is_it)).scalar()
    if since is None:
        connection.execute(insert(SCHEDULES).values(report=report, cron=cron, timezone=timezone, since=now))
    elif since > now:
        connection.execute(update(SCHEDULES).where(is_it).values(since=now))
    return now if since is None else min(since, now)


def reports_with_schedule(connection: Connection) -> frozenset[str]:
    """The names of the reports that were ever seen with a schedule."""
    return frozenset(connection.execute(select(_OF.report).distinct()).scalars())


def known_schedule(connection: Connection, report: str, schedule: Schedule, now: datetime) -> KnownSchedule:
    """What is known now of the schedule of a report; keeps nothing."""
    is_it = _is_it(report, schedule.cron, schedule.timezone.key)
    since: datetime | None = connection.execute(select(_OF.since).where(is_it)).scalar()
    seen = since if since is None else min(since, now)
    return KnownSchedule(seen, latest_due(connection, report, now), open_jobs(connection, report))


def _is_it(report: str, cron: str, timezone: str) -> ColumnElement[bool]:
    return and_(_OF.report == report, _OF.cron == cron, _OF.timezone == timezone)
