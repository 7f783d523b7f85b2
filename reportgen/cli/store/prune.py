"""`reportgen store prune`: delete what is from before a date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.dates import long_day
from reportgen.errors import InputError
from reportgen.spec.words import counted, listed, quoted

if TYPE_CHECKING:
    from reportgen.store.prune import Pruned


@click.command()
@click.option("--before", required=True, metavar="DATE", help="The first day (UTC) that stays, as in 2026-11-01.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and delete nothing.")
def prune(before: str, *, dry_run: bool) -> None:
    """Delete the counts of the days before DATE, and snapshots, lasting gaps and runs from before it."""
    now = options.now()
    day = _day(before, now.date())
    with opened_store() as store:
        if store is None:
            click.echo(no_store_yet())
            return
        from reportgen.store.prune import prunable, prune

        midnight = datetime.combine(day, time(), UTC)
        if dry_run:
            click.echo(f"Before {long_day(day)}, this would go: {_all(prunable(store, midnight, now))}.")
            return
        click.echo(f"Before {long_day(day)}, this is gone: {_all(prune(store, midnight, now))}.")
        store.tidy()


def _day(text: str, today: date) -> date:
    try:
        # Python reads more forms than people do, weeks among them.
        day = date.fromisoformat(text if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
    except ValueError:
        raise InputError(f"--before: {quoted(text)} is no date; write it like 2026-11-01") from None
    if day > today:
        raise InputError(f"--before: {long_day(day)} is still to come; the latest is today, {long_day(today)} (UTC)")
    return day


def _all(pruned: Pruned) -> str:
    return listed(
        [
            counted(pruned.counts, "count"),
            counted(pruned.snapshots, "snapshot"),
            counted(pruned.gaps, "lasting gap"),
            counted(pruned.runs, "run"),
            counted(pruned.calls, "call"),
            *([counted(pruned.deliveries, "delivery")] if pruned.deliveries else []),
            *([counted(pruned.jobs, "job")] if pruned.jobs else []),
            *([f"what the X API told of {counted(pruned.posts, 'tweet')}"] if pruned.posts else []),
        ],
        "and",
    )
