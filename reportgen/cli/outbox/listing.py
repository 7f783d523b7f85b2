"""The list of the outbox."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import click
from rich.console import Console

from reportgen.cli import options
from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.cli.tables import NONE, minute, plain_console, say, say_table
from reportgen.instants import instant_or_null
from reportgen.outbox import Delivery, Occasion, State
from reportgen.printable import printable_line

_RECENT: Final = timedelta(days=7)
_NUMBERS: Final = ("number", "attempts")
_COLUMNS: Final = ("number", "report", "due (UTC)", "to", "state", "when (UTC)", "attempts", "said last")
_IN_TERMINAL: Final = ("number", "state (UTC)", "attempts", "what, to whom, what was said last")


def list_outbox(*, everything: bool, as_json: bool) -> None:
    """Print it: all of it, or without what was sent or canceled long ago."""
    now = options.now()
    with opened_store() as store:
        if store is None:
            click.echo(json.dumps({"deliveries": []}) if as_json else no_store_yet())
            return
        from reportgen.store.outbox import listing

        with store.reading() as connection:
            found = listing(connection, None if everything else now - _RECENT)
    if as_json:
        click.echo(json.dumps({"deliveries": [*map(_shown, found)]}, indent=2, ensure_ascii=False))
    elif found:
        _print(found, now, plain_console())
    else:
        click.echo("The outbox is empty." if everything else "Nothing waits, and nothing was sent in the last 7 days.")


def _shown(delivery: Delivery) -> dict[str, object]:
    return {
        "number": delivery.id,
        "report": delivery.occasion.report,
        "due": instant_or_null(delivery.occasion.due),
        "way": delivery.way,
        "recipient": delivery.recipient,
        "about": delivery.about,
        "message_id": delivery.message_id,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created": instant_or_null(delivery.created),
        "next_attempt": instant_or_null(delivery.next_attempt),
        "lease_until": instant_or_null(delivery.lease_until),
        "ended": instant_or_null(delivery.ended),
        "said": delivery.said,
    }


def _print(found: Sequence[Delivery], now: datetime, console: Console) -> None:
    """A line each; a terminal has no room for that, and folds the last of fewer columns."""
    columns, cells = (_IN_TERMINAL, _terminal_cells) if console.is_terminal else (_COLUMNS, _cells)
    say_table(console, columns, [cells(delivery, now) for delivery in found], _NUMBERS, columns[-1:])
    for line in _what_to_do(found):
        say(console, line)


def _cells(delivery: Delivery, now: datetime) -> tuple[str, ...]:
    occasion = delivery.occasion
    state = delivery.state_at(now)
    attempts, said = f"{delivery.attempts:,}", _said(delivery)
    return (
        str(delivery.id),
        occasion.report,
        _due(occasion),
        delivery.destination,
        state,
        _when(delivery, now),
        attempts,
        said,
    )


def _terminal_cells(delivery: Delivery, now: datetime) -> tuple[str, ...]:
    occasion = delivery.occasion
    due = f"due {_due(occasion)}" if occasion.due else _due(occasion)
    what = f"{occasion.report}, {due}\n{delivery.destination}\n{_said(delivery)}".rstrip()
    state = f"{delivery.state_at(now)}\n{_when(delivery, now)}"
    return str(delivery.id), state, f"{delivery.attempts:,}", what


def _due(occasion: Occasion) -> str:
    return "by hand" if occasion.due is None else minute(occasion.due)


def _said(delivery: Delivery) -> str:
    return printable_line(delivery.said or "")


def _when(delivery: Delivery, now: datetime) -> str:
    """When it ended, or goes on, or until when its sender has it; all UTC."""
    if delivery.ended:
        return minute(delivery.ended)
    until = delivery.next_attempt or delivery.lease_until
    if until is None:
        return NONE
    return f"{'until' if delivery.state_at(now) is State.SENDING else 'next'} {minute(until)}"


def _what_to_do(found: Sequence[Delivery]) -> Iterator[str]:
    states = {delivery.state for delivery in found}
    if State.FAILED in states:
        yield "failed: not sent; reportgen outbox retry --failed tries again"
    if State.HELD in states:
        yield "held: of an incomplete report; reportgen outbox retry NUMBER lets it go, cancel NUMBER ends it"
