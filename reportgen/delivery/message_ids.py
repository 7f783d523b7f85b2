"""The Message-ID of a copy: the same at every attempt, whoever makes it, since neither clock nor chance is in it. Pure.

Two copies with the same one are the same mail to the same mailbox: the outbox takes the second one for known, and so
do most mail programs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.instants import format_instant, instant_or_null
from reportgen.mail_addresses import same
from reportgen.outbox import Occasion, Way

if TYPE_CHECKING:
    from reportgen.report.model import Report

NO_DOMAIN: Final = "reportgen.invalid"
"""Behind the @ where nothing is mailed."""


def message_id(report: Report, occasion: Occasion, way: Way, recipient: str, domain: str = NO_DOMAIN) -> str:
    """`<...@domain>` of the report's copy for this recipient, `domain` being the sender's.

    Of the report, its name, its handles and its period count, on `totals` and `28hr` the local day: so what is made by
    hand is known for each period.
    """
    handles = sorted(handle.lower() for handle in report.handles)
    return _made_of(domain, report.name, handles, _period(report), instant_or_null(occasion.due), way, same(recipient))


def alert_id(occasion: Occasion, recipient: str, domain: str, about: str = "") -> str:
    """`<...@domain>` of what tells this recipient that a job went wrong: one for each job, and what it is about."""
    return _made_of(domain, occasion.report, instant_or_null(occasion.due), Way.ALERT, same(recipient), about)


def _period(report: Report) -> Sequence[str]:
    """What the numbers are of; the local day where that moves on with every minute."""
    period = report.period
    if period is None or period.called_by == "length":
        return [report.last_day.isoformat()]
    return [format_instant(period.start), format_instant(period.end)]


def _made_of(domain: str, *parts: object) -> str:
    return f"<{sha256(json.dumps(parts).encode()).hexdigest()[:40]}@{domain}>"
