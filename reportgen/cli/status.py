"""`reportgen status`: the last runs, the calls and handles of the contract's month, the size of the store."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from reportgen.cli import options
from reportgen.cli.tables import plain_console, say, say_table
from reportgen.dates import long_day
from reportgen.errors import Exit
from reportgen.instants import format_instant
from reportgen.ledger import CallsOfHandle, Outcome, RunEntry, XCallCounts, XCallKind
from reportgen.quota import ContractMonth, contract_month
from reportgen.settings import load_settings
from reportgen.spec.words import counted, listed
from reportgen.store.address import is_there

_RUNS: Final = 10
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


@dataclass(frozen=True, slots=True)
class _Status:
    month: ContractMonth
    address: str
    """Without a password."""
    size: int | None = None
    """Bytes; None where there is no store yet."""
    runs: tuple[RunEntry, ...] = ()
    calls: tuple[CallsOfHandle, ...] = ()
    handles: tuple[str, ...] = ()
    x_calls: tuple[XCallCounts, ...] = ()

    @property
    def posts_read(self) -> int:
        """By calls to the X API, which bills them."""
        return sum(calls.posts for calls in self.x_calls)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(*, as_json: bool) -> None:
    """Show the last runs, the calls and handles of the contract's month, and the size of the store."""
    settings, _ = load_settings(Path(), os.environ)
    found = _read(settings.store, contract_month(options.now(), settings))
    if as_json:
        click.echo(json.dumps(_shown(found), indent=2, ensure_ascii=False))
    else:
        _print(found, plain_console())


def _read(address: str, month: ContractMonth) -> _Status:
    """What the store tells. Where there is none yet, it makes none."""
    if not is_there(address):
        return _Status(month, address)
    from reportgen.store.handles import handles_asked
    from reportgen.store.history import calls_by_handle, last_runs
    from reportgen.store.open import open_store
    from reportgen.store.x_calls import x_calls_since

    with open_store(address) as store:
        return _Status(
            month,
            store.shown,
            store.size(),
            last_runs(store, _RUNS),
            calls_by_handle(store, month.first_day),
            tuple(sorted(handles_asked(store, month.first_day))),
            x_calls_since(store, month.first_day),
        )


def _shown(found: _Status) -> dict[str, object]:
    return {
        "runs": [
            {
                "started": format_instant(run.started),
                "ended": format_instant(run.ended) if run.ended else None,
                "as_of": format_instant(run.as_of),
                "reports": list(run.reports),
                "outcome": _outcome(run),
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


def _print(found: _Status, console: Console) -> None:
    """Tables in a terminal, which folds what is too wide; else plain lines."""
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


def _x_calls(found: _Status) -> str:
    made = [f"{counted(calls.calls, 'call')} for {_X_CALLS[calls.call]}" for calls in found.x_calls]
    failed = sum(calls.failed for calls in found.x_calls)
    return f"{listed(made, 'and')}{f' ({failed:,} failed)' if failed else ''}"


def _run_cells(run: RunEntry) -> tuple[str, ...]:
    took = _span((run.ended - run.started).total_seconds()) if run.ended else "–"
    return f"{run.started:%Y-%m-%d %H:%M}", took, f"{run.made:,}", _outcome(run), ", ".join(run.reports)


def _call_cells(calls: CallsOfHandle) -> tuple[str, ...]:
    counts = calls.counts
    refused = sum(counts[outcome] for outcome in _REFUSED)
    numbers = (calls.made, counts[Outcome.ANSWERED], refused, counts[Outcome.TOO_MANY], counts[Outcome.FAILED])
    return calls.handle or "bearer token", *(f"{number:,}" for number in numbers)


def _outcome(run: RunEntry) -> str:
    return _NOT_ENDED if run.exit_code is None else _WORDS[run.exit_code]


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
