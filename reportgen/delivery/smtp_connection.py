"""The way to the mail server: connected, kept secret, and logged in, or why not."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from reportgen.delivery.server_words import code_of, fit_line, words_of
from reportgen.delivery.smtp_client import Client, TlsClient
from reportgen.delivery.smtp_setup import NoCertificatesError, no_password, tls_context
from reportgen.delivery_settings import NO_SERVER_SET, SMTP_PASSWORD, Security, Smtp

_LOGINS: Final = frozenset({"CRAM-MD5", "PLAIN", "LOGIN"})
"""Those that Python's client knows."""


_IF_SILENT: Final[Mapping[Security, str]] = {
    "starttls": "; if it begins with TLS, as at port 465, set smtp.security: tls"
}
_UNKNOWN_SIGNERS: Final = frozenset({18, 19, 20, 21})
"""OpenSSL's codes (X509_V_ERR_...) for certificates that end at nobody who is trusted."""
_NOT_TLS: Final = "WRONG_VERSION_NUMBER"
"""OpenSSL's word for a first byte that is none of TLS, such as that of a greeting."""


class NoConnectionError(Exception):
    """The server cannot be used now. Its text is for people, and says nothing of a recipient."""


def connect(smtp: Smtp, domain: str) -> Client:
    """A connection that takes mails. `domain` is the sender's: this machine names itself by it, as relays want.

    Raises NoConnectionError. Each step takes `smtp.timeout` seconds at most. Nothing is said in plain that `security`
    keeps secret: where the server does not offer STARTTLS, or its certificate is not valid, there is no connection.
    """
    if smtp.host is None:
        raise NoConnectionError(NO_SERVER_SET)
    with _told(smtp, "does not answer", _IF_SILENT.get(smtp.security, "")):
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
    try:
        client.starttls(context=_context(smtp))
    except ConnectionError as error:
        raise _no_tls(smtp, error.strerror) from error
    client.ehlo_or_helo_if_needed()


def _context(smtp: Smtp) -> ssl.SSLContext:
    try:
        return tls_context(smtp)
    except NoCertificatesError as error:
        raise NoConnectionError(str(error)) from error


def _log_in(client: Client, smtp: Smtp) -> None:
    if smtp.password is None:
        raise NoConnectionError(no_password(smtp))
    offered = client.esmtp_features.get("auth", "").split()
    if offered and not _LOGINS.intersection(offered):
        raise NoConnectionError(
            f"the mail server {smtp.host} offers a login by {fit_line(', '.join(offered), smtp)} alone"
        )
    if not offered:
        raise NoConnectionError(
            f"the mail server {smtp.host} offers no login; leave out smtp.username if it wants none"
        )
    with _told(smtp, "does not answer to the login"):
        _say_password(client, smtp.username or "", smtp.password, f"the mail server {smtp.host}")


def _say_password(client: Client, username: str, password: str, server: str) -> None:
    """Log in. No words of the server's are repeated: they may be the password, whole or in part."""
    try:
        client.login(username, password)
    except smtplib.SMTPResponseException as error:
        refusal = f"{server} refuses the login of {username}: {code_of(error.smtp_code, error.smtp_error)}"
        raise NoConnectionError(f"{refusal}; check {SMTP_PASSWORD}") from None
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError):
        # ValueError: what it asks for is not in base64.
        raise NoConnectionError(f"{server} cannot be talked to about the login of {username}") from None


@contextmanager
def _told(smtp: Smtp, silence: str, if_silent: str = "") -> Iterator[None]:
    """Says in a sentence what goes wrong on the way; where there is no answer, also what to try (`if_silent`)."""
    server = f"the mail server {smtp.host}"
    try:
        yield
    except smtplib.SMTPResponseException as error:
        said = words_of(error.smtp_code, error.smtp_error, smtp)
        raise NoConnectionError(f"{server} says {said}") from error
    except smtplib.SMTPServerDisconnected as error:
        raise NoConnectionError(f"{server} hangs up") from error
    except smtplib.SMTPException as error:
        raise NoConnectionError(f"{server} cannot be talked to: {fit_line(str(error), smtp)}") from error
    except ssl.SSLCertVerificationError as error:
        raise NoConnectionError(f"the certificate of {server} is not valid: {_why_not_valid(error)}") from error
    except ssl.SSLError as error:
        raise _no_tls(smtp, error.reason) from error
    except UnicodeError as error:
        raise NoConnectionError(f"{server} cannot be reached: this is not the name of a server") from error
    except TimeoutError as error:
        raise NoConnectionError(f"{server} {silence} within {smtp.timeout:g} seconds{if_silent}") from error
    except OSError as error:
        raise NoConnectionError(f"{server} cannot be reached at port {smtp.port}: {error.strerror or error}") from error


def _no_tls(smtp: Smtp, reason: str | None) -> NoConnectionError:
    if smtp.security == "tls" and reason == _NOT_TLS:
        told = f"the mail server {smtp.host} does not begin with TLS at port {smtp.port}"
        return NoConnectionError(f"{told}; try smtp.security: starttls")
    told = f"there is no TLS with the mail server {smtp.host} at port {smtp.port}"
    return NoConnectionError(f"{told} ({reason or 'unknown'}); see smtp.security")


def _why_not_valid(error: ssl.SSLCertVerificationError) -> str:
    mend = "; if you trust who signed it, name the file of their certificate in smtp.ca"
    return f"{error.verify_message}{mend if error.verify_code in _UNKNOWN_SIGNERS else ''}"
