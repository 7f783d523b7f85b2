"""`reportgen plan`: what reports would ask for, and what that would cost."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Final

import click

from reportgen.cli import options
from reportgen.dates import long_moment
from reportgen.gaps import Gap, Reason
from reportgen.plan import Grain, Request
from reportgen.quota import (
    HandleCount,
    calls_refusal,
    contract_month,
    handles_outlook,
    handles_refusal,
    handles_summary,
    handles_wanted,
)
from reportgen.run import Planned, all_requests, plan_all
from reportgen.settings import Settings, load_settings
from reportgen.slots import minutes_of
from reportgen.spec.check import load_reports
from reportgen.spec.words import counted, listed
from reportgen.store.address import is_there


@click.command()
@options.files
@options.as_of
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def plan(files: tuple[str, ...], as_of: datetime, *, as_json: bool) -> None:
    """Show the calls that reports would make. Makes none."""
    settings, credentials = load_settings(Path.cwd(), os.environ)
    planned = plan_all(load_reports(files), settings, credentials, as_of)
    requests = all_requests(planned)
    wanted = handles_wanted((tweet for report in planned for tweet in report.spec.tweets), requests)
    month = contract_month(options.now(), settings)
    handles = HandleCount(month, _asked(settings, month.first_day), wanted)
    if as_json:
        click.echo(json.dumps(_shown(planned, requests, settings, handles), indent=2, ensure_ascii=False))
    else:
        for report in planned:
            click.echo("\n".join(_lines(report)))
        click.echo(_calls(len(requests), settings.calls_per_minute))
        click.echo(f"{handles_summary(handles)}.")
    refusals = (calls_refusal(len(requests), settings.max_calls), handles_refusal(handles))
    for refusal in filter(None, refusals):
        click.echo(f"A run would be refused: {refusal}.", err=as_json)
    if not handles.is_over and (outlook := handles_outlook(handles)):
        click.echo(f"With this plan: {outlook}.", err=as_json)


def _asked(settings: Settings, month: date) -> frozenset[str]:
    """The handles asked about so far. A plan leaves nothing behind: where there is no store yet, it makes none."""
    if not is_there(settings.store):
        return frozenset()
    from reportgen.store.handles import handles_asked
    from reportgen.store.open import open_store

    with open_store(settings.store) as store:
        return handles_asked(store, month)


def _shown(
    planned: Sequence[Planned], requests: Sequence[Request], settings: Settings, handles: HandleCount
) -> dict[str, object]:
    limit = settings.calls_per_minute
    return {
        "requests": [request.as_json() for request in requests],
        "gaps": [gap.as_json() for report in planned for gap in report.plan.gaps],
        "calls": len(requests),
        "minutes": round(minutes_of(len(requests), limit), 2) if limit else None,
        "handles": {
            "month": handles.month.first_day.isoformat(),
            "limit": handles.month.limit,
            "asked": len(handles.asked),
            "new": list(handles.new),
        },
    }


def _calls(calls: int, limit: int | None) -> str:
    all_calls = f"{counted(calls, 'call')} in all"
    if not (limit and calls):
        return f"{all_calls}."
    # Up to the whole minute: nobody is to wait longer than they were told.
    minutes = ceil(minutes_of(calls, limit))
    time = "less than a minute" if minutes == 1 else f"about {counted(minutes, 'minute')}"
    return f"{all_calls}: {time} at {limit:,} a minute."


def _lines(planned: Planned) -> Sequence[str]:
    spec, period = planned.spec, planned.period
    head = f"{spec.name}: {spec.endpoint.name}, {period.label if period else 'since each tweet was posted'}"
    return [head, *map(_line, planned.plan.requests), *_known_gaps(planned.plan.gaps)]


def _known_gaps(gaps: Iterable[Gap]) -> Iterator[str]:
    """A line for the tweets that will lack the same metrics for the same reason."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        lacking.setdefault((gap.tweet_id, _why(gap)), []).append(gap.metric or "numbers")
    alike = Counter((listed(metrics), why) for (_, why), metrics in lacking.items())
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
