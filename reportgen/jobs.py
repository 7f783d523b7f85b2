"""Jobs: reports that are due at an instant, and what becomes of each. Pure. Instants are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
