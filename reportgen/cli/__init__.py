"""The command line: one file a command, found by its name and imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import click

from reportgen import __version__
from reportgen.errors import Exit, ReportgenError, StoppedError

_COMMANDS: Final = {
    "validate": "Check report files.",
    "plan": "Show the calls that reports would make.",
    "run": "Make reports.",
    "status": "Show the last runs, and what the month has used.",
    "demo": "Make a report from simulated data.",
    "simulate": "Serve a simulated Engagement API.",
}


class _LazyGroup(click.Group):
    """Imports a command's module when it is called, so that `--version` and `--help` stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"reportgen.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Call the command. Ctrl-C ends it like any other expected end, before click prints its own word for it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise StoppedError from stop

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="reportgen %(version)s")
def cli() -> None:
    """Reports on the engagement of tweets, from a YAML file to a page worth sending."""


def run_command_line() -> None:
    """Run the command line and exit with the contract's exit code: the only place that catches everything."""
    try:
        cli(prog_name="reportgen")
    except ReportgenError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001
        click.echo(f"reportgen failed unexpectedly: {type(error).__name__}. {_keep_trace()}", err=True)
        sys.exit(Exit.UNEXPECTED)


def _keep_trace() -> str:
    """Write the traceback, which holds no values of variables, where it can be pasted into a bug report from."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="reportgen-", suffix=".log", delete=False) as log:
        traceback.print_exc(file=log)
    return f"Please report it with {log.name}"
