"""The ledger: what is kept of every run and every call. Pure. No credential and no tweet's id is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from reportgen.request import Request


class Outcome(StrEnum):
    """What came of a call; `reportgen.api.verdicts` tells the words apart."""

    ANSWERED = "answered"
    REFUSED = "refused"
    UNAUTHORIZED = "unauthorized"
    REJECTED = "rejected"
    TOO_MANY = "too many"
    FAILED = "failed"
    """No reply that can be read."""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """A call that was made, and what came of it. A call that is made again has one entry each time."""

    request: Request
    planned: tuple[Request, ...]
    """The planned requests that it served."""
    left_at: float
    """Seconds since 1970."""
    seconds: float
    """From when it left until its reply was taken in."""
    outcome: Outcome
    status: int | None
    """Of HTTP; None where no whole reply came."""
    cause: str | None
    """The first words of why it brought less than it was to; None where it brought all."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run as the ledger has it. Instants are UTC."""

    started: datetime
    ended: datetime | None
    """None where it is under way, or was killed."""
    as_of: datetime
    reports: tuple[str, ...]
    exit_code: int | None
    planned: int
    made: int
    """How many calls left; of a run that has not ended, those that came back."""
    retried: int | None
    """How many of them were made before, exactly so; None where the run did not get to say."""


@dataclass(frozen=True, slots=True)
class CallsOfHandle:
    """The calls that one credential signed: a handle's access token or, where that is None, the bearer token."""

    handle: str | None
    """`@name`, in small letters."""
    counts: Mapping[Outcome, int]
    """Each outcome is there."""

    @property
    def made(self) -> int:
        """All of them."""
        return sum(self.counts.values())


XCallKind: TypeAlias = Literal["users", "me", "timeline", "posts"]
"""What the X API was asked for: whose handle it is, or whose token, a page of a timeline, or tweets by their ids."""


@dataclass(frozen=True, slots=True)
class XCallEntry:
    """A call to the X API that came to an end. A call that is made again has one entry each time."""

    at: float
    """Seconds since 1970."""
    call: XCallKind
    handle: str | None
    """Whose access token signed it; None for the bearer token."""
    posts: int
    """How many posts were read, which the vendor bills."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class XCallCounts:
    """The calls of one kind to the X API."""

    call: XCallKind
    calls: int
    failed: int
    """Those among them that were not answered."""
    posts: int
