"""How a call to the X API v2 fails, where an answer came.

    XUnauthorizedError    the credential is refused (401); no other call of its signer will go better
    XBusyError            over a limit (429): of 15 minutes, or of a month
    XRefusedError         turned down as it is (any other status below 500), and it would be again

Where none came that can be read, it is `reportgen.api.reply.NoReplyError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reportgen.api.reply import NoReplyError
from reportgen.ledger import Outcome


class XUnauthorizedError(Exception):
    """The credential is refused; the text has the vendor's words."""


class XBusyError(Exception):
    """Over a limit. `reset_at` (epoch seconds) is when it is over; None where to wait for it would be of no use."""

    def __init__(self, reset_at: int | None, detail: str) -> None:
        super().__init__(detail)
        self.reset_at = reset_at


class XRefusedError(Exception):
    """The call is turned down, with the HTTP status, the vendor's words, and the `parameters` that it finds wrong."""

    def __init__(self, status: int, detail: str, parameters: Iterable[str] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.parameters = frozenset(parameters)


FAILURES: Final = (NoReplyError, XBusyError, XRefusedError, XUnauthorizedError)


def outcome_of(error: Exception) -> Outcome:
    """What the ledger says of a call that failed with one of FAILURES."""
    match error:
        case XUnauthorizedError():
            return Outcome.UNAUTHORIZED
        case XBusyError():
            return Outcome.TOO_MANY
        case XRefusedError():
            return Outcome.REJECTED
        case _:
            return Outcome.FAILED
