"""All that is due, made and sent once: what `run --due` does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen import jobs, outbox
from reportgen.errors import Exit
from reportgen.jobs import Job, JobState
from reportgen.outbox import Delivery, State
from reportgen.scheduled.ended import Ended
from reportgen.scheduled.job import run_job
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.scheduler import Scheduler
from reportgen.scheduled.telling import tell_dues
from reportgen.scheduled.turn import note, send
from reportgen.settings import Settings

if TYPE_CHECKING:
    from reportgen.store.open import Store


@dataclass(slots=True)
class Tally:
    """What was done so far, and how things stand then."""

    ended: list[Ended] = field(default_factory=list)
    """The attempts at reports, in their order."""
    deliveries: list[Delivery] = field(default_factory=list)
    """The attempts at deliveries."""
    not_done: tuple[Job, ...] = ()
    """The reports that wait for their next attempt, and those that somebody else is at, or was until they died."""
    not_sent: tuple[Delivery, ...] = ()
    """The deliveries that do, and those."""

    @property
    def exit_code(self) -> Exit:
        """CALLS_FAILED where a report is not complete, DELIVERY where only something is not sent."""
        if self.not_done or any(one.made.status != "complete" for one in self.ended):
            return Exit.CALLS_FAILED
        has_failed = any(delivery.state is State.FAILED for delivery in self.deliveries)
        return Exit.DELIVERY if self.not_sent or has_failed else Exit.DONE


def make_and_send(scheduler: Scheduler, store: Store, settings: Settings, files: ReportFiles, tally: Tally) -> None:
    """Make all reports that are due and that nobody is at, each once, and send what waits of them.

    The tally has it as it goes. Raises StoreError, and KeyboardInterrupt.
    """
    tell_dues(scheduler.tell, note(scheduler, store, files.specs.values()))
    left = set(files.specs)
    while ended := run_job(scheduler, store, settings, files, left):
        tally.ended.append(ended)
        if ended.job is None or ended.job.state is not JobState.DONE:
            # Its next attempt is for the next time, also where that would be due before all the others are made.
            left.discard(ended.begun.report)
        tally.deliveries += send(scheduler, store, settings, files.specs.keys())
    tally.deliveries += send(scheduler, store, settings, files.specs.keys())
    _look(store, set(files.specs), scheduler.clock(), tally)


def _look(store: Store, reports: set[str], now: datetime, tally: Tally) -> None:
    from reportgen.store.jobs import jobs_listing
    from reportgen.store.outbox import listing

    with store.reading() as connection:
        open_jobs = jobs_listing(connection, ended_since=now)
        open_ones = listing(connection, states=outbox.OPEN)
    tally.not_sent = tuple(one for one in open_ones if one.occasion.report in reports)
    tally.not_done = tuple(job for job in open_jobs if job.report in reports and job.state in jobs.OPEN)
