"""The way to the mail server: connected, kept secret, and logged in, or why not."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.delivery.server_words import fit_line, words_of
from reportgen.delivery.smtp_client import Client, TlsClient
from reportgen.delivery_settings import NO_SERVER_SET, SMTP_PASSWORD, Smtp


class NoConnectionError(Exception):
    """The server cannot be used now. Its text is for people, and says nothing of a recipient."""


def connect(smtp: Smtp, domain: str) -> Client:
    """A connection that takes mails. `domain` is the sender's: this machine names itself by it, as relays want.

    Raises NoConnectionError. Each step takes `smtp.timeout` seconds at most. Nothing is said in plain that `security`
    keeps secret: where the server does not offer STARTTLS, or its certificate is not valid, there is no connection.
    """
    if smtp.host is None:
        raise NoConnectionError(NO_SERVER_SET)
    with _told(smtp, "does not answer"):
        client = _greeted(smtp, smtp.host, domain)
    try:
        with _told(smtp, "does not answer"):
            client.ehlo_or_helo_if_needed()
            if smtp.security == "starttls":
                _start_tls(client, smtp)
        if smtp.username is not None:
            _log_in(client, smtp)
    except BaseException:
        client.close()
        raise
    return client


def _greeted(smtp: Smtp, host: str, domain: str) -> Client:
    if smtp.security == "tls":
        context = _context(smtp)
        return TlsClient(host, smtp.port, domain, timeout=smtp.timeout, context=context)
    return Client(host, smtp.port, domain, timeout=smtp.timeout)


def _start_tls(client: Client, smtp: Smtp) -> None:
    if not client.has_extn("starttls"):
        raise NoConnectionError(f"the mail server {smtp.host} does not offer STARTTLS, and nothing is sent in plain")
    client.starttls(context=_context(smtp))
    client.ehlo_or_helo_if_needed()


def _context(smtp: Smtp) -> ssl.SSLContext:
    """Checks the certificate and the name of the host."""
    try:
        return ssl.create_default_context(cafile=smtp.ca)
    except (OSError, ssl.SSLError) as error:
        raise NoConnectionError(f"smtp.ca: {smtp.ca} cannot be read as a file of certificates (PEM)") from error


def _log_in(client: Client, smtp: Smtp) -> None:
    if smtp.password is None:
        raise NoConnectionError(f"{SMTP_PASSWORD} is missing; smtp.username is {smtp.username}")
    if not client.has_extn("auth"):
        raise NoConnectionError(
            f"the mail server {smtp.host} offers no login; leave out smtp.username if it wants none"
        )
    try:
        with _told(smtp, "does not answer to the login"):
            client.login(smtp.username or "", smtp.password)
    except smtplib.SMTPAuthenticationError as error:
        said = words_of(error.smtp_code, error.smtp_error, smtp)
        refusal = f"the mail server {smtp.host} refuses the login of {smtp.username}: {said}"
        raise NoConnectionError(f"{refusal}; check {SMTP_PASSWORD}") from None


@contextmanager
def _told(smtp: Smtp, silence: str) -> Iterator[None]:
    """Says in a sentence what goes wrong on the way; a refused login is left to who asked for it."""
    server = f"the mail server {smtp.host}"
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise
    except smtplib.SMTPResponseException as error:
        said = words_of(error.smtp_code, error.smtp_error, smtp)
        raise NoConnectionError(f"{server} says {said}") from error
    except smtplib.SMTPServerDisconnected as error:
        reason = error.__context__
        hung_up = silence if isinstance(reason, TimeoutError) else "hangs up"
        raise NoConnectionError(f"{server} {hung_up}") from error
    except smtplib.SMTPException as error:
        raise NoConnectionError(f"{server} cannot be talked to: {fit_line(str(error), smtp)}") from error
    except ssl.SSLCertVerificationError as error:
        raise NoConnectionError(f"the certificate of {server} is not valid: {error.verify_message}") from error
    except TimeoutError as error:
        raise NoConnectionError(f"{server} {silence} within {smtp.timeout:g} seconds") from error
    except OSError as error:
        raise NoConnectionError(f"{server} cannot be reached at port {smtp.port}: {error.strerror or error}") from error
