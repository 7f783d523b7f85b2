"""`reportgen plan`: what reports would ask for, and what that would cost."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from reportgen.cli import options
from reportgen.plan import Grain, Request
from reportgen.run import Planned, all_requests, plan_all
from reportgen.settings import load_settings
from reportgen.spec.check import load_reports


@click.command()
@options.files
@options.as_of
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def plan(files: tuple[str, ...], as_of: datetime, *, as_json: bool) -> None:
    """Show the calls that reports would make. Makes none."""
    settings, credentials = load_settings(Path.cwd(), os.environ)
    planned = plan_all(load_reports(files), settings, credentials, as_of)
    requests = all_requests(planned)
    limit = settings.calls_per_minute
    minutes = round(len(requests) / limit, 2) if limit else None
    if as_json:
        gaps = [gap.as_json() for report in planned for gap in report.plan.gaps]
        shown = {"requests": [r.as_json() for r in requests], "gaps": gaps, "calls": len(requests), "minutes": minutes}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    for report in planned:
        click.echo("\n".join(_lines(report)))
    pace = f", {minutes} minutes at {limit} a minute" if limit else ""
    click.echo(f"{_count(len(requests), 'call')} in all{pace}.")


def _lines(planned: Planned) -> Sequence[str]:
    spec, period = planned.spec, planned.period
    head = f"{spec.name}: {spec.endpoint.name}, {period.label if period else 'since each tweet was posted'}"
    gaps = len(planned.plan.gaps)
    unknown = [f"  {_count(gaps, 'gap')} known beforehand"] if gaps else []
    return [head, *map(_line, planned.plan.requests), *unknown]


def _line(request: Request) -> str:
    who = request.signer.handle or "bearer token"
    window = f"  {request.start:%Y-%m-%d %H:%M} to {request.end:%Y-%m-%d %H:%M} UTC" if request.start else ""
    tweets, metrics = _count(len(request.tweet_ids), "tweet"), _count(len(request.metrics), "metric")
    return f"  {who:<16} {tweets:>10}, {metrics:>10}{_GRAINS[request.grain]}{window}".rstrip()


_GRAINS: Final = {Grain.TOTAL: "", Grain.DAY: ", by day", Grain.HOUR: ", by hour"}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
