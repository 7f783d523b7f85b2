"""What is due of a schedule, and what of it is not made any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reportgen.due import (
    AND_BEFORE,
    MISSED,
    MOST_MADE,
    MOST_TOLD,
    NEWER,
    NOT_COMPLETE,
    TOO_MANY,
    Dues,
    due_now,
    why_overtaken,
)
from reportgen.jobs import Job, JobState
from reportgen.spec.delivering import CatchUp, Schedule

NEW_YORK = ZoneInfo("America/New_York")
SINCE = datetime(2026, 11, 1, 12, tzinfo=UTC)
MONDAYS = tuple(datetime(2026, 11, day, 13, tzinfo=UTC) for day in (2, 9, 16))


def mondays(catch_up: CatchUp) -> Schedule:
    return Schedule("0 8 * * MON", NEW_YORK, catch_up)


LEFT = Job("acme-weekly", MONDAYS[0], JobState.DUE, 1, MONDAYS[0], None, "incomplete", "2 calls failed", None)


@pytest.mark.parametrize("catch_up", ["latest", "all", "none"])
def test_what_is_due_is_made(catch_up: CatchUp) -> None:
    assert due_now(mondays(catch_up), SINCE, None, MONDAYS[0]) == Dues((MONDAYS[0],))


@pytest.mark.parametrize("catch_up", ["latest", "all", "none"])
def test_nothing_is_due_before_its_time(catch_up: CatchUp) -> None:
    assert due_now(mondays(catch_up), SINCE, None, MONDAYS[0] - timedelta(seconds=1)) == Dues()


def test_what_is_a_job_already_is_not_due_again() -> None:
    assert due_now(mondays("all"), SINCE, MONDAYS[1], MONDAYS[2]) == Dues((MONDAYS[2],))


def test_nothing_is_due_from_before_the_schedule_was_known() -> None:
    assert due_now(mondays("all"), MONDAYS[1], MONDAYS[0], MONDAYS[2]) == Dues((MONDAYS[2],))


def test_of_missed_ones_latest_makes_the_newest_and_skips_the_others() -> None:
    now = MONDAYS[2] + timedelta(days=3)
    expected = Dues((MONDAYS[2],), ((MONDAYS[0], NEWER), (MONDAYS[1], NEWER)))
    assert due_now(mondays("latest"), SINCE, None, now) == expected


def test_of_missed_ones_all_makes_each_the_oldest_first() -> None:
    assert due_now(mondays("all"), SINCE, None, MONDAYS[2] + timedelta(days=3)) == Dues(MONDAYS)


def test_all_makes_a_year_of_days_and_skips_what_is_older() -> None:
    schedule = Schedule("0 8 * * *", ZoneInfo("UTC"), "all")
    first = datetime(2025, 1, 1, 8, tzinfo=UTC)
    newest = first + timedelta(days=MOST_MADE)
    dues = due_now(schedule, first - timedelta(seconds=1), None, newest)
    assert (len(dues.run), dues.run[0], dues.run[-1]) == (MOST_MADE, first + timedelta(days=1), newest)
    assert dues.skipped == ((first, TOO_MANY),)


def test_with_none_a_report_begins_within_an_hour_or_not_at_all() -> None:
    hour = timedelta(hours=1)
    assert due_now(mondays("none"), SINCE, None, MONDAYS[0] + hour) == Dues((MONDAYS[0],))
    late = due_now(mondays("none"), SINCE, None, MONDAYS[1] + hour + timedelta(seconds=1))
    assert late == Dues((), ((MONDAYS[0], MISSED), (MONDAYS[1], MISSED)))


@pytest.mark.parametrize(("catch_up", "made"), [("latest", 1), ("all", MOST_MADE), ("none", 1)])
def test_years_of_every_minute_are_told_in_a_few_lines(catch_up: CatchUp, made: int) -> None:
    now = datetime(2026, 11, 16, tzinfo=UTC)
    dues = due_now(Schedule("* * * * *", NEW_YORK, catch_up), datetime(2006, 3, 21, tzinfo=UTC), None, now)
    assert (len(dues.run), dues.run[-1], len(dues.skipped)) == (made, now, MOST_TOLD)
    assert dues.skipped[-1][0] == now - made * timedelta(minutes=1)
    assert [reason.endswith(AND_BEFORE) for _, reason in dues.skipped] == [True] + [False] * (MOST_TOLD - 1)


def test_where_all_are_told_one_by_one_none_was_due_before() -> None:
    now = SINCE + (MOST_TOLD + 1) * timedelta(minutes=1)
    dues = due_now(Schedule("* * * * *", NEW_YORK, "latest"), SINCE, None, now)
    assert [reason for _, reason in dues.skipped] == [NEWER] * MOST_TOLD


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (replace(LEFT, attempts=0, outcome=None, said=None), NEWER),
        (replace(LEFT, outcome=None, said=None), NOT_COMPLETE),
        (LEFT, f"{NOT_COMPLETE}; the last attempt: incomplete: 2 calls failed"),
        (replace(LEFT, said=None), f"{NOT_COMPLETE}; the last attempt: incomplete"),
    ],
)
def test_what_is_overtaken_says_how_far_it_came(job: Job, why: str) -> None:
    assert why_overtaken(job) == why
