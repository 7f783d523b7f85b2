"""`reportgen status`: what is due and what leaves, the last runs, the contract's month, and the size of the store."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from reportgen.cli import options
from reportgen.settings import load_settings


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
@click.option("--check", "check", is_flag=True, help="Print only what is wrong, a line each: for monitors.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(context: click.Context, files: tuple[str, ...], *, check: bool, as_json: bool) -> None:
    """Show schedules and the outbox, the last runs, the calls and handles of the contract's month, and the store.

    Of the schedules in the files and folders given; else in the folder reports, where there is one. With --check it
    exits with 5 where something was not delivered, with 3 where a report failed, is incomplete or overdue.
    """
    from reportgen.alarms import exit_code_of
    from reportgen.cli.status.found import read
    from reportgen.cli.status.printed import print_status
    from reportgen.cli.status.shown import shown
    from reportgen.cli.tables import plain_console

    if check and as_json:
        raise click.UsageError("--check and --json do not go together", context)
    settings, _ = load_settings(Path(), os.environ)
    found = read(settings, files, options.now())
    if check:
        for alarm in found.alarms:
            click.echo(alarm.sentence)
        context.exit(exit_code_of(found.alarms))
    if as_json:
        click.echo(json.dumps(shown(found), indent=2, ensure_ascii=False))
    else:
        print_status(found, plain_console())
