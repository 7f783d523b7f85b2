"""SIGTERM, as cron, CI and systemd end a command that takes too long, does what Ctrl-C does; both can wait."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def sigterm_as_ctrl_c() -> Iterator[None]:
    """SIGTERM raises KeyboardInterrupt as long as the block goes on; a second one ends the process at once. Belongs
    into the main thread.
    """

    def came(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, before)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, came)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def held_signals() -> Iterator[None]:
    """Let SIGTERM or Ctrl-C wait until the block ends, and then mean what it does outside; a second one ends the
    waiting. Belongs into the main thread.
    """
    held: list[int] = []
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def let_go() -> None:
        for number, known in before.items():
            signal.signal(number, known)
        while held:
            signal.raise_signal(held.pop(0))

    def came(number: int, _frame: FrameType | None) -> None:
        held.append(number)
        if len(held) > 1:
            let_go()

    for number in before:
        signal.signal(number, came)
    try:
        yield
    finally:
        let_go()
