"""The limits of fifteen minutes: one for each path and each credential, from its first call on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from typing import Final

from reportgen.simulator.faults import Faults

SECONDS: Final = 15 * 60
FRIENDLY_LIMIT: Final = 10_000
"""What the headers say where nothing is refused."""


@dataclass(slots=True)
class Windows:
    """How many calls each path and credential has made. `now` is in seconds since 1970."""

    faults: Faults
    _calls: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, path: str, credential: str, now: float) -> tuple[bool, Mapping[str, str]]:
        """Count one more call, unless it is over the limit: whether it may be made, and the headers that tell it."""
        limit = FRIENDLY_LIMIT if self.faults.x_calls_per_window is None else self.faults.x_calls_per_window
        with self._lock:
            began, calls = self._calls.get((path, credential), (now, 0))
            if now >= began + SECONDS:
                began, calls = now, 0
            admitted = calls < limit or self.faults.x_calls_per_window is None
            calls += admitted
            self._calls[path, credential] = began, calls
        headers = {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(max(limit - calls, 0)),
            "x-rate-limit-reset": str(ceil(began + SECONDS)),
        }
        return admitted, headers
