"""How tiles stand beside each other, and what they all share."""

from __future__ import annotations

from typing import Final

from reportgen.render.numbers import UNKNOWN_EXPLAINED, is_partial, tile_note, written
from reportgen.render.signs import INCOMPLETE, UNKNOWN
from reportgen.report.kpis import KpiSection
from reportgen.voice.voice import Voice

_LONGEST: Final = 9
"""Characters of a number that a tile takes in large type."""


def tiles_in_a_row(count: int, share: float = 1) -> int:
    """How many tiles stand beside each other on that share of a wide page: up to four on the whole of it, the last row
    as full as can be.
    """
    room = max(1, round(4 * share))
    return count if count <= room else min((room, max(1, room - 1)), key=lambda columns: -count % columns)


def has_long_number(section: KpiSection, voice: Voice) -> bool:
    """Whether a number of these tiles is so long that all of them are set smaller."""
    return any(len(written(kpi.measure, kpi.value, voice)) > _LONGEST for kpi in section.kpis)


def shared_note(section: KpiSection, voice: Voice) -> str | None:
    """The note that all of these tiles would bear, for one line below them. None where they differ."""
    notes = [tile_note(kpi, voice) for kpi in section.kpis]
    if len(notes) < 2 or len(set(notes)) > 1:
        return None
    if notes[0] == UNKNOWN_EXPLAINED:
        return f"{UNKNOWN}\N{NO-BREAK SPACE}{notes[0]}"
    return f"{INCOMPLETE} {notes[0]}" if is_partial(section.kpis[0].value) else notes[0]
