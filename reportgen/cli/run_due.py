"""`reportgen run --due`: what is due, made and sent once."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from reportgen.cli.outcome import show, shown
from reportgen.cli.progress import run_progress
from reportgen.cli.scheduler import scheduler
from reportgen.cli.signals import sigterm_as_ctrl_c
from reportgen.delivery.state_words import stands
from reportgen.errors import Exit, InputError, ReportgenError, StoppedError
from reportgen.instants import format_instant
from reportgen.jobs import Job, JobState
from reportgen.outbox import State
from reportgen.run import CallCounts
from reportgen.scheduled.ended import Ended
from reportgen.scheduled.events import Event
from reportgen.scheduled.once import Tally, make_and_send
from reportgen.scheduled.report_files import ReportFiles
from reportgen.scheduled.settings_files import SettingsFiles


def run_due(given: Sequence[str], clock: Callable[[], datetime], *, as_json: bool) -> NoReturn:
    """Make and send all that is due of these files and folders, and exit; where some are broken, the others are made.

    Raises InputError where the settings are broken, StoreError and StoppedError, after it has shown what was made.
    """
    tally, files = Tally(), ReportFiles(given)
    files.look()
    try:
        with sigterm_as_ctrl_c():
            _make_and_send(files, clock, tally)
    except (ReportgenError, KeyboardInterrupt) as end:
        error = end if isinstance(end, ReportgenError) else StoppedError()
        _show(tally, files, clock(), as_json=as_json)
        raise error from end
    _show(tally, files, clock(), as_json=as_json)
    if not (tally.ended or tally.deliveries or tally.not_done or tally.not_sent or files.broken or as_json):
        click.echo("Nothing is due.", err=True)
    sys.exit(Exit.INPUT if files.broken else tally.exit_code)


def _make_and_send(files: ReportFiles, clock: Callable[[], datetime], tally: Tally) -> None:
    from reportgen.store.open import open_store

    project = SettingsFiles(Path(), os.environ)
    with open_store(project.settings.store) as store, run_progress() as watch:
        make_and_send(scheduler(project, clock, watch, _tell_nobody), store, project.settings, files, tally)


def _tell_nobody(event: Event, **fields: object) -> None:
    """What happened is in the tally."""
    del event, fields


def _show(tally: Tally, files: ReportFiles, now: datetime, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_object(tally, files), indent=2, ensure_ascii=False))
    for problems in files.broken.values():
        click.echo(str(InputError(*problems)), err=True)
    for one in tally.ended:
        show(one.made, as_json=as_json)
        for line in _lines(one):
            click.echo(f"{one.begun.report}: {line}", err=True)
    for job in tally.not_done:
        click.echo(f"{job.report}: {_again(job)}", err=True)
    settled = (one for one in tally.deliveries if one.state in (State.SENT, State.FAILED))
    for delivery in (*settled, *tally.not_sent):
        click.echo(f"{delivery.occasion.report}: {stands(delivery, now)}", err=True)


def _lines(ended: Ended) -> Sequence[str]:
    if ended.job is None:
        return [*ended.warnings, "another process has taken it over, and sends it"]
    if ended.job.state is JobState.FAILED:
        return [*ended.warnings, "its time is over, so it is not made again"]
    return ended.warnings


def _again(job: Job) -> str:
    if job.lease_until:
        until = format_instant(job.lease_until)
        return f"somebody else is making what was due {format_instant(job.due)}; if not, it is taken over after {until}"
    again = f"what was due {format_instant(job.due)} is made again"
    return f"{again} from {format_instant(job.next_attempt)} on" if job.next_attempt else again


def _object(tally: Tally, files: ReportFiles) -> Mapping[str, object]:
    broken = [
        {"report": path, "status": "failed", "files": {}, "gaps": 0, "error": str(InputError(*problems))}
        for path, problems in files.broken.items()
    ]
    reports = [{**shown(one.made), "due": format_instant(one.begun.due)} for one in tally.ended]
    states = Counter(delivery.state for delivery in tally.deliveries)
    deliveries = {"sent": states[State.SENT], "failed": states[State.FAILED], "waiting": len(tally.not_sent)}
    return {"reports": [*reports, *broken], "calls": asdict(_calls(tally)), "deliveries": deliveries}


def _calls(tally: Tally) -> CallCounts:
    names = [field.name for field in fields(CallCounts)]
    return CallCounts(**{name: sum(getattr(one.calls, name) for one in tally.ended) for name in names})
