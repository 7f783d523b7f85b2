"""The X API v2 in a time of its own: nothing waits, and everything has its second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reportgen.api.x.attempts import Room
from reportgen.fetch.patience import Patience
from reportgen.fetch.patient import Patient, Surroundings
from reportgen.request import Signer

NOON = 1_794_830_400
"""Epoch seconds of 2026-11-16T12:00:00Z."""
LIMIT = "/2/users/{id}/tweets"
ACME, HELP = Signer("@acme"), Signer("@acme_help")


@dataclass
class Virtual:
    """Somebody patient, whose waits take no time, and who is told by the test what comes of each attempt.

    An answer is a text, or an exception, or a function that makes either of the second.
    """

    answers: list[object] = field(default_factory=list)
    patience: Patience = field(default_factory=lambda: Patience(tries=10))
    chance: float = 0.0
    seconds_a_call: float = 0.0
    now: float = float(NOON)
    made_at: list[float] = field(default_factory=list)
    """Seconds after noon at which each attempt was made."""
    waits: list[tuple[float, str]] = field(default_factory=list)
    """What the watch was told."""

    def __post_init__(self) -> None:
        self.patient = Patient(self.patience, Surroundings(lambda: self.now, self._sleep, lambda: self.chance, self))

    def waiting(self, seconds: float, why: str) -> None:
        self.waits.append((seconds, why))

    def heard(self, remaining: int, reset_in: float, signer: Signer = ACME, limit: str = LIMIT) -> None:
        self.patient.heard(Room(limit, signer, remaining, int(self.now + reset_in)))

    def make(self, signer: Signer = ACME, limit: str = LIMIT) -> object:
        return self.patient.make(limit, signer, self._attempt)

    def _attempt(self) -> object:
        self.made_at.append(self.now - NOON)
        self.now += self.seconds_a_call
        answer = self.answers.pop(0)
        if isinstance(answer, Callable):  # type: ignore[arg-type]
            answer = answer(self.now)  # type: ignore[operator]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
