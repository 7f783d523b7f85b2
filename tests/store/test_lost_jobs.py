"""Jobs whose holders are killed: they are taken over, wait longer each time, and end."""

from __future__ import annotations

from reportgen.jobs import LOST, JobState
from reportgen.store.open import Store
from tests.store.test_jobs import DAILY, LEASE, MONDAY, RETRY_FOR, find_due, listed, take, took


def test_what_is_lost_each_time_waits_longer_and_fails_when_its_time_is_over(store: Store) -> None:
    find_due(store, MONDAY)
    begun, now = [], MONDAY
    while now < MONDAY + 2 * RETRY_FOR:
        if take(store, now):
            begun.append(int((now - MONDAY).total_seconds() // 60))
        now += LEASE
    assert begun[:7] == [0, 5, 15, 30, 55, 100, 165]
    assert (len(begun), begun[-1]) == (27, 24 * 60)
    (job,) = listed(store)
    assert (job.state, job.outcome, job.said) == (JobState.FAILED, "failed", LOST)
    assert job.ended == MONDAY + RETRY_FOR + LEASE


def test_what_is_lost_of_a_report_that_the_taker_does_not_have_is_left_to_those_who_have_it(store: Store) -> None:
    find_due(store, MONDAY)
    lost = took(store)
    assert take(store, MONDAY + LEASE, "two", DAILY) is None
    assert listed(store) == (lost,)


def test_where_all_computers_were_off_meanwhile_one_more_attempt_is_made(store: Store) -> None:
    find_due(store, MONDAY)
    took(store)
    assert took(store, MONDAY + LEASE).attempts == 2
    assert took(store, MONDAY + 3 * RETRY_FOR).attempts == 3
    assert take(store, MONDAY + 4 * RETRY_FOR) is None
    assert listed(store)[0].state is JobState.FAILED
