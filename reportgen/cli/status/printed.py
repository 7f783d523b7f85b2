"""What `reportgen status` prints for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.console import Console

from reportgen.cli.status.found import Found
from reportgen.cli.status.schedules import print_schedules
from reportgen.cli.tables import NONE, minute, say, say_table
from reportgen.dates import long_day
from reportgen.errors import Exit
from reportgen.ledger import CallsOfHandle, Outcome, RunEntry, XCallKind
from reportgen.spec.words import counted, listed

_NOT_ENDED: Final = "not ended"
_WORDS: Final[Mapping[int, str]] = {
    Exit.DONE: "complete",
    Exit.UNEXPECTED: "failed unexpectedly",
    Exit.INPUT: "wrong input or file",
    Exit.CALLS_FAILED: "incomplete",
    Exit.CREDENTIALS: "no credential works",
    Exit.DELIVERY: "not delivered",
    Exit.STOPPED: "stopped by Ctrl-C",
}
_REFUSED: Final = (Outcome.REFUSED, Outcome.UNAUTHORIZED, Outcome.REJECTED)
_X_CALLS: Final[Mapping[XCallKind, str]] = {
    "users": "accounts",
    "me": "owners of tokens",
    "timeline": "timelines",
    "posts": "owners of tweets",
}
_COLUMNS_OF_RUNS: Final = ("began", "took", "calls", "outcome", "reports")
_COLUMNS_OF_CALLS: Final = ("handle", "calls", "answered", "refused", "too many", "failed")
_COUNTS: Final = frozenset({"took", *_COLUMNS_OF_CALLS[1:]})
"""The columns that are flush right."""
_WIDE: Final = frozenset({"reports"})


def print_status(found: Found, console: Console) -> None:
    """Tables in a terminal, which folds what is too wide; else plain lines."""
    print_schedules(found, console)
    if found.size is None:
        say(console, f"There is no store at {found.address} yet, so nothing is known of earlier runs.")
        return
    since = f"since {long_day(found.month.first_day)}"
    if found.runs:
        say(console, "Last runs (UTC)")
        say_table(console, _COLUMNS_OF_RUNS, [*map(_run_cells, found.runs)], _COUNTS, _WIDE)
    else:
        say(console, "No run so far")
    if any(run.exit_code is None for run in found.runs):
        say(console, f"{_NOT_ENDED}: still under way, or killed")
    say(console, f"\n{'Calls' if found.calls else 'No call'} {since}")
    if found.calls:
        say_table(console, _COLUMNS_OF_CALLS, [*map(_call_cells, found.calls)], _COUNTS)
    if found.x_calls:
        say(console, f"\nX API {since}: {_x_calls(found)}, {counted(found.posts_read, 'post')} read")
    limit = "" if found.month.limit is None else f" of {found.month.limit:,}"
    names = f" ({', '.join(found.handles)})" if found.handles else ""
    say(console, f"\nHandles asked about {since}: {len(found.handles):,}{limit}{names}")
    say(console, f"Store: {found.address}, {found.size / 1e6:,.2f} MB")


def _x_calls(found: Found) -> str:
    made = [f"{counted(calls.calls, 'call')} for {_X_CALLS[calls.call]}" for calls in found.x_calls]
    failed = sum(calls.failed for calls in found.x_calls)
    return f"{listed(made, 'and')}{f' ({failed:,} failed)' if failed else ''}"


def _run_cells(run: RunEntry) -> tuple[str, ...]:
    took = _span((run.ended - run.started).total_seconds()) if run.ended else NONE
    return minute(run.started), took, f"{run.made:,}", outcome(run), ", ".join(run.reports)


def _call_cells(calls: CallsOfHandle) -> tuple[str, ...]:
    counts = calls.counts
    refused = sum(counts[outcome] for outcome in _REFUSED)
    numbers = (calls.made, counts[Outcome.ANSWERED], refused, counts[Outcome.TOO_MANY], counts[Outcome.FAILED])
    return calls.handle or "bearer token", *(f"{number:,}" for number in numbers)


def outcome(run: RunEntry) -> str:
    """How a run ended, in words."""
    return _NOT_ENDED if run.exit_code is None else _WORDS[run.exit_code]


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
