"""Signs of life of who holds a lease."""

from __future__ import annotations

import threading
from threading import Event, Semaphore

import pytest
from sqlalchemy import exc

from reportgen.errors import StoreError
from reportgen.scheduled.heartbeat import heartbeat


def test_it_beats_until_the_work_is_done() -> None:
    beats = Semaphore(0)

    def renew() -> bool:
        beats.release()
        return True

    with heartbeat(renew, every=0.001):
        for _ in range(3):
            assert beats.acquire(timeout=10)
    assert "lease" not in [thread.name for thread in threading.enumerate()]


def test_it_ends_when_the_lease_is_lost() -> None:
    beats: list[int] = []
    lost = Event()

    def renew() -> bool:
        beats.append(1)
        lost.set()
        return False

    with heartbeat(renew, every=0.001):
        assert lost.wait(10)
        for thread in threading.enumerate():
            if thread.name == "lease":
                thread.join(10)
    assert beats == [1]


@pytest.mark.parametrize("error", [StoreError("sqlite:///store.db", "is away"), exc.TimeoutError("of the pool")])
def test_it_goes_on_whatever_fails(error: Exception) -> None:
    beats = Semaphore(0)

    def renew() -> bool:
        beats.release()
        raise error

    with heartbeat(renew, every=0.001):
        for _ in range(3):
            assert beats.acquire(timeout=10)
