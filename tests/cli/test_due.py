"""`reportgen due`: what is due by the schedules of report files, and of what the store knows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportgen.errors import Exit
from reportgen.store.jobs import add_jobs, claim_job, put_off
from reportgen.store.open import open_store
from reportgen.store.schedules import remember_schedule
from tests.conftest import Command
from tests.spec.documents import BASE

STORE = "sqlite:///.reportgen/store.db"
CRON, ZONE = "0 8 * * MON", "America/New_York"
MONDAYS = tuple(datetime(2026, 11, day, 13, tzinfo=UTC) for day in (2, 9, 16, 23))
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(empty_folder: Path) -> Path:
    """A project with a report that has a schedule and one without."""
    (empty_folder / "reports").mkdir()
    schedule = f"timezone: {ZONE}\nschedule: {{cron: {CRON}}}\n"
    (empty_folder / "reports" / "weekly.yaml").write_text(BASE + schedule)
    (empty_folder / "reports" / "now-and-then.yaml").write_text(BASE.replace("name: acme", "name: now-and-then"))
    return empty_folder


def looked(now: datetime) -> None:
    with open_store(STORE) as store, store.writing() as connection:
        remember_schedule(connection, "acme", CRON, ZONE, now)


def test_before_anybody_looked_there_is_only_a_next_time_and_no_store_is_made(reportgen: Command, folder: Path) -> None:
    ended = reportgen("due", "--as-of", "2026-11-16T13:00:00Z")
    assert (ended.code, ended.err) == (Exit.DONE, "")
    assert ended.out.splitlines() == [
        "acme (reports/weekly.yaml)",
        "  new      counts from when reportgen serve or reportgen run --due looks at it first",
        "  next     Mon 23 Nov, 08:00 EST (in 7 days)",
        "Without a schedule: now-and-then.",
        "Nothing is due.",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["reports"]


def test_what_was_missed_is_due_since_then_and_older_ones_are_skipped(reportgen: Command) -> None:
    looked(MONDAYS[0] - MINUTE)
    ended = reportgen("due", "reports/weekly.yaml", "--as-of", "2026-11-16T16:30:00Z")
    assert ended.out.splitlines() == [
        "acme (reports/weekly.yaml)",
        "  due      since Mon 16 Nov, 08:00 EST (3 hours ago)",
        "  skipped  2 older ones, from Mon 2 Nov, 08:00 EST on: a newer one was due before this one was begun",
        "  next     Mon 23 Nov, 08:00 EST (in 6 days)",
        "1 report to be made now: reportgen run --due.",
    ]


def test_looking_writes_nothing(reportgen: Command) -> None:
    looked(MONDAYS[0] - MINUTE)
    first, second = (reportgen("due", "--as-of", "2026-11-16T16:30:00Z") for _ in range(2))
    assert first == second


def test_what_waits_is_told_with_its_reason_and_its_next_attempt(reportgen: Command) -> None:
    looked(MONDAYS[0] - MINUTE)
    due = MONDAYS[1]
    with open_store(STORE) as store, store.writing() as connection:
        add_jobs(connection, "acme", [due], [], due, "")
        job = claim_job(connection, ["acme"], due, "holder", timedelta(minutes=10))
        assert job
        put_off(connection, job, "holder", "incomplete", "3 calls failed", due + MINUTE, timedelta(hours=24), 0.0)
    ended = reportgen("due", "--as-of", "2026-11-09T13:02:00Z")
    assert ended.out.splitlines()[1] == (
        "  waiting  what was due Mon 9 Nov, 08:00 EST; next attempt Mon 9 Nov, 08:06 EST (in 4 minutes): 3 calls failed"
    )
    assert ended.out.splitlines()[-1] == "Nothing is due."


def test_what_is_under_way_is_told_with_the_end_of_its_lease(reportgen: Command) -> None:
    looked(MONDAYS[0] - MINUTE)
    with open_store(STORE) as store, store.writing() as connection:
        add_jobs(connection, "acme", [MONDAYS[1]], [], MONDAYS[1], "")
        claim_job(connection, ["acme"], MONDAYS[1], "holder", timedelta(minutes=10))
    ended = reportgen("due", "--as-of", "2026-11-09T13:02:00Z")
    assert ended.out.splitlines()[1] == (
        "  running  what was due Mon 9 Nov, 08:00 EST; nobody else takes it until Mon 9 Nov, 08:10 EST (in 8 minutes)"
    )


def test_a_changed_schedule_counts_anew(reportgen: Command, folder: Path) -> None:
    looked(MONDAYS[0] - MINUTE)
    changed = (folder / "reports" / "weekly.yaml").read_text().replace(CRON, "0 9 * * MON")
    (folder / "reports" / "weekly.yaml").write_text(changed)
    assert "Nothing is due." in reportgen("due", "--as-of", "2026-11-16T16:30:00Z").out


def test_json_has_it_all(reportgen: Command) -> None:
    looked(MONDAYS[0] - MINUTE)
    ended = reportgen("due", "--json", "--as-of", "2026-11-09T13:00:00Z")
    assert json.loads(ended.out) == {
        "as_of": "2026-11-09T13:00:00Z",
        "reports": [
            {
                "report": "acme",
                "file": "reports/weekly.yaml",
                "cron": CRON,
                "timezone": ZONE,
                "catch_up": "latest",
                "since": "2026-11-02T12:59:00Z",
                "due": ["2026-11-09T13:00:00Z"],
                "running": [],
                "waiting": [],
                "skipped": [{"due": "2026-11-02T13:00:00Z", "said": "a newer one was due before this one was begun"}],
                "next": "2026-11-16T13:00:00Z",
            }
        ],
        "unscheduled": ["now-and-then"],
    }


def test_a_wrong_file_is_said_with_its_place(reportgen: Command, folder: Path) -> None:
    wrong = BASE.replace("name: acme", "name: wrong") + "schedule: {cron: 75 8 * * MON}\n"
    (folder / "reports" / "wrong.yml").write_text(wrong)
    ended = reportgen("due")
    assert (ended.code, ended.out) == (Exit.INPUT, "")
    assert ended.err == "reports/wrong.yml:7:18: schedule.cron: minute is 0 to 59; this is '75'\n"
