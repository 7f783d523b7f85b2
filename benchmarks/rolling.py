"""A report on the last 28 days, run each morning for four weeks: what it asks for, beside asking anew each day.

The world is the simulator's, and moves from day to day; new tweets take the places of old ones.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import add
from pathlib import Path
from random import random
from tempfile import TemporaryDirectory

import yaml
from unwatched import Unwatched

from reportgen import run as conductor
from reportgen.fetch.patience import Patience
from reportgen.instants import parse_instant
from reportgen.planned import plan_run
from reportgen.request import Request
from reportgen.run import Surroundings
from reportgen.settings import load_settings
from reportgen.simulator.server import serve
from reportgen.simulator.world import DEFAULT_SEED, World
from reportgen.spec.check import load_reports
from reportgen.store.known import look_into
from reportgen.store.open import Store, open_store

DAYS = 28
FIRST = datetime(2026, 10, 20, 13, tzinfo=UTC)
"""In the morning in New York, where the clocks go back on 1 November: four weeks with that day have an hour more."""
SIZES = (40, 300)
HANDLE = "@acme"


@dataclass(frozen=True)
class Cost:
    """What is asked for: calls, and hours of a tweet."""

    calls: int
    tweet_hours: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.calls + other.calls, self.tweet_hours + other.tweet_hours)


@dataclass(frozen=True)
class Day:
    """A day's run: how many of its tweets are new in the report, what it asked for, and what it would have anew."""

    new: int
    asked: Cost
    anew: Cost


def report(tweet_ids: list[str]) -> dict[str, object]:
    return {
        "version": 1,
        "name": "rolling",
        "timezone": "America/New_York",
        "endpoint": "historical",
        "handles": [{"handle": HANDLE, "tweet_ids": tweet_ids}],
        "date_range": "last_28_days",
        "metrics": ["impressions", "engagements"],
        "groupings": {"daily": ["engagement.day", "engagement.type"]},
        "outputs": {"formats": ["json"]},
    }


def cost(requests: Iterable[tuple[int, datetime, datetime]]) -> Cost:
    """Of calls for so many tweets, from and until."""
    hours = [tweets * ((end - start) // timedelta(hours=1)) for tweets, start, end in requests]
    return Cost(len(hours), sum(hours))


def planned_cost(requests: Iterable[Request]) -> Cost:
    return cost((len(r.tweet_ids), r.start, r.end) for r in requests if r.start and r.end)


def run_day(world: World, tweet_ids: list[str], store: Store, folder: Path) -> tuple[Cost, Cost]:
    """What the API was asked for, and what the plan for an empty store would ask for."""
    (folder / "report.yaml").write_text(yaml.safe_dump(report(tweet_ids)))
    with serve(world) as simulator:
        settings, credentials = load_settings(folder, simulator.environment())
        settings = replace(settings, calls_per_minute=None)
        specs = load_reports([str(folder / "report.yaml")])
        planned = plan_run(specs, settings, credentials, world.now, look_into(store))
        patience = Patience(tries=settings.tries)
        around = Surroundings(settings, credentials, store, world.now, time.time, time.sleep, random, patience)
        done = conductor.run(planned, around, Unwatched(), directory=folder)
        bodies = [call.body for call in simulator.calls if isinstance(call.body, dict)]
    if done.exit_code:
        raise AssertionError(done.reports)
    asked = cost((len(b["tweet_ids"]), parse_instant(b["start"]), parse_instant(b["end"])) for b in bodies)
    return asked, planned_cost(plan_run(specs, settings, credentials, world.now).requests)


def days(size: int) -> Iterator[Day]:
    """The days of a report on the latest tweets, so many."""
    before: set[str] = set()
    with TemporaryDirectory() as name, open_store(f"sqlite:///{name}/store.db") as store:
        for number in range(DAYS):
            world = World(DEFAULT_SEED, FIRST + timedelta(days=number))
            available = [tweet.id for tweet in world.tweets if tweet.handle == HANDLE and world.is_available(tweet)]
            tweet_ids = available[-size:]
            yield Day(len(set(tweet_ids) - before), *run_day(world, tweet_ids, store, Path(name)))
            before = set(tweet_ids)


def main() -> None:
    for size in SIZES:
        print(f"{size} tweets\n\n| day | new tweets | calls | tweet-hours | calls anew | tweet-hours anew |")
        print("|---|---|---|---|---|---|")
        all_days = list(days(size))
        for number, day in enumerate(all_days, 1):
            print(_row(str(number), day))
        asked, anew = (day.asked for day in all_days), (day.anew for day in all_days)
        total = Day(sum(day.new for day in all_days), reduce(add, asked), reduce(add, anew))
        print(_row("all", total) + "\n", flush=True)


def _row(name: str, day: Day) -> str:
    costs = (day.asked.calls, day.asked.tweet_hours, day.anew.calls, day.anew.tweet_hours)
    return f"| {name} | {day.new} | {' | '.join(f'{number:,}' for number in costs)} |"


if __name__ == "__main__":
    main()
