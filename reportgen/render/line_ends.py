"""The names of a few lines, written where these end: the eye need not go to a legend and back. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import mean
from typing import Final

from reportgen.render.axes import place
from reportgen.render.letters import LETTER, breadth, isolated
from reportgen.render.marks import Size, Spec, Style, series
from reportgen.report.charts import Panel, Point

_MOST: Final = 4
_WIDEST: Final = 0.33
"""Of the picture's width: more would leave too little to the lines."""
_LINE: Final = 14
_FARTHEST: Final = 12
"""Pixels by which a name may stand off the end of its line and still be known to be its."""
_LOWEST: Final = 7
"""Pixels above the ground, whose line would strike a name through."""
_TWO_LINES: Final = 3
"""Pixels between the ends of two lines that are seen to be two."""
_GAP: Final = 8
_MARGIN: Final = 2
"""Pixels of paper before and after a name."""


def named_at_ends(panel: Panel, size: Size, scale: tuple[float, float]) -> Mapping[str, float] | None:
    """How high above the ground each name stands, in pixels; None where they would not be told whose they are, or
    would take too much of the picture.

    `size` is the width of the picture and the height of its plot, `scale` the numbers at the plot's ground and top.
    """
    last = _last(panel)
    if not 2 <= len(last) <= _MOST or LETTER * max(map(breadth, last)) > _WIDEST * size.width:
        return None
    if any(point.value.number is None for point in last.values()):
        return None
    low, high = scale
    wanted = {name: ((point.value.number or 0) - low) / (high - low) * size.height for name, point in last.items()}
    heights = _apart(wanted)
    if any(above - below < _TWO_LINES for below, above in pairwise(sorted(wanted.values()))):
        return None
    return heights if all(abs(heights[name] - wanted[name]) <= _FARTHEST for name in wanted) else None


def room(names: Sequence[str], width: int, places: int) -> int:
    """Pixels that the names need right of the plot, which shares this width with them and has half a step behind its
    last place.
    """
    half_step = 1 / (2 * places)
    behind_the_last = _GAP + _width(names)
    return math.ceil((behind_the_last - width * half_step) / (1 - half_step))


def line_ends(panel: Panel, style: Style, size: Size, scale: tuple[float, float]) -> list[Spec]:
    """The layer with the names, where all of them fit."""
    heights = named_at_ends(panel, size, scale)
    if heights is None:
        return []
    low, high = scale
    rows = [
        {"x": place(point.x), "y": round(low + heights[name] / size.height * (high - low), 6), "text": isolated(name)}
        for name, point in _last(panel).items()
    ]
    palette = style.look.palette
    width = _width(list(_last(panel))) + 2 * _MARGIN
    paper = {"type": "rect", "width": width, "height": _LINE, "xOffset": _GAP - _MARGIN + width / 2}
    ink = {"type": "text", "align": "left", "dx": _GAP}
    return [  # on paper, or the lines of the grid would strike the names through
        {"data": {"values": rows}, "mark": paper, "encoding": {"color": {"value": palette.paper}}},
        {
            "data": {"values": rows},
            "mark": ink,
            "encoding": {"text": {"field": "text"}, "color": {"value": palette.ink}},
        },
    ]


def _width(names: Sequence[str]) -> float:
    """Pixels that the widest name takes, set bolder than the words of axes."""
    return 1.07 * LETTER * max(map(breadth, names))


def _last(panel: Panel) -> dict[str, Point]:
    """The last point of each series."""
    return {series(point): point for point in panel.points}


def _apart(wanted: Mapping[str, float]) -> dict[str, float]:
    """Heights a line apart from each other and clear of the ground, together as near as can be to those wanted."""
    upwards = sorted(wanted, key=lambda name: wanted[name])
    pools: list[list[float]] = []  # of names that would touch: what each of them wants of the lowest of all
    for number, name in enumerate(upwards):
        pools.append([wanted[name] - number * _LINE])
        while len(pools) > 1 and mean(pools[-2]) > mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    lowest = (mean(pool) for pool in pools for _ in pool)
    return {
        name: max(_LOWEST, low) + number * _LINE for number, (name, low) in enumerate(zip(upwards, lowest, strict=True))
    }
