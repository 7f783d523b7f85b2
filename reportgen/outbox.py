"""The outbox: what is to leave, by which way and to whom, and what becomes of it. Pure. Instants are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Way(StrEnum):
    """How something leaves."""

    MAIL = "mail"
    ALERT = "alert"
    """A mail too, on what went wrong, to the addresses of the settings."""
    WEBHOOK = "webhook"
    DIRECTORY = "directory"


class State(StrEnum):
    """Where a delivery stands, in a word for people."""

    WAITING = "waiting"
    """To be sent, now or at its next attempt."""
    SENDING = "sending"
    """Somebody is at it until the lease expires; then it counts as waiting."""
    SENT = "sent"
    FAILED = "failed"
    """Refused for good, or not sent in all the time that there was. `outbox retry` sends it after all."""
    HELD = "held"
    """Of an incomplete report, whose file says `when_incomplete: hold`. `outbox retry` lets it go."""
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Occasion:
    """For what something is sent: a report that was due then, or made by hand, where `due` is None."""

    report: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a parcel."""

    recipient: str
    """A mail's address, as `name@example.com`; the name of a webhook; the path of a directory."""
    message_id: str
    """`<...@...>`, the same at every attempt; no two deliveries of a store have the same."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves, made once for all its copies."""

    way: Way
    about: str
    """A line that tells people what it is, such as the subject."""
    content: bytes
    """A mail's whole message but for its Message-ID; a webhook's body; a ZIP archive of a directory's files."""
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A copy in the outbox."""

    id: int
    occasion: Occasion
    way: Way
    recipient: str
    message_id: str
    about: str
    state: State
    attempts: int
    """How often it was begun to be sent."""
    created: datetime
    next_attempt: datetime | None
    """Not before then; None unless it is waiting."""
    lease_until: datetime | None
    """None unless it is being sent."""
    ended: datetime | None
    """When it was sent, given up or canceled."""
    said: str | None
    """What the other side said last, or what kept it from being asked; one line, without secrets."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side took it over."""

    said: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the other side asked for patience, or was not reached, or ended in the middle."""

    said: str
    not_before: datetime | None = None
    """Where the other side named a time."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not at all: asked again, the other side would say the same."""

    said: str


Verdict: TypeAlias = Sent | Later | Refused
