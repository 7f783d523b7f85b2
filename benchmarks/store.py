"""50 million facts in SQLite: how long a weekly report over 2,000 tweets takes, by the hour, beyond start-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml
from sqlalchemy import insert

from reportgen.store.coverage import FINAL
from reportgen.store.open import Store, open_store
from reportgen.store.schema import COVERAGE, FACTS

CHILD = Path(__file__).with_name("weekly_report.py")
METRICS = ("impressions", "engagements", "favorites", "retweets", "replies", "url_clicks")
TWEETS, ASKED = 12_000, 2_000
DAYS = 29
AS_OF = datetime(2026, 11, 18, tzinfo=UTC)
MIDNIGHT = int((AS_OF - timedelta(days=DAYS)).timestamp())
RUNS = 5


def tweet_ids() -> list[int]:
    """A tweet every five minutes, all of them older than the four weeks that are kept."""
    first = MIDNIGHT * 1000 - 1_288_834_974_657 - TWEETS * 300_000
    return [(first + n * 300_000) << 22 for n in range(TWEETS)]


def facts() -> Iterator[tuple[str, int, str, int, str]]:
    """Rows as `reportgen.store.rows` has them. No count is 0."""
    chance = Random(1)  # noqa: S311
    days = [",".join(str(chance.randint(1, 10 ** chance.randint(1, 4))) for _ in range(24)) for _ in range(9973)]
    row = 0
    for tweet_id in tweet_ids():
        for metric in METRICS:
            for day in range(DAYS):
                yield "hour", tweet_id, metric, MIDNIGHT + day * 86_400, days[row % len(days)]
                row += 1


def fill(store: Store) -> None:
    """Facts and coverage of all tweets, each hour final: written straight into the tables."""
    spans = [
        ("hour", tweet_id, metric, MIDNIGHT, MIDNIGHT + DAYS * 86_400, FINAL)
        for tweet_id in tweet_ids()
        for metric in METRICS
    ]
    with store.writing() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise AssertionError
        for table, rows in ((FACTS, facts()), (COVERAGE, iter(spans))):
            statement = str(insert(table).compile(dialect=connection.dialect))
            driver.executemany(statement, rows)


def report(ids: list[int]) -> dict[str, object]:
    return {
        "version": 1,
        "name": "large",
        "timezone": "America/New_York",
        "endpoint": "historical",
        "handles": [{"handle": "@acme", "tweet_ids": list(map(str, ids))}],
        "date_range": {"start": "2026-11-09", "end": "2026-11-15"},
        "metrics": list(METRICS),
        "groupings": {
            "by-tweet": ["tweet.id", "engagement.type"],
            "by-day": ["engagement.day", "engagement.type"],
            "by-hour": ["engagement.day", "engagement.hour", "engagement.type"],
        },
    }


def forget_cached(file: Path) -> None:
    """Let the next one who reads the file read it from the disk."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measured(*arguments: str) -> tuple[float, dict[str, float]]:
    """How many seconds the process takes, from start to end, and what it says of its parts."""
    before = perf_counter()
    ended = subprocess.run((sys.executable, str(CHILD), *arguments), check=True, stdout=subprocess.PIPE)
    return perf_counter() - before, json.loads(ended.stdout or "{}")


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.yaml").write_text(yaml.safe_dump(report(tweet_ids()[:: TWEETS // ASKED])))
        before = perf_counter()
        with open_store(f"sqlite:///{folder}/store.db") as store:
            fill(store)
            size = store.size()
        took = perf_counter() - before
        count = TWEETS * len(METRICS) * DAYS * 24
        print(f"{count:,} facts fill {size / 1e6:,.0f} MB, {size / count:.1f} bytes each; filled in {took:.0f} s")
        measured()
        start_up = median(measured()[0] for _ in range(RUNS))
        for kind in ("in the system's cache", "on the disk"):
            runs = []
            for _ in range(RUNS):
                if kind == "on the disk":
                    forget_cached(folder / "store.db")
                runs.append(measured(str(folder), AS_OF.isoformat()))
            beyond = median(seconds for seconds, _ in runs) - start_up
            parts = ", ".join(f"{part} {median(said[part] for _, said in runs):.2f}" for part in runs[0][1])
            print(f"{ASKED:,} tweets, the file {kind}: {beyond:.2f} s beyond start-up ({parts})", flush=True)
        print(f"start-up {start_up:.2f} s")


if __name__ == "__main__":
    main()
