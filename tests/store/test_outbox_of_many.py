"""The outbox where many wait: what is done for one of them takes no longer for the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.outbox import Sent
from reportgen.store.open import Store, open_store
from reportgen.store.outbox import settle
from tests.store.test_outbox import NOW, RETRY_FOR, mail, put, took


def steps_to_settle(store: Store) -> int:
    """How many steps SQLite's machine makes to settle one that was sent."""
    claimed, steps = took(store), 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    with store.lasting() as connection:
        database = connection.connection.driver_connection
        assert database
        database.set_progress_handler(step, 1)
        assert settle(connection, claimed, "one", Sent("250 OK"), NOW, RETRY_FOR, 0)
        database.set_progress_handler(None, 0)
    return steps


@pytest.mark.parametrize("copies_each", [1, 3])
def test_to_settle_one_takes_as_long_however_many_wait(tmp_path: Path, copies_each: int) -> None:
    def steps(waiting: int) -> int:
        with open_store(f"sqlite:///{tmp_path}/{waiting}.db") as store:
            put(store, *(mail(*(f"{n}-{copy}" for copy in range(copies_each))) for n in range(waiting)))
            return steps_to_settle(store)

    assert steps(400) == steps(20)
