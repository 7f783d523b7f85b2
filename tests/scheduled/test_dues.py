"""What is due is written down once, whoever finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.instants import format_instant, parse_instant
from reportgen.jobs import JobState
from reportgen.scheduled.dues import NewlyDue, note_dues
from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec
from reportgen.store.jobs import claim_job, jobs_listing, put_off
from reportgen.store.open import Store, open_store
from tests.spec.documents import BASE

NEWER = "a newer one was due before this one was begun"
LEASE = timedelta(minutes=5)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


def weekly(folder: Path, schedule: str = "cron: 0 8 * * MON") -> ReportSpec:
    path = folder / "weekly.yaml"
    path.write_text(f"{BASE}schedule: {{{schedule}, timezone: UTC}}\n")
    spec = check(path)
    assert isinstance(spec, ReportSpec)
    return spec


def noted(store: Store, spec: ReportSpec, at: str) -> list[tuple[str, str | None]]:
    with store.writing() as connection:
        dues = note_dues(connection, [spec], parse_instant(at))
    assert {one.report for one in dues} <= {spec.name}
    return [(format_instant(one.due), one.skipped) for one in dues]


def states(store: Store) -> list[tuple[str, JobState]]:
    with store.reading() as connection:
        return [(format_instant(job.due), job.state) for job in jobs_listing(connection)]


def test_a_schedule_counts_from_when_it_is_seen_first(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path)
    assert noted(store, spec, "2026-11-16T08:00:00Z") == []
    assert noted(store, spec, "2026-11-23T07:59:59Z") == []
    assert noted(store, spec, "2026-11-23T08:00:00Z") == [("2026-11-23T08:00:00Z", None)]


def test_who_comes_later_finds_nothing_new(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path)
    noted(store, spec, "2026-11-16T09:00:00Z")
    assert len(noted(store, spec, "2026-11-23T08:00:00Z")) == 1
    assert noted(store, spec, "2026-11-23T08:00:00Z") == []
    assert states(store) == [("2026-11-23T08:00:00Z", JobState.DUE)]


def test_of_what_was_missed_the_newest_is_made_and_the_others_are_skipped(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path)
    noted(store, spec, "2026-11-01T00:00:00Z")
    assert noted(store, spec, "2026-11-17T00:00:00Z") == [
        ("2026-11-02T08:00:00Z", NEWER),
        ("2026-11-09T08:00:00Z", NEWER),
        ("2026-11-16T08:00:00Z", None),
    ]
    assert [state for _, state in states(store)] == [JobState.DUE, JobState.SKIPPED, JobState.SKIPPED]


def test_an_older_one_that_was_put_off_is_skipped_when_a_newer_one_is_due(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path, "cron: 0 * * * *")
    noted(store, spec, "2026-11-16T07:30:00Z")
    noted(store, spec, "2026-11-16T08:00:00Z")
    now = parse_instant("2026-11-16T08:01:00Z")
    with store.writing() as connection:
        job = claim_job(connection, [spec.name], now, "a", LEASE)
        assert job
        put_off(connection, job, "a", "failed", "no network", now, timedelta(hours=24), 0)
    assert noted(store, spec, "2026-11-16T09:00:00Z") == [
        ("2026-11-16T09:00:00Z", None),
        (
            "2026-11-16T08:00:00Z",
            "a newer one was due before this one was complete; the last attempt: failed: no network",
        ),
    ]
    assert states(store) == [("2026-11-16T09:00:00Z", JobState.DUE), ("2026-11-16T08:00:00Z", JobState.SKIPPED)]


def test_with_catch_up_all_each_is_made(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path, "cron: 0 * * * *, catch_up: all")
    noted(store, spec, "2026-11-16T07:30:00Z")
    assert [why for _, why in noted(store, spec, "2026-11-16T09:00:00Z")] == [None, None]
    assert {state for _, state in states(store)} == {JobState.DUE}


def test_a_report_without_a_schedule_is_never_due(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "weekly.yaml"
    path.write_text(BASE)
    spec = check(path)
    assert isinstance(spec, ReportSpec)
    assert noted(store, spec, "2026-11-16T07:30:00Z") == noted(store, spec, "2027-11-16T07:30:00Z") == []


def test_a_look_by_a_clock_that_is_ahead_takes_no_later_report_away(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path)
    noted(store, spec, "2026-11-10T00:00:00Z")
    assert noted(store, spec, "2036-01-01T00:00:00Z")[-1] == ("2035-12-31T08:00:00Z", None)
    assert noted(store, spec, "2026-11-16T08:00:00Z") == [("2026-11-16T08:00:00Z", None)]
    assert noted(store, spec, "2026-11-23T08:00:00Z") == [
        ("2026-11-23T08:00:00Z", None),
        ("2026-11-16T08:00:00Z", NEWER),
    ]


def test_two_machines_with_two_versions_of_a_report_make_both(store: Store, tmp_path: Path) -> None:
    specs = [weekly(tmp_path, f"cron: {minute} 8 * * MON") for minute in (30, 31)]
    for minute in range(25, 30):
        assert [noted(store, spec, f"2026-11-16T08:{minute}:00Z") for spec in specs] == [[], []]
    assert [noted(store, spec, "2026-11-16T08:30:00Z") for spec in specs] == [[("2026-11-16T08:30:00Z", None)], []]
    with store.writing() as connection:
        assert claim_job(connection, [specs[0].name], parse_instant("2026-11-16T08:30:00Z"), "a", LEASE)
    assert [noted(store, spec, "2026-11-16T08:31:00Z") for spec in specs] == [[], [("2026-11-16T08:31:00Z", None)]]


def test_what_nobody_has_the_file_of_for_a_week_is_skipped(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path)
    other = replace(spec, name="other")
    noted(store, spec, "2026-11-16T07:00:00Z")
    noted(store, spec, "2026-11-16T08:00:00Z")

    def look(at: str) -> list[tuple[str, str, str | None]]:
        with store.writing() as connection:
            return [
                (one.report, format_instant(one.due), one.skipped)
                for one in note_dues(connection, [replace(other, schedule=None)], parse_instant(at))
            ]

    assert look("2026-11-23T07:59:59Z") == []
    why = "for a week, nobody who looked had its report file"
    assert look("2026-11-23T08:00:00Z") == [(spec.name, "2026-11-16T08:00:00Z", why)]
    assert look("2026-11-23T08:00:00Z") == []


def test_what_is_new_says_which_report_it_is(store: Store, tmp_path: Path) -> None:
    spec = weekly(tmp_path)
    noted(store, spec, "2026-11-16T09:00:00Z")
    due = parse_instant("2026-11-23T08:00:00Z")
    with store.writing() as connection:
        assert note_dues(connection, [spec], due) == (NewlyDue(spec.name, due),)
