"""Webhooks: addresses that are told of each report by a POST. They are secrets, and so is what signs the body.

Instants are UTC.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from reportgen.delivery.signature import HEADER, signature
from reportgen.delivery_settings import Webhook, webhook_variables
from reportgen.errors import InputError
from reportgen.outbox import Copy, Delivery, Later, Parcel, Refused, Sent, Verdict, Way
from reportgen.spec.problems import Problem

if TYPE_CHECKING:
    import requests

    from reportgen.render.look import Look
    from reportgen.report.model import Report
    from reportgen.settings import Settings
    from reportgen.spec.model import Format, ReportSpec

DELIVERY: Final = "X-Reportgen-Delivery"
"""The header with the message id, the same at every attempt: by it a receiver knows what it has already."""
_TRY_AGAIN: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_LONGEST: Final = 60
"""Seconds, whatever the APIs are given: a delivery that is waited for longer than its lease leaves twice."""
_MOST_READ: Final = 200
"""Bytes of an answer, which is `ok` or a word such as `channel_is_archived` where Slack gives it."""
_WORD: Final = re.compile(r"[a-z]+(_[a-z]+){0,6}")
_LONGEST_WORD: Final = 60


def check_webhooks(specs: Sequence[ReportSpec], settings: Settings) -> None:
    """Raise InputError where a report names a webhook whose address is not known."""
    problems = [
        Problem(spec.path, *at, f"webhooks[{index}]: {no_address(name)}")
        for spec in specs
        for index, (name, at) in enumerate(zip(spec.webhooks, spec.webhooks_at, strict=True))
        if name not in settings.webhooks
    ]
    if problems:
        raise InputError(*problems)


def no_address(name: str) -> str:
    """What is said of a webhook whose address is not known."""
    return f"no address for {name}: {_mend(name)}"


def parcel(report: Report, look: Look, formats: Sequence[Format], copies: tuple[Copy, ...]) -> Parcel:
    """What webhooks are told of the report; `formats` are those of the files that were made of it."""
    from reportgen.delivery.webhook_body import headline, webhook_body

    return Parcel(Way.WEBHOOK, headline(report, look), webhook_body(report, look, formats), copies)


def send(delivery: Delivery, content: bytes, settings: Settings, now: datetime) -> Verdict:
    """Tell the webhook. Nothing of its address or its secret is in the verdict."""
    webhook = settings.webhooks.get(delivery.recipient)
    if webhook is None:
        return Later(f"its address is not known: {_mend(delivery.recipient)}")
    import requests
    import urllib3

    from reportgen.http_sessions import is_unreached

    try:
        with (
            _unlogged(),
            _session(webhook.url) as session,
            session.post(
                webhook.url,
                data=content,
                headers=_headers(webhook, delivery, content, now),
                auth=_nobody,
                timeout=(min(settings.connect_timeout, _LONGEST), min(settings.read_timeout, _LONGEST)),
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            return _verdict(response, webhook, now)
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        return Later("it did not answer in time")
    except requests.exceptions.SSLError:
        return Later("its certificate is not valid")
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        # ValueError: what the library makes of headers that no server should send.
        return Later("it cannot be reached" if is_unreached(error) else "the connection failed")


def _mend(name: str) -> str:
    return f"set {webhook_variables(name)[0]} in the environment or in .env"


def _session(url: str) -> requests.Session:
    from reportgen.delivery.answer_in_time import InTime
    from reportgen.http_sessions import new_session

    session = new_session(url)
    for scheme in ("http://", "https://"):
        session.mount(scheme, InTime())
    return session


@contextmanager
def _unlogged() -> Iterator[None]:
    """Where an answer is not well-formed, urllib3 would write the whole address into the log."""

    def nothing(_: logging.LogRecord) -> bool:
        return False

    known = logging.root.manager.loggerDict
    loggers = [logging.getLogger(name) for name in [*known] if name.startswith("urllib3")]
    for logger in loggers:
        logger.addFilter(nothing)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(nothing)


def _headers(webhook: Webhook, delivery: Delivery, content: bytes, now: datetime) -> dict[str, str]:
    headers = {"Content-Type": "application/json; charset=utf-8", DELIVERY: delivery.message_id}
    if webhook.secret is not None:
        headers[HEADER] = signature(content, webhook.secret, int(now.timestamp()))
    return headers


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without this, the library would look for a password of the host in ~/.netrc."""
    return request


def _verdict(response: requests.Response, webhook: Webhook, now: datetime) -> Verdict:
    status = response.status_code
    if 200 <= status < 300:
        return Sent(f"it answered {status}")
    said = f"it answered {status}{_word(response, webhook)}"
    if status in _TRY_AGAIN or status >= 500:
        return Later(said, _not_before(response.headers, now))
    if 300 <= status < 400:
        return Refused(f"{said}, which leads elsewhere; set the address that it leads to")
    return Refused(said)


def _word(response: requests.Response, webhook: Webhook) -> str:
    """The word that the other side has for it, in brackets; empty where there is none, or it could be of a secret."""
    import urllib3

    try:
        word = response.raw.read1(_MOST_READ, decode_content=True).strip().decode("utf-8", "replace")
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        return ""  # the status stands, whatever becomes of what was to follow
    is_word = len(word) <= _LONGEST_WORD and _WORD.fullmatch(word)
    is_secret = word in webhook.url or word in (webhook.secret or "")
    return f" ({word})" if is_word and not is_secret else ""


def _not_before(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When the other side wants to be asked again: seconds from now, or a date; None where it does not tell."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return now + timedelta(seconds=int(value)) if len(value) <= 9 else None
    try:
        at = parsedate_to_datetime(value)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
