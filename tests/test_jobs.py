"""What becomes of a job that did not succeed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.jobs import Job, JobState, done, put_off

DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)
NOW = DUE + timedelta(minutes=3)
UNTIL = DUE + timedelta(hours=24)
RUNNING = Job(
    report="acme-weekly",
    due=DUE,
    state=JobState.RUNNING,
    attempts=1,
    next_attempt=None,
    lease_until=NOW + timedelta(minutes=5),
    outcome=None,
    said=None,
    ended=None,
)
PUT_OFF = replace(RUNNING, outcome="incomplete", said="2 calls failed", lease_until=None)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (1000, 60)])
def test_the_wait_doubles_from_five_minutes_to_an_hour(attempts: int, minutes: int) -> None:
    job = put_off(replace(RUNNING, attempts=attempts), "incomplete", "2 calls failed", NOW, UNTIL, 0)
    again = NOW + timedelta(minutes=minutes)
    assert job == replace(PUT_OFF, attempts=attempts, state=JobState.DUE, next_attempt=again)


def test_chance_takes_off_up_to_a_quarter() -> None:
    assert put_off(RUNNING, "failed", "", NOW, UNTIL, 1).next_attempt == NOW + timedelta(minutes=3.75)


def test_the_last_attempt_is_at_the_end_of_the_time_and_then_it_has_failed() -> None:
    early = UNTIL - timedelta(minutes=2)
    assert put_off(RUNNING, "failed", "", early, UNTIL, 0).next_attempt == UNTIL
    failed = replace(PUT_OFF, state=JobState.FAILED, ended=UNTIL)
    assert put_off(RUNNING, "incomplete", "2 calls failed", UNTIL, UNTIL, 0) == failed


def test_what_is_done_is_held_by_nobody_and_keeps_what_it_came_to() -> None:
    left = replace(PUT_OFF, state=JobState.DONE, ended=NOW)
    assert done(RUNNING, "incomplete", "2 calls failed", NOW) == left


def test_an_expired_lease_counts_as_due() -> None:
    assert RUNNING.state_at(NOW + timedelta(minutes=4)) is JobState.RUNNING
    assert RUNNING.state_at(NOW + timedelta(minutes=5)) is JobState.DUE
    assert replace(RUNNING, state=JobState.DONE, lease_until=None).state_at(UNTIL) is JobState.DONE
