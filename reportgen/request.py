"""A call to the Engagement API: what it asks for, and who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal

from reportgen.catalog import Endpoint
from reportgen.instants import ceil_hour, floor_hour, instant_or_null
from reportgen.spans import Span


class Grain(Enum):
    """How finely facts are asked for; the value is the `group_by` of the call."""

    TOTAL = ("tweet.id", "engagement.type")
    DAY = ("tweet.id", "engagement.type", "engagement.day")
    HOUR = ("tweet.id", "engagement.type", "engagement.day", "engagement.hour")


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose credential signs a call: the access token of `handle`, or, where that is None, the bearer token."""

    handle: str | None

    @property
    def auth(self) -> Literal["user", "app"]:
        return "user" if self.handle else "app"


@dataclass(frozen=True, slots=True)
class Request:
    """One call to the Engagement API. `start` and `end` are whole UTC hours, `end` exclusive; None off `historical`."""

    endpoint: Endpoint
    signer: Signer
    tweet_ids: tuple[str, ...]
    metrics: tuple[str, ...]
    grain: Grain
    start: datetime | None = None
    end: datetime | None = None

    def span(self, as_of: datetime) -> Span | None:
        """The whole UTC hours that it asks for; None on `totals`.

        The 28 hours of `28hr` end at `as_of` (UTC), rounded outward.
        """
        if self.start and self.end:
            return Span(self.start, self.end)
        if not self.endpoint.time_groupings or self.endpoint.window is None:
            return None
        return Span(floor_hour(as_of - self.endpoint.window), ceil_hour(as_of))

    def as_json(self) -> dict[str, object]:
        """The request as `plan --json` shows it."""
        return {
            "endpoint": self.endpoint.name,
            "handle": self.signer.handle,
            "auth": self.signer.auth,
            "tweet_ids": list(self.tweet_ids),
            "metrics": list(self.metrics),
            "group_by": list(self.grain.value),
            "start": instant_or_null(self.start),
            "end": instant_or_null(self.end),
        }
