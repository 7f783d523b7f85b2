"""Whole runs over HTTP, and what came of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from reportgen.ask import Ask
from reportgen.fetch.patience import Patience
from reportgen.instants import parse_instant
from reportgen.made import HandOn, to_nobody
from reportgen.run import Run, Surroundings, Watch, make_reports
from reportgen.settings import load_settings
from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.server import Call, XCall, serve
from reportgen.simulator.world import World
from reportgen.spec.check import load_reports
from reportgen.store.open import open_store

PRESENT = "2026-11-16T12:00:00Z"
"""The present of the simulated world in the tests."""
AS_OF = parse_instant(PRESENT)


class Unwatched:
    """Nobody looks on."""

    def calls(self, finished: int, unfinished: int) -> None:
        """Say nothing."""

    def waiting(self, seconds: float, why: str) -> None:
        """Say nothing."""

    def reading(self, handle: str, tweets: int) -> None:
        """Say nothing."""

    def rendering(self, report: str) -> None:
        """Say nothing."""


UNWATCHED = Unwatched()


@dataclass(frozen=True)
class Ended:
    """What came of a run: its results, and the calls that the API saw."""

    run: Run
    results: Mapping[str, Any]
    calls: tuple[Call, ...]
    other_results: tuple[Mapping[str, Any], ...] = ()
    x_calls: tuple[XCall, ...] = ()

    def values(self, grouping: str) -> dict[tuple[str, str], int | None]:
        """By the first key of a grouping and the metric."""
        rows = self.results["groupings"][grouping]["rows"]
        key = self.results["groupings"][grouping]["group_by"][0]
        return {(row[key], row["engagement.type"]): row["value"] for row in rows}

    def reasons(self) -> dict[str, str]:
        return {gap["tweet_id"]: gap["reason"] for gap in self.results["gaps"]}


RunReport = Callable[..., Ended]


def runner(world: World, folder: Path) -> RunReport:
    """Runs reports in the folder, against a simulator of the world with faults."""

    def run(
        *specs: Mapping[str, object],
        faults: Faults = FRIENDLY,
        as_of: datetime = AS_OF,
        now: datetime | None = None,
        store: str = "sqlite://",
        watch: Watch = UNWATCHED,
        ask: Ask = Ask.MISSING,
        hand_on: HandOn = to_nobody,
        **settings_changed: Any,
    ) -> Ended:
        paths = [folder / f"report-{n}.yaml" for n in range(len(specs))]
        for path, spec in zip(paths, specs, strict=True):
            path.write_text(yaml.safe_dump({"version": 1, "name": path.stem, **spec}))
        now = now or as_of
        with serve(world.at(now), faults=faults) as simulator, open_store(store) as opened:
            settings, credentials = load_settings(folder, simulator.environment())
            settings = replace(settings, **settings_changed)
            patience = Patience(tries=settings.tries, first_wait=0)
            around = Surroundings(settings, credentials, opened, now, time.time, time.sleep, lambda: 0.5, patience)
            specs_read = load_reports([str(path) for path in paths])
            done = make_reports(specs_read, as_of, around, watch, ask, ("json",), folder, hand_on=hand_on)
            calls, x_calls = tuple(simulator.calls), tuple(simulator.x_calls)
        results = [json.loads(made.files["json"].read_text()) for made in done.reports if made.files]
        return Ended(done, results[0], calls, tuple(results[1:]), x_calls)

    return run


def tweets_of(world: World, handle: str, count: int, before: str = PRESENT) -> list[str]:
    """The latest tweets of a handle that are still there."""
    tweets = [
        t for t in world.tweets if t.handle == handle and world.is_available(t) and t.posted_at < parse_instant(before)
    ]
    return [tweet.id for tweet in tweets[-count:]]


def weeks(handles: Mapping[str, list[str]], **more: object) -> dict[str, object]:
    return {
        "endpoint": "historical",
        "handles": [{"handle": handle, "tweet_ids": ids} for handle, ids in handles.items()],
        "date_range": {"start": "2026-10-01", "end": "2026-11-15"},
        "metrics": ["impressions", "engagements", "favorites"],
        "groupings": {"by-tweet": ["tweet.id", "engagement.type"], "daily": ["engagement.day", "engagement.type"]},
        **more,
    }
