"""The loop of `serve`: look at the files, write down what is due, make one report, send what waits, wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from reportgen.backoff import Backoff
from reportgen.errors import StoreError
from reportgen.schedule import next_after
from reportgen.scheduled.events import Event
from reportgen.scheduled.job import run_job
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.scheduler import Scheduler
from reportgen.scheduled.settings_files import SettingsFiles
from reportgen.scheduled.telling import tell_dues
from reportgen.scheduled.turn import next_of, note, send
from reportgen.serve.changes import tell_changes
from reportgen.serve.pulse import Pulse
from reportgen.serve.stop import Stop
from reportgen.trace import keep_trace

if TYPE_CHECKING:
    from reportgen.store.open import Reopened

SHORTEST_WAIT: Final = timedelta(seconds=1)
LONGEST_WAIT: Final = timedelta(seconds=30)
"""So soon are changed files seen, and what other processes have put into the store."""
LONGEST_SENDING: Final = timedelta(minutes=1)
"""Then it looks whether something is due: where the other side is slow, sending all that waits takes hours."""
UNTIL_OPENED_AGAIN: Final = Backoff(timedelta(seconds=1), timedelta(seconds=30))


@dataclass(frozen=True, slots=True)
class Loop:
    """A scheduler that goes on until it is asked to stop, whatever becomes of the store and the network."""

    scheduler: Scheduler
    project: SettingsFiles
    files: ReportFiles
    stop: Stop
    pulse: Pulse

    def run(self) -> None:
        """Come round until asked to stop; what is in hand then is ended."""
        from reportgen.store.open import Reopened

        failures, stores = 0, Reopened()
        while not self.stop.asked():
            tell_changes(self.scheduler, self.project, self.files)
            try:
                wait = self._come_round(stores, failures)
                failures = 0
            except (StoreError, SQLAlchemyError) as error:
                failures += 1
                wait = UNTIL_OPENED_AGAIN.wait(failures, self.scheduler.chance())
                if failures == 1:
                    self.scheduler.tell(Event.STORE_LOST, said=_said(error))
            if wait:
                self.stop.wait(wait.total_seconds())

    def _come_round(self, stores: Reopened, failures: int) -> timedelta:
        """How long to wait then. Raises StoreError, and SQLAlchemyError where the database says what nobody knows."""
        # Opened each time: a connection of yesterday's may be dead, and a file may have been replaced.
        with stores.open(self.project.settings.store) as store:
            settings, reports = self.project.settings, self.files.specs
            if failures:
                # Reads of jobs and of the outbox: a store of which only a part answers is not back.
                next_of(store, reports.keys())
            dues = note(self.scheduler, store, reports.values())
            if failures:
                self.scheduler.tell(Event.STORE_BACK)
            tell_dues(self.scheduler.tell, dues)
            now = self.scheduler.clock()
            next_dues = self._next_dues(now)
            self.pulse.tick(now, next_dues)
            ended = run_job(self.scheduler, store, settings, self.files, reports.keys())
            if ended:
                self.pulse.made(ended.made.status)
                self.pulse.called(ended.calls.made)
            for delivery in send(self.scheduler, store, settings, reports.keys(), self._enough_sent()):
                self.pulse.delivered(delivery.way, delivery.state)
            return timedelta() if ended else self._wait(next_of(store, reports.keys()), next_dues)

    def _enough_sent(self) -> Callable[[], bool]:
        until = self.scheduler.clock() + LONGEST_SENDING
        return lambda: self.stop.asked() or self.scheduler.clock() >= until

    def _next_dues(self, now: datetime) -> Mapping[str, datetime]:
        found = {name: next_after(spec.schedule, now) for name, spec in self.files.specs.items() if spec.schedule}
        return {name: due for name, due in found.items() if due}

    def _wait(self, next_in_store: datetime | None, next_dues: Mapping[str, datetime]) -> timedelta:
        now = self.scheduler.clock()
        instants = [*next_dues.values(), *([next_in_store] if next_in_store else [])]
        return max(SHORTEST_WAIT, min([LONGEST_WAIT, *(instant - now for instant in instants)]))


def _said(error: StoreError | SQLAlchemyError) -> str:
    if isinstance(error, StoreError):
        return str(error)
    return f"the database failed unexpectedly: {type(error).__name__}. {keep_trace()}"
