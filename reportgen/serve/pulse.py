"""What a scheduler that runs tells of itself: the loop writes it, and the threads of its port read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from types import MappingProxyType

from reportgen.made import Status
from reportgen.outbox import State, Way


@dataclass(frozen=True, slots=True)
class Beat:
    """What the scheduler had told at one moment. The counts are since it started."""

    ticked: datetime
    """When the loop last came round, or gave a sign of life (UTC); when it started, before that."""
    next_dues: Mapping[str, datetime] = field(default_factory=dict)
    """When each report is due next (UTC), by its name."""
    reports: Mapping[str, int] = field(default_factory=dict)
    """How many were made, by outcome: `complete`, `incomplete`, `failed`."""
    deliveries: Mapping[tuple[Way, State], int] = field(default_factory=dict)
    """How many attempts there were, by way and by what the delivery was afterwards."""
    calls: int = 0
    """Calls to the Engagement API, those made again included."""


class Pulse:
    """Written by the loop, read by other threads."""

    def __init__(self, started: datetime) -> None:
        self._lock = Lock()
        self._ticked = started
        self._next_dues: Mapping[str, datetime] = {}
        self._reports: Counter[str] = Counter()
        self._deliveries: Counter[tuple[Way, State]] = Counter()
        self._calls = 0

    def tick(self, now: datetime, next_dues: Mapping[str, datetime]) -> None:
        """The loop came round (UTC); the reports are due next at these instants (UTC), by their names."""
        with self._lock:
            self._ticked = now
            self._next_dues = MappingProxyType(dict(next_dues))

    def works(self, now: datetime) -> None:
        """The loop is at a report or at deliveries (UTC): it may take hours to come round, and does not hang."""
        with self._lock:
            self._ticked = now

    def made(self, outcome: Status) -> None:
        """A report came to its end."""
        with self._lock:
            self._reports[outcome] += 1

    def called(self, calls: int) -> None:
        """A run made so many calls to the Engagement API."""
        with self._lock:
            self._calls += calls

    def delivered(self, way: Way, state: State) -> None:
        """An attempt ended, after which the delivery was in this state."""
        with self._lock:
            self._deliveries[way, state] += 1

    def beat(self) -> Beat:
        """All of it, as of one moment."""
        with self._lock:
            return Beat(self._ticked, self._next_dues, dict(self._reports), dict(self._deliveries), self._calls)
