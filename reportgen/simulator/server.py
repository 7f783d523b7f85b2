"""The simulator over HTTP, on the loopback interface."""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from reportgen.catalog import ENDPOINTS
from reportgen.settings import token_variables
from reportgen.simulator.auth import Gate, UnauthenticatedError
from reportgen.simulator.pages import world_as_html, world_as_json
from reportgen.simulator.rules import Answer, answer
from reportgen.simulator.world import World

PATH: Final = "/insights/engagement"
CALLS_PER_MINUTE: Final = 10_000
LARGEST_BODY: Final = 1 << 20


class Call(NamedTuple):
    """A POST to an endpoint, and what came of it. `body` is the parsed JSON, None where it was none."""

    endpoint: str
    status: int
    body: object


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def _reply(status: int, body: Mapping[str, object], **headers: str) -> _Reply:
    return _Reply(status, json.dumps(body, ensure_ascii=False).encode(), headers=headers)


def _refusal(status: int, error: str, **headers: str) -> _Reply:
    return _reply(status, {"errors": [error]}, **headers)


@dataclass(slots=True)
class _Minute:
    """The calls of the running minute. `now` is in seconds since 1970."""

    number: int = 0
    calls: int = 0
    lock: Lock = field(default_factory=Lock)

    def add(self, now: float, calls: int) -> int:
        """How many calls the minute has, with so many more."""
        with self.lock:
            number = int(now // 60)
            self.calls = calls + (self.calls if number == self.number else 0)
            self.number = number
            return self.calls


class Simulator(ThreadingHTTPServer):
    """A server that answers as the Engagement API does. Use `serve`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, world: World, port: int, now: Callable[[], datetime] | None, *, keep_calls: bool) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.calls: list[Call] = []
        """Every POST to an endpoint so far, in the order of the answers."""
        self.gate = Gate(world.app, world.accounts, time.time)
        self.minute = _Minute()
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

    def environment(self) -> dict[str, str]:
        """The settings with which reportgen uses this simulator: address and credentials of the brand's handles."""
        app = self._world.app
        tokens: dict[str, str] = {}
        for account in self._world.accounts:
            if account.ours:
                names = token_variables(account.handle)
                tokens |= dict(zip(names, (account.access_token, account.access_token_secret), strict=True))
        return {
            "REPORTGEN_ENGAGEMENT_URL": self.url,
            "REPORTGEN_CONSUMER_KEY": app.consumer_key,
            "REPORTGEN_CONSUMER_SECRET": app.consumer_secret,
            "REPORTGEN_BEARER_TOKEN": app.bearer_token,
            **tokens,
        }

    def world(self) -> World:
        """The world at this moment."""
        return self._world.at(self._now()) if self._now else self._world

    def record(self, call: Call) -> None:
        """Count the call, and keep it where that is wanted."""
        self.minute.add(time.time(), 1)
        if self._keep_calls:
            self.calls.append(call)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(
    world: World, port: int = 0, now: Callable[[], datetime] | None = None, *, keep_calls: bool = True
) -> Iterator[Simulator]:
    """A simulator that serves in the background; port 0 takes a free one.

    The world stands still at its own `now`, unless a function `now` (UTC) moves it on. Raises OSError where the port
    can't be had. `keep_calls` keeps a log of all calls in memory.
    """
    with Simulator(world, port, now, keep_calls=keep_calls) as simulator:
        thread = Thread(target=simulator.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield simulator
        finally:
            simulator.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Simulator
    protocol_version = "HTTP/1.1"
    server_version = "reportgen-simulator"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together
    timeout = 60

    def log_message(self, *args: object) -> None:
        """Quiet: a test or a demo is not the place for an access log."""

    def _serve(self) -> None:
        reply = self._route()
        headers = {"Content-Type": reply.content_type, **reply.headers}
        body = reply.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        calls = self.server.minute.add(time.time(), 0)
        headers["Content-Length"] = str(len(body))
        headers["x-per-minute-limit"] = str(CALLS_PER_MINUTE)
        headers["x-per-minute-remaining"] = str(max(CALLS_PER_MINUTE - calls, 0))
        self.send_response(HTTPStatus(reply.status))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 (the base class asks for these names)

    def _route(self) -> _Reply:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            return _refusal(411, "Send a Content-Length.", Connection="close")
        if int(length) > LARGEST_BODY:
            return _refusal(413, f"The request body may have {LARGEST_BODY} bytes at most.", Connection="close")
        return self._find(urlsplit(self.path).path, self.rfile.read(int(length)))

    def _find(self, path: str, body: bytes) -> _Reply:
        folder, _, name = path.rpartition("/")
        if folder == PATH and name in ENDPOINTS:
            return self._call(name, body) if self.command == "POST" else _refusal(405, "Use POST.", Allow="POST")
        if path not in {"/", "/world.json"}:
            return _refusal(404, f"There is no {path} here.")
        if self.command not in {"GET", "HEAD"}:
            return _refusal(405, "Use GET.", Allow="GET, HEAD")
        world = self.server.world()
        if path == "/":
            return _Reply(200, world_as_html(world).encode(), "text/html; charset=utf-8")
        return _reply(200, world_as_json(world))

    def _call(self, name: str, body: bytes) -> _Reply:
        parsed = _parsed(body)
        given = self._answer(name, parsed)
        # Before the answer leaves: whoever has it finds the call in the log.
        self.server.record(Call(name, given.status, parsed))
        return _reply(given.status, given.body)

    def _answer(self, name: str, body: object) -> Answer:
        url = f"http://{self.headers.get('Host', '')}{self.path}"
        try:
            caller = self.server.gate.caller(self.command, url, self.headers.get("Authorization"))
        except UnauthenticatedError as error:
            return Answer(401, {"errors": [f"Your account could not be authenticated. Reason: {error}"]})
        if self.headers.get_content_type() != "application/json":
            return Answer(400, {"errors": ["The Content-Type must be application/json."]})
        return answer(ENDPOINTS[name], body, caller, self.server.world())


def _parsed(body: bytes) -> object:
    """The JSON of a body, None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
