"""Writes down what is due, so that one of all schedulers makes it, and it is made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from reportgen.due import due_now
from reportgen.spec.delivering import Schedule
from reportgen.spec.model import ReportSpec
from reportgen.store.jobs import add_jobs, latest_due, skip_left, skip_overtaken
from reportgen.store.schedules import remember_schedule


@dataclass(frozen=True, slots=True)
class NewlyDue:
    """A report that was found due at an instant (UTC) that nobody had written down yet, or is skipped now."""

    report: str
    due: datetime
    skipped: str | None = None
    """Why it is not made any more; None where it is to be made."""


def note_dues(connection: Connection, specs: Iterable[ReportSpec], now: datetime) -> tuple[NewlyDue, ...]:
    """Write down what of these reports became due until now (UTC), and skip what a newer one has overtaken, and what
    nobody has the file of for long.

    Joins a transaction that writes. A schedule that nobody knew counts from now on.
    """
    given = tuple(specs)
    dues = [one for spec in given if spec.schedule for one in _note(connection, spec.name, spec.schedule, now)]
    left = skip_left(connection, [spec.name for spec in given], now)
    return (*dues, *(NewlyDue(job.report, job.due, job.said) for job in left))


def _note(connection: Connection, report: str, schedule: Schedule, now: datetime) -> Iterator[NewlyDue]:
    since = remember_schedule(connection, report, schedule.cron, schedule.timezone.key, now)
    dues = due_now(schedule, since, latest_due(connection, report, now), now)
    for due, why in dues.skipped:
        add_jobs(connection, report, (), (due,), now, why)
        yield NewlyDue(report, due, why)
    add_jobs(connection, report, dues.run, (), now, "")
    yield from (NewlyDue(report, due) for due in dues.run)
    if schedule.catch_up != "all":
        for job in skip_overtaken(connection, report, now):
            yield NewlyDue(report, job.due, job.said)
