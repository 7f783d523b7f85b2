"""`reportgen run`: make reports."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn, get_args

import click

from reportgen.ask import Ask
from reportgen.cli import options
from reportgen.cli.outcome import failed, finish
from reportgen.cli.progress import run_progress
from reportgen.cli.surroundings import surroundings
from reportgen.errors import ReportgenError, StoppedError
from reportgen.run import make_reports
from reportgen.safe.safes import completed
from reportgen.settings import load_settings
from reportgen.spec.check import load_reports
from reportgen.spec.model import Format, ReportSpec
from reportgen.spec.sections import Chart, each


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="FILE...")
@click.option(
    "--due",
    is_flag=True,
    help="Make and send what is due by its schedule, once. FILEs may be folders then; without any: reports/.",
)
@options.as_of
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write into DIR, whatever the files say.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(get_args(Format)),
    help="Make this format, whatever the files say. May be given more than once.",
)
@click.option(
    "--over-handle-limit", is_flag=True, help="Go on where more handles would be asked about than the contract allows."
)
@click.option("--refresh", is_flag=True, help="Ask for everything again, known or not.")
@click.option("--offline", is_flag=True, help="Make no call: take what is known, and show gaps for the rest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on what was made, and nothing else.")
def run(
    files: tuple[str, ...],
    as_of: datetime,
    out: Path | None,
    formats: tuple[Format, ...],
    *,
    due: bool,
    over_handle_limit: bool,
    refresh: bool,
    offline: bool,
    as_json: bool,
) -> None:
    """Make reports: ask the API for what is not known yet, and write the pages."""
    if due:
        from reportgen.cli.run_due import run_due

        _refuse_with_due(out=out, format=formats, over_handle_limit=over_handle_limit, refresh=refresh, offline=offline)
        run_due(files, options.moved_clock(as_of), as_json=as_json)
    context = click.get_current_context()
    if not files:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    if refresh and offline:
        raise click.UsageError("--refresh asks for everything, and --offline for nothing: leave one of them out")
    ask = Ask.EVERYTHING if refresh else Ask.NOTHING if offline else Ask.MISSING
    make(files, as_of, ask, formats, out, over_handle_limit=over_handle_limit, as_json=as_json)


def _refuse_with_due(**given: object) -> None:
    """Raises UsageError where an option makes no sense with --due: what is due is made as its file says, once."""
    for name, value in given.items():
        if value:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"--due makes reports as their files say, by their schedules: leave {option} out")


def make(
    files: Sequence[str],
    as_of: datetime,
    ask: Ask,
    formats: Sequence[Format],
    out: Path | None,
    *,
    over_handle_limit: bool,
    as_json: bool,
) -> NoReturn:
    """Make the reports of the files now, and exit."""
    from reportgen.render.svg import start_drawing

    names = list(files)
    try:
        specs = load_reports(files)
        names = [spec.name for spec in specs]
        settings, credentials = load_settings(Path(), os.environ)
        credentials = completed(credentials, specs, settings, os.environ)
        if _has_charts(specs, formats):
            start_drawing()
        from reportgen.store.open import open_store

        with open_store(settings.store) as store, run_progress() as watch:
            done = make_reports(
                specs,
                as_of,
                surroundings(settings, credentials, store, options.now()),
                watch,
                ask,
                tuple(dict.fromkeys(formats)),
                out,
                over_handle_limit=over_handle_limit,
            )
    except (ReportgenError, KeyboardInterrupt) as end:
        error = end if isinstance(end, ReportgenError) else StoppedError()
        if as_json:
            click.echo(json.dumps(failed(files, names, error), indent=2, ensure_ascii=False))
        raise error from end
    finish(done, as_json=as_json)


def _has_charts(specs: Sequence[ReportSpec], formats: Sequence[Format]) -> bool:
    """Whether charts will be drawn, if there are numbers for them."""
    return any(
        not {"html", "pdf"}.isdisjoint(formats or spec.outputs.formats)
        and any(isinstance(section, Chart) for section in each(spec.sections))
        for spec in specs
    )
