"""`reportgen store check`: look for damage."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.dates import long_moment
from reportgen.errors import Exit
from reportgen.spec.words import counted, listed

if TYPE_CHECKING:
    from reportgen.store.check import Damage, Holdings


@click.command()
def check() -> None:
    """Look for damage in the store, and say what it holds."""
    with opened_store() as store:
        if store is None:
            click.echo(no_store_yet())
            return
        from reportgen.store.check import find_damage, holdings

        if damage := find_damage(store):
            for of_a_kind in damage:
                click.echo(f"the store {store.shown} has {_line(of_a_kind)}", err=True)
            sys.exit(Exit.INPUT)
        click.echo(f"The store {store.shown} is sound: {_holds(holdings(store))}.")


def _line(damage: Damage) -> str:
    found = f"{damage.what} ({damage.number:,}), such as {damage.example}"
    if damage.cure:
        return f"{found}; {damage.cure}"
    if damage.tweet_id is None:
        return f"{found}; put a copy of it in its place"
    return f"{found}; put a copy of it in its place, or reportgen store forget --tweet {damage.tweet_id} and run again"


def _holds(held: Holdings) -> str:
    counts = counted(held.counts, "count")
    if held.start and held.end:
        counts += f" from {long_moment(held.start)} to {long_moment(held.end)} UTC"
    snapshots, gaps = counted(held.snapshots, "snapshot"), counted(held.gaps, "lasting gap")
    return listed([f"version {held.version}", counted(held.tweets, "tweet"), counts, snapshots, gaps], "and")
