"""`reportgen simulate`: the simulator as a server."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from threading import Event
from typing import Final

import click

from reportgen.cli import options
from reportgen.errors import InputError
from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.faults_file import load_faults
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World
from reportgen.store.address import STORE

_STORE: Final = "sqlite:///.reportgen/simulator.db"
"""A store of its own: what is asked of the simulator counts for no contract, and keeps the pace of no real app."""


@click.command(short_help="Serve a simulated Engagement API and X API.")
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="0 takes a free one.")
@click.option(
    "--now",
    type=options.Instant(),
    metavar="T",
    show_default="the real clock",
    help="Stand still at this instant.",
)
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another number is another world.")
@click.option("--faults", "faults_file", metavar="FILE", help="Make it as unfriendly as this YAML file says.")
@click.option(
    "--calls-per-minute", type=click.IntRange(0), metavar="N", help="Refuse calls over so many; wins over the file."
)
@click.option("--no-credentials", is_flag=True, help="Print no keys and tokens: sign in instead, as its page says.")
def simulate(
    *,
    port: int,
    now: datetime | None,
    seed: int,
    faults_file: str | None,
    calls_per_minute: int | None,
    no_credentials: bool,
) -> None:
    """Serve a simulated Engagement API and X API on this machine, until Ctrl-C.

    Prints the settings to use it with, as the lines of a .env file.
    """
    faults = load_faults(faults_file) if faults_file is not None else FRIENDLY
    if calls_per_minute is not None:
        faults = replace(faults, calls_per_minute=calls_per_minute)
    world = World(seed, now or options.now())
    clock = None if now else options.now
    with ExitStack() as stack:
        try:
            simulator = stack.enter_context(serve(world, port, clock, keep_calls=False, faults=faults))
        except OSError as error:
            advice = "choose another one with --port"
            # A shell has emptied the file before we know.
            emptied = "" if sys.stdout.isatty() else "; the file that was to take the settings is empty now"
            raise InputError(f"cannot serve on port {port}: {error.strerror}; {advice}{emptied}") from error
        ended = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        settings = simulator.addresses() if no_credentials else simulator.environment()
        for name, value in {**settings, STORE: _STORE}.items():
            click.echo(f"{name}={value}")
        what = "how to sign in, and the tweets, are" if no_credentials else "the tweets are"
        click.echo(f"Serving {simulator.url}; {what} at {simulator.origin}/. Ctrl-C ends it.", err=True)
        if faults != FRIENDLY:
            click.echo(f"Faults: {_in_words(faults)}.", err=True)
        ended.wait()


def _in_words(faults: Faults) -> str:
    return ", ".join(f"{name} {json.dumps(value)}" for name, value in faults.changed().items())
