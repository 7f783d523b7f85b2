"""The limit of the minute: calendar minutes of the server's clock, drawn on by us and by other processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from reportgen.simulator.faults import Faults

FRIENDLY_LIMIT: Final = 10_000
"""What the headers say where nothing is refused."""


@dataclass(slots=True)
class Minute:
    """The calls of the running minute. `now` is in seconds since 1970."""

    faults: Faults
    _number: int = 0
    _calls: int = 0
    _lock: Lock = field(default_factory=Lock)

    @property
    def limit(self) -> int:
        return FRIENDLY_LIMIT if self.faults.calls_per_minute is None else self.faults.calls_per_minute

    def take(self, now: float) -> tuple[bool, int]:
        """Count one more call, unless it is over the limit: whether it may be made, and how many are left then."""
        with self._lock:
            left = self._left(now)
            admitted = left > 0 or self.faults.calls_per_minute is None
            self._calls += admitted
            return admitted, max(left - 1, 0)

    def left(self, now: float) -> int:
        """How many calls the minute has left."""
        with self._lock:
            return max(self._left(now), 0)

    def _left(self, now: float) -> int:
        number, second = divmod(now, 60)
        if number != self._number:
            self._number, self._calls = int(number), 0
        by_others = int(self.faults.others_per_minute * second / 60)
        return self.limit - self._calls - by_others
