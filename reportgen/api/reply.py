"""What came back from a call to the Engagement API, before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GROUPING: Final = "facts"
"""The name of the one grouping that each call carries."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the body as it was decoded, and what the headers say of the minute's limit."""

    status: int
    text: str
    limit: int | None = None
    """Calls a minute (`x-per-minute-limit`)."""
    remaining: int | None = None
    """Calls left in the running minute (`x-per-minute-remaining`)."""


class NoReplyError(Exception):
    """Nothing came back, or not all of it: no connection, a time-out, a reset, a body cut off."""


class UnreachedError(NoReplyError):
    """Nobody was there: the name of `url` is not known, or the connection was refused, by a proxy on the way too.

    `api` is what the other side is called.
    """

    def __init__(self, api: str, url: str) -> None:
        super().__init__(f"the connection to {api} failed")
        self.api = api
        self.url = url
