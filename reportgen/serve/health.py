"""The port of a scheduler that runs: whether it is well, and its numbers. Whoever asks can change nothing.

Instants are UTC.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, Final, TypeAlias

from prometheus_client.exposition import choose_encoder

from reportgen.errors import InputError, StoreError
from reportgen.instants import format_instant
from reportgen.serve.metrics import registry
from reportgen.serve.pulse import Pulse
from reportgen.store.overview import Overview

STALE: Final = timedelta(minutes=5)
"""A loop that has not come round for so long hangs."""
_PATIENCE: Final = 10
"""Seconds for a request to arrive."""
_ADDRESS: Final = re.compile(r"(?:(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)?:)?(?P<port>[0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: HTTPStatus
    kind: str
    body: bytes


_NOT_FOUND: Final = Reply(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is /healthz, and /metrics.\n")
Page: TypeAlias = Callable[[str], Reply]
"""Answers for a path, handed what the other side accepts."""


def parse_address(text: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:9464`, `[::1]:9464` or `9464`, which is this machine's. Raises ValueError with a
    sentence for the user.
    """
    found = _ADDRESS.fullmatch(text)
    if not found or int(found["port"]) > 65535:
        raise ValueError(f"{text!r} is no address to listen on; it is written like 127.0.0.1:9464")
    return (found["host"] or "127.0.0.1").strip("[]"), int(found["port"])


@contextmanager
def answering(
    address: tuple[str, int], pulse: Pulse, look: Callable[[], Overview], now: Callable[[], datetime]
) -> Iterator[int]:
    """Answer `/healthz` and `/metrics` until the block ends; gives the port, which is a free one where it was 0.

    `look` reads the store, on a thread of its own, and may raise StoreError. Raises InputError where nobody can listen
    there.
    """
    host, port = address
    numbers = registry(pulse, look)

    def metrics(accepted: str) -> Reply:
        generate, kind = choose_encoder(accepted)
        return Reply(HTTPStatus.OK, kind, generate(numbers))

    pages: dict[str, Page] = {"/healthz": lambda _: health(pulse, look, now()), "/metrics": metrics}
    try:
        server = _server_class(host)((host, port), _handler(pages))
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no name of a host"
        raise InputError(f"cannot listen on {host}, port {port}: {why}") from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def health(pulse: Pulse, look: Callable[[], Overview], now: datetime) -> Reply:
    """200 where the loop comes round and the store can be read; 503 and what is wrong where not."""
    beat = pulse.beat()
    problems = []
    if now - beat.ticked > STALE:
        problems.append(f"the loop has not come round since {format_instant(beat.ticked)}")
    try:
        look()
    except StoreError:
        # Not its text: it has the store's address, which is none of a monitor's business.
        problems.append("the store cannot be read")
    status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
    told = {
        "status": "failing" if problems else "ok",
        "problems": problems,
        "last_tick": format_instant(beat.ticked),
        "now": format_instant(now),
    }
    return Reply(status, "application/json", json.dumps(told).encode() + b"\n")


class _Server(ThreadingHTTPServer):
    # A request that is under way when the scheduler ends is not waited for: its threads are daemons already.
    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Nothing of who hangs up in the middle: that is none of the scheduler's troubles. A defect shows its trace."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Server6(_Server):
    address_family = socket.AF_INET6


def _server_class(host: str) -> type[_Server]:
    try:
        return _Server6 if ip_address(host).version == 6 else _Server
    except ValueError:
        return _Server


def _handler(pages: dict[str, Page]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE

        def version_string(self) -> str:
            """Neither Python's version nor ours."""
            return "reportgen"

        def do_GET(self) -> None:
            self._answer()

        def do_HEAD(self) -> None:
            self._answer()

        def _answer(self) -> None:
            page = pages.get(self.path.partition("?")[0])
            self._send(page(self.headers.get("Accept", "")) if page else _NOT_FOUND)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Nothing: a line each time that a monitor looks would hide the others."""

    return Handler
