"""`reportgen store prune`: what went in one line, and a wrong date in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.outbox import Copy, Occasion, Parcel, Way
from reportgen.store.jobs import add_jobs
from reportgen.store.open import Store
from reportgen.store.outbox import add, cancel
from reportgen.store.schema import COVERAGE, FACTS
from tests.conftest import Command, Ended
from tests.store.filled import at, count, miss, rows, run, take


@pytest.fixture
def full(kept: Store) -> None:
    count(kept, "2026-11-09T22:00", 1, 2, 3, 4)
    take(kept, "2026-11-09", 7)
    miss(kept, "2026-11-09")
    run(kept, "2026-11-08T08:00", "2026-11-08T08:00", "2026-11-08T08:00")
    run(kept, "2026-11-10T08:00", "2026-11-10T08:00")


def test_it_tells_what_is_gone(full: None, reportgen: Command) -> None:
    went = "Before 10 November 2026, this is gone: 2 counts, 1 snapshot, 1 lasting gap, 1 run and 2 calls.\n"
    assert reportgen("store", "prune", "--before", "2026-11-10") == Ended(0, went, "")
    nothing = "Before 10 November 2026, this is gone: 0 counts, 0 snapshots, 0 lasting gaps, 0 runs and 0 calls.\n"
    assert reportgen("store", "prune", "--before", "2026-11-10") == Ended(0, nothing, "")


def test_it_tells_of_deliveries_and_jobs_where_some_are_gone(kept: Store, reportgen: Command) -> None:
    with kept.writing() as connection:
        copies = (Copy("ann@example.com", "<1>"), Copy("bob@example.com", "<2>"))
        add(connection, Occasion("weekly", None), [Parcel(Way.MAIL, "Acme", b"Hello", copies)], at("2026-11-09"))
        cancel(connection, [1, 2], at("2026-11-09"))
        add_jobs(connection, "weekly", [], [at("2026-11-02"), at("2026-11-09")], at("2026-11-09"), "missed")
    went = (
        "Before 10 November 2026, this is gone: 0 counts, 0 snapshots, 0 lasting gaps, 0 runs, 0 calls, 2 deliveries "
        "and 1 job.\n"
    )
    assert reportgen("store", "prune", "--before", "2026-11-10") == Ended(0, went, "")


def test_a_dry_run_tells_what_would_go_and_deletes_nothing(full: None, kept: Store, reportgen: Command) -> None:
    would = "Before 16 November 2026, this would go: 4 counts, 1 snapshot, 1 lasting gap, 1 run and 2 calls.\n"
    assert reportgen("store", "prune", "--before", "2026-11-16", "--dry-run") == Ended(0, would, "")
    assert len(rows(kept, FACTS, "start")) == 2


def test_the_file_is_smaller_then(kept: Store, folder: Path, reportgen: Command) -> None:
    for tweet in range(1, 600):
        count(kept, "2026-11-01", *range(10_000, 10_024), tweet=tweet)
    file = folder / ".reportgen" / "store.db"
    kept.tidy()
    before = file.stat().st_size
    assert reportgen("store", "prune", "--before", "2026-11-16").code == 0
    assert file.stat().st_size < before / 1.5
    assert rows(kept, COVERAGE, "start") == []


@pytest.mark.parametrize(
    ("date", "problem"),
    [
        ("last week", "--before: 'last week' is no date; write it like 2026-11-01"),
        ("2026-11-31", "--before: '2026-11-31' is no date; write it like 2026-11-01"),
        ("2026-11-01T00:00", "--before: '2026-11-01T00:00' is no date; write it like 2026-11-01"),
        ("2026-W46", "--before: '2026-W46' is no date; write it like 2026-11-01"),
        (
            "2026-11-17",
            "--before: 17 November 2026 is still to come; the latest is today, 16 November 2026 (UTC)",
        ),
    ],
)
def test_a_wrong_date_is_one_line(date: str, problem: str, full: None, kept: Store, reportgen: Command) -> None:
    assert reportgen("store", "prune", "--before", date) == Ended(2, "", f"{problem}\n")
    assert len(rows(kept, FACTS, "start")) == 2
