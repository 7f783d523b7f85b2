"""When calls leave: evenly apart, under the limit of the minute. Pure.

Instants are seconds since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

SHARE: Final = 0.98
"""How much of the limit is used; the rest is for what calls differ in on their way."""
_LONGEST_QUEUE: Final = 3600.0
"""Seconds. A slot further ahead was reserved by a clock that has been set back since."""


class Slots(Protocol):
    """The instants at which calls leave, of every process that draws on the same limit."""

    def reserve(self, now: float, apart: float) -> float:
        """Take the next slot, at least so many seconds after the one before, and not before `now`."""


@dataclass(slots=True)
class OwnSlots:
    """The slots of one process alone."""

    last: float | None = None

    def reserve(self, now: float, apart: float) -> float:
        self.last = next_slot(self.last, now, apart)
        return self.last


def next_slot(last: float | None, now: float, apart: float) -> float:
    """The earliest instant for one more call, after the slot that was taken last."""
    if last is None or last > now + _LONGEST_QUEUE:
        return now
    return max(now, last + apart)


def seconds_apart(limit: int) -> float:
    """How far apart calls leave under a limit of calls a minute."""
    return 60 / (limit * SHARE)


def minutes_of(calls: int, limit: int) -> float:
    """How many minutes so many calls take under a limit of calls a minute."""
    return calls * seconds_apart(limit) / 60
