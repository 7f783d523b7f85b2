"""`reportgen outbox retry`: let deliveries leave at once."""

from __future__ import annotations

import click

from reportgen.cli import options
from reportgen.cli.outbox.numbers import Number
from reportgen.cli.store.opened import no_store_yet, opened_store
from reportgen.errors import InputError
from reportgen.outbox import State


@click.command()
@click.argument("numbers", nargs=-1, type=Number(), metavar="[NUMBER]...")
@click.option("--failed", is_flag=True, help="Let all leave that failed.")
def retry(numbers: tuple[int, ...], *, failed: bool) -> None:
    """Let what failed, waits or is held leave at once: the next reportgen serve, run --due or mail sends it.

    NUMBERs are those that reportgen outbox shows.
    """
    if failed == bool(numbers):
        raise InputError("say what to send: the numbers of deliveries, or --failed for all that failed")
    with opened_store() as store:
        if store is None:
            raise InputError(no_store_yet())
        from reportgen.store.outbox import listing, retry

        with store.writing() as connection:
            ids = [one.id for one in listing(connection, states=[State.FAILED])] if failed else numbers
            again = retry(connection, ids, options.now())
    for delivery in again:
        click.echo(f"To be sent at once: {delivery.id}, {delivery.destination}")
    if not again:
        click.echo("Nothing in the outbox has failed.")
