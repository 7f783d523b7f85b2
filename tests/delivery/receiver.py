"""A receiver of webhooks, over a socket of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
def receiving(*answers: bytes) -> Iterator[Receiver]:
    """A receiver that runs until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        receiver = Receiver(listener.getsockname()[1], list(answers) or [answer("200 OK", "ok")])
        thread = threading.Thread(target=_serve, args=(listener, receiver))
        thread.start()
        try:
            yield receiver
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, receiver: Receiver) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            receiver.received.append(_read(connection))
            said = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
            connection.sendall(said)


def _read(connection: socket.socket) -> Received:
    with connection.makefile("rb") as file:
        line = file.readline().decode().strip()
        headers = {}
        while header := file.readline().decode().strip():
            name, _, value = header.partition(": ")
            headers[name.lower()] = value
        return Received(line, headers, file.read(int(headers.get("content-length", 0))))
