"""What `reportgen status --json` prints."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.alarms import Watched
from reportgen.cli.status.found import Found
from reportgen.cli.status.printed import outcome
from reportgen.instants import format_instant, instant_or_null
from reportgen.ledger import Outcome
from reportgen.outbox import Delivery, State


def shown(found: Found) -> dict[str, object]:
    """All of it as one object."""
    return {
        "schedules": [*map(_schedule, found.watched)],
        "outbox": {
            "states": {state: found.states.get(state, 0) for state in State},
            "troubled": [*map(_delivery, found.troubled)],
            "waiting": [
                {**_delivery(one), "state": one.state_at(found.now), "next_attempt": instant_or_null(one.next_attempt)}
                for one in found.put_off
            ],
        },
        "problems": [alarm.sentence for alarm in found.alarms],
        "runs": [
            {
                "started": format_instant(run.started),
                "ended": instant_or_null(run.ended),
                "as_of": format_instant(run.as_of),
                "reports": list(run.reports),
                "outcome": outcome(run),
                "exit_code": run.exit_code,
                "calls": {"planned": run.planned, "made": run.made, "retried": run.retried},
            }
            for run in found.runs
        ],
        "calls": [{"handle": calls.handle, "made": calls.made, **_by_key(calls.counts)} for calls in found.calls],
        "x_api": {
            "calls": {calls.call: {"made": calls.calls, "failed": calls.failed} for calls in found.x_calls},
            "posts": found.posts_read,
        },
        "handles": {
            "month": found.month.first_day.isoformat(),
            "limit": found.month.limit,
            "asked": len(found.handles),
            "names": list(found.handles),
        },
        "store": {"address": found.address, "bytes": found.size},
    }


def _by_key(counts: Mapping[Outcome, int]) -> dict[str, int]:
    return {outcome.name.lower(): count for outcome, count in counts.items()}


def _schedule(watched: Watched) -> dict[str, object]:
    status, last = watched.status, watched.last
    return {
        "report": watched.report,
        "due": [format_instant(due) for due in status.due],
        "next": instant_or_null(status.next),
        "waiting": [
            {"due": format_instant(job.due), "next_attempt": instant_or_null(job.next_attempt), "said": job.said}
            for job in status.waiting
        ],
        "last": {"due": format_instant(last.due), "state": last.state, "outcome": last.outcome, "said": last.said}
        if last
        else None,
    }


def _delivery(delivery: Delivery) -> dict[str, object]:
    return {
        "number": delivery.id,
        "report": delivery.occasion.report,
        "due": instant_or_null(delivery.occasion.due),
        "way": delivery.way,
        "recipient": delivery.recipient,
        "state": delivery.state,
        "said": delivery.said,
    }
