"""Cuts what is asked for into calls. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.api.x.model import AT_ONCE


def in_parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Handles or ids, as many at once as a call takes."""
    return (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))
