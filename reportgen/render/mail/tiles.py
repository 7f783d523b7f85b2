"""How the tiles of a mail stand beside each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from reportgen.render.numbers import marked
from reportgen.render.tiles import tiles_in_a_row
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.voice.voice import Voice

_LARGE: Final = 9
_MIDDLE: Final = 12
"""Characters of a number that a quarter of the width takes in each of the two sizes."""
_CLOSE: Final = 10
"""Characters that half of a small phone takes in the smaller one."""


@dataclass(frozen=True, slots=True)
class TilesInMail:
    rows: tuple[tuple[Kpi, ...], ...]
    width: int
    """Of a tile, in percent of the whole, without the gaps."""
    in_a_row: int
    size: Literal["large", "middle"]
    on_phones: Literal["", "close", "long"]
    """Whether numbers need smaller type on phones, where two stand in a row."""


_GAP_PERCENT: Final = 3


def tiles_in_mail(section: KpiSection, voice: Voice) -> TilesInMail:
    """Up to four in a row; two, where a number is too long for that."""
    longest = max((len(marked(kpi.measure, kpi.value, voice)) for kpi in section.kpis), default=0)
    most = tiles_in_a_row(len(section.kpis))
    in_a_row = most if longest <= _MIDDLE else min(most, 2)
    room = 4 / in_a_row
    firsts = range(0, len(section.kpis), in_a_row)
    return TilesInMail(
        tuple(section.kpis[first : first + in_a_row] for first in firsts),
        (100 - _GAP_PERCENT * (in_a_row - 1)) // in_a_row,
        in_a_row,
        "large" if longest <= _LARGE * room else "middle",
        "" if longest <= _LARGE else "close" if longest <= _CLOSE else "long",
    )
