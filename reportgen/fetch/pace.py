"""How fast calls may leave: spread evenly under the limit of the minute, and as the API's headers say.

Reads no clock: the time comes in, as seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reportgen.slots import Slots, seconds_apart

_MOMENT: Final = 2.0
"""Seconds that nobody wonders about."""
_AGAIN: Final = 5.0
"""Seconds to the second try, where a 429 follows on the last at once; they double."""


@dataclass(slots=True)
class Pace:
    """When the next call may leave.

    `chance` gives numbers from 0 to 1, by which processes that wait for the same minute start apart.
    """

    allowed: int | None
    """Calls a minute, by the settings; None where they don't say."""
    slots: Slots
    chance: Callable[[], float]
    _told: int | None = None
    """Calls a minute, as the last header had it."""
    _slot: float | None = None
    """When the next call leaves, once that is reserved."""
    _left: int | None = None
    """Calls left in `_minute`, as far as the headers told."""
    _minute: float = 0.0
    _met_at: float = 0.0
    """When the limit was met the last time."""
    _opens_at: float = 0.0
    """When calls may leave again since."""
    _met: int = 0
    """Times in a row that the limit was met, without an answer between."""

    def reserve(self, now: float) -> float:
        """Take a slot for the next call, unless it has one: when it may leave; `now` where that is at once."""
        if self._slot is None and self._limit is not None and self._closed_until(now) <= now:
            self._slot = self.slots.reserve(now, seconds_apart(self._limit))
        return self.opens(now)

    def opens(self, now: float) -> float:
        """When the next call may leave, as far as it has a slot."""
        return max(now, self._closed_until(now), self._slot or now)

    def reason(self, now: float) -> str:
        """Why no call may leave, for people; nothing where that takes no longer than a moment."""
        if self._closed_until(now) > now:
            return "this minute is used up"
        if self._limit is None or self.opens(now) - now <= _MOMENT:
            return ""
        return f"{'the API allows' if self._limit == self._told else 'calls_per_minute:'} {self._limit} a minute"

    def leave(self) -> None:
        """The call leaves."""
        self._slot = None
        if self._left is not None:
            self._left -= 1

    def learn(self, limit: int | None, remaining: int | None, sent_at: float, now: float, under_way: int) -> None:
        """What the headers of a reply tell; `under_way` calls may not be counted in them yet."""
        self._told = limit or self._told
        # A reply that comes in another minute than its call was sent in tells nothing of either.
        if remaining is not None and _minute(sent_at) == _minute(now):
            self._minute = _minute(now)
            self._left = max(remaining - under_way, 0)

    def answered(self) -> None:
        """A call was within the limit."""
        self._met = 0

    def met_limit(self, sent_at: float, now: float) -> None:
        """A call met the limit (429), as others draw on it too: wait for the minute to turn.

        Where that did not help, the server's minute turns at another time than ours: try again sooner.
        """
        if sent_at < self._met_at:
            return
        wait = _turn(now) - now
        if self._met:
            wait = min(wait, _AGAIN * 2 ** (self._met - 1))
        self._met += 1
        self._met_at = now
        self._opens_at = now + wait + self.chance()

    @property
    def _limit(self) -> int | None:
        """The lower of the two."""
        return min(filter(None, (self.allowed, self._told)), default=None)

    def _closed_until(self, now: float) -> float:
        if self._left is not None and self._left <= 0 and self._minute == _minute(now):
            return max(self._opens_at, _turn(now))
        return self._opens_at


def _minute(instant: float) -> float:
    return instant // 60


def _turn(instant: float) -> float:
    """When the minute of the instant is over."""
    return (_minute(instant) + 1) * 60
