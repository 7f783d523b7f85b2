"""The events of reports that are due, and of deliveries, with their fields. Instants are UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from reportgen.jobs import Job
from reportgen.outbox import Delivery
from reportgen.scheduled.attempt import as_of
from reportgen.scheduled.dues import NewlyDue
from reportgen.scheduled.ended import Ended
from reportgen.scheduled.events import Event, Tell
from reportgen.spec.model import ReportSpec


def tell_dues(tell: Tell, dues: Iterable[NewlyDue]) -> None:
    """What was written down."""
    for one in dues:
        if one.skipped is None:
            tell(Event.DUE, report=one.report, due=one.due)
        else:
            tell(Event.SKIPPED, report=one.report, due=one.due, said=one.skipped)


def tell_start(tell: Tell, job: Job, spec: ReportSpec, now: datetime) -> None:
    """An attempt begins."""
    present = as_of(spec, job, now)
    tell(Event.REPORT_STARTED, report=job.report, due=job.due, attempt=job.attempts, as_of=present)


def tell_lost(tell: Tell, job: Job) -> None:
    """Whoever made it gives no sign of life any more."""
    tell(
        Event.REPORT_LEFT,
        report=job.report,
        due=job.due,
        attempt=job.attempts,
        state=job.state,
        said=job.said,
        next_attempt=job.next_attempt,
    )


def tell_end(tell: Tell, ended: Ended, took: timedelta) -> None:
    """An attempt ended."""
    begun, job, made = ended.begun, ended.job, ended.made
    if job is None:
        tell(Event.REPORT_LOST, report=begun.report, due=begun.due, attempt=begun.attempts)
        return
    tell(
        Event.REPORT_ENDED,
        report=job.report,
        due=job.due,
        attempt=job.attempts,
        outcome=made.status,
        state=job.state,
        said=job.said,
        next_attempt=job.next_attempt,
        files=[str(path) for path in made.files.values()],
        calls=ended.calls.made,
        seconds=round(took.total_seconds(), 1),
        outbox=len(ended.copies),
    )


def tell_delivery(tell: Tell, delivery: Delivery) -> None:
    """An attempt at a delivery ended."""
    tell(
        Event.DELIVERED,
        id=delivery.id,
        report=delivery.occasion.report,
        due=delivery.occasion.due,
        way=delivery.way,
        recipient=delivery.recipient,
        message_id=delivery.message_id,
        attempt=delivery.attempts,
        state=delivery.state,
        said=delivery.said,
        next_attempt=delivery.next_attempt,
    )
