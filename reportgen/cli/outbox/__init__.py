"""`reportgen outbox`: what leaves and what has not; alone it lists. The other commands have a file each."""

from __future__ import annotations

from typing import Final

import click

from reportgen.cli.lazy import LazyGroup

_COMMANDS: Final = {
    "retry": "Let what failed, waits or is held leave at once.",
    "cancel": "Do not send it any more.",
}


@click.group(cls=LazyGroup, package=__name__, does=_COMMANDS, invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Also what was sent or canceled more than 7 days ago.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def outbox(context: click.Context, *, everything: bool, as_json: bool) -> None:
    """Show what leaves, newest first: all that was not sent yet, and what was sent or canceled in the last 7 days."""
    if context.invoked_subcommand is None:
        from reportgen.cli.outbox.listing import list_outbox

        list_outbox(everything=everything, as_json=as_json)
    elif everything or as_json:
        raise click.UsageError(f"--all and --json go without {context.invoked_subcommand}", context)
