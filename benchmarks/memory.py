"""100,000 tweets over 4 weeks by the day, through the store: how much memory keeping, reading and building take."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from time import perf_counter
from zoneinfo import ZoneInfo

import polars as pl

from reportgen.api.verdicts import Answer
from reportgen.catalog import HISTORICAL
from reportgen.credentials import Credentials
from reportgen.errors import Exit
from reportgen.facts import SCHEMA
from reportgen.findings import findings
from reportgen.ledger import CallEntry, Outcome
from reportgen.planned import PlannedRun, plan_run
from reportgen.render.results import render_json
from reportgen.report.build import build_report
from reportgen.request import Request
from reportgen.settings import Settings
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.sections import Chart, Kpis, Table
from reportgen.store.known import look_into
from reportgen.store.open import Store, open_store
from reportgen.store.record import RunRecord, recorded_run

TWEETS = 100_000
METRICS = ("impressions", "engagements", "favorites", "retweets", "replies", "url_clicks")
AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
FIRST = 2_000_000_000_000_000_000


def report() -> ReportSpec:
    return ReportSpec(
        path="many.yaml",
        name="many",
        title="Many",
        timezone=ZoneInfo("UTC"),
        endpoint=HISTORICAL,
        handles=("@acme",),
        tweets=tuple(Tweet(str(FIRST + n), "@acme") for n in range(TWEETS)),
        metrics=METRICS,
        date_range="last_28_days",
        groupings={
            "by-tweet": ("tweet.id", "engagement.type"),
            "daily": ("engagement.type", "engagement.day"),
        },
        sections=(
            Kpis((*METRICS[:2], "engagement_rate")),
            Chart("daily", ("impressions",)),
            Table("by-tweet", sort="-engagements", limit=10),
        ),
    )


def answer(request: Request) -> Answer:
    """A count for each tweet, metric and day."""
    rows = [
        (int(tweet_id), metric, day, int(tweet_id) % 1000 + n)
        for tweet_id in request.tweet_ids
        for metric in request.metrics
        for n, day in enumerate(_days(request))
    ]
    return Answer(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def _days(request: Request) -> Iterator[datetime]:
    day = request.start
    while day and request.end and day < request.end:
        yield day
        day += timedelta(days=1)


def planned(store: Store) -> PlannedRun:
    return plan_run([report()], Settings(), Credentials(tokens={"ACME": ("token", "secret")}), AS_OF, look_into(store))


def keep(record: RunRecord, run: PlannedRun) -> None:
    for request in run.requests:
        record.received(CallEntry(request, (request,), time.time(), 0.1, Outcome.ANSWERED, 200, None), answer(request))


def build(record: RunRecord, run: PlannedRun) -> str:
    """The results of the report from the store."""
    (of,) = run.reports
    coverage, facts = record.known(of.needs)
    found = findings(of.needs, run, (), coverage, facts)
    spec, grain = of.spec, of.needs.grain
    built = build_report(spec, of.period, AS_OF, grain, found.facts, found.gaps, complete=found.complete)
    if not built.complete or built.gaps:
        raise AssertionError("something is missing")
    return render_json(built)


def told(what: str, since: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"{what}: {perf_counter() - since:.1f} s, at most {peak:,.0f} MiB resident until then", flush=True)


def main() -> None:
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.db") as store:
        before = perf_counter()
        run = planned(store)
        told(f"{len(run.requests):,} calls planned", before)
        with recorded_run(store, time.time, run) as record:
            before = perf_counter()
            keep(record, run)
            told("their answers kept", before)
            before = perf_counter()
            build(record, run)
            told("read and built", before)
            record.end(Exit.DONE)


if __name__ == "__main__":
    main()
