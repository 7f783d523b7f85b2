"""How a scheduler is asked to stop: by a signal, which wakes it while it waits."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, Protocol

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class Stop(Protocol):
    """Tells whether to stop, and waits for it."""

    def asked(self) -> bool:
        """Whether to begin nothing new."""

    def wait(self, seconds: float) -> None:
        """Wait so long, or until asked to stop."""


class Signals:
    """The first signal asks to stop; the second one ends at once, as KeyboardInterrupt; further ones disturb nobody who
    gives back what was in hand.
    """

    def __init__(self, woken: int) -> None:
        self._woken = woken
        self._asked = False
        self._ended = False

    def asked(self) -> bool:
        """See `Stop`."""
        return self._asked

    def wait(self, seconds: float) -> None:
        """See `Stop`."""
        select.select([self._woken], [], [], seconds)

    def came(self, _number: int, _frame: FrameType | None) -> None:
        """What the interpreter calls in the main thread, wherever that is."""
        if self._ended:
            return
        if self._asked:
            self._ended = True
            raise KeyboardInterrupt
        self._asked = True


@contextmanager
def told_by_signals() -> Iterator[Signals]:
    """SIGTERM and SIGINT ask to stop as long as the block goes on. Belongs into the main thread."""
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signals = Signals(woken)
    # The interpreter writes to it whichever thread a signal finds. A lock, as threading's events have one, might be
    # held by the main thread at this moment.
    waker_before = signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    before = {number: signal.signal(number, signals.came) for number in _SIGNALS}
    try:
        yield signals
    finally:
        for number, known in before.items():
            signal.signal(number, known)
        signal.set_wakeup_fd(waker_before)
        os.close(woken)
        os.close(waker)
