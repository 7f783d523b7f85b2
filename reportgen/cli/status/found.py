"""What `reportgen status` shows: read from the report files and from the store, which it changes in nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from reportgen.alarms import LONG, Alarm, Watched, last_begun, of_deliveries, of_folder, of_jobs, of_reports
from reportgen.errors import Exit
from reportgen.jobs import AHEAD, Job, JobState
from reportgen.ledger import CallsOfHandle, RunEntry, XCallCounts
from reportgen.outbox import OPEN, Delivery, State
from reportgen.quota import ContractMonth, contract_month
from reportgen.schedule_status import KnownSchedule, schedule_status
from reportgen.settings import Settings
from reportgen.spec.check import alike, check
from reportgen.spec.delivering import Schedule
from reportgen.spec.model import ReportSpec
from reportgen.spec.problems import Problem
from reportgen.spec.report_files import FOLDER, report_files
from reportgen.store.address import is_there

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportgen.store.open import Store

_RUNS: Final = 10
_TROUBLED: Final = (State.FAILED, State.HELD)

_Scheduled: TypeAlias = Sequence[tuple[ReportSpec, Schedule]]


@dataclass(frozen=True, slots=True)
class Found:
    """All that there is to show."""

    month: ContractMonth
    address: str
    """Without a password."""
    now: datetime
    size: int | None = None
    """Bytes; None where there is no store yet."""
    runs: tuple[RunEntry, ...] = ()
    calls: tuple[CallsOfHandle, ...] = ()
    handles: tuple[str, ...] = ()
    x_calls: tuple[XCallCounts, ...] = ()
    watched: tuple[Watched, ...] = ()
    broken: tuple[Problem, ...] = ()
    """What is wrong with the report files."""
    states: Mapping[State, int] = field(default_factory=dict)
    """How many deliveries there are in each state."""
    troubled: tuple[Delivery, ...] = ()
    """Those that failed or are held."""
    waiting_long: tuple[Delivery, ...] = ()
    put_off: tuple[Delivery, ...] = ()
    """Those that wait for another attempt."""
    reports: frozenset[str] = frozenset()
    """Those in the files, with and without a schedule."""
    of_store: tuple[Alarm, ...] = ()
    """What is wrong with what the store knows and no report file does."""

    @property
    def posts_read(self) -> int:
        """By calls to the X API, which bills them."""
        return sum(calls.posts for calls in self.x_calls)

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong."""
        broken = (Alarm(Exit.CALLS_FAILED, str(problem)) for problem in self.broken)
        reports = of_reports(self.watched, self.now)
        deliveries = of_deliveries(self.troubled, self.waiting_long, self.reports)
        return (*broken, *self.of_store, *reports, *deliveries)


def read(settings: Settings, files: Sequence[str], now: datetime) -> Found:
    """Read it; where there is no store yet, none is made. Raises InputError and StoreError."""
    specs, broken = _reports(files)
    scheduled = [(spec, spec.schedule) for spec in specs if spec.schedule]
    month = contract_month(now, settings)
    if not is_there(settings.store):
        watched = tuple(_unknown(spec, schedule, now) for spec, schedule in scheduled)
        return Found(month, settings.store, now, watched=watched, broken=broken)
    from reportgen.store.open import open_store

    with open_store(settings.store) as store:
        found = _read(store, month, scheduled, broken, now)
        reports = frozenset(spec.name for spec in specs)
        return replace(found, reports=reports, of_store=tuple(_of_store(store, files, reports, now)))


def _read(
    store: Store, month: ContractMonth, scheduled: _Scheduled, broken: tuple[Problem, ...], now: datetime
) -> Found:
    from reportgen.store.handles import handles_asked
    from reportgen.store.history import calls_by_handle, last_runs
    from reportgen.store.outbox import listing
    from reportgen.store.overview import overview, waiting_before
    from reportgen.store.x_calls import x_calls_since

    with store.reading() as connection:
        watched = tuple(_watched_in(connection, scheduled, now))
        states = overview(connection, now).deliveries
        troubled = listing(connection, states=_TROUBLED)
        waiting_long = waiting_before(connection, now - LONG)
        put_off = tuple(one for one in listing(connection, states=OPEN) if _is_put_off(one, now))
    return Found(
        month,
        store.shown,
        now,
        store.size(),
        last_runs(store, _RUNS),
        calls_by_handle(store, month.first_day),
        tuple(sorted(handles_asked(store, month.first_day))),
        x_calls_since(store, month.first_day),
        watched,
        broken,
        states,
        troubled,
        waiting_long,
        put_off,
    )


def _is_put_off(delivery: Delivery, now: datetime) -> bool:
    return delivery.attempts > 0 and delivery.state_at(now) is State.WAITING


def _of_store(store: Store, files: Sequence[str], reports: Collection[str], now: datetime) -> Iterator[Alarm]:
    """What is wrong with what the store knows and no file here does."""
    from reportgen.store.jobs import jobs_listing
    from reportgen.store.schedules import reports_with_schedule

    with store.reading() as connection:
        known, jobs = reports_with_schedule(connection), jobs_listing(connection, ended_since=now)
    yield from of_jobs(jobs, reports, now)
    if not files and not Path(FOLDER).is_dir():
        yield from of_folder(FOLDER, known)


def _reports(files: Sequence[str]) -> tuple[Sequence[ReportSpec], tuple[Problem, ...]]:
    """The reports of those files that have no errors, and the errors of the others."""
    checked = [check(path) for path in report_files(files)] if files or Path(FOLDER).is_dir() else []
    specs = [one for one in checked if isinstance(one, ReportSpec)]
    broken = [problem for one in checked if not isinstance(one, ReportSpec) for problem in one]
    return specs, (*broken, *alike(specs))


def _watched_in(connection: Connection, scheduled: _Scheduled, now: datetime) -> Iterator[Watched]:
    from reportgen.store.jobs import jobs_listing
    from reportgen.store.schedules import known_schedule

    jobs = jobs_listing(connection) if scheduled else ()
    for spec, schedule in scheduled:
        known = known_schedule(connection, spec.name, schedule, now)
        last = last_begun(job for job in jobs if job.report == spec.name and job.due <= now + AHEAD)
        status, decided = schedule_status(schedule, known, now), _is_decided(connection, last)
        yield Watched(spec.name, status, known.since is not None, last, decided)


def _is_decided(connection: Connection, last: Job | None) -> bool:
    from reportgen.store.overview import is_decided

    return last is not None and last.state is JobState.FAILED and is_decided(connection, last.report, last.due)


def _unknown(spec: ReportSpec, schedule: Schedule, now: datetime) -> Watched:
    return Watched(spec.name, schedule_status(schedule, KnownSchedule(), now), is_known=False, last=None)
