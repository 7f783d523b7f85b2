"""What an alert says: what went wrong with which report, why, whether it is tried again, and what to do. Pure.

Instants are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from reportgen.dates import city, clock, long_moment, short_day
from reportgen.jobs import Job, JobState
from reportgen.outbox import Delivery, Way
from reportgen.printable import printable_line
from reportgen.spec.model import ReportSpec
from reportgen.spec.words import times

_MOST_LINES: Final = 20
"""Of a reason."""


class Trouble(StrEnum):
    """What went wrong."""

    FAILED = "failed"
    """The report was not made."""
    INCOMPLETE = "incomplete"
    """It was made, and numbers are missing: it is made again, or was sent as it is."""
    HELD = "held"
    """It stayed incomplete in all the time that there was, and waits for somebody to look."""
    NOT_DELIVERED = "not delivered"
    """It was made, and somebody did not get it."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What there is to say. Lines of plain text, to be escaped by whoever puts them on a page."""

    subject: str
    summary: str
    reason: tuple[str, ...]
    outlook: str
    place: str
    """Of which report and project it is: the numbers of one outbox mean something else in another."""
    commands: tuple[tuple[str, str], ...]
    """What to type, and what it does."""


def job_alert(spec: ReportSpec, job: Job, reason: str, now: datetime, place: str) -> Alert:
    """What there is to say of a job that an attempt has left not complete; the times in the report's time zone."""
    what, zone = _trouble_of(job), spec.timezone
    outlook = f"Next attempt: {_moment(job.next_attempt, zone)}." if job.next_attempt else _ENDS[what]
    return Alert(
        f"{spec.title}: {_STATES[what]}; {_again(what, job.next_attempt, now, zone)}",
        f"{spec.title} was due {_moment(job.due, zone)}, and {_VERBS[what]}.",
        _lines(reason),
        outlook,
        place,
        _COMMANDS[what],
    )


def delivery_alert(delivery: Delivery, place: str) -> Alert:
    """What there is to say of a delivery that has failed."""
    to = f"{_TO[delivery.way]} {printable_line(delivery.recipient)}"
    retry = (f"reportgen outbox retry {delivery.id}", "sends it again, when what was wrong is mended")
    return Alert(
        f"{delivery.about}: not delivered to {printable_line(delivery.recipient)}",
        f"“{delivery.about}” was not delivered to {to}. It was tried {times(delivery.attempts)}.",
        _lines(delivery.said or ""),
        _ENDS[Trouble.NOT_DELIVERED],
        place,
        (*_COMMANDS[Trouble.NOT_DELIVERED], retry),
    )


def place_of(report: str, project: str | None, store: str) -> str:
    """Of which report and project an alert is; `store` has no password."""
    where = f", in {printable_line(project)}" if project else ""
    return f"The report is {report}{where}; the store is {printable_line(store)}."


def _trouble_of(job: Job) -> Trouble:
    if job.outcome == "failed":
        return Trouble.FAILED
    return Trouble.HELD if job.state is JobState.FAILED else Trouble.INCOMPLETE


def _again(what: Trouble, next_attempt: datetime | None, now: datetime, timezone: ZoneInfo) -> str:
    """What is still to come, for the subject: the time alone where that is today."""
    if next_attempt is None:
        return _LAST[what]
    local, today = next_attempt.astimezone(timezone), now.astimezone(timezone).date()
    day = "" if local.date() == today else f"{short_day(local, today)}, "
    return f"next attempt {day}{clock(local)} ({city(timezone)})"


def _moment(instant: datetime, timezone: ZoneInfo) -> str:
    return f"{long_moment(instant.astimezone(timezone))} ({city(timezone)})"


def _lines(reason: str) -> tuple[str, ...]:
    lines = [*map(printable_line, reason.splitlines())]
    more = [f"... and {len(lines) - _MOST_LINES:,} more"] if len(lines) > _MOST_LINES else []
    return (*lines[:_MOST_LINES], *more)


_STATES: Final = {
    Trouble.FAILED: "not made",
    Trouble.INCOMPLETE: "incomplete",
    Trouble.HELD: "incomplete",
}
_VERBS: Final = {
    Trouble.FAILED: "was not made",
    Trouble.INCOMPLETE: "is incomplete",
    Trouble.HELD: "is incomplete",
}
_LAST: Final = {
    Trouble.FAILED: "given up",
    Trouble.INCOMPLETE: "sent as it is",
    Trouble.HELD: "held back",
}
_ENDS: Final = {
    Trouble.FAILED: "It is not tried again.",
    Trouble.INCOMPLETE: "It was sent as it is, and says what is missing.",
    Trouble.HELD: "It is held: nobody gets it unless you let it go.",
    Trouble.NOT_DELIVERED: "It is not tried again by itself.",
}
_TO: Final = {
    Way.MAIL: "the address",
    Way.WEBHOOK: "the webhook",
    Way.DIRECTORY: "the directory",
}
_STATUS: Final = ("reportgen status", "shows what went wrong lately, here and elsewhere")
_DUE: Final = ("reportgen due", "shows what is due, and what waits for its next attempt")
_OUTBOX: Final = ("reportgen outbox", "shows who got what, and who did not")
_COMMANDS: Final = {
    Trouble.FAILED: (_STATUS, _DUE),
    Trouble.INCOMPLETE: (_STATUS, _DUE),
    Trouble.HELD: (_OUTBOX, ("reportgen outbox retry NUMBER", "sends it as it is")),
    Trouble.NOT_DELIVERED: (_OUTBOX,),
}
