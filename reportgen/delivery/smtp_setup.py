"""What the settings of a mail server lack, seen without asking it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

from reportgen.delivery_settings import NO_SERVER_SET, SMTP_PASSWORD, Smtp


class NoCertificatesError(Exception):
    """`smtp.ca` cannot be used. Its text is a sentence for the user."""


def smtp_faults(smtp: Smtp) -> tuple[str, ...]:
    """Why no mail can be sent by these settings, a sentence each; none where it is worth a try."""
    return tuple(_faults(smtp)) if smtp.host else (NO_SERVER_SET,)


def no_password(smtp: Smtp) -> str:
    """What is said where there is a user name without a password."""
    return f"{SMTP_PASSWORD} is missing in the environment and in .env; smtp.username is {smtp.username}"


def tls_context(smtp: Smtp) -> ssl.SSLContext:
    """Checks the certificate and the name of the host. Raises NoCertificatesError."""
    try:
        return ssl.create_default_context(cafile=smtp.ca)
    except (OSError, ssl.SSLError) as error:
        raise NoCertificatesError(f"smtp.ca: {smtp.ca} cannot be read as a file of certificates (PEM)") from error


def _faults(smtp: Smtp) -> Iterator[str]:
    if smtp.username is not None and smtp.password is None:
        yield no_password(smtp)
    if smtp.security != "none":
        try:
            tls_context(smtp)
        except NoCertificatesError as error:
            yield str(error)
