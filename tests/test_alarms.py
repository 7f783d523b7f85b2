"""A monitor hears of reports that are not made and of what does not arrive, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reportgen.alarms import Alarm, Watched, exit_code_of, last_begun, of_deliveries, of_reports
from reportgen.errors import Exit
from reportgen.jobs import Job, JobState
from reportgen.outbox import Delivery, Occasion, State, Way
from reportgen.schedule_status import ScheduleStatus

NOW = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
NOTHING = ScheduleStatus((), (), (), (), NOW + timedelta(days=7))
DONE = Job("weekly", DUE, JobState.DONE, 1, None, None, "complete", None, NOW)
WELL = Watched("weekly", NOTHING, is_known=True, last=DONE)
WAITING = Delivery(
    7,
    Occasion("weekly", DUE),
    Way.MAIL,
    "a@example.com",
    "<1@x>",
    "Weekly",
    State.WAITING,
    0,
    DUE,
    NOW,
    None,
    None,
    None,
)


def raised(watched: Watched) -> list[str]:
    alarms = [*of_reports([watched], NOW)]
    assert {alarm.exit_code for alarm in alarms} <= {Exit.CALLS_FAILED}
    return [alarm.sentence for alarm in alarms]


def test_of_what_is_well_there_is_nothing_to_say() -> None:
    assert raised(WELL) == []
    assert raised(replace(WELL, last=None)) == []
    assert exit_code_of([]) is Exit.DONE


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        (
            replace(DONE, outcome="incomplete", said="1 call failed"),
            "weekly: incomplete, due 2026-11-16T11:00:00Z: 1 call failed",
        ),
        (
            replace(DONE, state=JobState.FAILED, outcome="failed", said="no credential works"),
            "weekly: given up, due 2026-11-16T11:00:00Z: no credential works",
        ),
        (
            replace(DONE, state=JobState.DUE, outcome="failed", next_attempt=NOW, said="no\x1b[2J", ended=None),
            "weekly: failed, due 2026-11-16T11:00:00Z; next attempt 2026-11-16T13:00:00Z: no\ufffd[2J",
        ),
        (
            replace(DONE, state=JobState.RUNNING, outcome="incomplete", ended=None),
            "weekly: incomplete, due 2026-11-16T11:00:00Z",
        ),
    ],
)
def test_a_last_report_that_is_not_complete_is_told(job: Job, sentence: str) -> None:
    assert raised(replace(WELL, last=job)) == [sentence]


@pytest.mark.parametrize(("minutes", "is_told"), [(0, False), (60, False), (61, True)])
def test_what_nobody_makes_within_an_hour_is_overdue(minutes: int, is_told: bool) -> None:
    due = NOW - timedelta(minutes=minutes)
    sentences = raised(replace(WELL, status=replace(NOTHING, due=(due, NOW))))
    assert bool(sentences) is is_told
    if is_told:
        overdue = "weekly: overdue since 2026-11-16T11:59:00Z, and nobody makes it; does a scheduler run?"
        assert sentences == [overdue]


def test_a_report_that_somebody_is_making_is_not_overdue() -> None:
    running = replace(DONE, state=JobState.RUNNING, outcome=None, lease_until=NOW + timedelta(minutes=5))
    assert raised(replace(WELL, status=replace(NOTHING, running=(running,)))) == []


def test_a_report_that_is_begun_again_and_again_and_never_ends_is_told() -> None:
    running = replace(DONE, state=JobState.RUNNING, attempts=3, outcome=None, lease_until=NOW + timedelta(minutes=5))
    watched = replace(WELL, status=replace(NOTHING, running=(running,)), last=None)
    assert raised(watched) == ["weekly: begun 3 times since 2026-11-16T11:00:00Z, and not one attempt came to an end"]


def test_what_was_held_and_has_been_decided_since_is_told_no_more() -> None:
    held = replace(DONE, state=JobState.FAILED, outcome="incomplete")
    assert raised(replace(WELL, last=held)) == ["weekly: given up, due 2026-11-16T11:00:00Z"]
    assert raised(replace(WELL, last=held, is_decided=True)) == []


def test_a_schedule_that_no_scheduler_knows_is_told() -> None:
    assert raised(replace(WELL, is_known=False, last=None)) == [
        "weekly: no scheduler has looked at its schedule yet; reportgen serve does, and reportgen run --due"
    ]


def test_the_last_job_is_the_newest_that_somebody_came_to_a_result_with() -> None:
    begun = replace(DONE, state=JobState.RUNNING, outcome=None)
    skipped = replace(DONE, state=JobState.SKIPPED, outcome="failed")
    older = replace(DONE, due=DUE - timedelta(days=7))
    assert last_begun([begun, skipped, DONE, older]) is DONE
    assert last_begun([begun]) is None


def test_deliveries_that_failed_or_are_held_are_told_one_by_one() -> None:
    failed = replace(WAITING, state=State.FAILED, said="550 no such user")
    held = replace(WAITING, id=8, state=State.HELD, recipient="b@example.com")
    assert [*of_deliveries([failed, held], [], ["weekly"])] == [
        Alarm(Exit.DELIVERY, "weekly, mail 7 to a@example.com: failed: 550 no such user"),
        Alarm(Exit.DELIVERY, "weekly, mail 8 to b@example.com: held; reportgen outbox retry 8 lets it go"),
    ]


def test_deliveries_that_wait_for_long_and_belong_to_no_report_file_are_told_as_such() -> None:
    tried = replace(WAITING, id=8, said="421 try again")
    where = (
        "; no report file here has this name, so nothing here sends it: put the file back, or reportgen outbox cancel"
    )
    assert [alarm.sentence for alarm in of_deliveries([], [WAITING, tried], ["monthly"])] == [
        f"weekly, mail 7 to a@example.com: waits since 2026-11-16T11:00:00Z, and nobody sends it{where} 7",
        f"weekly, mail 8 to a@example.com: waits since 2026-11-16T11:00:00Z: 421 try again{where} 8",
    ]


def test_deliveries_that_wait_for_long_are_told() -> None:
    tried = replace(WAITING, id=8, said="421 try again")
    assert [alarm.sentence for alarm in of_deliveries([], [WAITING, tried], ["weekly"])] == [
        "weekly, mail 7 to a@example.com: waits since 2026-11-16T11:00:00Z, and nobody sends it",
        "weekly, mail 8 to a@example.com: waits since 2026-11-16T11:00:00Z: 421 try again",
    ]


def test_a_delivery_decides_the_exit_code() -> None:
    report, delivery = Alarm(Exit.CALLS_FAILED, "a"), Alarm(Exit.DELIVERY, "b")
    assert exit_code_of([report]) == 3
    assert exit_code_of([delivery, report]) == 5
