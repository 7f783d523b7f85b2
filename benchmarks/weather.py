"""2,000 tweets over 8 weeks while 20 % of the calls fail: is every number that of an undisturbed run, at which cost?"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import random
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml
from unwatched import Unwatched

from reportgen import run as conductor
from reportgen.fetch.patience import Patience
from reportgen.planned import plan_run
from reportgen.run import Run, Surroundings
from reportgen.settings import load_settings
from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World
from reportgen.spec.check import load_reports
from reportgen.store.known import look_into
from reportgen.store.open import open_store

TWEETS = 2000
NOW = datetime(2028, 11, 16, 12, tzinfo=UTC)
"""Late enough for one account of the simulated world to have posted so many tweets."""


def report(world: World) -> dict[str, object]:
    tweets = [tweet.id for tweet in world.tweets if tweet.handle == "@acme_help" and world.is_available(tweet)]
    return {
        "version": 1,
        "name": "weather",
        "endpoint": "historical",
        "handles": [{"handle": "@acme_help", "tweet_ids": tweets[-TWEETS:]}],
        "date_range": {"start": "2028-09-18", "end": "2028-11-12"},
        "metrics": ["impressions", "engagements", "favorites"],
        "groupings": {"by-tweet": ["tweet.id", "engagement.type"], "daily": ["engagement.day", "engagement.type"]},
        "outputs": {"formats": ["json"]},
    }


def made(world: World, faults: Faults, folder: Path) -> tuple[Run, object, float]:
    """What came of the run, its results, and how many seconds it took."""
    with serve(world, faults=faults, keep_calls=False) as simulator, open_store("sqlite://") as store:
        settings, credentials = load_settings(folder, simulator.environment())
        settings = replace(settings, calls_per_minute=None)
        planned = plan_run(load_reports([str(folder / "report.yaml")]), settings, credentials, NOW, look_into(store))
        around = Surroundings(
            settings, credentials, store, NOW, time.time, time.sleep, random, Patience(tries=settings.tries)
        )
        before = perf_counter()
        done = conductor.run(planned, around, Unwatched(), directory=folder)
        took = perf_counter() - before
    return done, json.loads(next(folder.glob("*.json")).read_text()), took


def main() -> None:
    world = World(DEFAULT_SEED, NOW)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.yaml").write_text(yaml.safe_dump(report(world)))
        quiet, expected, took = made(world, FRIENDLY, folder)
        print(f"undisturbed: {quiet.calls.made} calls, {took:.1f} s")
        for seed in range(3):
            done, results, stormy = made(world, Faults(seed=seed, trouble=0.2), folder)
            same = "the same numbers" if results == expected else "OTHER NUMBERS"
            print(
                f"seed {seed}: {done.calls.made} calls, {done.calls.retried} of them made again, "
                f"{stormy / took:.2f} times as long, exit code {done.exit_code:d}, {same}"
            )
            if results != expected:
                sys.exit(1)


if __name__ == "__main__":
    main()
