"""What is due of a schedule, and what of it is not made any more. Pure. Instants are UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from reportgen.jobs import Job
from reportgen.schedule import occurrences_back
from reportgen.spec.delivering import Schedule

MOST_MADE: Final = 366
"""How many missed ones `catch_up: all` makes."""
MOST_TOLD: Final = 100
"""How many of those that are not made any more are told one by one."""
LATEST_START: Final = timedelta(hours=1)
"""With `catch_up: none` a report begins within this time, or not at all."""

LEFT_FOR: Final = timedelta(days=7)
"""A report that was found due, and whose file nobody has any more, is given up after this time."""

NEWER: Final = "a newer one was due before this one was begun"
NOT_COMPLETE: Final = "a newer one was due before this one was complete"
NO_FILE: Final = "for a week, nobody who looked had its report file"
MISSED: Final = "nothing ran within an hour, and the file says catch_up: none"
TOO_MANY: Final = f"more than {MOST_MADE} were missed; catch_up: all makes the newest {MOST_MADE}"
AND_BEFORE: Final = "; so were all that were due before"


@dataclass(frozen=True, slots=True)
class Dues:
    """What became due; the oldest first."""

    run: tuple[datetime, ...] = ()
    """To be made."""
    skipped: tuple[tuple[datetime, str], ...] = ()
    """Not made any more, and why; of more than MOST_TOLD the newest, and the reason of the oldest says that there are
    more."""


def due_now(schedule: Schedule, since: datetime, latest: datetime | None, now: datetime) -> Dues:
    """What became due after `since`, and after `latest`, the newest that is a job already, until now."""
    after = max(since, latest) if latest else since
    newest_first = occurrences_back(schedule, now, after)
    run = tuple(islice(newest_first, MOST_MADE if schedule.catch_up == "all" else 1))
    skipped = tuple(islice(newest_first, MOST_TOLD + 1))
    if schedule.catch_up == "none" and run and run[0] < now - LATEST_START:
        return Dues((), _told((*run, *skipped), MISSED))
    return Dues(run[::-1], _told(skipped, TOO_MANY if schedule.catch_up == "all" else NEWER))


def why_overtaken(job: Job) -> str:
    """Why a job that was not done is skipped for a newer one; with what its last attempt came to, since no other will
    be told of.
    """
    if not job.attempts:
        return NEWER
    said = f": {job.said}" if job.said else ""
    return f"{NOT_COMPLETE}; the last attempt: {job.outcome}{said}" if job.outcome else NOT_COMPLETE


def _told(newest_first: Sequence[datetime], why: str) -> tuple[tuple[datetime, str], ...]:
    told = [(due, why) for due in newest_first[:MOST_TOLD]]
    if len(newest_first) > MOST_TOLD:
        told[-1] = (told[-1][0], why + AND_BEFORE)
    return tuple(reversed(told))
