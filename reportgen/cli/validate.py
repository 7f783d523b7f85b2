"""`reportgen validate`: check report files."""

from __future__ import annotations

import click

from reportgen.errors import Exit
from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
def validate(files: tuple[str, ...]) -> None:
    """Check report files.

    Prints every problem as FILE:LINE:COLUMN: message, and ends with 2 where there is one.
    """
    problems = [problem for file in files for problem in _problems(file)]
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(Exit.INPUT)
    click.echo("1 file is valid" if len(files) == 1 else f"{len(files)} files are valid", err=True)


def _problems(file: str) -> tuple[object, ...]:
    checked = check(file)
    return () if isinstance(checked, ReportSpec) else checked
