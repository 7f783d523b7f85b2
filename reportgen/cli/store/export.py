"""`reportgen store export`: all counts in a Parquet file."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.errors import InputError
from reportgen.spec.words import counted


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.parquet")
def export(file: Path) -> None:
    """Write all counts into a Parquet file, one row each."""
    if file.suffix != ".parquet":
        raise InputError(f"{file}: it will be a Parquet file; give it a name that ends in .parquet")
    with opened_store() as store:
        if store is None:
            raise InputError(no_store_yet())
        from reportgen.store.export import export

        click.echo(f"{file}: {counted(export(store, file), 'count')}")
