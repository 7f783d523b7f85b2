"""One mail to one mailbox, on a connection to the mail server, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from reportgen.delivery.server_words import words_of
from reportgen.delivery.smtp_client import AnswerError, Client, UnaskedError, as_data
from reportgen.delivery_settings import SMTP_PASSWORD, Smtp
from reportgen.outbox import TOO_LATE, Later, Refused, Sent, Verdict

_YES: Final = range(200, 300)
_NO: Final = range(400, 600)
_GO_ON: Final = 354
_LOGIN_FIRST: Final = 530
_LOGIN_WANTED: Final = frozenset({_LOGIN_FIRST, 534, 535, 538})
"""Refusals that are about the login (RFC 4954), and say nothing of a recipient."""
_NO_UTF8: Final = "the mail server takes no address with letters other than ASCII before its @ (SMTPUTF8)"
_LOST_BEFORE: Final = "the mail server hung up or fell silent before the mail was whole"
_LOST_AFTER: Final = "the mail server hung up or fell silent when it had the whole mail"

MayGo: TypeAlias = Callable[[], bool]
"""Whether what is about to leave may still do so."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """A mail of `sender` to `mailbox`, by `client`, which is closed where it takes no other mail after this one."""

    client: Client
    smtp: Smtp
    sender: str
    mailbox: str
    last_wait: float
    """Seconds for the answer to the whole mail."""

    def run(self, message: bytes, may_go: MayGo) -> Verdict:
        """What became of the message. `may_go` is asked when all but the end is said: where it says no, nothing is
        sent.
        """
        data = as_data(message)
        try:
            return self._begin(len(data)) or self._hand_over(data, may_go) or self._end()
        except OSError as error:
            self.client.close()
            return Later(f"{self._why(error, _LOST_BEFORE)}; nothing was sent")
        except BaseException:
            # Whatever it was, a mail that was begun must not be ended.
            self.client.close()
            raise

    def _begin(self, size: int) -> Verdict | None:
        """Say from whom and to whom; what becomes of the mail, where the server does not want to have it."""
        client, needs_utf8 = self.client, not self.mailbox.isascii()
        if needs_utf8 and not client.has_extn("smtputf8"):
            return Refused(_NO_UTF8)
        options = [*([f"SIZE={size}"] if client.has_extn("size") else []), *(["SMTPUTF8"] if needs_utf8 else [])]
        code, reply = client.mail(self.sender, options)
        if code in _YES:
            code, reply = client.rcpt(self.mailbox)
            if code in _YES:
                code, reply = client.docmd("DATA")
                if code == _GO_ON:
                    return None
        return self._refusal(code, reply)

    def _hand_over(self, data: bytes, may_go: MayGo) -> Verdict | None:
        """Say the mail but for its last line; what becomes of it, where that must not be said."""
        try:
            self.client.pour(data)
            if not may_go():
                # The one way to take it back: without the last line, the server has no mail.
                self.client.close()
                return Later(TOO_LATE)
            self.client.listen()
        except UnaskedError as early:
            self.client.close()
            return self._refusal(early.smtp_code, early.smtp_error)
        return None

    def _end(self) -> Verdict:
        """Say the last line, and hear what becomes of the mail."""
        try:
            code, reply = self.client.end(self.last_wait)
            return Sent(words_of(code, reply, self.smtp)) if code in _YES else self._refusal(code, reply)
        except OSError as error:
            self.client.close()
            why = self._why(error, _LOST_AFTER)
            return Later(f"{why}: it may have arrived. The next attempt bears the same Message-ID")

    def _refusal(self, code: int, reply: bytes | str) -> Verdict:
        """The verdict of a no. Raises UnaskedError where it is none: then the server is about something else."""
        if code not in _NO:
            raise UnaskedError(code, reply)
        if code == 421:
            # The server is about to hang up.
            self.client.close()
        said = words_of(code, reply, self.smtp)
        if code == _LOGIN_FIRST and self.smtp.username is None:
            said += f"; set smtp.username in reportgen.yaml and {SMTP_PASSWORD}"
        return Refused(said) if code >= 500 and code not in _LOGIN_WANTED else Later(said)

    def _why(self, error: OSError, otherwise: str) -> str:
        if isinstance(error, UnaskedError):
            return f"the mail server answers out of turn: {words_of(error.smtp_code, error.smtp_error, self.smtp)}"
        return f"the mail server cannot be talked to: {error}" if isinstance(error, AnswerError) else otherwise
