"""Ids and handles in parts that one statement can take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen import parts
from reportgen.parts import One

_AT_ONCE: Final = 500
"""Older SQLite takes 999 values at the most."""


def in_parts(ids: Sequence[One]) -> Iterator[Sequence[One]]:
    """The ids, so many at a time as fit into one statement."""
    return parts.in_parts(ids, _AT_ONCE)
