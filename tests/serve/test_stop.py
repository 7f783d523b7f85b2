"""Signals that ask a scheduler to stop."""

from __future__ import annotations

import os
import signal
import time
from threading import Timer

import pytest

from reportgen.serve.stop import told_by_signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_first_one_asks_and_wakes_whoever_waits(number: signal.Signals) -> None:
    with told_by_signals() as stop:
        assert not stop.asked()
        timer = Timer(0.05, os.kill, (os.getpid(), number))
        timer.start()
        began = time.monotonic()
        stop.wait(60)
        assert time.monotonic() - began < 30
        assert stop.asked()
        timer.join()


def test_who_was_asked_does_not_wait_any_more() -> None:
    with told_by_signals() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        began = time.monotonic()
        stop.wait(60)
        stop.wait(60)
        assert time.monotonic() - began < 30


def test_a_second_one_ends_at_once_and_further_ones_disturb_nobody() -> None:
    with told_by_signals():
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)


def test_signals_mean_what_they_did_before_when_it_is_over() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with told_by_signals():
        pass
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
