"""From a reply and what it means to an entry of the ledger. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Final

from reportgen.api.bodies import one_line, without_ids
from reportgen.api.reply import NoReplyError, Reply
from reportgen.api.verdicts import Answer, Refusal, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.fetch.call import Call
from reportgen.ledger import CallEntry, Outcome

_OUTCOMES: Final[Mapping[type[Verdict], Outcome]] = {
    Answer: Outcome.ANSWERED,
    Refusal: Outcome.REFUSED,
    Unauthorized: Outcome.UNAUTHORIZED,
    Rejected: Outcome.REJECTED,
    TooMany: Outcome.TOO_MANY,
    Unanswered: Outcome.FAILED,
}
_LONGEST_CAUSE: Final = 120


def entry_of(call: Call, reply: Reply | NoReplyError, verdict: Verdict, left_at: float, now: float) -> CallEntry:
    """The entry of a call that left at `left_at` and has come back; both are seconds since 1970."""
    return CallEntry(
        request=call.request,
        planned=tuple(part.planned for part in call.parts),
        left_at=left_at,
        seconds=now - left_at,
        outcome=_OUTCOMES[type(verdict)],
        status=reply.status if isinstance(reply, Reply) else None,
        cause=_first_words(_cause(verdict)),
    )


def _cause(verdict: Verdict) -> str | None:
    match verdict:
        case Answer():
            return verdict.failure
        case Refusal(text):
            return text
        case Unauthorized(reason):
            return reason
        case Rejected(detail) | Unanswered(detail):
            return detail
        case TooMany():
            return None


def _first_words(cause: str | None) -> str | None:
    # A tweet that was deleted has to go from the store, and is not to live on in the vendor's words.
    return shorten(one_line(without_ids(cause)), _LONGEST_CAUSE, placeholder="…") if cause else None
