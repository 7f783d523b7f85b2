"""The command line: one file a command, found by its name and imported when it is called."""

from __future__ import annotations

import sys
from typing import Final

import click

from reportgen import __version__
from reportgen.cli.lazy import LazyGroup
from reportgen.errors import Exit, ReportgenError
from reportgen.trace import keep_trace

_COMMANDS: Final = {
    "validate": "Check report files and the settings.",
    "auth": "Sign in to X: app, login, status, logout.",
    "plan": "Show the calls that reports would make.",
    "run": "Make reports; with --due, those that are due.",
    "due": "Show which reports are due by their schedules, and when they are due next.",
    "serve": "Make and send reports when they are due, all the time.",
    "schedule": "Print what makes systemd, cron or GitHub start reportgen: export.",
    "mail": "Make a report, and mail it.",
    "doctor": "Say which fonts, settings, credentials and ways out are here, and how to get what is missing.",
    "status": "Show schedules, the outbox, the last runs, and what the month has used; --check for monitors.",
    "outbox": "Show what leaves, and what has not; send or cancel it by hand: retry, cancel.",
    "store": "Look after the store: prune, forget, export, check.",
    "schema": "Print a JSON Schema, with which an editor checks files while you type.",
    "migrate": "Make a report file of the settings of another client.",
    "demo": "Make a report from simulated data.",
    "simulate": "Serve a simulated Engagement API and X API.",
}


@click.group(cls=LazyGroup, package=__name__, does=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="reportgen %(version)s")
def cli() -> None:
    """Reports on the engagement of tweets, from a YAML file to a page worth sending."""


def run_command_line() -> None:
    """Run the command line and exit with the contract's exit code: the only place that catches everything,
    beside `reportgen.scheduled.attempt`, where other reports are due too.
    """
    try:
        cli(prog_name="reportgen")
    except ReportgenError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001
        click.echo(f"reportgen failed unexpectedly: {type(error).__name__}. {keep_trace()}", err=True)
        sys.exit(Exit.UNEXPECTED)
