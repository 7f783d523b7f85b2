"""How a report's schedule stands: what is due, under way, waiting or skipped, and when it is due next. Pure. Instants
are UTC.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from reportgen.due import Dues, due_now, why_overtaken
from reportgen.jobs import Job, JobState
from reportgen.schedule import next_after
from reportgen.spec.delivering import Schedule


@dataclass(frozen=True, slots=True)
class KnownSchedule:
    """What the store knows of a schedule."""

    since: datetime | None = None
    """What was due before does not count. None where nobody has looked at this schedule yet."""
    latest: datetime | None = None
    """The newest due that is a job."""
    jobs: tuple[Job, ...] = ()
    """Those that have not ended, the oldest first."""


@dataclass(frozen=True, slots=True)
class ScheduleStatus:
    """How it stands; the oldest first."""

    due: tuple[datetime, ...]
    """To be begun now."""
    running: tuple[Job, ...]
    waiting: tuple[Job, ...]
    """For their next attempts."""
    skipped: tuple[tuple[datetime, str], ...]
    """What the next look will skip, and why."""
    next: datetime | None
    """When it is due next; None where it is not within 50 years."""


def schedule_status(schedule: Schedule, known: KnownSchedule, now: datetime) -> ScheduleStatus:
    """What somebody who looks now would find."""
    dues = due_now(schedule, known.since, known.latest, now) if known.since else Dues()
    newest = max((*dues.run, *([known.latest] if known.latest else [])), default=None)
    left = [job for job in known.jobs if job.state_at(now) is JobState.DUE]
    overtaken = [job for job in left if newest and job.due < newest and schedule.catch_up != "all"]
    kept = [job for job in left if job not in overtaken]
    waiting = tuple(job for job in kept if _is_waiting(job, now))
    return ScheduleStatus(
        due=(*(job.due for job in kept if job not in waiting), *dues.run),
        running=tuple(job for job in known.jobs if job.state_at(now) is JobState.RUNNING),
        waiting=waiting,
        skipped=(*((job.due, why_overtaken(job)) for job in overtaken), *dues.skipped),
        next=next_after(schedule, now),
    )


def _is_waiting(job: Job, now: datetime) -> bool:
    return job.next_attempt is not None and job.next_attempt > now


def are_due(statuses: Collection[ScheduleStatus]) -> int:
    """How many reports there are to be made now."""
    return sum(len(one.due) for one in statuses)
