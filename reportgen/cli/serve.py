"""`reportgen serve`: make and send reports when they are due, all the time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.progress import RunProgress
from reportgen.cli.scheduler import scheduler
from reportgen.scheduled.events import Event
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.settings_files import SettingsFiles
from reportgen.spec.report_files import FOLDER, check_there

if TYPE_CHECKING:
    from reportgen.serve.pulse import Pulse
    from reportgen.store.overview import Overview


class Listening(click.ParamType[tuple[str, int]]):
    """Where to listen: host and port."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        from reportgen.serve.health import parse_address

        try:
            return parse_address(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
@click.option(
    "--listen",
    type=Listening(),
    metavar="HOST:PORT",
    help="Answer /healthz and /metrics (Prometheus) there, for monitors.",
)
def serve(files: tuple[str, ...], listen: tuple[str, int] | None) -> None:
    """Make the reports of the FILEs and FOLDERs (reports/) when they are due, and send them, until SIGTERM or Ctrl-C.

    Writes a line of JSON an event to standard error. Any number of these may run on one store.
    """
    from reportgen.serve.log import json_lines
    from reportgen.serve.loop import Loop
    from reportgen.serve.pulse import Pulse
    from reportgen.serve.stop import told_by_signals

    # A file that goes away later is an event: somebody looks at those. At the start it is a slip of the pen.
    check_there(files or (FOLDER,))
    project, pulse = SettingsFiles(Path(), os.environ), Pulse(options.now())
    tell = json_lines(lambda line: click.echo(line, err=True), options.now)
    ours = scheduler(project, options.now, RunProgress(), tell, pulse.works)
    with told_by_signals() as stop, _answering(listen, pulse, project) as port:
        tell(Event.STARTED, holder=ours.holder, port=port)
        Loop(ours, project, ReportFiles(files), stop, pulse).run()
        tell(Event.STOPPED)


@contextmanager
def _answering(listen: tuple[str, int] | None, pulse: Pulse, project: SettingsFiles) -> Iterator[int | None]:
    """Answer monitors, if that is wanted; gives the port."""
    if listen is None:
        yield None
        return
    from reportgen.serve.health import answering

    def look() -> Overview:
        from reportgen.store.open import open_store_there
        from reportgen.store.overview import overview

        with open_store_there(project.settings.store) as store, store.reading() as connection:
            return overview(connection, options.now())

    with answering(listen, pulse, look, options.now) as port:
        yield port
