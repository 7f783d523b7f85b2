"""The check finds what rows of the outbox and of jobs do not keep to, says where, and what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Table, update

from reportgen.outbox import Refused, Sent, State
from reportgen.store.check import Damage, find_damage
from reportgen.store.jobs import end_job
from reportgen.store.open import Store
from reportgen.store.outbox import cancel
from reportgen.store.prune import prune
from reportgen.store.schema_of_delivery import JOBS, OUTBOX, PARCELS
from tests.store.filled import put as put_row
from tests.store.test_jobs import MONDAY, TUESDAY, WEEKLY, find_due
from tests.store.test_jobs import took as took_job
from tests.store.test_outbox import NOW, end, mail, put, took

ANOTHER_COPY = "put a copy of it in its place"
STUCK = "deliveries that wait and that nobody would send"
NOBODYS = "deliveries that nobody sends, although they are being sent"
LOST = "deliveries that failed or are held, and that could not be sent after all"
HOLDS_ON = "deliveries that are over and hold on to something"
TIMELESS = "deliveries that ended without a time, or have one and go on"
JOB = f"{WEEKLY}, due 2026-11-16 08:00 UTC"


@pytest.fixture
def full(store: Store) -> Store:
    """A delivery and a job in each state, each number and day of its own."""
    put(store, mail("sent"))
    end(store, took(store), Sent("250 OK"))
    put(store, mail("failed"))
    end(store, took(store), Refused("550 No"))
    put(store, mail("sending"))
    took(store)
    put(store, mail("waiting"))
    put(store, mail("held"), state=State.HELD)
    find_due(store, MONDAY)
    took_job(store)
    find_due(store, TUESDAY)
    return store


def change(store: Store, table: Table, row: int, **values: object) -> None:
    is_row = table.c.id == row if "id" in table.c else table.c.due == (MONDAY, TUESDAY)[row]
    with store.writing() as connection:
        connection.execute(update(table).where(is_row).values(**values))


def test_what_the_outbox_and_the_jobs_do_is_sound(full: Store) -> None:
    assert find_damage(full) == ()


@pytest.mark.parametrize(
    ("row", "values", "what", "cure"),
    [
        (1, {"state": "lost"}, "deliveries in a state or by a way that this reportgen does not know", ANOTHER_COPY),
        (5, {"way": "pigeon"}, "deliveries in a state or by a way that this reportgen does not know", ANOTHER_COPY),
        (4, {"next_attempt": None}, STUCK, "reportgen outbox cancel 4"),
        (4, {"holder": "one"}, STUCK, "reportgen outbox cancel 4"),
        (4, {"lease_until": NOW}, STUCK, "reportgen outbox cancel 4"),
        (3, {"lease_until": None}, NOBODYS, "reportgen outbox cancel 3"),
        (3, {"holder": None}, NOBODYS, "reportgen outbox cancel 3"),
        (3, {"next_attempt": NOW}, NOBODYS, "reportgen outbox cancel 3"),
        (2, {"lease_until": NOW}, LOST, "reportgen outbox cancel 2"),
        (5, {"next_attempt": NOW}, LOST, "reportgen outbox cancel 5"),
        (1, {"holder": "one"}, HOLDS_ON, ANOTHER_COPY),
        (1, {"ended": None}, TIMELESS, ANOTHER_COPY),
        (4, {"ended": NOW}, TIMELESS, ANOTHER_COPY),
    ],
)
def test_damage_of_a_delivery_is_told_with_its_number(
    row: int, values: dict[str, object], what: str, cure: str, full: Store
) -> None:
    change(full, OUTBOX, row, **values)
    assert find_damage(full) == (Damage(what, 1, f"number {row} of the outbox", None, cure),)


def test_a_delivery_without_its_content_is_told_and_so_is_a_content_without_a_delivery(full: Store) -> None:
    change(full, OUTBOX, 4, parcel=None)
    (parcel,) = [damage.example for damage in find_damage(full)[1:]]
    needless = Damage("contents that no delivery needs", 1, parcel, None, "reportgen store prune deletes them")
    stuck = Damage(STUCK, 1, "number 4 of the outbox", None, "reportgen outbox cancel 4")
    assert find_damage(full) == (stuck, needless)
    with full.writing() as connection:
        cancel(connection, [4], NOW)
    assert find_damage(full) == (needless,)
    prune(full, NOW - timedelta(days=1), NOW)
    assert find_damage(full) == ()


@pytest.mark.parametrize(
    ("values", "row"),
    [({"next_attempt": None}, 4), ({"holder": "one"}, 4), ({"lease_until": None}, 3), ({"next_attempt": NOW}, 5)],
)
def test_canceling_it_mends_it(values: dict[str, object], row: int, full: Store) -> None:
    change(full, OUTBOX, row, **values)
    with full.writing() as connection:
        cancel(connection, [row], NOW)
    assert find_damage(full) == ()


@pytest.mark.parametrize(
    ("row", "values", "what"),
    [
        (0, {"state": "lost"}, "jobs in a state that this reportgen does not know"),
        (1, {"next_attempt": None}, "jobs that are due and that nobody would do"),
        (1, {"lease_until": NOW}, "jobs that are due and that nobody would do"),
        (0, {"lease_until": None}, "jobs that nobody does, although they are running"),
        (0, {"holder": None}, "jobs that nobody does, although they are running"),
        (0, {"ended": NOW}, "jobs that are over and go on, or go on and are over"),
        (0, {"state": "done"}, "jobs that are over and go on, or go on and are over"),
    ],
)
def test_damage_of_a_job_is_told_with_its_report_and_when_it_was_due(
    row: int, values: dict[str, object], what: str, full: Store
) -> None:
    change(full, JOBS, row, **values)
    example = JOB if row == 0 else JOB.replace("16", "17")
    assert find_damage(full) == (Damage(what, 1, example, None, ANOTHER_COPY),)


def test_a_content_that_nobody_needs_is_told(store: Store) -> None:
    put_row(store, PARCELS, content=b"Hello")
    found = Damage("contents that no delivery needs", 1, "content 1", None, "reportgen store prune deletes them")
    assert find_damage(store) == (found,)


def test_a_job_that_ended_is_sound(full: Store) -> None:
    job = took_job(full, TUESDAY, "two")
    with full.writing() as connection:
        assert end_job(connection, job, "two", "complete", None, TUESDAY + timedelta(minutes=1))
    assert find_damage(full) == ()
