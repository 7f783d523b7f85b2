"""`reportgen plan`: what reports would ask for, and what that would cost."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reportgen.ask import Ask
from reportgen.cli import options
from reportgen.dates import long_moment
from reportgen.finding import known_tweets
from reportgen.gaps import Gap, Reason
from reportgen.instants import format_instant
from reportgen.planned import Look, PlannedReport, PlannedRun, nothing_known, plan_run
from reportgen.quota import (
    HandleCount,
    calls_refusal,
    contract_month,
    handles_outlook,
    handles_refusal,
    handles_summary,
    handles_wanted,
)
from reportgen.request import Grain, Request
from reportgen.safe.safes import completed
from reportgen.settings import Settings, load_settings
from reportgen.signable import credentials_refusal
from reportgen.slots import minutes_of
from reportgen.spec.check import load_reports
from reportgen.spec.words import counted, listed
from reportgen.store.address import is_there
from reportgen.timelines import Timeline

if TYPE_CHECKING:
    from reportgen.store.open import Store


@click.command()
@options.files
@options.as_of
@click.option("--refresh", is_flag=True, help="As if everything were asked for again, known or not.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def plan(files: tuple[str, ...], as_of: datetime, *, refresh: bool, as_json: bool) -> None:
    """Show the calls that reports would make. Makes none."""
    settings, credentials = load_settings(Path(), os.environ)
    specs = load_reports(files)
    credentials = completed(credentials, specs, settings, os.environ)
    month = contract_month(options.now(), settings)
    asked: frozenset[str] = frozenset()
    with _store(settings.store) as store:
        ask = Ask.EVERYTHING if refresh else Ask.MISSING
        found = known_tweets(specs, as_of, ask, credentials, store)
        planned = plan_run(found.specs, settings, credentials, as_of, _look(store), ask, found.timelines)
        if store:
            from reportgen.store.handles import handles_asked

            asked = handles_asked(store, month.first_day)
    requests = planned.requests
    wanted = handles_wanted((tweet for report in planned.reports for tweet in report.spec.all_tweets), requests)
    handles = HandleCount(month, asked, wanted)
    if as_json:
        click.echo(json.dumps(_shown(planned, requests, settings, handles), indent=2, ensure_ascii=False))
    else:
        told: set[Request] = set()
        for report in planned.reports:
            click.echo("\n".join(_lines(report, planned, told)))
        click.echo(_calls(len(requests), settings.calls_per_minute))
        if any(timeline.unread for report in planned.reports for timeline in report.timelines):
            click.echo(_TIMELINES_FIRST)
        click.echo(f"{handles_summary(handles)}.")
    refusals = [calls_refusal(len(requests), settings.max_calls), handles_refusal(handles)]
    refusals += (credentials_refusal(planned, credentials) or "").splitlines()
    for refusal in filter(None, refusals):
        click.echo(f"A run would be refused: {refusal}.", err=as_json)
    if not handles.is_over and (outlook := handles_outlook(handles)):
        click.echo(f"With this plan: {outlook}.", err=as_json)


def _store(address: str) -> AbstractContextManager[Store | None]:
    """The store. A plan leaves nothing behind: where there is none yet, it makes none."""
    if not is_there(address):
        return nullcontext()
    from reportgen.store.open import open_store

    return open_store(address)


def _look(store: Store | None) -> Look:
    if store is None:
        return nothing_known
    from reportgen.store.known import look_into

    return look_into(store)


def _shown(
    planned: PlannedRun, requests: Sequence[Request], settings: Settings, handles: HandleCount
) -> dict[str, object]:
    limit = settings.calls_per_minute
    return {
        "requests": [request.as_json() for request in requests],
        "gaps": [gap.as_json() for report in planned.reports for gap in planned.gaps_of(report)],
        "timelines": [_shown_timeline(report, one) for report in planned.reports for one in report.timelines],
        "calls": len(requests),
        "minutes": round(minutes_of(len(requests), limit), 2) if limit else None,
        "handles": {
            "month": handles.month.first_day.isoformat(),
            "limit": handles.month.limit,
            "asked": len(handles.asked),
            "new": list(handles.new),
        },
    }


def _shown_timeline(report: PlannedReport, timeline: Timeline) -> dict[str, object]:
    return {
        "report": report.spec.name,
        "handle": timeline.handle,
        "tweets": timeline.tweets,
        "unread": [{"start": format_instant(s.start), "end": format_instant(s.end)} for s in timeline.unread],
    }


_TIMELINES_FIRST: Final = (
    "That is for the tweets known by now. A run reads the timelines first, a call to the X API for every 100 tweets, "
    "each of which X bills, and then asks for the numbers of those that are new."
)


def _calls(calls: int, limit: int | None) -> str:
    all_calls = f"{counted(calls, 'call')} in all"
    if not (limit and calls):
        return f"{all_calls}."
    # Up to the whole minute: nobody is to wait longer than they were told.
    minutes = ceil(minutes_of(calls, limit))
    time = "less than a minute" if minutes == 1 else f"about {counted(minutes, 'minute')}"
    return f"{all_calls}: {time} at {limit:,} a minute."


def _lines(report: PlannedReport, planned: PlannedRun, told: set[Request]) -> Sequence[str]:
    """What a report asks for; calls that were `told` of another one are marked, since they count once."""
    spec, period = report.spec, report.period
    head = f"{spec.name}: {spec.endpoint.name}, {period.label if period else 'since each tweet was posted'}"
    if report.before:
        head += f", compared with {report.before.period.label}"
    requests = planned.requests_of(report)
    calls = [f"{_line(request)}, shared" if request in told else _line(request) for request in requests]
    told.update(requests)
    return [head, *map(_timeline, report.timelines), *calls, *_known_gaps(planned.gaps_of(report))]


def _timeline(timeline: Timeline) -> str:
    """What a run will read of a timeline first, which may bring more tweets, and more calls."""
    known = f"  {timeline.handle:<16} {counted(timeline.tweets, 'tweet'):>10} known"
    spans = [f"{span.start:%Y-%m-%d %H:%M} to {span.end:%Y-%m-%d %H:%M} UTC" for span in timeline.unread]
    return f"{known}, timeline to read: {listed(spans, 'and')}" if spans else known


def _known_gaps(gaps: Iterable[Gap]) -> Iterator[str]:
    """A line for the tweets that will lack the same metrics for the same reason."""
    lacking: dict[tuple[str, str], dict[str, None]] = {}
    for gap in gaps:
        lacking.setdefault((gap.tweet_id, _why(gap)), {})[gap.metric or "numbers"] = None
    alike = Counter((listed(list(metrics)), why) for (_, why), metrics in lacking.items())
    for (metrics, why), tweets in alike.items():
        yield f"  {counted(tweets, 'tweet')} without {metrics}{why}"


def _why(gap: Gap) -> str:
    if gap.reason is not Reason.NOT_IN_HISTORY or gap.end is None:
        return f": {gap.detail}"
    begin = f"{long_moment(gap.end)} UTC".removesuffix(", 00:00 UTC")
    return f" before {begin}, where your contract's history begins"


def _line(request: Request) -> str:
    who = request.signer.handle or "bearer token"
    window = f"  {request.start:%Y-%m-%d %H:%M} to {request.end:%Y-%m-%d %H:%M} UTC" if request.start else ""
    tweets, metrics = counted(len(request.tweet_ids), "tweet"), counted(len(request.metrics), "metric")
    return f"  {who:<16} {tweets:>10}, {metrics:>10}{_GRAINS[request.grain]}{window}".rstrip()


_GRAINS: Final = {Grain.TOTAL: "", Grain.DAY: ", by day", Grain.HOUR: ", by hour"}
