"""`reportgen store`: the commands that look after the store, one file a command."""

from __future__ import annotations

from typing import Final

import click

from reportgen.cli.lazy import LazyGroup

_COMMANDS: Final = {
    "prune": "Delete what is from before a date.",
    "forget": "Delete all that is known of tweets.",
    "export": "Write all counts into a Parquet file.",
    "check": "Look for damage.",
}


@click.group(cls=LazyGroup, package=__name__, does=_COMMANDS)
def store() -> None:
    """Look after what is kept between runs."""
