"""What the status of an answer of the X API v2 means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.api.bodies import Body, error_line, parse_body
from reportgen.api.reply import NoReplyError
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.api.x.problems import kind_of_type

if TYPE_CHECKING:
    from reportgen.api.http import Received

_RESET: Final = "x-rate-limit-reset"
_OF_THE_DAY: Final = ("x-app-limit-24hour-remaining", "x-user-limit-24hour-remaining")


def body_of(received: Received) -> Body:
    """The JSON object of an answer of status 200. Raises for any other what `reportgen.api.x.failures` lists."""
    body = parse_body(received.text)
    answered = f"the X API answered with status {received.status}"
    if received.status == 200:
        if body is None:
            raise NoReplyError(f"{answered} and no JSON object")
        return body
    said = error_line(body, "")
    detail = f"{answered}: {said}" if said else answered
    match received.status:
        case 401:
            raise XUnauthorizedError(detail)
        case 429:
            raise XBusyError(_reset_of(received, body), detail)
        case 404 if body is None:
            raise XRefusedError(404, f"{answered}, not found: check x_api_url in the settings")
        case status if status >= 500:
            raise NoReplyError(detail)
        case status:
            raise XRefusedError(status, detail, _parameters(body or {}))


def _parameters(body: Body) -> Iterator[str]:
    """The parameters of the call that the errors name."""
    errors = body.get("errors")
    for error in errors if isinstance(errors, list) else ():
        named = error.get("parameters") if isinstance(error, dict) else None
        if isinstance(named, dict):
            yield from named


def _reset_of(received: Received, body: Body | None) -> int | None:
    """When the limit of 15 minutes is over; None for one of a day or a month, which no run waits for."""
    is_capped = body is not None and kind_of_type(body.get("type")) == "usage-capped"
    if is_capped or any(received.count(header) == 0 for header in _OF_THE_DAY):
        return None
    return received.count(_RESET)
