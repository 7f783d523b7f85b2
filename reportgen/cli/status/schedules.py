"""The schedules and the outbox as `reportgen status` prints them; nothing where there are none."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from rich.console import Console

from reportgen.alarms import Watched
from reportgen.cli.status.found import Found
from reportgen.cli.tables import minute, say, say_table
from reportgen.jobs import JobState
from reportgen.outbox import Delivery, State
from reportgen.printable import printable_line
from reportgen.spec.words import listed

_SCHEDULES: Final = ("report", "last due", "outcome", "next", "why")
_DELIVERIES: Final = ("number", "state", "report", "to", "next", "said")
_IN_TERMINAL: Final = ("number", "state", "what, to whom, what was said last")


def print_schedules(found: Found, console: Console) -> None:
    """Print when reports are due and how the last ones went, and what has not left."""
    for problem in found.broken:
        say(console, str(problem))
    for alarm in found.of_store:
        say(console, alarm.sentence)
    if found.watched:
        say(console, "Schedules (UTC)")
        say_table(console, _SCHEDULES, [*map(_schedule_cells, found.watched)], wide={"report", "why"})
    if found.states:
        counts = [f"{found.states[state]:,} {state}" for state in State if state in found.states]
        say(console, f"Outbox: {listed(counts, 'and')}")
    if deliveries := (*found.troubled, *found.put_off):
        # A line each; a terminal has no room for that, and folds the last of fewer columns, as in the outbox's list.
        columns, cells = (_IN_TERMINAL, _terminal_cells) if console.is_terminal else (_DELIVERIES, _delivery_cells)
        rows = [cells(delivery, found.now) for delivery in deliveries]
        say_table(console, columns, rows, columns[:1], columns[-1:])
        say(console, "reportgen outbox retry NUMBER sends it, reportgen outbox cancel NUMBER does not")
    if found.broken or found.of_store or found.watched or found.states:
        say(console, "")


def _schedule_cells(watched: Watched) -> tuple[str, ...]:
    last = watched.last
    waiting = watched.status.waiting
    again = waiting[0].next_attempt if waiting else None
    next_time = f"{minute(again)} (again)" if again else minute(watched.status.next)
    if watched.status.due:
        next_time = "now"
    why = printable_line(last.said or "") if last else ""
    return watched.report, minute(last.due if last else None), _outcome(watched), next_time, why


def _outcome(watched: Watched) -> str:
    if watched.status.running:
        return "being made"
    if watched.last is None:
        return "not made yet" if watched.is_known else "not seen by a scheduler yet"
    return "given up" if watched.last.state is JobState.FAILED else watched.last.outcome or ""


def _delivery_cells(delivery: Delivery, now: datetime) -> tuple[str, ...]:
    said, again = printable_line(delivery.said or ""), minute(delivery.next_attempt)
    return str(delivery.id), delivery.state_at(now), delivery.occasion.report, delivery.destination, again, said


def _terminal_cells(delivery: Delivery, now: datetime) -> tuple[str, ...]:
    number, state, report, to, again, said = _delivery_cells(delivery, now)
    return number, f"{state}\nnext {again}" if delivery.next_attempt else state, f"{report}\n{to}\n{said}".rstrip()
