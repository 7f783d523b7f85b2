"""A reply onto the wire: whole, or as far as its trouble lets it come."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Final

from reportgen.simulator.faults import Faults, Trouble

SILENT: Final[frozenset[Trouble]] = frozenset({"reset", "hang"})
"""The kinds of trouble that send nothing at all."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A connection, and what is to go through it; `body` is as encoded. `sleep` takes seconds."""

    handler: BaseHTTPRequestHandler
    status: int
    headers: Mapping[str, str]
    body: bytes
    sleep: Callable[[float], object]
    faults: Faults


def send(wire: Wire, trouble: Trouble | None) -> None:
    """Send the reply as this trouble does. Raises ConnectionError where the client is gone."""
    _WAYS.get(trouble, _whole)(wire)


def _head(wire: Wire, length: int) -> None:
    wire.handler.send_response(wire.status)
    for name, value in {**wire.headers, "Content-Length": str(length)}.items():
        wire.handler.send_header(name, value)
    wire.handler.end_headers()


def _whole(wire: Wire) -> None:
    _head(wire, len(wire.body))
    if wire.handler.command != "HEAD":
        wire.handler.wfile.write(wire.body)


def _reset(wire: Wire) -> None:
    # To close at once, with nothing waited for, resets the connection instead of ending it.
    wire.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # Before the server shuts its side down in good order, which the client would see first.
    wire.handler.connection.close()
    wire.handler.close_connection = True


def _hang(wire: Wire) -> None:
    wire.sleep(wire.faults.hang_seconds)
    wire.handler.close_connection = True


def _cut(wire: Wire) -> None:
    _head(wire, len(wire.body))
    wire.handler.wfile.write(wire.body[: len(wire.body) // 2])
    wire.handler.close_connection = True


def _cut_gzip(wire: Wire) -> None:
    half = wire.body[: len(wire.body) // 2]
    _head(wire, len(half))
    wire.handler.wfile.write(half)


def _drip(wire: Wire) -> None:
    _head(wire, len(wire.body))
    wire.handler.wfile.flush()
    for byte in wire.body:
        wire.sleep(wire.faults.drip_seconds)
        wire.handler.wfile.write(bytes((byte,)))
        wire.handler.wfile.flush()


_WAYS: Final[Mapping[Trouble | None, Callable[[Wire], None]]] = {
    "reset": _reset,
    "hang": _hang,
    "cut": _cut,
    "cut_gzip": _cut_gzip,
    "drip": _drip,
}
