"""What is drawn of series that stand on each other: bars or areas, paler where something of them is not known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reportgen.render.axes import place
from reportgen.render.marks import MOST_MARKED, Spec, Style, colour, series
from reportgen.render.stacks import Stack, alone, stacks, stretches
from reportgen.report.charts import Panel
from reportgen.spec.sections import Mark

_PALE_BAR: Final = 0.25
_PALE_AREA: Final = 0.4
"""More than that of bars, which have an edge."""
_EDGE: Final = 1
_UPWARDS: Final = ("y", "y2")
_SIDEWAYS: Final = ("x", "x2")


def stacked(panel: Panel, style: Style, mark: Mark, *, lying: bool) -> list[Spec]:
    """The layers of a panel whose series stand on each other."""
    standing = stacks(panel, list(style.colours))
    if mark == "area":
        return _areas(standing, style)
    return _bars(standing, style, _SIDEWAYS if lying else _UPWARDS)


def _bars(standing: Sequence[Stack], style: Style, ends: tuple[str, str]) -> list[Spec]:
    rows = [row for stack in standing for row in _rows(stack, paler=style.marks_partial and not stack.is_whole)]
    stroke = {"condition": {"test": "datum.paler", **colour(style)}, "value": style.look.palette.paper}
    edge = {"stroke": stroke} if len(standing) <= MOST_MARKED else {}
    return _on_paper({"type": "bar", "strokeWidth": _EDGE}, rows, style, _ends(ends), _fill(style, _PALE_BAR) | edge)


def _areas(standing: Sequence[Stack], style: Style) -> list[Spec]:
    """Areas run on over each stretch; what stands between gaps is a bar as thin as a line."""
    rows = [
        row | {"stretch": number}
        for number, stretch in enumerate(stretches(standing))
        for stack in stretch.stacks
        for row in _rows(stack, paler=style.marks_partial and not stretch.is_whole)
    ]
    edge = {"stroke": style.look.palette.paper, "strokeWidth": _EDGE} if len(standing) <= MOST_MARKED else {}
    where = _ends(_UPWARDS) | {"detail": {"field": "stretch", "type": "nominal"}}
    areas = _on_paper({"type": "area"} | edge, rows, style, where, _fill(style, _PALE_AREA)) if rows else []
    lone = [row for stack in alone(standing) for row in _rows(stack, paler=False)]
    thin: Spec = {"data": {"values": lone}, "mark": {"type": "bar", "size": 3}, "encoding": _ends(_UPWARDS)}
    return [*areas, *([thin] if lone else [])]


def _on_paper(mark: Spec, rows: Sequence[Spec], style: Style, where: Spec, look: Spec) -> list[Spec]:
    """The marks, with paper below those that the lines of the grid would show through."""
    paler = [row for row in rows if row["paler"]]
    paper: Spec = {"color": {"value": style.look.palette.paper}}
    ground: Spec = {"data": {"values": paler}, "mark": {"type": mark["type"]}, "encoding": where | paper}
    marks: Spec = {"data": {"values": list(rows)}, "mark": mark, "encoding": where | look}
    return [*([ground] if paler else []), marks]


def _rows(stack: Stack, *, paler: bool) -> Iterable[Spec]:
    return (
        {"x": place(point.x), "base": base, "top": top, "series": series(point), "paler": paler}
        for point, base, top in stack.layers()
    )


def _ends(ends: tuple[str, str]) -> Spec:
    return {ends[0]: {"field": "top", "type": "quantitative"}, ends[1]: {"field": "base"}}


def _fill(style: Style, paler: float) -> Spec:
    return {"color": colour(style), "fillOpacity": {"condition": {"test": "datum.paler", "value": paler}, "value": 1}}
