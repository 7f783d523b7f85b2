"""Runs that are killed and begun again until one ends, with a look at the store after each kill."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import Timer
from typing import Any, Final

from sqlalchemy import func, select

from reportgen.instants import parse_instant
from reportgen.simulator.faults import Faults
from reportgen.simulator.server import Call, Simulator, serve
from reportgen.simulator.world import World
from reportgen.store.open import open_store
from reportgen.store.schema import CALLS, RUNS
from tests.cells import Stored, asked, stored
from tests.processes import REPORTGEN, Project

AT_ONCE: Final = 2
SLOW: Final = Faults(delay=(0.01, 0.05))
"""So that a kill lands in the middle of the calls."""

YEAR: Final[Mapping[str, Any]] = {
    "name": "year",
    "title": "Most of a year, day by day",
    "endpoint": "historical",
    "handles": [
        {
            "handle": "@acme",
            # The last but one was deleted, and the last one is somebody else's.
            "tweet_ids": ["2039373501541908481", "2041169053086646273", "2042641253790646273", "2039282465863892993"],
        },
        {"handle": "@acme_help", "tweet_ids": ["2039338309712347137", "2120959325487759361"]},
    ],
    "date_range": {"start": "2026-04-05", "end": "2026-11-15"},
    "metrics": ["impressions", "engagements", "favorites"],
    "outputs": {"formats": ["html", "pdf", "json", "csv", "xlsx"]},
}
NOW: Final[Mapping[str, Any]] = {
    "name": "now",
    "endpoint": "28hr",
    "handles": [{"handle": "@acme", "tweet_ids": ["2121996646609846273", "2122079693829046273"]}],
    "metrics": ["impressions", "favorites"],
    "groupings": {"hourly": ["engagement.day", "engagement.hour", "engagement.type"]},
    "outputs": {"formats": ["json"]},
}
EVER: Final[Mapping[str, Any]] = {
    "name": "ever",
    "endpoint": "totals",
    "handles": [{"handle": "@acme", "tweet_ids": ["2121996646609846273", "2042641253790646273"]}],
    "metrics": ["impressions", "favorites", "quote_tweets"],
    "outputs": {"formats": ["json"]},
}
SPECS: Final = (YEAR, NOW, EVER)
NAMES: Final = tuple(spec["name"] for spec in SPECS)


class Killer:
    """Kills a process some seconds after so many of its calls were served, the calls before included."""

    def __init__(self) -> None:
        self._strike: Callable[[], object] | None = None
        self._calls = 0

    def sleep(self, seconds: float) -> None:
        """What the simulator does before each answer."""
        self._calls -= 1
        if self._calls == 0 and self._strike:
            self._strike()
        time.sleep(seconds)

    @contextmanager
    def after(self, calls: int, seconds: float, process: subprocess.Popen[str]) -> Iterator[None]:
        """Kill the process so many seconds after so many calls, or, for 0 calls, after now."""
        timer = Timer(seconds, process.kill)
        self._strike, self._calls = timer.start, calls
        if not calls:
            timer.start()
        try:
            yield
        finally:
            self._strike = None
            timer.cancel()


@dataclass(frozen=True)
class AfterKill:
    """What there was after a kill."""

    stored: Stored
    served: int
    """Calls so far, in all runs."""
    kept: int
    """Calls in the ledger so far."""
    runs: int
    files: int
    """How many files were there."""


@dataclass
class Story:
    """One report made in spite of kills."""

    project: Project
    simulator: Simulator
    killer: Killer
    kills: list[AfterKill] = field(default_factory=list)

    @property
    def calls(self) -> list[Call]:
        return self.simulator.calls

    def run(self, calls: int = 0, seconds: float = 60, program: tuple[str, ...] = REPORTGEN) -> bool:
        """Let it run until it ends: True; or until the killer is there, so many seconds after so many calls."""
        with self.project.start(*NAMES, program=program) as process, self.killer.after(calls, seconds, process):
            _, said = process.communicate(timeout=60)
        if process.returncode != 0:
            assert process.returncode == -signal.SIGKILL, said
            self.kills.append(self.look())
        return process.returncode == 0

    def look(self) -> AfterKill:
        """At the store, as another program sees it."""
        with open_store(self.project.environment["REPORTGEN_STORE"]) as store, store.reading() as connection:
            kept = connection.execute(select(func.count()).select_from(CALLS)).scalar_one()
            runs = connection.execute(select(func.count()).select_from(RUNS)).scalar_one()
            now = stored(connection)
        return AfterKill(now, len(self.calls), kept, runs, len(self.project.files()))

    def asked_again(self) -> int:
        """How many cells, and tweets that are gone, were asked for after a kill before which they were stored."""
        as_of = parse_instant(self.project.as_of)
        again = 0
        for kill in self.kills:
            for call in self.calls[kill.served :]:
                again += len(kill.stored.covered.intersection(asked(call, as_of)))
                again += sum((call.endpoint, int(tweet_id)) in kill.stored.gone for tweet_id in call.tweet_ids)
        return again

    def check(self, undisturbed: Story) -> None:
        """AssertionError where a kill has cost anything but the calls that were under way."""
        end = self.look()
        assert self.project.files() == undisturbed.project.files()
        assert end.stored == undisturbed.look().stored
        for seen in (*self.kills, end):
            assert seen.stored.counted == seen.stored.covered
        assert self.asked_again() == 0
        # Each answer was kept once: the ledger has no more than those of a run that nothing disturbed.
        assert end.kept == len(undisturbed.calls)
        # One may be read while others are under way.
        assert end.served - end.kept <= (AT_ONCE + 1) * len(self.kills)


def run_and_kill(story: Story, random: Random, calls: int, seconds: float) -> bool:
    """Run it until it ends, or until some moments after one of the `calls` that are left, or any of the `seconds`."""
    left = calls - (story.kills[-1].kept if story.kills else 0)
    if left and random.random() < 0.7:
        return story.run(random.randint(1, left), random.uniform(0, 0.08))
    return story.run(0, random.uniform(0, seconds))


@contextmanager
def served(world: World) -> Iterator[tuple[Simulator, Killer]]:
    """A simulator that is slow, and the killer of the runs that use it."""
    killer = Killer()
    with serve(world, faults=SLOW, sleep=killer.sleep) as simulator:
        yield simulator, killer
