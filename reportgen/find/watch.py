"""Somebody who looks on while timelines are read."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Is told how far the timelines are."""

    def reading(self, handle: str, tweets: int) -> None:
        """The timeline of this handle is being read, and so many tweets have come."""
