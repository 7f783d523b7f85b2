"""`reportgen due`: which reports are due and since when, what waits for its next attempt, and when each is due next."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from reportgen.cli import options
from reportgen.dates import clock, from_now, short_day
from reportgen.instants import format_instant, instant_or_null
from reportgen.jobs import Job
from reportgen.printable import printable_line
from reportgen.schedule_status import KnownSchedule, ScheduleStatus, are_due, schedule_status
from reportgen.settings import load_settings
from reportgen.spec.report_files import Timetable, load_timetable
from reportgen.spec.words import counted, listed
from reportgen.store.address import is_there


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
@options.as_of
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def due(files: tuple[str, ...], as_of: datetime, *, as_json: bool) -> None:
    """Show which reports are due by their schedules, and when they are due next. Makes none.

    Of the files and folders given; else of the folder reports.
    """
    settings, _ = load_settings(Path(), os.environ)
    timetable = load_timetable(files)
    known = _known(settings.store, timetable, as_of)
    statuses = [schedule_status(schedule, known[spec.name], as_of) for spec, schedule in timetable.scheduled]
    if as_json:
        click.echo(json.dumps(_shown(timetable, known, statuses, as_of), indent=2, ensure_ascii=False))
        return
    for (spec, schedule), status in zip(timetable.scheduled, statuses, strict=True):
        click.echo(f"{spec.name} ({printable_line(spec.path)})")
        for word, sentence in _lines(known[spec.name], status, schedule.timezone, as_of):
            click.echo(f"  {word:<8} {sentence}")
    if timetable.unscheduled:
        click.echo(f"Without a schedule: {listed([spec.name for spec in timetable.unscheduled], 'and')}.")
    number = are_due(statuses)
    click.echo(f"{counted(number, 'report')} to be made now: reportgen run --due." if number else "Nothing is due.")


def _known(address: str, timetable: Timetable, now: datetime) -> Mapping[str, KnownSchedule]:
    """What the store knows of each report. Where there is none yet, it makes none."""
    if not is_there(address):
        return {spec.name: KnownSchedule() for spec, _ in timetable.scheduled}
    from reportgen.store.open import open_store
    from reportgen.store.schedules import known_schedule

    with open_store(address) as store, store.reading() as connection:
        return {spec.name: known_schedule(connection, spec.name, its, now) for spec, its in timetable.scheduled}


def _lines(known: KnownSchedule, status: ScheduleStatus, zone: ZoneInfo, now: datetime) -> Iterator[tuple[str, str]]:
    """What there is to say of a report: a word, and a sentence."""
    if status.due:
        more = f", and {counted(len(status.due) - 1, 'newer one')}" if len(status.due) > 1 else ""
        yield "due", f"since {_moment(status.due[0], zone, now)}{more}"
    for job in status.running:
        until = _moment(job.lease_until, zone, now) if job.lease_until else "it ends"
        yield "running", f"what was due {_at(job.due, zone, now)}; nobody else takes it until {until}"
    for job in status.waiting:
        again = f"; next attempt {_moment(job.next_attempt, zone, now)}" if job.next_attempt else ""
        said = f": {printable_line(job.said)}" if job.said else ""
        yield "waiting", f"what was due {_at(job.due, zone, now)}{again}{said}"
    if status.skipped:
        oldest, why = status.skipped[0]
        yield "skipped", f"{counted(len(status.skipped), 'older one')}, from {_at(oldest, zone, now)} on: {why}"
    if known.since is None:
        yield "new", "counts from when reportgen serve or reportgen run --due looks at it first"
    yield "next", _moment(status.next, zone, now) if status.next else "not within 50 years"


def _at(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    """`Mon 16 Nov, 08:00 EST`."""
    local = instant.astimezone(zone)
    return f"{short_day(local, now.astimezone(zone))}, {clock(local)} {local:%Z}"


def _moment(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    return f"{_at(instant, zone, now)} ({from_now(instant, now)})"


def _shown(
    timetable: Timetable, known: Mapping[str, KnownSchedule], statuses: Sequence[ScheduleStatus], now: datetime
) -> dict[str, object]:
    reports = zip(timetable.scheduled, statuses, strict=True)
    return {
        "as_of": format_instant(now),
        "reports": [
            {
                "report": spec.name,
                "file": spec.path,
                "cron": schedule.cron,
                "timezone": schedule.timezone.key,
                "catch_up": schedule.catch_up,
                "since": instant_or_null(known[spec.name].since),
                "due": [format_instant(instant) for instant in status.due],
                "running": [_shown_job(job) for job in status.running],
                "waiting": [_shown_job(job) for job in status.waiting],
                "skipped": [{"due": format_instant(instant), "said": why} for instant, why in status.skipped],
                "next": instant_or_null(status.next),
            }
            for (spec, schedule), status in reports
        ],
        "unscheduled": [spec.name for spec in timetable.unscheduled],
    }


def _shown_job(job: Job) -> dict[str, object]:
    return {
        "due": format_instant(job.due),
        "attempts": job.attempts,
        "next_attempt": instant_or_null(job.next_attempt),
        "lease_until": instant_or_null(job.lease_until),
        "outcome": job.outcome,
        "said": job.said,
    }
