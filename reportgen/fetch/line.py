"""The line to the API: calls go out on threads, replies come back to the one that asks."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final, Protocol

from reportgen.api.engagement import NoReplyError, Reply
from reportgen.fetch.call import Call
from reportgen.plan import Request

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

    def __init__(self, send: Callable[[Request], Reply], calls_at_once: int, clock: Callable[[], float]) -> None:
        self.now = clock
        self._send = send
        self._out: SimpleQueue[Call | None] = SimpleQueue()
        self._back: SimpleQueue[tuple[Call, Reply | BaseException]] = SimpleQueue()
        # Of the daemon kind: the end of the process waits for no call.
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(calls_at_once)]

    def __enter__(self) -> Threads:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._out.put(None)

    def start(self, call: Call) -> None:
        self._out.put(call)

    def next(self, seconds: float | None) -> tuple[Call, Reply | NoReplyError] | None:
        # Never without an end: polars catches signals in a way that lets such a wait go on after Ctrl-C.
        try:
            call, reply = self._back.get(timeout=_LOOK_UP if seconds is None else seconds)
        except Empty:
            return None
        if isinstance(reply, Reply | NoReplyError):
            return call, reply
        raise reply

    def _work(self) -> None:
        while call := self._out.get():
            try:
                self._back.put((call, self._send(call.request)))
            except BaseException as error:  # noqa: BLE001 (it is raised where the reply is waited for)
                self._back.put((call, error))
