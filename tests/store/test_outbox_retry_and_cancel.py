"""What people let go or cancel in the store's outbox: all of it, or nothing where one of it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from reportgen.errors import InputError
from reportgen.outbox import Later, Refused, Sent, State
from reportgen.store.open import Store
from reportgen.store.outbox import cancel, retry
from reportgen.store.schema_of_delivery import OUTBOX
from tests.store.filled import rows
from tests.store.test_outbox import LEASE, NOW, RETRY_FOR, contents, end, mail, put, take, took

LATER = NOW + timedelta(days=3)


def let_go(store: Store, *ids: int) -> None:
    with store.writing() as connection:
        retry(connection, ids, LATER)


def call_off(store: Store, *ids: int) -> None:
    with store.writing() as connection:
        cancel(connection, ids, LATER)


def test_what_failed_is_sent_and_has_all_its_time_again(store: Store) -> None:
    put(store, mail("ann"))
    end(store, took(store), Refused("550 No such user"))
    let_go(store, 1)
    again = took(store, now=LATER)
    assert (again.content, again.delivery.attempts, again.delivery.ended) == (b"Hello", 2, None)
    waiting = end(store, again, Later("450 Greylisted"), now=LATER)
    assert waiting
    assert (waiting.state, waiting.next_attempt) == (State.WAITING, LATER + timedelta(minutes=2))
    failed = end(store, took(store, now=LATER + RETRY_FOR), Later("450 Greylisted"), now=LATER + RETRY_FOR)
    assert failed
    assert failed.state is State.FAILED


def test_what_is_held_is_let_go(store: Store) -> None:
    put(store, mail("ann"), state=State.HELD)
    let_go(store, 1)
    assert took(store, now=LATER).delivery.recipient == "ann@example.com"


def test_a_sender_that_was_killed_loses_what_is_let_go(store: Store) -> None:
    put(store, mail("ann"))
    lost = took(store)
    let_go(store, 1)
    assert end(store, lost, Later("450 Greylisted"), now=LATER) is None
    assert took(store, "two", LATER).delivery.attempts == 2


def test_a_sender_that_was_killed_loses_what_is_canceled(store: Store) -> None:
    put(store, mail("ann"))
    lost = took(store)
    call_off(store, 1)
    assert end(store, lost, Later("450 Greylisted"), now=LATER) is None
    assert take(store, now=LATER) is None


def test_the_content_goes_with_the_last_copy_that_is_canceled(store: Store) -> None:
    put(store, mail("ann", "bob", "cleo"))
    end(store, took(store), Sent("250 OK"))
    call_off(store, 3)
    assert contents(store) == [b"Hello"]
    call_off(store, 2)
    assert contents(store) == []
    assert rows(store, OUTBOX, "id", "state", "parcel") == [
        (1, "sent", None),
        (2, "canceled", None),
        (3, "canceled", None),
    ]


@pytest.mark.parametrize("change", [let_go, call_off])
def test_where_one_of_them_cannot_be_none_is_changed(store: Store, change: Callable[..., None]) -> None:
    put(store, mail("ann", "bob", "cleo"))
    end(store, took(store), Sent("250 OK"))
    end(store, took(store), Refused("550 No"))
    before = rows(store, OUTBOX, "id", "state", "next_attempt", "since")
    with pytest.raises(InputError) as raised:
        change(store, 2, 1, 3, 9)
    assert [str(problem)[:12] for problem in raised.value.problems] == ["1 was sent o", "there is no "]
    assert rows(store, OUTBOX, "id", "state", "next_attempt", "since") == before


def test_what_is_being_sent_is_left_to_its_sender(store: Store) -> None:
    put(store, mail("ann"))
    claimed = took(store, now=LATER - LEASE + timedelta(seconds=1))
    for change in (let_go, call_off):
        with pytest.raises(InputError):
            change(store, 1)
    assert end(store, claimed, Sent("250 OK"), now=LATER)
