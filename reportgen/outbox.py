"""The outbox: what is to leave, by which way and to whom, and what becomes of it. Pure. Instants are UTC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias, assert_never

from reportgen.backoff import Backoff
from reportgen.printable import printable_line


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


OPEN: Final = (State.WAITING, State.SENDING)
"""What is still to be sent by itself."""
OVER: Final = (State.SENT, State.CANCELED)
"""What nobody sends any more, so that nobody needs its content."""


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
    tweets: frozenset[int] | None = None
    """The ids of the tweets that it tells of, empty where of none; None where nobody knows: then `store forget` of any
    tweet takes it back. Nobody needs to say it of an alert."""


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

    @property
    def destination(self) -> str:
        """By which way and to whom, in a printable line: `mail to ann@example.com`, `directory public`."""
        to = "" if self.way is Way.DIRECTORY else "to "
        return f"{self.way} {to}{printable_line(self.recipient)}"

    def state_at(self, now: datetime) -> State:
        """Where it stands now: one whose lease has expired is waiting again, at once."""
        is_left = self.state is State.SENDING and (self.lease_until is None or self.lease_until <= now)
        return State.WAITING if is_left else self.state


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

TOO_LATE: Final = "not sent: the time that this attempt had was over"
"""What is said of an attempt whose lease ran out before the last moment at which it could be kept back."""
LOST: Final = "whoever sent it has not told what came of it: it may have arrived"
"""What is said of an attempt whose lease expired before anybody told its end."""
BACKOFF: Final = Backoff(timedelta(minutes=1), timedelta(hours=1))


def next_attempt(attempts: int, now: datetime, not_before: datetime | None, chance: float) -> datetime:
    """When to try again what was tried so many times, and not before the other side said, where it did.

    A minute after the first attempt, and twice as long after each further one, an hour at most; `chance`, from 0 to 1,
    takes off up to a quarter, so that not all come back at once.
    """
    own = now + BACKOFF.wait(attempts, chance)
    return own if not_before is None else max(own, not_before)


def lost(delivery: Delivery, now: datetime, until: datetime, lease: timedelta, chance: float) -> Delivery:
    """What becomes of a delivery whose lease has expired: whoever had it was killed, or is slow.

    The first time it is to be sent again at once. After that it waits, for the `lease` at first, or else those who are
    slow with it would send it again and again. What is lost at the last attempt, which its lease outlasts the time for,
    has failed; found later, as after days without power, it has an attempt left.
    """
    left = replace(delivery, said=LOST, lease_until=None)
    if delivery.lease_until is None or delivery.lease_until >= until:
        return replace(left, state=State.FAILED, ended=now)
    if delivery.attempts == 1:
        return replace(left, state=State.WAITING, next_attempt=now)
    wait = Backoff(lease, max(lease, BACKOFF.longest)).wait(delivery.attempts - 1, chance)
    return replace(left, state=State.WAITING, next_attempt=min(now + wait, until))


def settled(delivery: Delivery, verdict: Verdict, now: datetime, until: datetime, chance: float) -> Delivery:
    """What the verdict makes of a delivery that is being sent, or, if it is `Sent`, of one that was not known to be.

    There is time for attempts until `until`: the last one is made then, and what the other side puts off beyond it has
    failed.
    """
    left = replace(delivery, said=verdict.said, lease_until=None)
    match verdict:
        case Sent():
            return replace(left, state=State.SENT, next_attempt=None, ended=now)
        case Refused():
            return replace(left, state=State.FAILED, ended=now)
        case Later(not_before=not_before):
            if now >= until or (not_before is not None and not_before > until):
                return replace(left, state=State.FAILED, ended=now)
            again = min(next_attempt(delivery.attempts, now, not_before, chance), until)
            return replace(left, state=State.WAITING, next_attempt=again)
        case _ as never:
            assert_never(never)
