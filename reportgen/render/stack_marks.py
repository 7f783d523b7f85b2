"""What is drawn of series that stand on each other: bars or areas, paler where something of them is not known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reportgen.render.axes import place
from reportgen.render.marks import MOST_MARKED, Spec, Style, colour
from reportgen.render.stacks import Stack, alone, stacks, stretches
from reportgen.report.model import Panel
from reportgen.spec.sections import Mark

_PALER: Final = 0.3
_UPWARDS: Final = ("y", "y2")
_SIDEWAYS: Final = ("x", "x2")


def stacked(panel: Panel, style: Style, mark: Mark, *, lying: bool) -> list[Spec]:
    """The layers of a panel whose series stand on each other."""
    standing = stacks(panel, list(style.colours))
    ends = _SIDEWAYS if lying else _UPWARDS
    if mark == "area":
        return _areas(standing, style)
    return [_bars(standing, style, ends, _edge(standing, style))]


def _bars(standing: Sequence[Stack], style: Style, ends: tuple[str, str], more: Spec) -> Spec:
    rows = [row for stack in standing for row in _rows(stack, paler=style.marks_partial and not stack.is_whole)]
    return {"data": {"values": rows}, "mark": {"type": "bar"} | more, "encoding": _ends(ends) | _fill(style)}


def _areas(standing: Sequence[Stack], style: Style) -> list[Spec]:
    """Areas run on over each stretch; what stands between gaps is a bar as thin as a line."""
    rows = [
        row | {"stretch": number}
        for number, stretch in enumerate(stretches(standing))
        for stack in stretch.stacks
        for row in _rows(stack, paler=style.marks_partial and not stretch.is_whole)
    ]
    encoding = _ends(_UPWARDS) | _fill(style) | {"detail": {"field": "stretch", "type": "nominal"}}
    area: Spec = {"data": {"values": rows}, "mark": {"type": "area"} | _edge(standing, style), "encoding": encoding}
    lone = alone(standing)
    return [*([area] if rows else []), *([_bars(lone, style, _UPWARDS, {"size": 3})] if lone else [])]


def _rows(stack: Stack, *, paler: bool) -> Iterable[Spec]:
    return (
        {"x": place(point.x), "base": base, "top": top, "series": point.series or "", "paler": paler}
        for point, base, top in stack.layers()
    )


def _ends(ends: tuple[str, str]) -> Spec:
    return {ends[0]: {"field": "top", "type": "quantitative"}, ends[1]: {"field": "base"}}


def _fill(style: Style) -> Spec:
    return {"color": colour(style), "fillOpacity": {"condition": {"test": "datum.paler", "value": _PALER}, "value": 1}}


def _edge(standing: Sequence[Stack], style: Style) -> Spec:
    """A line of paper between the series, where they are wide enough for one."""
    return {"stroke": style.look.palette.paper, "strokeWidth": 0.75} if len(standing) <= MOST_MARKED else {}
