"""The simulator over HTTP, on the loopback interface."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from http.server import ThreadingHTTPServer
from socketserver import TCPServer
from threading import Event, Thread
from typing import NamedTuple

from reportgen.credentials import BEARER, CONSUMER, token_variables
from reportgen.settings import ENGAGEMENT_URL, X_API_URL
from reportgen.simulator.auth import Gate
from reportgen.simulator.faults import FRIENDLY, Faults, Trouble
from reportgen.simulator.handler import LARGEST_BODY, PATH, Handler
from reportgen.simulator.minute import Minute
from reportgen.simulator.signin.pins import SignIns
from reportgen.simulator.weather import Weather
from reportgen.simulator.world import World
from reportgen.simulator.x.door import XCall
from reportgen.simulator.x.windows import Windows

__all__ = ["LARGEST_BODY", "PATH", "Call", "Simulator", "XCall", "serve"]


class Call(NamedTuple):
    """A POST to an endpoint, and what came of it. `body` is the parsed JSON, None where it was none."""

    endpoint: str
    status: int | None
    """The status that was sent, None where none was."""
    body: object
    trouble: Trouble | None = None
    """The kind of trouble in which the call ended."""

    @property
    def tweet_ids(self) -> tuple[str, ...]:
        """The tweets that the body asks for; none where it is not the body of a call."""
        ids = self.body.get("tweet_ids") if isinstance(self.body, dict) else None
        return tuple(map(str, ids)) if isinstance(ids, list) else ()


class Simulator(ThreadingHTTPServer):
    """A server that answers as the Engagement API does. Use `serve`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        world: World,
        port: int,
        now: Callable[[], datetime] | None,
        *,
        keep_calls: bool,
        faults: Faults,
        clock: Callable[[], float],
        sleep: Callable[[float], object] | None,
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.calls: list[Call] = []
        """Every POST to an endpoint so far, those that ended in trouble too, in the order of the answers."""
        self.x_calls: list[XCall] = []
        """Every call of the X API so far, in the order of the answers."""
        self.ended = Event()
        self.gate = Gate(world.app, world.accounts, time.time)
        self.faults = faults
        self.weather = Weather(faults)
        self.x_weather = Weather(replace(faults, trouble=faults.x_trouble))
        self.windows = Windows(faults)
        self.sign_ins = SignIns(world.seed)
        self.clock = clock
        self.sleep = sleep or self.ended.wait
        self._minute = Minute(faults)
        self._world = world
        self._now = now
        self._keep_calls = keep_calls

    def server_bind(self) -> None:
        """Without the look-up of the host's name, which takes seconds where there is no name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        """The base URL of the Engagement API."""
        return self.origin + PATH

    def addresses(self) -> dict[str, str]:
        """The settings that say where the two APIs are."""
        return {ENGAGEMENT_URL: self.url, X_API_URL: self.origin}

    def environment(self) -> dict[str, str]:
        """The settings with which reportgen uses this simulator: addresses and credentials of the brand's handles."""
        app = self._world.app
        consumer_key, consumer_secret = CONSUMER
        tokens: dict[str, str] = {}
        for account in self._world.accounts:
            if account.ours:
                names = token_variables(account.handle)
                tokens |= dict(zip(names, (account.access_token, account.access_token_secret), strict=True))
        return {
            **self.addresses(),
            consumer_key: app.consumer_key,
            consumer_secret: app.consumer_secret,
            BEARER: app.bearer_token,
            **tokens,
        }

    def world(self) -> World:
        """The world at this moment."""
        return self._world.at(self._now()) if self._now else self._world

    def admit(self) -> tuple[bool, dict[str, str]]:
        """Whether the minute has room for one more call, and the headers that tell its limit."""
        admitted, left = self._minute.take(self.clock())
        return admitted, self._limit_headers(left)

    def limit_headers(self) -> dict[str, str]:
        """What a reply tells of the minute's limit."""
        return self._limit_headers(self._minute.left(self.clock()))

    def _limit_headers(self, left: int) -> dict[str, str]:
        if not self.faults.limit_headers:
            return {}
        return {"x-per-minute-limit": str(self._minute.limit), "x-per-minute-remaining": str(left)}

    def record(self, endpoint: str, status: int | None, body: object, trouble: Trouble | None = None) -> None:
        """Keep the call where that is wanted."""
        if self._keep_calls:
            self.calls.append(Call(endpoint, status, body, trouble))

    def record_x(self, call: XCall) -> None:
        """Keep the call of the X API where that is wanted."""
        if self._keep_calls:
            self.x_calls.append(call)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(
    world: World,
    port: int = 0,
    now: Callable[[], datetime] | None = None,
    *,
    keep_calls: bool = True,
    faults: Faults = FRIENDLY,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], object] | None = None,
) -> Iterator[Simulator]:
    """A simulator that serves in the background; port 0 takes a free one.

    The world stands still at its own `now`, unless a function `now` (UTC) moves it on. Raises OSError where the port
    can't be had. `keep_calls` keeps a log of all calls in memory. `clock` (seconds since 1970) turns the minutes of the
    limit, and says what is over where the world stands still before it; `sleep` waits where a fault is slow;
    without it the wait is real, and ends with the simulator.
    """
    with Simulator(world, port, now, keep_calls=keep_calls, faults=faults, clock=clock, sleep=sleep) as simulator:
        thread = Thread(target=simulator.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield simulator
        finally:
            simulator.ended.set()
            simulator.shutdown()
            thread.join()
