"""The line to the API: calls go out on threads, replies come back to the one that asks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final, Protocol

from reportgen.api.reply import NoReplyError, Reply
from reportgen.fetch.call import Call
from reportgen.request import Request

LONGEST_CALL: Final = 360.0
"""Seconds after which nobody waits for a reply any more, however much of it comes."""
_LOOK_UP: Final = 60.0
"""Seconds after which whoever waits for a reply is told that there is none yet."""


class Line(Protocol):
    """Where calls leave and replies arrive, and whose clock it is."""

    def now(self) -> float:
        """Seconds since 1970."""

    def start(self, call: Call) -> None:
        """Let a call leave."""

    def next(self, seconds: float | None) -> tuple[Call, Reply | NoReplyError] | None:
        """The next reply; None where none came in so many seconds, or, where that is None, in a while."""


class Threads:
    """So many threads that send; a context manager. They are let go at its end, in the middle of a call too."""

    def __init__(
        self,
        send: Callable[[Request], Reply],
        calls_at_once: int,
        clock: Callable[[], float],
        longest_call: float = LONGEST_CALL,
    ) -> None:
        self._send = send
        self._clock = clock
        self._longest_call = longest_call
        self._last = clock()
        self._ahead = 0.0
        self._ticket = count()
        self._under_way: dict[int, tuple[Call, float]] = {}
        """The calls that somebody waits for, and when each left, the earliest first."""
        self._out: SimpleQueue[tuple[int, Call] | None] = SimpleQueue()
        self._back: SimpleQueue[tuple[int, Reply | BaseException]] = SimpleQueue()
        self._calls_at_once = calls_at_once

    def __enter__(self) -> Threads:
        for _ in range(self._calls_at_once):
            self._add_thread()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in range(self._calls_at_once):
            self._out.put(None)

    def now(self) -> float:
        """The seconds since 1970. Where the clock is set back, this one goes on from where it was."""
        now = self._clock() + self._ahead
        if now < self._last:
            self._ahead += self._last - now
            now = self._last
        self._last = now
        return now

    def start(self, call: Call) -> None:
        ticket = next(self._ticket)
        self._under_way[ticket] = call, self.now()
        self._out.put((ticket, call))

    def next(self, seconds: float | None) -> tuple[Call, Reply | NoReplyError] | None:
        if overdue := self._overdue():
            return overdue
        try:
            ticket, reply = self._back.get(timeout=self._patience(seconds))
        except Empty:
            return self._overdue()
        if not isinstance(reply, Reply | NoReplyError):
            raise reply
        # Nobody waits for what comes after it was given up.
        call, _ = self._under_way.pop(ticket, (None, 0.0))
        return (call, reply) if call else None

    def _patience(self, seconds: float | None) -> float:
        """How long to wait for a reply: not longer than for the earliest call under way.

        Never without an end: polars catches signals in a way that lets such a wait go on after Ctrl-C.
        """
        bounds = [_LOOK_UP] if seconds is None else [seconds]
        bounds += [left + self._longest_call - self.now() for _, left in islice(self._under_way.values(), 1)]
        return max(0.0, min(bounds))

    def _overdue(self) -> tuple[Call, NoReplyError] | None:
        """The earliest call, where it has been under way for too long: its thread is given up, and another one made."""
        for ticket, (call, left) in self._under_way.items():
            if self.now() - left < self._longest_call:
                return None
            del self._under_way[ticket]
            self._add_thread()
            return call, NoReplyError(f"the answer was not there after {self._longest_call:.0f} seconds")
        return None

    def _add_thread(self) -> None:
        # Of the daemon kind: the end of the process waits for no call.
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while job := self._out.get():
            ticket, call = job
            try:
                self._back.put((ticket, self._send(call.request)))
            except BaseException as error:  # noqa: BLE001 (it is raised where the reply is waited for)
                self._back.put((ticket, error))
