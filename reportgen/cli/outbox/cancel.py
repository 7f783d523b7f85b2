"""`reportgen outbox cancel`: send deliveries no more."""

from __future__ import annotations

import click

from reportgen.cli import options
from reportgen.cli.outbox.numbers import Number
from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.errors import InputError


@click.command()
@click.argument("numbers", nargs=-1, required=True, type=Number(), metavar="NUMBER...")
def cancel(numbers: tuple[int, ...]) -> None:
    """Do not send what waits, failed or is held any more, and delete its content.

    NUMBERs are those that reportgen outbox shows.
    """
    with opened_store() as store:
        if store is None:
            raise InputError(no_store_yet())
        from reportgen.store.outbox import cancel

        with store.writing() as connection:
            canceled = cancel(connection, numbers, options.now())
    for delivery in canceled:
        click.echo(f"Canceled: {delivery.id}, {delivery.destination}")
