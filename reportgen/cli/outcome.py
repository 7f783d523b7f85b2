"""What came of a run, as its commands say it: paths and sentences, or one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import NoReturn

import click

from reportgen.errors import InputError, ReportgenError
from reportgen.made import Made
from reportgen.run import CallCounts, Run
from reportgen.spec.problems import Problem


def finish(done: Run, *, as_json: bool) -> NoReturn:
    """Print the paths of all files, or one JSON object; what went wrong to standard error; and exit."""
    tell(done, as_json=as_json)
    sys.exit(done.exit_code)


def tell(done: Run, *, as_json: bool = False) -> None:
    """Print the paths of all files, or one JSON object; what went wrong to standard error."""
    if as_json:
        click.echo(json.dumps(_done(done), indent=2, ensure_ascii=False))
    for warning in done.warnings:
        click.echo(warning, err=True)
    for made in done.reports:
        show(made, as_json=as_json)


def show(made: Made, *, as_json: bool) -> None:
    """Print the paths of a report's files, unless an object has them, and what went wrong to standard error."""
    if not as_json:
        for path in made.files.values():
            click.echo(path)
    for line in "\n".join((*made.errors, *made.warnings)).splitlines():
        click.echo(f"{made.name}: {line}", err=True)


def _done(done: Run) -> dict[str, object]:
    return {"reports": [shown(made) for made in done.reports], "calls": asdict(done.calls)}


def shown(made: Made) -> dict[str, object]:
    """What became of a report, as in the contract."""
    return {
        "report": made.name,
        "status": made.status,
        "files": {name: str(path) for name, path in made.files.items()},
        "gaps": made.gaps,
        "error": "\n".join(made.errors) or None,
    }


def failed(files: Sequence[str], names: Sequence[str], error: ReportgenError) -> dict[str, object]:
    """The object of a run that ended before it made anything; `names` are those of the files' reports."""
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
