"""Which colour and which dashes each series of a chart has, and the legend that says so. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.render.largest import ranked_series
from reportgen.render.look import Look
from reportgen.render.marks import DASHES_BEFORE, Style, series
from reportgen.render.palette import Palette
from reportgen.report.charts import ChartSection

_SOLID: Final = (1, 0)
_DASHES: Final = (_SOLID, (7, 5), (1, 5), (13, 6), (10, 5, 1, 5), (4, 5))
"""Of lines with round ends, which make each dash longer by what the line is thick."""


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend."""

    name: str
    colour: str
    dashes: Sequence[float] = ()
    """How its line is dashed; empty where the chart has no lines, or lines that need not be told apart so."""


def colours(section: ChartSection, palette: Palette) -> dict[str, str]:
    """A colour for each series, in their order; where they are too many, for the largest. In stacks the last one is
    what the others are put together in.
    """
    names = list(dict.fromkeys(series(point) for panel in section.panels for point in panel.points))
    if len(names) <= 1:
        return dict.fromkeys(names, palette.accent)
    most = len(palette.series)
    coloured = names[:most] if section.stacked else ranked_series(section)[:most]
    unused = iter(palette.series)
    return {name: next(unused) if name in coloured else palette.others for name in names}


def legend_of_periods(section: ChartSection, look: Look) -> tuple[Key, ...]:
    """The line of the period, and that of the one compared with; empty where there is none."""
    if not section.periods or not any(panel.before for panel in section.panels):
        return ()
    now, before = section.periods
    return (
        Key(now.label_in(look.voice), look.palette.accent, _SOLID),
        Key(before.label_in(look.voice), look.palette.quiet, DASHES_BEFORE),
    )


def dashes(style: Style) -> dict[str, Sequence[float]]:
    """How each line is dashed; those without a colour of their own are solid."""
    coloured = [name for name, colour in style.colours.items() if colour != style.look.palette.others]
    return {
        name: _DASHES[coloured.index(name) % len(_DASHES)] if name in coloured else _SOLID for name in style.colours
    }


def legend(style: Style) -> tuple[Key, ...]:
    """An entry for each series that has a colour, and one for all others. Empty where there is one series."""
    grey = style.look.palette.others
    if len(style.colours) <= 1:
        return ()
    named = [Key(name, hue, style.dashes.get(name, ())) for name, hue in style.colours.items() if hue != grey]
    others = [name for name, hue in style.colours.items() if hue == grey]
    if not others:
        return tuple(named)
    rest = others[0] if len(others) == 1 else f"{len(others)} more"
    return (*named, Key(rest, grey, _SOLID if style.dashes else ()))
