"""Cuts what is long into parts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

One = TypeVar("One")


def in_parts(all_of_it: Sequence[One], at_once: int) -> Iterator[Sequence[One]]:
    """It in its order, `at_once` at a time; the last part may be shorter."""
    return (all_of_it[start : start + at_once] for start in range(0, len(all_of_it), at_once))
