"""A mail server over TCP that says what a test lets it say: too early, in halves, without an end, or nothing at all."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypeAlias

from reportgen.delivery_settings import Smtp

BODY = "BODY"
"""Where the server speaks when it has the first bytes of a mail, and not its end."""
END = "END"
"""Where it speaks after the last dot."""
GREETING = "GREETING"
FIRST_BYTES = 100_000


class Last(bytes):
    """What it says before it hangs up."""


Saying: TypeAlias = bytes | Callable[[socket.socket], None]
"""What it says, or how."""

HONEST: Mapping[str, Saying] = {
    GREETING: b"220 mail.acme.example\r\n",
    "EHLO": b"250-mail.acme.example\r\n250 SIZE 100000000\r\n",
    "DATA": b"354 go on\r\n",
    "QUIT": Last(b"221 bye\r\n"),
}
PLAIN = Smtp("localhost", security="none", timeout=10)
_ELSE = b"250 2.0.0 yes\r\n"


@dataclass
class Liar:
    """The settings that lead to it, and what it heard as commands, by connection."""

    smtp: Smtp
    says: Mapping[str, Saying]
    heard: list[list[str]] = field(default_factory=list)

    def talk(self, to: socket.socket) -> None:
        """Answer until one of the two hangs up."""
        verbs: list[str] = []
        self.heard.append(verbs)
        with to.makefile("rb") as lines:
            goes_on = self._say(GREETING, to)
            while goes_on and (line := lines.readline()):
                verb = line[:4].strip().upper().decode("ascii", "replace")
                verbs.append(verb)
                goes_on = self._say(verb, to)
                if goes_on and verb == "DATA":
                    goes_on = self._take(lines, to)

    def _take(self, lines: BinaryIO, to: socket.socket) -> bool:
        if BODY in self.says:
            lines.read(FIRST_BYTES)
            if not self._say(BODY, to):
                return False
        for line in lines:
            if line == b".\r\n":
                return self._say(END, to)
        return False

    def _say(self, where: str, to: socket.socket) -> bool:
        saying = self.says.get(where, _ELSE)
        if callable(saying):
            saying(to)
            return True
        to.sendall(saying)
        return not isinstance(saying, Last)


@contextmanager
def lying(says: Mapping[str, Saying], smtp: Smtp = PLAIN, tls: ssl.SSLContext | None = None) -> Iterator[Liar]:
    """A server that is honest but for what it `says`. The settings are those given, but for the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        liar = Liar(replace(smtp, port=listening.getsockname()[1]), {**HONEST, **says})
        thread = threading.Thread(target=_serve, args=(listening, liar, tls))
        thread.start()
        try:
            yield liar
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, liar: Liar, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            taken = listening.accept()[0]
            # Whoever hangs up first, the server is there for the next connection.
            with suppress(OSError), taken, tls.wrap_socket(taken, server_side=True) if tls else taken as to:
                liar.talk(to)
