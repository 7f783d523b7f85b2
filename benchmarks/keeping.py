"""What it costs to keep an answer with its facts and coverage, each in a transaction of its own, on SQLite."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import polars as pl

from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.credentials import Credentials
from reportgen.facts import SCHEMA
from reportgen.ledger import CallEntry, Outcome
from reportgen.planned import plan_run
from reportgen.request import Grain, Request, Signer
from reportgen.settings import Settings
from reportgen.store.known import look_into
from reportgen.store.open import open_store
from reportgen.store.record import RunRecord, recorded_run

METRICS = ("impressions", "engagements", "favorites", "retweets", "replies", "url_clicks")
NOW = datetime(2026, 11, 18, tzinfo=UTC)
START = datetime(2026, 11, 9, tzinfo=UTC)
FIRST = 2_000_000_000_000_000_000
CALLS = 100


def hours(number: int, first_day: int, days: int) -> Request:
    """25 tweets by the hour, other ones for each number."""
    ids = tuple(str(FIRST + 25 * number + n) for n in range(25))
    start = START + timedelta(days=first_day)
    return Request(HISTORICAL, Signer("@acme"), ids, METRICS, Grain.HOUR, start, start + timedelta(days=days))


def total(number: int) -> Request:
    """One count."""
    return Request(TOTALS, Signer(None), (str(FIRST + number),), METRICS[2:3], Grain.TOTAL)


def answer(request: Request) -> Answer:
    """A count for each tweet, metric and hour."""
    hour = timedelta(hours=1)
    span = request.span(NOW)
    starts = [span.start + n * hour for n in range((span.end - span.start) // hour)] if span else [None]
    rows = [
        (int(tweet_id), metric, start, n)
        for n, tweet_id in enumerate(request.tweet_ids)
        for metric in request.metrics
        for start in starts
    ]
    return Answer(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def measure(title: str, record: RunRecord, requests: Sequence[Request]) -> None:
    """How many milliseconds the record takes for each answer."""
    took: list[float] = []
    for request in requests:
        entry = CallEntry(request, (), time.time(), 0.1, Outcome.ANSWERED, 200, None)
        brought = answer(request)
        before = perf_counter()
        record.received(entry, brought)
        took.append(1000 * (perf_counter() - before))
    print(f"{title}: {median(took):.1f} ms each in the middle, {quantiles(took, n=20)[-1]:.1f} ms for 19 of 20")


def main() -> None:
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.db") as store:
        planned = plan_run([], Settings(), Credentials(), NOW, look_into(store))
        with recorded_run(store, time.time, planned) as record:
            measure("a total", record, [total(n) for n in range(4 * CALLS)])
            measure("25 tweets, 6 metrics, 7 days by the hour", record, [hours(n, 0, 7) for n in range(CALLS)])
            measure("the next day of these", record, [hours(n, 7, 1) for n in range(CALLS)])
        if record.trouble:
            raise record.trouble


if __name__ == "__main__":
    main()
