"""Mails to the mail server: one connection for as many as there are, and for each mailbox its own verdict."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final, Self, TypeAlias

from reportgen.delivery.mail_addresses import Address
from reportgen.delivery.message import with_message_id
from reportgen.delivery.server_words import fit_line, words_of
from reportgen.delivery.smtp_connection import NoConnectionError, connect
from reportgen.delivery_settings import Smtp
from reportgen.outbox import TOO_LATE, Delivery, Later, Refused, Sent, Verdict

_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_DOT: Final = re.compile(rb"^\.", re.MULTILINE)
_PIECE: Final = 64 * 1024
"""Bytes that leave at once, within the server's time-out each."""
LAST_WAIT: Final = 180.0
"""Seconds for the answer to a whole mail that no lease bounds. Servers look into mails before they answer, and who
hangs up too soon sends again what has arrived (RFC 5321, 4.5.3.2.6, has ten minutes)."""
_LOGIN_WANTED: Final = frozenset({530, 534, 535, 538})
"""Refusals that are about the login (RFC 4954), and say nothing of a recipient."""
_NO_UTF8: Final = "the mail server takes no address with letters other than ASCII before its @ (SMTPUTF8)"
_LOST_BEFORE: Final = "the mail server hung up or fell silent before the mail was whole; nothing was sent"
_LOST_AFTER: Final = (
    "the mail server hung up or fell silent when it had the whole mail: it may have arrived. "
    "The next attempt bears the same Message-ID"
)

MayGo: TypeAlias = Callable[[], bool]
"""Whether what is about to leave may still do so."""


class Mailer:
    """A connection to the mail server that is opened with the first mail, and anew when the server has hung up.

    Where it cannot be opened, all further mails of this `Mailer` are Later for the same reason: nobody knocks at a
    closed door a hundred times, nor tries a wrong password.
    """

    def __init__(self, smtp: Smtp, sender: Address, last_wait: float = LAST_WAIT) -> None:
        self._smtp = smtp
        self._last_wait = last_wait
        self._sender = sender
        self._kept: smtplib.SMTP | None = None
        self._trouble: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take leave of the server."""
        if self._kept is not None:
            # All has its verdict; what a server makes of a good-bye changes none.
            with suppress(smtplib.SMTPException, OSError):
                self._kept.quit()
        self._drop()

    def send(self, delivery: Delivery, content: bytes, may_go: MayGo) -> Verdict:
        """Send a copy of the outbox; `content` has no Message-ID. `may_go` is asked when all but the end is said: where
        it says no, nothing is sent.
        """
        return self.send_message(delivery.recipient, with_message_id(content, delivery.message_id), may_go)

    def send_message(self, mailbox: str, message: bytes, may_go: MayGo) -> Verdict:
        """Send a whole message to one mailbox."""
        try:
            client = self._client()
        except NoConnectionError as error:
            self._trouble = str(error)
            return Later(self._trouble)
        try:
            return self._transaction(client, mailbox, _as_data(message), may_go)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Later(fit_line(f"{_LOST_BEFORE} ({error})", self._smtp))
        except BaseException:
            # Whatever it was, a mail that was begun must not be ended.
            self._drop()
            raise

    def _client(self) -> smtplib.SMTP:
        if self._trouble is not None:
            raise NoConnectionError(self._trouble)
        if self._kept is not None and not _is_ready(self._kept):
            self._drop()
        if self._kept is None:
            self._kept = connect(self._smtp, self._sender.domain)
        return self._kept

    def _transaction(self, client: smtplib.SMTP, mailbox: str, data: bytes, may_go: MayGo) -> Verdict:
        needs_utf8 = not mailbox.isascii()
        if needs_utf8 and not client.has_extn("smtputf8"):
            return Refused(_NO_UTF8)
        options = [*([f"SIZE={len(data)}"] if client.has_extn("size") else []), *(["SMTPUTF8"] if needs_utf8 else [])]
        code, reply = client.mail(self._sender.mailbox, options)
        if _is_yes(code):
            code, reply = client.rcpt(mailbox)
        if _is_yes(code):
            code, reply = client.docmd("DATA")
        if code != 354:
            return self._refused(code, reply)
        for start in range(0, len(data), _PIECE):
            client.send(data[start : start + _PIECE])
        if not may_go():
            # The one way to take it back: without the last line, the server has no mail.
            self._drop()
            return Later(TOO_LATE)
        return self._end(client)

    def _end(self, client: smtplib.SMTP) -> Verdict:
        """Say the last line, and hear what becomes of the mail."""
        try:
            client.send(b".\r\n")
            code, reply = self._last_answer(client)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Later(_LOST_AFTER)
        if _is_yes(code):
            return Sent(words_of(code, reply, self._smtp))
        return self._refused(code, reply)

    def _last_answer(self, client: smtplib.SMTP) -> tuple[int, bytes]:
        if client.sock is None:
            raise smtplib.SMTPServerDisconnected
        client.sock.settimeout(self._last_wait)
        answer = client.getreply()
        client.sock.settimeout(self._smtp.timeout)
        return answer

    def _refused(self, code: int, reply: bytes) -> Verdict:
        """The verdict of a reply that is no yes."""
        if code == 421:
            # The server is about to hang up.
            self._drop()
        said = words_of(code, reply, self._smtp)
        return Refused(said) if 500 <= code < 600 and code not in _LOGIN_WANTED else Later(said)

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None


def _is_yes(code: int) -> bool:
    return 200 <= code < 300


def _is_ready(client: smtplib.SMTP) -> bool:
    """Whether the server is still there, and takes another mail. RSET also takes back what was begun and refused; some
    servers let a client say only a few NOOPs.
    """
    try:
        return client.rset()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _as_data(message: bytes) -> bytes:
    """The message as DATA wants it but for the last line: lines that end in CRLF, and a dot before each dot that begins
    one, or else a server could take a part of it for its end, and the rest for commands.
    """
    lines = _LINE_END.sub(b"\r\n", message)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return _DOT.sub(b"..", whole)
