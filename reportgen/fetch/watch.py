"""Somebody who looks on while calls are made."""

from __future__ import annotations

from typing import Protocol


class Waiting(Protocol):
    """Is told of waits."""

    def waiting(self, seconds: float, why: str) -> None:
        """No call leaves for so long, for more than keeping the pace."""


class Watch(Waiting, Protocol):
    """Is told how far the calls are."""

    def calls(self, finished: int, unfinished: int) -> None:
        """So many calls have come to an end, and so many are still to, as far as is known."""
