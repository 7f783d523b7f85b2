"""The alert about a report that is due, from what its job came to."""

from __future__ import annotations

from datetime import datetime

from reportgen.jobs import Job, JobState
from reportgen.outbox import Occasion, Parcel
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec


def trouble_parcels(settings: Settings, spec: ReportSpec, left: Job, reason: str, now: datetime) -> tuple[Parcel, ...]:
    """The alert about a job that an attempt has left not complete; `reason` has a line each."""
    from reportgen.delivery.alert_words import Trouble
    from reportgen.delivery.alerts import alert_parcels

    what = Trouble.FAILED if left.outcome == "failed" else Trouble.INCOMPLETE
    if left.outcome == "incomplete" and left.state is JobState.FAILED:
        what = Trouble.HELD
    occasion, zone = Occasion(left.report, left.due), spec.timezone
    return alert_parcels(settings, occasion, what, reason, left.next_attempt, now, title=spec.title, timezone=zone)
