"""What is not known, and why: a number is a value, or a gap with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from reportgen.spans import EVER, NEVER, Span


class Reason(StrEnum):
    """Why a number is missing. The values are part of the contract."""

    UNAVAILABLE = "unavailable"
    FORBIDDEN = "forbidden"
    TOO_OLD_FOR_IMPRESSIONS = "too_old_for_impressions"
    TOO_OLD_FOR_VIDEO_VIEWS = "too_old_for_video_views"
    NOT_COUNTED_THEN = "not_counted_then"
    NOT_IN_HISTORY = "not_in_history"
    CALL_FAILED = "call_failed"
    NOT_AUTHORIZED = "not_authorized"


POSTED_AFTER: Final = "posted after"
"""How the detail of a gap begins that a tweet leaves which is dated after the report's present."""
FAILURES: Final = frozenset({Reason.CALL_FAILED, Reason.NOT_AUTHORIZED})
"""What, said in an answer, another call or another credential might have filled."""
NOT_ASKED: Final = "not in the store, and not asked for"
"""The detail of a gap that no call was to fill."""
LASTING: Final = frozenset(
    {Reason.UNAVAILABLE, Reason.FORBIDDEN, Reason.TOO_OLD_FOR_IMPRESSIONS, Reason.TOO_OLD_FOR_VIDEO_VIEWS}
)
"""What an answer says, and the next one will say too. Other lasting reasons are known by rule."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of one tweet that are not known.

    `metric` None stands for every metric asked for. `start` and `end` (UTC, end exclusive) bound the hours
    that are missing; None is open: since ever, until the report's present.
    """

    tweet_id: str
    metric: str | None
    reason: Reason
    detail: str
    start: datetime | None = None
    end: datetime | None = None

    @property
    def span(self) -> Span:
        """The hours that are missing, from ever and until the end of time where that is open."""
        return Span(self.start or EVER, self.end or NEVER)

    def as_json(self) -> dict[str, str | None]:
        """The gap as the contract writes it."""
        return {"tweet_id": self.tweet_id, "metric": self.metric, "reason": self.reason, "detail": self.detail}
