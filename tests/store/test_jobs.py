"""Jobs: what is due is written down once, made by one holder at a time, and ended by the one that has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from reportgen.jobs import Job, JobState
from reportgen.store.jobs import (
    add_jobs,
    claim_job,
    end_job,
    jobs_listing,
    latest_due,
    next_job,
    put_off,
    put_off_lost,
    renew,
    skip_overtaken,
)
from reportgen.store.open import Store
from reportgen.store.schema_of_delivery import JOBS
from tests.store.filled import at, rows

WEEKLY, DAILY = "acme-weekly", "acme-daily"
MONDAY, TUESDAY = at("2026-11-16T08:00"), at("2026-11-17T08:00")
LEASE = timedelta(minutes=5)
RETRY_FOR = timedelta(hours=24)


def find_due(
    store: Store,
    *dues: datetime,
    report: str = WEEKLY,
    skipped: Iterable[datetime] = (),
    now: datetime | None = None,
) -> None:
    with store.writing() as connection:
        add_jobs(connection, report, dues, skipped, now or max(dues), "it was missed")


def take(store: Store, now: datetime = MONDAY, holder: str = "one", *reports: str) -> Job | None:
    with store.writing() as connection:
        put_off_lost(connection, reports or (WEEKLY, DAILY), now, LEASE, RETRY_FOR, 0)
        return claim_job(connection, reports or (WEEKLY, DAILY), now, holder, LEASE)


def took(store: Store, now: datetime = MONDAY, holder: str = "one") -> Job:
    job = take(store, now, holder)
    assert job
    return job


def end(store: Store, job: Job, now: datetime = MONDAY, holder: str = "one") -> bool:
    with store.writing() as connection:
        return end_job(connection, job, holder, "complete", None, now) is not None


def delay(store: Store, job: Job, now: datetime, holder: str = "one") -> Job | None:
    with store.writing() as connection:
        return put_off(connection, job, holder, "incomplete", "2 calls failed", now, RETRY_FOR, 0)


def listed(store: Store) -> tuple[Job, ...]:
    with store.reading() as connection:
        return jobs_listing(connection)


def test_what_is_due_is_written_down_once(store: Store) -> None:
    find_due(store, MONDAY)
    end(store, took(store))
    find_due(store, MONDAY, skipped=[MONDAY])
    assert rows(store, JOBS, "report", "due", "state") == [(WEEKLY, MONDAY, "done")]
    assert take(store, TUESDAY) is None


def test_what_was_missed_is_written_down_as_skipped(store: Store) -> None:
    now = TUESDAY + timedelta(hours=1)
    find_due(store, TUESDAY, skipped=[MONDAY], now=now)
    assert [(job.due, job.state, job.said, job.ended) for job in listed(store)] == [
        (TUESDAY, JobState.DUE, None, None),
        (MONDAY, JobState.SKIPPED, "it was missed", now),
    ]
    with store.reading() as connection:
        assert latest_due(connection, WEEKLY, now) == TUESDAY
        assert latest_due(connection, DAILY, now) is None


def test_what_a_clock_that_was_ahead_found_due_says_nothing_of_today(store: Store) -> None:
    find_due(store, MONDAY)
    find_due(store, at("2036-01-07T08:00"))
    with store.reading() as connection:
        assert latest_due(connection, WEEKLY, TUESDAY) == MONDAY
        assert latest_due(connection, WEEKLY, MONDAY - LEASE) is None
    assert skip(store, TUESDAY) == [JobState.DUE, JobState.DUE]


def test_what_is_taken_is_whole_and_nobody_else_gets_it(store: Store) -> None:
    find_due(store, MONDAY)
    assert take(store, MONDAY - timedelta(seconds=1)) is None
    assert take(store, MONDAY, "one", DAILY) is None
    assert took(store) == Job(
        report=WEEKLY,
        due=MONDAY,
        state=JobState.RUNNING,
        attempts=1,
        next_attempt=None,
        lease_until=MONDAY + LEASE,
        outcome=None,
        said=None,
        ended=None,
    )
    assert take(store, holder="two") is None


def test_what_is_due_longest_is_taken_first(store: Store) -> None:
    find_due(store, TUESDAY)
    find_due(store, MONDAY, report=DAILY)
    assert [took(store, TUESDAY).report for _ in range(2)] == [DAILY, WEEKLY]
    find_due(store, MONDAY)
    find_due(store, TUESDAY, report=DAILY)
    assert [took(store, TUESDAY).report for _ in range(2)] == [WEEKLY, DAILY]


def test_a_lease_that_expired_is_taken_by_somebody_else_and_the_first_holder_can_change_nothing(store: Store) -> None:
    find_due(store, MONDAY)
    first, later = took(store), MONDAY + LEASE
    assert take(store, later - timedelta(seconds=1), "two") is None
    second = took(store, later, "two")
    assert second.attempts == 2
    with store.writing() as connection:
        assert not renew(connection, first, "one", TUESDAY)
    assert delay(store, first, later) is None
    assert not end(store, first, later)
    assert listed(store) == (second,)
    assert end(store, second, later, "two")
    assert not end(store, second, later, "two")


def test_of_two_that_one_holder_has_each_ends_for_itself(store: Store) -> None:
    find_due(store, MONDAY, report=DAILY)
    find_due(store, MONDAY)
    first, second = took(store), took(store)
    assert end(store, first)
    assert [job for job in listed(store) if job.state is JobState.RUNNING] == [second]


def test_a_lease_is_renewed_by_the_one_that_has_it(store: Store) -> None:
    find_due(store, MONDAY)
    job = took(store)
    with store.writing() as connection:
        assert renew(connection, job, "one", MONDAY + 2 * LEASE)
    assert take(store, MONDAY + LEASE, "two") is None
    assert take(store, MONDAY + 2 * LEASE, "two")


def test_what_is_done_stays_done(store: Store) -> None:
    find_due(store, MONDAY)
    assert end(store, took(store))
    (job,) = listed(store)
    assert (job.state, job.outcome, job.ended, job.lease_until) == (JobState.DONE, "complete", MONDAY, None)
    with store.reading() as connection:
        assert next_job(connection, [WEEKLY]) is None


def test_what_is_put_off_is_taken_at_its_next_attempt(store: Store) -> None:
    find_due(store, MONDAY)
    waiting = delay(store, took(store), MONDAY)
    assert waiting
    again = MONDAY + timedelta(minutes=5)
    assert (waiting.state, waiting.next_attempt, waiting.outcome) == (JobState.DUE, again, "incomplete")
    assert listed(store) == (waiting,)
    with store.reading() as connection:
        assert next_job(connection, [WEEKLY]) == again
        assert next_job(connection, [DAILY]) is None
    assert take(store, again - timedelta(seconds=1)) is None
    assert took(store, again).attempts == 2


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=3)])
def test_the_time_for_attempts_counts_from_when_it_was_found_due(store: Store, late: timedelta) -> None:
    find_due(store, MONDAY, now=MONDAY + late)
    almost = MONDAY + late + RETRY_FOR - timedelta(minutes=1)
    waiting = delay(store, took(store, almost), almost)
    assert waiting
    assert waiting.next_attempt == MONDAY + late + RETRY_FOR
    failed = delay(store, took(store, waiting.next_attempt), waiting.next_attempt)
    assert failed
    assert (failed.state, failed.ended, failed.said) == (JobState.FAILED, waiting.next_attempt, "2 calls failed")
    assert listed(store) == (failed,)


def skip(store: Store, now: datetime) -> list[JobState]:
    with store.writing() as connection:
        skip_overtaken(connection, WEEKLY, now)
        return [job.state for job in jobs_listing(connection)]


def test_a_newer_one_overtakes_what_nobody_is_at(store: Store) -> None:
    find_due(store, MONDAY)
    find_due(store, MONDAY, report=DAILY)
    find_due(store, TUESDAY)
    assert skip(store, TUESDAY) == [JobState.DUE, JobState.DUE, JobState.SKIPPED]
    overtaken = listed(store)[2]
    assert (overtaken.report, overtaken.due, overtaken.said, overtaken.ended, overtaken.next_attempt) == (
        WEEKLY,
        MONDAY,
        "a newer one was due before this one was begun",
        TUESDAY,
        None,
    )


def test_a_newer_one_overtakes_those_of_its_own_report_alone(store: Store) -> None:
    find_due(store, MONDAY)
    find_due(store, MONDAY, TUESDAY, report=DAILY)
    assert skip(store, TUESDAY) == [JobState.DUE] * 3


def test_what_stayed_incomplete_until_a_newer_one_was_due_says_so(store: Store) -> None:
    find_due(store, MONDAY)
    delay(store, took(store), MONDAY)
    find_due(store, TUESDAY)
    skip(store, TUESDAY)
    overtaken = listed(store)[1]
    assert (overtaken.state, overtaken.outcome, overtaken.said) == (
        JobState.SKIPPED,
        "incomplete",
        "a newer one was due before this one was complete; the last attempt: incomplete: 2 calls failed",
    )


def test_what_is_being_made_is_overtaken_when_it_is_put_off_or_its_lease_expires(store: Store) -> None:
    find_due(store, MONDAY)
    job = took(store, TUESDAY)
    find_due(store, TUESDAY)
    assert skip(store, TUESDAY) == [JobState.DUE, JobState.RUNNING]
    assert skip(store, TUESDAY + LEASE) == [JobState.DUE, JobState.SKIPPED]
    assert not end(store, job, TUESDAY + LEASE)


def test_what_ended_long_ago_is_listed_only_when_asked_for(store: Store) -> None:
    find_due(store, MONDAY)
    end(store, took(store))
    find_due(store, TUESDAY)
    with store.reading() as connection:
        assert [job.due for job in jobs_listing(connection)] == [TUESDAY, MONDAY]
        assert [job.due for job in jobs_listing(connection, MONDAY)] == [TUESDAY, MONDAY]
        assert [job.due for job in jobs_listing(connection, TUESDAY)] == [TUESDAY]
