"""`reportgen demo`: a report from simulated data, from nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from reportgen.cli.outcome import finish
from reportgen.cli.progress import run_progress
from reportgen.cli.surroundings import surroundings
from reportgen.instants import parse_instant
from reportgen.resources import resource
from reportgen.run import make_reports
from reportgen.settings import load_settings
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World
from reportgen.spec.check import load_reports

PRESENT: Final = "2026-11-16T12:00:00Z"
"""The demo's clock stands still, on a Monday at noon, so that everybody gets the same report."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE...]")
def demo(files: tuple[str, ...]) -> None:
    """Make the weekly sample, or the FILEs given, from simulated data.

    It needs no account and no network: a simulated Engagement API answers on this machine, at noon (UTC) of
    16 November 2026. Prints the paths of the files that were made.
    """
    from reportgen.store.open import open_store

    as_of = parse_instant(PRESENT)
    with serve(World(DEFAULT_SEED, as_of), port=0) as simulator:
        settings, credentials = load_settings(Path.cwd(), simulator.environment())
        # What is made up counts for nothing: neither the project's limits nor its store know of it.
        settings = replace(settings, store="sqlite://", handles_per_month=None, max_calls=None, calls_per_minute=None)
        specs = load_reports(files or [resource("reports/weekly.yaml")])
        with open_store(settings.store) as store, run_progress() as watch:
            done = make_reports(specs, as_of, surroundings(settings, credentials, store, as_of), watch)
    finish(done, as_json=False)
