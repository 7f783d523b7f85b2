"""How long to wait before what did not succeed is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

_JITTER: Final = 0.25
"""The largest part of a wait that chance takes off."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from a first one up to a longest."""

    first: timedelta
    longest: timedelta

    def wait(self, attempts: int, chance: float) -> timedelta:
        """How long to wait after so many attempts (1 and up); `chance`, from 0 to 1, takes off up to a quarter."""
        # No power of a number of attempts that may be large.
        doublings = min(attempts - 1, (self.longest // self.first).bit_length())
        whole: timedelta = min(self.first * (1 << doublings), self.longest)
        return whole * (1 - _JITTER * chance)
