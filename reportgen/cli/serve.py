"""`reportgen serve`: make and send reports when they are due, all the time."""

from __future__ import annotations

import os
from pathlib import Path

import click

from reportgen.cli import options
from reportgen.cli.progress import RunProgress
from reportgen.cli.scheduler import scheduler
from reportgen.scheduled.events import Event
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.settings_files import SettingsFiles


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
def serve(files: tuple[str, ...]) -> None:
    """Make the reports of the FILEs and FOLDERs (reports/) when they are due, and send them, until SIGTERM or Ctrl-C.

    A line of JSON an event goes to standard error. Any number of these may run on one store.
    """
    from reportgen.serve.log import json_lines
    from reportgen.serve.loop import Loop
    from reportgen.serve.pulse import Pulse
    from reportgen.serve.stop import told_by_signals

    project = SettingsFiles(Path(), os.environ)
    tell = json_lines(lambda line: click.echo(line, err=True), options.now)
    ours = scheduler(project, options.now, RunProgress(), tell)
    with told_by_signals() as stop:
        tell(Event.STARTED, holder=ours.holder)
        Loop(ours, project, ReportFiles(files), stop, Pulse(options.now())).run()
        tell(Event.STOPPED)
