"""`reportgen run`: make reports."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import NoReturn, get_args

import click

from reportgen import run as conductor
from reportgen.ask import Ask
from reportgen.cli import options
from reportgen.cli.progress import run_progress
from reportgen.cli.surroundings import surroundings
from reportgen.errors import InputError, ReportgenError, StoppedError
from reportgen.making import make_reports
from reportgen.run import CallCounts
from reportgen.safe.safes import completed
from reportgen.settings import load_settings
from reportgen.spec.check import load_reports
from reportgen.spec.model import Format, ReportSpec
from reportgen.spec.problems import Problem
from reportgen.spec.sections import Chart, each


@click.command()
@options.files
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
    over_handle_limit: bool,
    refresh: bool,
    offline: bool,
    as_json: bool,
) -> None:
    """Make reports: ask the API for what is not known yet, and write the pages."""
    from reportgen.render.svg import start_drawing

    if refresh and offline:
        raise click.UsageError("--refresh asks for everything, and --offline for nothing: leave one of them out")
    ask = Ask.EVERYTHING if refresh else Ask.NOTHING if offline else Ask.MISSING
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
            click.echo(json.dumps(_failed(files, names, error), indent=2, ensure_ascii=False))
        raise error from end
    finish(done, as_json=as_json)


def _has_charts(specs: Sequence[ReportSpec], formats: Sequence[Format]) -> bool:
    """Whether charts will be drawn, if there are numbers for them."""
    return any(
        not {"html", "pdf"}.isdisjoint(formats or spec.outputs.formats)
        and any(isinstance(section, Chart) for section in each(spec.sections))
        for spec in specs
    )


def finish(done: conductor.Run, *, as_json: bool) -> NoReturn:
    """Print the paths of all files, or one JSON object; what went wrong to standard error; and exit."""
    tell(done, as_json=as_json)
    sys.exit(done.exit_code)


def tell(done: conductor.Run, *, as_json: bool = False) -> None:
    """Print the paths of all files, or one JSON object; what went wrong to standard error."""
    if as_json:
        click.echo(json.dumps(_done(done), indent=2, ensure_ascii=False))
    for warning in done.warnings:
        click.echo(warning, err=True)
    for made in done.reports:
        if not as_json:
            for path in made.files.values():
                click.echo(path)
        for line in (*made.errors, *made.warnings):
            click.echo(f"{made.name}: {line}", err=True)


def _done(done: conductor.Run) -> dict[str, object]:
    reports = [
        {
            "report": made.name,
            "status": made.status,
            "files": {name: str(path) for name, path in made.files.items()},
            "gaps": made.gaps,
            "error": "\n".join(made.errors) or None,
        }
        for made in done.reports
    ]
    return {"reports": reports, "calls": asdict(done.calls)}


def _failed(files: Sequence[str], names: Sequence[str], error: ReportgenError) -> dict[str, object]:
    reports = [
        {"report": name, "status": "failed", "files": {}, "gaps": 0, "error": _error_of(file, error)}
        for file, name in zip(files, names, strict=True)
    ]
    return {"reports": reports, "calls": asdict(CallCounts())}


def _error_of(file: str, error: ReportgenError) -> str:
    """What is wrong with this file; where that is nothing, what kept it from being made."""
    problems = error.problems if isinstance(error, InputError) else ()
    own = [str(problem) for problem in problems if isinstance(problem, Problem) and problem.path == file]
    return "\n".join(own) or str(error)
