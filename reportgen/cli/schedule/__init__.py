"""`reportgen schedule`: the commands about what starts reportgen by itself, one file a command."""

from __future__ import annotations

from typing import Final

import click

from reportgen.cli.lazy import LazyGroup

_COMMANDS: Final = {
    "export": "Print what to install for systemd, cron or GitHub Actions.",
}


@click.group(cls=LazyGroup, package=__name__, does=_COMMANDS)
def schedule() -> None:
    """Let something start reportgen when reports are due."""
