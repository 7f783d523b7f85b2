"""What a monitor has to raise an alarm for: reports that are not made, and deliveries that do not arrive. Pure.

An alarm is a line of `reportgen status --check`; the mail about the same is an alert (`reportgen.delivery.alerts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reportgen.due import LEFT_FOR
from reportgen.errors import Exit
from reportgen.instants import format_instant
from reportgen.jobs import AHEAD, Job, JobState
from reportgen.outbox import Delivery, State
from reportgen.printable import printable_line
from reportgen.schedule_status import ScheduleStatus
from reportgen.spec.words import counted, times

OVERDUE: Final = timedelta(hours=1)
"""A report that has been due for longer, and that nobody is at, was forgotten: no scheduler runs."""
LONG: Final = timedelta(hours=1)
"""A delivery that waits for longer is in trouble."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A report with a schedule, as it stands."""

    report: str
    status: ScheduleStatus
    is_known: bool
    """Whether a scheduler has looked at this schedule."""
    last: Job | None
    """The newest of its jobs that came to an end or was put off; not those that were skipped."""
    is_decided: bool = False
    """Whether all that was held of `last` has been let go since, or canceled."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A line for a monitor."""

    exit_code: Exit
    sentence: str


def last_begun(jobs: Iterable[Job]) -> Job | None:
    """The newest job that somebody has come to a result with; `jobs` are one report's, the newest first."""
    return next((job for job in jobs if job.outcome is not None and job.state is not JobState.SKIPPED), None)


def exit_code_of(alarms: Sequence[Alarm]) -> Exit:
    """What tells a monitor of all of them: a delivery's before a report's."""
    return max((alarm.exit_code for alarm in alarms), default=Exit.DONE)


def of_reports(watched: Iterable[Watched], now: datetime) -> Iterator[Alarm]:
    """What is wrong with the reports."""
    for report in watched:
        for sentence in _of_report(report, now):
            yield Alarm(Exit.CALLS_FAILED, f"{report.report}: {sentence}")


def of_jobs(jobs: Collection[Job], reports: Collection[str], now: datetime) -> Iterator[Alarm]:
    """What is wrong with jobs that none of the `reports` in the files explains: whose file is not there any more, or
    that were found by a clock that was ahead.
    """
    ahead = Counter(job.report for job in jobs if job.due > now + AHEAD)
    for job in jobs:
        since = job.next_attempt or job.lease_until
        if job.report not in reports and since and now - since > OVERDUE and job.report not in ahead:
            skipped = format_instant(since + LEFT_FOR)
            what = f"due {format_instant(job.due)}, not made yet, and no report file here has this name"
            todo = f"put the file back, or it is skipped after {skipped}"
            yield Alarm(Exit.CALLS_FAILED, f"{job.report}: {what}; {todo}")
    for report, count in ahead.items():
        what = f"found due {times(count)} in the future, by a clock that was ahead"
        todo = "set it right; reportgen store prune --before DATE deletes what it left"
        yield Alarm(Exit.CALLS_FAILED, f"{report}: {what}; {todo}")


def of_folder(folder: str, known: Collection[str]) -> Iterator[Alarm]:
    """What is wrong where there is no folder of report files, and the store knows schedules of these reports."""
    if known:
        what = f"there is no such folder here, and schedules of {counted(len(known), 'report')} are known"
        yield Alarm(Exit.CALLS_FAILED, f"{folder}: {what}; run this in the project's folder, or name the files")


def of_deliveries(
    failed_or_held: Iterable[Delivery], waiting_long: Iterable[Delivery], reports: Collection[str]
) -> Iterator[Alarm]:
    """What is wrong with what leaves: deliveries that failed or are held, and those that have waited for long; of them,
    those of none of the `reports` in the files leave from elsewhere, if at all.
    """
    for delivery in failed_or_held:
        said = f": {printable_line(delivery.said)}" if delivery.said else ""
        held = f"; reportgen outbox retry {delivery.id} lets it go" if delivery.state is State.HELD else ""
        yield Alarm(Exit.DELIVERY, f"{_named(delivery)}: {delivery.state}{said}{held}")
    for delivery in waiting_long:
        said = f": {printable_line(delivery.said)}" if delivery.said else ", and nobody sends it"
        where = "" if delivery.occasion.report in reports else _elsewhere(delivery)
        yield Alarm(Exit.DELIVERY, f"{_named(delivery)}: waits since {format_instant(delivery.created)}{said}{where}")


def _of_report(report: Watched, now: datetime) -> Iterator[str]:
    if not report.is_known:
        yield "no scheduler has looked at its schedule yet; reportgen serve does, and reportgen run --due"
    if report.status.due and now - report.status.due[0] > OVERDUE:
        yield f"overdue since {format_instant(report.status.due[0])}, and nobody makes it; does a scheduler run?"
    for job in report.status.running:
        if job.attempts > 1 and job.outcome is None and now - job.due > OVERDUE:
            yield f"begun {job.attempts:,} times since {format_instant(job.due)}, and not one attempt came to an end"
    if report.last and not report.is_decided and (what := _trouble(report.last)):
        said = f": {printable_line(report.last.said)}" if report.last.said else ""
        yield f"{what}, due {format_instant(report.last.due)}{_again(report.last)}{said}"


def _trouble(job: Job) -> str | None:
    if job.state is JobState.DONE:
        return None if job.outcome == "complete" else "incomplete"
    return "given up" if job.state is JobState.FAILED else job.outcome


def _again(job: Job) -> str:
    return f"; next attempt {format_instant(job.next_attempt)}" if job.next_attempt else ""


def _elsewhere(delivery: Delivery) -> str:
    cancel = f"reportgen outbox cancel {delivery.id}"
    return f"; no report file here has this name, so nothing here sends it: put the file back, or {cancel}"


def _named(delivery: Delivery) -> str:
    return f"{delivery.occasion.report}, {delivery.way} {delivery.id} to {printable_line(delivery.recipient)}"
