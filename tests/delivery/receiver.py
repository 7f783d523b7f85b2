"""A receiver of webhooks, over a socket of its own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    line: str
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes


@dataclass
class Receiver:
    """Gives each connection the next of its answers, which are bytes; the last one again and again. `b""` hangs up."""

    port: int
    answers: list[bytes]
    received: list[Received] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def answer(status: str, body: str = "", *headers: str) -> bytes:
    """An answer such as `answer("429 Too Many Requests", "", "Retry-After: 30")`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", *headers]
    return "\r\n".join([*lines, "", body]).encode()


@contextmanager
def receiving(*answers: bytes, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that runs until the block ends; with `tls`, it speaks nothing else."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        receiver = Receiver(listener.getsockname()[1], list(answers) or [answer("200 OK", "ok")])
        thread = threading.Thread(target=_serve, args=(listener, receiver, tls))
        thread.start()
        try:
            yield receiver
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, receiver: Receiver, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, suppress(ssl.SSLError), secured(connection, tls) as connected:
            receiver.received.append(_read(connected))
            said = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
            connected.sendall(said)


def secured(connection: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    """Raises SSLError where the other side does not trust it."""
    return tls.wrap_socket(connection, server_side=True) if tls else connection


def _read(connection: socket.socket) -> Received:
    with connection.makefile("rb") as file:
        line = file.readline().decode().strip()
        headers = {}
        while header := file.readline().decode().strip():
            name, _, value = header.partition(": ")
            headers[name.lower()] = value
        return Received(line, headers, file.read(int(headers.get("content-length", 0))))
