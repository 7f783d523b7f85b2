"""What is said to a mail server, and what it answers: only to what it was asked, in whole lines, and in time.

Python's client believes what a server has said before it was asked, takes half a line for a whole one, and gives a
server all its time anew with each byte.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from time import monotonic
from typing import Final

_ANSWER: Final = re.compile(rb"(?P<code>[2-5][0-9]{2})(?:(?P<more>[ -])(?P<words>.*))?", re.DOTALL)
_LONGEST_LINE: Final = 8192
"""Bytes; RFC 5321, 4.5.3.1.5, has 512."""
_MOST_LINES: Final = 200
_PIECE: Final = 64 * 1024
"""Bytes of a mail that leave at once, within the time-out each."""
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_DOT: Final = re.compile(rb"^\.", re.MULTILINE)


class AnswerError(smtplib.SMTPException):
    """What the server says cannot be understood. Its own text says why, and repeats nothing."""


class UnaskedError(smtplib.SMTPResponseException):
    """The server said something before it was asked."""


class Client(smtplib.SMTP):
    """A connection to a mail server. Each answer has `timeout` seconds, from its first byte to its last.

    Where there is no whole answer, what asks for it raises SMTPException or OSError, and the connection is closed.
    """

    _heard = b""
    """What has come and is not read yet."""

    def getreply(self) -> tuple[int, bytes]:
        """The code of the next answer, and its words, a line each."""
        return self._answer(monotonic() + self.timeout)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say a command. Raises UnaskedError where an answer is there that would be taken for the one to it."""
        self.listen()
        super().putcmd(cmd, args)

    def listen(self) -> None:
        """Raise UnaskedError where the server has said something since its last answer."""
        if not self._heard:
            with suppress(BlockingIOError, ssl.SSLWantReadError):
                self._hear(0)
        if self._heard:
            raise UnaskedError(*self.getreply())

    def pour(self, data: bytes) -> None:
        """Say a mail but for its last line. Raises UnaskedError where the server does not wait for that to refuse it,
        also where it then hangs up.
        """
        for start in range(0, len(data), _PIECE):
            self.listen()
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected
            try:
                self.sock.sendall(data[start : start + _PIECE])
            except OSError:
                raise UnaskedError(*self.getreply()) from None

    def end(self, seconds: float) -> tuple[int, bytes]:
        """Say the last line of a mail, and hear what becomes of it, in so many seconds."""
        until = monotonic() + seconds
        self.send(b".\r\n")
        return self._answer(until)

    def _answer(self, until: float) -> tuple[int, bytes]:
        words: list[bytes] = []
        try:
            while len(words) < _MOST_LINES:
                line = _ANSWER.fullmatch(self._line(until))
                if line is None:
                    raise AnswerError("its answer is none of SMTP")
                words.append((line["words"] or b"").strip())
                if line["more"] != b"-":
                    return int(line["code"]), b"\n".join(words)
            raise AnswerError("its answer has no end")
        except OSError:
            self.close()
            raise

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._heard:
            if len(self._heard) > _LONGEST_LINE:
                raise AnswerError("its answer has no end")
            left = until - monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._hear(left)
        line, _, self._heard = self._heard.partition(b"\n")
        return line.removesuffix(b"\r")

    def _hear(self, seconds: float) -> None:
        """Keep what comes next."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected
        self.sock.settimeout(seconds)
        try:
            come = self.sock.recv(_LONGEST_LINE)
        except ConnectionError as error:
            raise smtplib.SMTPServerDisconnected(str(error)) from error
        finally:
            self.sock.settimeout(self.timeout)
        if not come:
            raise smtplib.SMTPServerDisconnected("Connection closed")
        self._heard += come


class TlsClient(Client, smtplib.SMTP_SSL):
    """A connection that begins with TLS."""


def as_data(message: bytes) -> bytes:
    """The message as DATA wants it but for the last line: lines that end in CRLF, and a dot before each dot that begins
    one, or else a server could take a part of it for its end, and the rest for commands.
    """
    lines = _LINE_END.sub(b"\r\n", message)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return _DOT.sub(b"..", whole)
