"""`reportgen validate`: check report files."""

from __future__ import annotations

import sys

import click

from reportgen.cli import options
from reportgen.errors import InputError
from reportgen.spec.check import load_reports


@click.command()
@options.files
def validate(files: tuple[str, ...]) -> None:
    """Check report files.

    Prints every problem as FILE:LINE:COLUMN: message, and ends with 2 where there is one.
    """
    try:
        load_reports(files)
    except InputError as error:
        click.echo(str(error))
        sys.exit(error.exit_code)
    click.echo("1 file is valid" if len(files) == 1 else f"{len(files)} files are valid", err=True)
