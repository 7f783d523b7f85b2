"""A real SMTP server over TCP, by aiosmtpd in a thread: it keeps what it takes over, and has the faults it is told."""

from __future__ import annotations

import asyncio
import ssl
import threading
from base64 import b64encode
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NoReturn

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from reportgen.delivery_settings import Security, Smtp
from tests.leaks.known import made_up

USERNAME = "reports@acme.example"
PASSWORD = made_up("the password of the mail server", "the password of the mail server")
made_up(b64encode(f"\0{USERNAME}\0{PASSWORD}".encode()).decode(), "what AUTH PLAIN makes of the password")
made_up(b64encode(PASSWORD.encode()).decode(), "what AUTH LOGIN makes of the password")
HOST = "localhost"


class Dies(Enum):
    """Where the server hangs up instead of answering."""

    IN_DATA = "after the first bytes of a message"
    AFTER_DOT = "after a message has come whole, and is kept"
    SILENT = "never: it keeps the message, and says nothing any more"


@dataclass(frozen=True)
class Received:
    """A mail as the server took it over."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    user: str | None
    """Who had logged in."""
    secure: bool
    connection: int
    """The how-manieth connection it came by, from 1."""

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class MailServer:
    """What the server has taken over, and what it will say. Its thread appends; tests read when they have a verdict."""

    smtp: Smtp
    """The settings that lead to it."""
    mails: list[Received] = field(default_factory=list)
    to_recipient: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    """By mailbox, replies to RCPT, one an attempt; where there is none, `250`."""
    to_data: deque[str | Dies] = field(default_factory=deque)
    """Replies to whole messages, one a message; where there is none, `250`."""
    connections: int = 0
    hang_up: Callable[[], None] = lambda: None
    """Ends all connections, as servers do with those that are idle."""

    def environment(self) -> Mapping[str, str]:
        """The variables that lead to it; the CA's file has its place in reportgen.yaml, as `smtp: {ca: PATH}`."""
        given = {
            "REPORTGEN_SMTP_HOST": self.smtp.host,
            "REPORTGEN_SMTP_PORT": str(self.smtp.port),
            "REPORTGEN_SMTP_SECURITY": self.smtp.security,
            "REPORTGEN_SMTP_USERNAME": self.smtp.username,
            "REPORTGEN_SMTP_PASSWORD": self.smtp.password,
        }
        return {name: value for name, value in given.items() if value}


@contextmanager
def serving(
    folder: Path,
    security: Security = "starttls",
    certified: str = HOST,
    *,
    offers_starttls: bool = True,
    offers_utf8: bool = True,
) -> Iterator[MailServer]:
    """A server on a free port, with a certificate for `certified`, which `<folder>/ca.pem` vouches for.

    With TLS, it takes mails over from USERNAME with PASSWORD only; without, from everybody.
    """
    ca = folder / "ca.pem"
    login = security != "none"
    user, password = (USERNAME, PASSWORD) if login else (None, None)
    smtp = Smtp(HOST, 0, security, user, password, ca, timeout=10)
    server = MailServer(smtp)
    tls = tls_of(folder, certified)
    open_ones: list[SMTP] = []

    def connected() -> SMTP:
        server.connections += 1
        connection = _Connection(
            server,
            server.connections,
            secure=security == "tls",
            tls_context=tls if security == "starttls" and offers_starttls else None,
            enable_SMTPUTF8=offers_utf8,
            auth_required=login,
            authenticator=_authenticate,
            hostname="mail.acme.example",
            loop=loop,
        )
        open_ones.append(connection)
        return connection

    def hang_up() -> None:
        asyncio.run_coroutine_threadsafe(_end(open_ones), loop).result()

    server.hang_up = hang_up
    loop = asyncio.new_event_loop()
    # All of it in the thread: in the test's own one, the loop of a browser may be running.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(
        loop.create_server(connected, "127.0.0.1", 0, ssl=tls if security == "tls" else None), loop
    ).result()
    server.smtp = replace(smtp, port=listening.sockets[0].getsockname()[1])
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(listening.close)
        hang_up()
        asyncio.run_coroutine_threadsafe(loop.shutdown_asyncgens(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class _Connection(SMTP):
    def __init__(self, kept: MailServer, number: int, *, secure: bool, **options: object) -> None:
        super().__init__(_Handler(kept, number, secure=secure), **options)  # type: ignore[arg-type]
        self._kept = kept
        # aiosmtpd does not know that TLS began with the connection.
        self._auth_require_tls = not secure

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  the verb's name
        if self._kept.to_data and self._kept.to_data[0] is Dies.IN_DATA:
            self._kept.to_data.popleft()
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readuntil(b"\r\n")
            _hang_up(self)
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, kept: MailServer, number: int, *, secure: bool) -> None:
        self._kept = kept
        self._number = number
        self._secure = secure

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self._kept.to_recipient[address].popleft() if self._kept.to_recipient[address] else "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self._kept.to_data.popleft() if self._kept.to_data else "250 2.0.0 taken over"
        if isinstance(said, Dies) or said.startswith("250"):
            self._kept.mails.append(self._received(session, envelope))
        if said is Dies.SILENT:
            await asyncio.Event().wait()
        if isinstance(said, Dies):
            _hang_up(server)
        return said

    def _received(self, session: Session, envelope: Envelope) -> Received:
        user = session.auth_data.login.decode() if isinstance(session.auth_data, LoginPassword) else None
        content = envelope.original_content or b""
        secure = self._secure or session.ssl is not None
        return Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), content, user, secure, self._number)


def _hang_up(server: SMTP) -> NoReturn:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
    # What ends a connection of aiosmtpd's, and nothing else.
    raise asyncio.CancelledError


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object) -> AuthResult:
    right = isinstance(login, LoginPassword) and login == LoginPassword(USERNAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False, auth_data=login)


async def _end(connections: list[SMTP]) -> None:
    for connection in connections:
        # Python 3.11.2 fails where it is closing already.
        if isinstance(connection.transport, asyncio.Transport) and not connection.transport.is_closing():
            connection.transport.abort()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def tls_of(folder: Path, name: str = HOST) -> ssl.SSLContext:
    """A certificate for a server of this name, which `<folder>/ca.pem` vouches for from now on."""
    _authority().cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert(name).configure_cert(context)
    return context
