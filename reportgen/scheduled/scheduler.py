"""What a scheduler works with: its name, and the edges of the world."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from reportgen.run import Surroundings, Watch
from reportgen.scheduled.events import Tell
from reportgen.spec.model import ReportSpec

if TYPE_CHECKING:
    from reportgen.store.open import Store

Around: TypeAlias = "Callable[[ReportSpec, Store], Surroundings]"
"""What a run of the report touches, with the settings and credentials of this moment. Raises SafeError."""


@dataclass(frozen=True, slots=True)
class Leases:
    """For how long somebody who gives no sign of life is believed to be at it."""

    job: timedelta = timedelta(minutes=5)
    delivery: timedelta = timedelta(minutes=5)
    beat: float = 60.0
    """Seconds between two signs of life of a job."""


LEASES: Final = Leases()


def to_nobody(now: datetime) -> None:
    """Nobody looks whether it is at work."""
    del now


@dataclass(frozen=True, slots=True)
class Scheduler:
    """One of those that look after a store."""

    holder: str
    """Its name, which no other one has."""
    clock: Callable[[], datetime]
    """The present (UTC), by which reports are due, leases expire and attempts are put off: the same for all of them."""
    chance: Callable[[], float]
    """Numbers from 0 to 1."""
    sleep: Callable[[float], None]
    """Waits so many seconds for the store, with what left in hand."""
    around: Around
    watch: Watch
    tell: Tell
    leases: Leases = LEASES
    works: Callable[[datetime], None] = to_nobody
    """Is told now and then that it is at work (UTC)."""
    unbroken: Callable[[], AbstractContextManager[None]] = nullcontext
    """Lets a signal wait while something leaves that cannot be taken back."""
