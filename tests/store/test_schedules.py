"""The store knows since when each schedule is as it is, and what is open of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reportgen.schedule_status import KnownSchedule
from reportgen.spec.delivering import Schedule
from reportgen.store.jobs import add_jobs, claim_job, end_job
from reportgen.store.open import Store
from reportgen.store.schedules import known_schedule, remember_schedule

WEEKLY, DAILY = "acme-weekly", "acme-daily"
CRON = "0 8 * * MON"
MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
LEASE = timedelta(minutes=5)
WEEK = timedelta(days=7)
SEEN = TUESDAY + 4 * WEEK


def known(store: Store, cron: str = CRON, zone: str = "UTC") -> KnownSchedule:
    with store.reading() as connection:
        return known_schedule(connection, WEEKLY, Schedule(cron, ZoneInfo(zone)), SEEN)


def test_a_schedule_counts_from_when_it_was_seen_first_and_from_when_it_changed(store: Store) -> None:
    def since(cron: str, zone: str, now: datetime, report: str = WEEKLY) -> datetime:
        with store.writing() as connection:
            return remember_schedule(connection, report, cron, zone, now)

    assert since("0 8 * * MON", "UTC", MONDAY) == MONDAY
    assert since("0 8 * * MON", "UTC", TUESDAY) == MONDAY
    assert since("0 8 * * MON", "UTC", TUESDAY, DAILY) == TUESDAY
    assert since("0 9 * * MON", "UTC", TUESDAY) == TUESDAY
    later = TUESDAY + LEASE
    assert since("0 9 * * MON", "Asia/Tokyo", later) == later
    assert since("0 9 * * MON", "Asia/Tokyo", later + LEASE) == later


def test_each_of_two_versions_of_a_report_keeps_since_when_it_was_seen(store: Store) -> None:
    with store.writing() as connection:
        for minutes in range(3):
            now = MONDAY + timedelta(minutes=minutes)
            assert remember_schedule(connection, WEEKLY, "30 2 * * MON", "UTC", now) == MONDAY
            assert remember_schedule(connection, WEEKLY, "31 2 * * MON", "UTC", now) == MONDAY


def test_a_schedule_that_a_clock_that_was_ahead_saw_first_counts_from_now(store: Store) -> None:
    with store.writing() as connection:
        remember_schedule(connection, WEEKLY, CRON, "UTC", MONDAY + 500 * WEEK)
    assert known(store).since == SEEN
    with store.writing() as connection:
        assert remember_schedule(connection, WEEKLY, CRON, "UTC", TUESDAY) == TUESDAY
        assert remember_schedule(connection, WEEKLY, CRON, "UTC", TUESDAY + LEASE) == TUESDAY


def test_a_schedule_that_is_not_the_one_that_was_seen_is_not_known(store: Store) -> None:
    assert known(store) == KnownSchedule()
    with store.writing() as connection:
        remember_schedule(connection, WEEKLY, CRON, "UTC", MONDAY)
    assert known(store).since == MONDAY
    assert (known(store, "0 9 * * MON").since, known(store, zone="Asia/Tokyo").since) == (None, None)


def test_of_its_jobs_those_that_have_not_ended_are_known_and_when_the_newest_was_due(store: Store) -> None:
    week = timedelta(days=7)
    with store.writing() as connection:
        add_jobs(connection, WEEKLY, [MONDAY + week, MONDAY], [MONDAY + 2 * week], MONDAY, "missed")
        add_jobs(connection, DAILY, [MONDAY + 3 * week], [], MONDAY, "")
    assert [job.due for job in known(store).jobs] == [MONDAY, MONDAY + week]
    assert known(store).latest == MONDAY + 2 * week
    with store.writing() as connection:
        job = claim_job(connection, [WEEKLY], MONDAY, "one", LEASE)
        assert job
        end_job(connection, job, "one", "complete", None, MONDAY)
    assert [job.due for job in known(store).jobs] == [MONDAY + week]
