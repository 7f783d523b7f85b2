"""One attempt at a report that is due: what it made, or why it made nothing, and what of it is to leave.

Instants are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from reportgen.catalog import HISTORICAL
from reportgen.errors import Exit, ReportgenError
from reportgen.jobs import Job
from reportgen.made import Made, Pages
from reportgen.outbox import Occasion, Parcel
from reportgen.printable import printable_line
from reportgen.run import CallCounts, make_reports
from reportgen.scheduled.scheduler import Scheduler
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec
from reportgen.trace import keep_trace

if TYPE_CHECKING:
    from reportgen.store.open import Store

_NONE: Final = CallCounts()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it."""

    made: Made
    parcels: tuple[Parcel, ...] = ()
    calls: CallCounts = _NONE
    warnings: tuple[str, ...] = ()

    @property
    def said(self) -> str | None:
        """Why it is not complete, in one printable line."""
        return "; ".join(self.reason.splitlines()) or None

    @property
    def reason(self) -> str:
        """The same, a line each. A path may have bytes that are no letters, which neither store nor mail takes."""
        return "\n".join(printable_line(line) for error in self.made.errors for line in error.splitlines())


def as_of(spec: ReportSpec, job: Job, now: datetime) -> datetime:
    """The present of the report: when it was due, so that a late run says what the punctual one would have said; but
    the real one where the API answers for the moment of the call alone.
    """
    return job.due if spec.endpoint is HISTORICAL else now


def attempt(spec: ReportSpec, job: Job, now: datetime, scheduler: Scheduler, store: Store) -> Attempt:
    """Make the report, now (UTC). What goes wrong is what it says, also where nobody expected it: others are due too.
    Raises KeyboardInterrupt, whatever the run was doing.
    """
    parcels: list[Parcel] = []

    def hand_on(_made: Made, pages: Pages) -> None:
        from reportgen.delivery.parcels import parcels_of

        parcels.extend(parcels_of(spec, pages, Occasion(job.report, job.due), around.settings, now))

    try:
        around = scheduler.around(spec, store)
        _check_ways(spec, around.settings)
        done = make_reports([spec], as_of(spec, job, now), around, scheduler.watch, hand_on=hand_on)
    except ReportgenError as error:
        return _failed(job.report, str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001  a scheduler goes on with the other reports
        said = f"failed unexpectedly: {type(error).__name__}. {keep_trace()}"
        return _failed(job.report, said, Exit.UNEXPECTED)
    if done.exit_code is Exit.STOPPED:
        raise KeyboardInterrupt
    return Attempt(done.reports[0], tuple(parcels), done.calls, done.warnings)


def _check_ways(spec: ReportSpec, settings: Settings) -> None:
    """Raise InputError where a report could not leave for want of a setting: before it costs calls."""
    from reportgen.delivery.mail import check_mail
    from reportgen.delivery.webhook import check_webhooks

    check_mail([spec], settings)
    check_webhooks([spec], settings)


def _failed(report: str, said: str, exit_code: Exit) -> Attempt:
    return Attempt(Made(report, "failed", errors=(said,), exit_code=exit_code))
