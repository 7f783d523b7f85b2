"""How often a call to the X API v2 is attempted, and when: once, unless somebody has patience."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from reportgen.ledger import Outcome, XCallKind
from reportgen.request import Signer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Room:
    """What the headers of an answer say of a limit of 15 minutes: calls left, until `reset_at` (epoch seconds)."""

    limit: str
    signer: Signer
    remaining: int
    reset_at: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that came to an end."""

    call: XCallKind
    signer: Signer
    posts: int
    """How many were in the answer, whatever came of it: the vendor bills them."""
    outcome: Outcome


Ledger: TypeAlias = Callable[[Attempt], None]
"""Is told of each attempt, also of those that are made again."""


class Attempts(Protocol):
    """Decides when a call is made, and how often."""

    def make(self, limit: str, signer: Signer, attempt: Callable[[], T]) -> T:
        """What came of a call that counts for the signer's limit of that name; raises what the last attempt did."""

    def heard(self, room: Room) -> None:
        """An answer told of a limit."""


class Once:
    """Makes each call once."""

    def make(self, limit: str, signer: Signer, attempt: Callable[[], T]) -> T:
        """See `Attempts`."""
        del limit, signer
        return attempt()

    def heard(self, room: Room) -> None:
        """See `Attempts`."""
