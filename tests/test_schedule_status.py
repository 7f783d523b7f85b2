"""How a schedule stands, from what the store knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reportgen.due import NEWER, NOT_COMPLETE
from reportgen.jobs import Job, JobState
from reportgen.schedule_status import KnownSchedule, ScheduleStatus, schedule_status
from reportgen.spec.delivering import CatchUp, Schedule

MONDAYS = tuple(datetime(2026, 11, day, 8, tzinfo=UTC) for day in (2, 9, 16, 23))
HOUR = timedelta(hours=1)
SINCE = MONDAYS[0] - HOUR


def mondays(catch_up: CatchUp = "latest") -> Schedule:
    return Schedule("0 8 * * MON", ZoneInfo("UTC"), catch_up)


def job(due: datetime, *, next_attempt: datetime | None = None, lease_until: datetime | None = None) -> Job:
    state = JobState.RUNNING if lease_until else JobState.DUE
    return Job("acme", due, state, 1, next_attempt, lease_until, None, None, None)


def test_a_schedule_that_nobody_has_looked_at_has_only_a_next_time() -> None:
    assert schedule_status(mondays(), KnownSchedule(), MONDAYS[1]) == ScheduleStatus((), (), (), (), MONDAYS[2])


def test_what_is_due_stays_due_until_it_is_a_job() -> None:
    now = MONDAYS[1] + HOUR
    found = schedule_status(mondays(), KnownSchedule(SINCE), now)
    assert found == ScheduleStatus((MONDAYS[1],), (), (), ((MONDAYS[0], NEWER),), MONDAYS[2])
    assert schedule_status(mondays(), KnownSchedule(SINCE, MONDAYS[1]), now).due == ()


def test_a_job_is_due_when_its_next_attempt_has_come_and_waits_before() -> None:
    put_off = job(MONDAYS[1], next_attempt=MONDAYS[1] + HOUR)
    known = KnownSchedule(SINCE, MONDAYS[1], (put_off,))
    before = schedule_status(mondays(), known, MONDAYS[1] + HOUR / 2)
    assert (before.due, before.waiting) == ((), (put_off,))
    then = schedule_status(mondays(), known, MONDAYS[1] + HOUR)
    assert (then.due, then.waiting) == ((MONDAYS[1],), ())


def test_a_running_job_is_due_again_when_its_lease_has_expired() -> None:
    running = job(MONDAYS[1], lease_until=MONDAYS[1] + HOUR)
    known = KnownSchedule(SINCE, MONDAYS[1], (running,))
    assert schedule_status(mondays(), known, MONDAYS[1] + HOUR / 2).running == (running,)
    left = schedule_status(mondays(), known, MONDAYS[1] + HOUR)
    assert (left.running, left.due) == ((), (MONDAYS[1],))


def test_a_newer_due_overtakes_what_waits_unless_all_are_made() -> None:
    put_off = job(MONDAYS[1], next_attempt=MONDAYS[2] + HOUR)
    known = KnownSchedule(SINCE, MONDAYS[1], (put_off,))
    latest = schedule_status(mondays(), known, MONDAYS[2])
    assert (latest.due, latest.waiting, latest.skipped) == ((MONDAYS[2],), (), ((MONDAYS[1], NOT_COMPLETE),))
    every = schedule_status(mondays("all"), known, MONDAYS[2])
    assert (every.due, every.waiting, every.skipped) == ((MONDAYS[2],), (put_off,), ())
