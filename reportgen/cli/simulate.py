"""`reportgen simulate`: the simulator as a server."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from datetime import UTC, datetime
from threading import Event

import click

from reportgen.errors import InputError
from reportgen.instants import parse_instant
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World


def _instant(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    del context, parameter
    try:
        return parse_instant(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command(short_help="Serve a simulated Engagement API.")
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="0 takes a free one.")
@click.option(
    "--now", metavar="T", callback=_instant, show_default="the real clock", help="Stand still at this instant."
)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another number is another world.")
def simulate(port: int, now: datetime | None, seed: int) -> None:
    """Serve a simulated Engagement API on this machine, until Ctrl-C.

    Prints the settings to use it with, as the lines of a .env file.
    """
    world = World(seed, now or datetime.now(UTC))
    clock = None if now else lambda: datetime.now(UTC)
    with ExitStack() as stack:
        try:
            simulator = stack.enter_context(serve(world, port, clock, keep_calls=False))
        except OSError as error:
            message = f"cannot serve on port {port}: {error.strerror}; choose another one with --port"
            raise InputError(message) from error
        ended = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        for name, value in simulator.environment().items():
            click.echo(f"{name}={value}")
        click.echo(f"Serving {simulator.url}; the tweets are at {simulator.origin}/. Ctrl-C ends it.", err=True)
        ended.wait()
