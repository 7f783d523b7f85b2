"""How fast calls may leave: spread evenly under the limit of the minute. Pure; the only place that knows the minute.

Instants are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

SHARE: Final = 0.98
"""How much of the limit is used; the rest is for what calls differ in on their way."""
_LONGEST_QUEUE: Final = 3600.0
"""Seconds. A slot further ahead was reserved by a clock that has been set back since."""
_MOMENT: Final = 2.0
"""Seconds that nobody wonders about."""
_AGAIN: Final = 5.0
"""Seconds to the second try, where a 429 follows on the last at once; they double."""


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


@dataclass(slots=True)
class Pace:
    """When the next call may leave, under the limit of the settings and what the API's headers say of it.

    `chance` gives numbers from 0 to 1, by which processes that wait for the same minute start apart.
    """

    limit: int | None
    """Calls a minute; None where it is not known."""
    slots: Slots
    chance: Callable[[], float]
    _slot: float | None = None
    _left: int | None = None
    """Calls left in `_minute`, as far as the headers told."""
    _minute: float = 0.0
    _closed: float = 0.0
    _opens: float = 0.0
    _refused: int = 0
    """Times in a row that the limit was met, without an answer between."""

    def next(self, now: float) -> float:
        """When the next call may leave; not after `now` where it may at once."""
        if (closed := self.closed_until(now)) > now or self.limit is None:
            return closed
        if self._slot is None:
            self._slot = self.slots.reserve(now, seconds_apart(self.limit))
        return self._slot

    def closed_until(self, now: float) -> float:
        """When calls may leave again after the limit was met; not after `now` where it is not."""
        if self._left is not None and self._left <= 0 and self._minute == _minute(now):
            return max(self._opens, _turn(now))
        return self._opens

    def reason(self, now: float) -> str:
        """Why no call may leave, for people; nothing where that takes no longer than a moment."""
        if self.closed_until(now) > now:
            return "this minute is used up"
        return f"{self.limit} calls a minute" if self.next(now) - now > _MOMENT else ""

    def leave(self) -> None:
        """A call leaves."""
        self._slot = None
        if self._left is not None:
            self._left -= 1

    def learn(self, limit: int | None, remaining: int | None, sent: float, now: float, under_way: int) -> None:
        """What the headers of a reply tell; `under_way` calls are still to be counted, perhaps."""
        if limit:
            self.limit = min(limit, self.limit or limit)
        # A reply that comes in another minute than its call was sent in tells nothing of either.
        if remaining is not None and _minute(sent) == _minute(now):
            self._minute = _minute(now)
            self._left = max(remaining - under_way, 0)

    def answered(self) -> None:
        """A call was within the limit."""
        self._refused = 0

    def refused(self, sent: float, now: float) -> None:
        """A call that was sent at `sent` was over the limit, as others draw on it too: wait for the minute to turn.

        Where that did not help, the server's minute turns at another time than ours: try again sooner.
        """
        if sent < self._closed:
            return
        wait = _turn(now) - now
        if self._refused:
            wait = min(wait, _AGAIN * 2 ** (self._refused - 1))
        self._refused += 1
        self._closed = now
        self._opens = now + wait + self.chance()


def _minute(instant: float) -> float:
    return instant // 60


def _turn(instant: float) -> float:
    """When the minute of the instant is over."""
    return (_minute(instant) + 1) * 60
