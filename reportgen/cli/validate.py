"""`reportgen validate`: check report files, and the settings that they are made with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from reportgen.cli import options
from reportgen.errors import InputError
from reportgen.settings import load_settings
from reportgen.spec.check import load_reports


@click.command()
@options.files
def validate(files: tuple[str, ...]) -> None:
    """Check report files, and the settings in reportgen.yaml, .env and the environment.

    Prints every problem as FILE:LINE:COLUMN: message, and ends with 2 where there is one.
    """
    checks: tuple[Callable[[], object], ...] = (
        partial(load_reports, files),
        partial(load_settings, Path(), os.environ),
    )
    errors = [error for check in checks if (error := _error_of(check))]
    for error in errors:
        click.echo(str(error))
    if errors:
        sys.exit(errors[0].exit_code)
    click.echo("1 file is valid" if len(files) == 1 else f"{len(files)} files are valid", err=True)


def _error_of(check: Callable[[], object]) -> InputError | None:
    try:
        check()
    except InputError as error:
        return error
    return None
