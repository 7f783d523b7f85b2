"""Jobs: reports that are due at an instant, and what becomes of each. Pure. Instants are UTC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from reportgen.backoff import Backoff


class JobState(StrEnum):
    """Where a job stands, in a word for people."""

    DUE = "due"
    """To be made, now or at its next attempt."""
    RUNNING = "running"
    """Somebody is at it until the lease expires; then it counts as due."""
    DONE = "done"
    """The report was made, and what leaves of it is in the outbox."""
    FAILED = "failed"
    """Given up: it was not made, or stayed incomplete and is held, in all the time that there was."""
    SKIPPED = "skipped"
    """Not made: a newer one was due, or it was missed and the file says `catch_up: none`."""


OPEN: Final = (JobState.DUE, JobState.RUNNING)
"""What has not ended."""
ENDED: Final = (JobState.DONE, JobState.FAILED, JobState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Job:
    """A report that is due, or was."""

    report: str
    due: datetime
    state: JobState
    attempts: int
    """How often it was begun."""
    next_attempt: datetime | None
    """Not before then; None unless it is due."""
    lease_until: datetime | None
    """None unless it is running."""
    outcome: str | None
    """Of the last attempt that came to its end: `complete`, `incomplete` or `failed`."""
    said: str | None
    """Why it is not complete, or why it was skipped."""
    ended: datetime | None

    def state_at(self, now: datetime) -> JobState:
        """Where it stands now: one whose lease has expired is due again, at once."""
        is_left = self.state is JobState.RUNNING and (self.lease_until is None or self.lease_until <= now)
        return JobState.DUE if is_left else self.state


AHEAD: Final = timedelta(hours=1)
"""A job that is due later than that from now was found by a clock that was ahead."""
BACKOFF: Final = Backoff(timedelta(minutes=5), timedelta(hours=1))

LOST: Final = "whoever made it ended without a word: killed, or out of memory, or the computer went off"


def lost(job: Job, now: datetime, until: datetime, lease: timedelta, chance: float) -> Job:
    """What becomes of a running job whose lease has expired.

    After the first attempt it is due at once, and nothing is said of it: somebody restarts now and then. Each further
    one has failed when the lease expired, and waits from then on as after `put_off`, for the `lease` at first.
    """
    left = replace(job, lease_until=None)
    if job.attempts == 1 or job.lease_until is None:
        return replace(left, state=JobState.DUE, next_attempt=now)
    left = replace(left, outcome="failed", said=LOST)
    if job.lease_until >= until:
        return replace(left, state=JobState.FAILED, ended=now)
    wait = Backoff(lease, max(lease, BACKOFF.longest)).wait(job.attempts - 1, chance)
    return replace(left, state=JobState.DUE, next_attempt=min(job.lease_until + wait, until))


def done(job: Job, outcome: str, said: str | None, now: datetime) -> Job:
    """What becomes of a running job whose report was made and is to leave, complete or as it is."""
    return replace(job, state=JobState.DONE, outcome=outcome, said=said, lease_until=None, ended=now)


def put_off(job: Job, outcome: str, said: str, now: datetime, until: datetime, chance: float) -> Job:
    """What becomes of a running job that did not succeed: it is due again, or has failed where its time is over.

    Five minutes after the first attempt, and twice as long after each further one, an hour at most; `chance`, from 0
    to 1, takes off up to a quarter. There is time for attempts until `until`: the last one is made then.
    """
    left = replace(job, outcome=outcome, said=said, lease_until=None)
    if now >= until:
        return replace(left, state=JobState.FAILED, ended=now)
    again = min(now + BACKOFF.wait(job.attempts, chance), until)
    return replace(left, state=JobState.DUE, next_attempt=again)
