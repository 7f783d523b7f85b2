"""Mails to the mail server: one connection for as many as there are, and for each mailbox its own verdict."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from reportgen.delivery.message import sender_in, with_message_id
from reportgen.delivery.smtp_client import Client
from reportgen.delivery.smtp_connection import NoConnectionError, connect
from reportgen.delivery.smtp_transaction import MayGo, Transaction
from reportgen.delivery_settings import Smtp
from reportgen.mail_addresses import AddressError
from reportgen.outbox import Delivery, Later, Refused, Verdict

LAST_WAIT: Final = 180.0
"""Seconds for the answer to a whole mail that no lease bounds. Servers look into mails before they answer, and who
hangs up too soon sends again what has arrived (RFC 5321, 4.5.3.2.6, has ten minutes)."""


class Mailer:
    """A connection to the mail server that is opened with the first mail, and anew when the server has hung up.

    Where it cannot be opened, all further mails of this `Mailer` are Later for the same reason: nobody knocks at a
    closed door a hundred times, nor tries a wrong password.
    """

    def __init__(self, smtp: Smtp, last_wait: float = LAST_WAIT) -> None:
        self._smtp = smtp
        self._last_wait = last_wait
        self._kept: Client | None = None
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
            with suppress(OSError):
                self._kept.quit()
            self._kept.close()

    def send(self, delivery: Delivery, content: bytes, may_go: MayGo) -> Verdict:
        """Send a copy of the outbox; `content` has no Message-ID. `may_go` is asked when all but the end is said: where
        it says no, nothing is sent.
        """
        return self.send_message(delivery.recipient, with_message_id(content, delivery.message_id), may_go)

    def send_message(self, mailbox: str, message: bytes, may_go: MayGo) -> Verdict:
        """Send a whole message to one mailbox, from who it says that it is from."""
        try:
            sender = sender_in(message)
        except AddressError:
            return Refused("what was kept of the mail is damaged: it names no sender")
        try:
            client = self._client(sender.domain)
        except NoConnectionError as error:
            self._trouble = str(error)
            return Later(self._trouble)
        sent = Transaction(client, self._smtp, sender.mailbox, mailbox, self._last_wait)
        return sent.run(message, may_go)

    def _client(self, domain: str) -> Client:
        if self._trouble is not None:
            raise NoConnectionError(self._trouble)
        if self._kept is None or not _is_ready(self._kept):
            self._kept = connect(self._smtp, domain)
        return self._kept


def _is_ready(client: Client) -> bool:
    """Whether the server is still there, and takes another mail. RSET also takes back what was begun and refused; some
    servers let a client say only a few NOOPs.
    """
    with suppress(OSError):
        if client.rset()[0] == 250:
            return True
    client.close()
    return False
