"""The numbers that monitors see are those of the store, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reportgen.jobs import JobState
from reportgen.outbox import Occasion, Sent, State, Way
from reportgen.store.jobs import add_jobs, claim_job, end_job, put_off
from reportgen.store.open import Store
from reportgen.store.outbox import add, retry
from reportgen.store.overview import Overview, is_decided, overview, waiting_before
from tests.store.test_outbox import LEASE, NOW, OCCASION, end, mail, put, took

HOUR = timedelta(hours=1)


def seen(store: Store, hours: float = 0) -> Overview:
    with store.reading() as connection:
        return overview(connection, NOW + hours * HOUR)


def made(store: Store, report: str, hours: float, outcome: str, state: JobState = JobState.DONE) -> None:
    """Leave a job that was due then, and ended a minute later."""
    due = NOW + hours * HOUR
    with store.writing() as connection:
        add_jobs(connection, report, [due], [], due, "")
        job = claim_job(connection, [report], due, "one", LEASE)
        assert job
        over = due + timedelta(minutes=1)
        if state is JobState.FAILED:
            assert put_off(connection, job, "one", outcome, "", over, timedelta(), 0)
        else:
            assert end_job(connection, job, "one", outcome, None, over)


def test_an_empty_store_has_nothing_to_tell(store: Store) -> None:
    assert seen(store) == Overview()


def test_deliveries_are_counted_by_state(store: Store) -> None:
    put(store, mail("ann", "bob", "cleo"))
    put(store, mail("dan"), state=State.HELD)
    end(store, took(store), Sent("250"))
    took(store)
    found = seen(store)
    assert found.deliveries == {State.SENT: 1, State.SENDING: 1, State.WAITING: 1, State.HELD: 1}


def test_a_delivery_whose_lease_has_expired_is_waiting(store: Store) -> None:
    put(store, mail("ann"))
    took(store)
    assert seen(store).deliveries == {State.SENDING: 1}
    assert seen(store, hours=LEASE / HOUR).deliveries == {State.WAITING: 1}


def test_the_oldest_that_waits_is_found_and_what_is_held_does_not_count(store: Store) -> None:
    put(store, mail("ann"), now=NOW - 3 * HOUR, state=State.HELD)
    put(store, mail("bob"), now=NOW - 2 * HOUR)
    put(store, mail("cleo"), now=NOW - HOUR)
    assert seen(store).waiting_since == NOW - 2 * HOUR
    end(store, took(store), Sent("250"))
    assert seen(store).waiting_since == NOW - HOUR


def test_the_last_complete_report_is_the_last_success(store: Store) -> None:
    made(store, "weekly", 0, "complete")
    made(store, "weekly", 1, "complete")
    made(store, "weekly", 2, "incomplete")
    made(store, "weekly", 3, "failed", JobState.FAILED)
    made(store, "launch", 0, "incomplete")
    assert seen(store, hours=9).successes == {"weekly": NOW + HOUR + timedelta(minutes=1)}


def test_those_that_wait_for_long_are_found_the_oldest_first(store: Store) -> None:
    put(store, mail("ann"), now=NOW - HOUR)
    put(store, mail("bob"), now=NOW - 3 * HOUR)
    put(store, mail("cleo"), now=NOW - 4 * HOUR, state=State.HELD)
    took(store)
    with store.reading() as connection:
        found = waiting_before(connection, NOW)
    assert [delivery.recipient for delivery in found] == ["bob@example.com", "ann@example.com"]
    with store.reading() as connection:
        assert [delivery.recipient for delivery in waiting_before(connection, NOW - HOUR)] == ["bob@example.com"]


def test_what_was_let_go_by_hand_waits_since_then(store: Store) -> None:
    put(store, mail("ann"), now=NOW - 9 * HOUR, state=State.HELD)
    with store.writing() as connection:
        retry(connection, [1], NOW)
    with store.reading() as connection:
        assert waiting_before(connection, NOW) == ()


def test_a_job_is_decided_when_all_that_was_made_of_it_has_left_whatever_waits_of_others(store: Store) -> None:
    put(store, mail("ann", "bob"))
    with store.writing() as connection:
        add(connection, Occasion("acme-daily", NOW), [mail("cleo")], NOW + HOUR)
        add(connection, Occasion(OCCASION.report, NOW + HOUR), [mail("dan")], NOW + HOUR)
        add(connection, OCCASION, [replace(mail("eve"), way=Way.ALERT)], NOW + HOUR)
    decided = []
    for _ in ("ann", "bob"):
        end(store, took(store), Sent("250"))
        with store.reading() as connection:
            decided.append(is_decided(connection, OCCASION.report, NOW))
    assert decided == [False, True]
    with store.reading() as connection:
        assert not is_decided(connection, "acme-daily", NOW)
        assert not is_decided(connection, OCCASION.report, NOW + HOUR)
        assert not is_decided(connection, "launch", NOW)
