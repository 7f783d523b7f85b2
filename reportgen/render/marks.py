"""What is drawn in a plot: the rows that Vega-Lite is handed, and the layers of marks over them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from reportgen.render.axes import place
from reportgen.render.letters import LETTER, breadth
from reportgen.render.look import Look
from reportgen.render.numbers import written
from reportgen.render.signs import UNKNOWN
from reportgen.report.charts import Panel, Point
from reportgen.spec.sections import Mark

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one: JSON, in Vega-Lite's words."""


@dataclass(frozen=True, slots=True)
class Style:
    """What the panels of one chart share."""

    look: Look
    colours: Mapping[str, str]
    """Of each series, by its name; the name is empty where there is one."""
    gutter: int
    """Pixels left of the plots, for words."""
    marks_partial: bool
    """Whether numbers that lack tweets look different; pointless where all of them do."""
    dashes: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """How each line is dashed, by its name; empty where nobody needs to find it in a legend."""
    names_at_ends: bool = False
    """Whether the lines bear their names."""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels."""

    width: int
    height: int


MOST_MARKED: Final = 62
"""How many places a plot may have for dashes, rings and paler bars to be told apart."""
_CLEAR: Final = 7
"""Pixels between the middle of a number and a line that does not touch it."""
_MOST_DOTS: Final = 14
DASHES_BEFORE: Final = (3, 5)
"""Of the line of the period compared with."""


def rows(panel: Panel, style: Style) -> list[Spec]:
    """The panel's points as Vega-Lite takes them; first the lines without a colour of their own, below the others."""
    grey = style.look.palette.others
    coloured = sorted(panel.points, key=lambda point: style.colours.get(series(point)) != grey)
    return [_row(panel, point, style) for point in coloured]


def series(point: Point) -> str:
    """The name of the point's line, empty where there is one."""
    return point.series or ""


def bars(style: Style, offset: str) -> list[Spec]:
    """Bars, those of several series side by side: `offset` is `xOffset` or `yOffset`."""
    bar: Spec = {"type": "bar", "cornerRadiusEnd": 1}
    place_of = side_by_side(style, offset)
    if not style.marks_partial:
        return [{"mark": bar, "encoding": place_of}]
    partial = "datum.partial && datum.y !== 0"
    ground = {
        "opacity": {"condition": {"test": partial, "value": 1}, "value": 0},
        "color": {"value": style.look.palette.paper},
    }
    paler = {
        "fillOpacity": {"condition": {"test": partial, "value": 0.25}, "value": 1},
        "stroke": {"condition": {"test": partial, **colour(style)}, "value": None},
    }
    return [  # paper below the paler bars, or the lines of the grid would show through them
        {"mark": bar, "encoding": place_of | ground},
        {"mark": bar | {"strokeWidth": 1.25}, "encoding": place_of | paler},
    ]


def colour(style: Style) -> Spec:
    """The encoding that gives each series its colour."""
    scale = {"domain": list(style.colours), "range": list(style.colours.values())}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": None}


def side_by_side(style: Style, offset: str) -> Spec:
    """The encoding that parts the series of one place."""
    if len(style.colours) == 1:
        return {}
    return {offset: {"field": "series", "scale": {"domain": list(style.colours), "paddingInner": 0.1}}}


def lines(panel: Panel, style: Style, mark: Mark) -> list[Spec]:
    """Lines that break where a number is not known, filled for an area, with dots where they help."""
    hollow = [row for row in rows(panel, style) if row["partial"]] if style.marks_partial else []
    solid = [row for row in (_row(panel, point, style) for point in _dotted(panel)) if row not in hollow]
    area: Spec = {"mark": {"type": "area", "opacity": 0.14}}
    line: Spec = {"mark": {"type": "line", "strokeWidth": 2, "strokeJoin": "round", "strokeCap": "round"}}
    dot: Spec = {"type": "point", "filled": True, "size": 26, "opacity": 1}
    ring: Spec = {"type": "point", "fill": style.look.palette.paper, "size": 34, "strokeWidth": 1.5, "opacity": 1}
    return [
        *([area] if mark == "area" else []),
        *_line_before(panel, style),
        line | {"encoding": _dashed(style)},
        *([{"data": {"values": solid}, "mark": dot}] if solid else []),
        *([{"data": {"values": hollow}, "mark": ring}] if hollow else []),
    ]


def _line_before(panel: Panel, style: Style) -> list[Spec]:
    """A quieter line of what the numbers were in the period compared with; small dots where no line reaches."""
    before = [_row(panel, point, style) for point in panel.before]
    if not before:
        return []
    quiet = {"color": {"value": style.look.palette.quiet}}
    line: Spec = {"type": "line", "strokeWidth": 1.5, "strokeCap": "round", "strokeDash": DASHES_BEFORE, "opacity": 0.8}
    dots = [_row(panel, point, style) for point in _alone(panel.before)]
    dot: Spec = {"type": "point", "filled": True, "size": 14, "opacity": 0.8}
    return [
        {"data": {"values": before}, "mark": line, "encoding": quiet},
        *([{"data": {"values": dots}, "mark": dot, "encoding": quiet}] if dots else []),
    ]


def _dashed(style: Style) -> Spec:
    """The encoding that tells the lines apart also for those who do not tell their colours apart."""
    if not style.dashes:
        return {}
    scale = {"domain": list(style.dashes), "range": [list(dashes) for dashes in style.dashes.values()]}
    return {"strokeDash": {"field": "series", "type": "nominal", "scale": scale, "legend": None}}


def peak(panel: Panel, style: Style, places: Sequence[str], size: Size, grid: Sequence[float]) -> list[Spec]:
    """The highest number of a lone series, written above its point, inside the plot of that size, clear of the grid."""
    layers: list[Spec] = []
    for row in (_row(panel, point, style) for point in _highest(panel)):
        middle = (places.index(row["x"]) + 0.5) / len(places) * size.width
        half = LETTER * breadth(row["text"]) / 2
        align = "left" if middle < half else "right" if middle > size.width - half else "center"
        pixels = size.height / (grid[-1] - grid[0])
        up = _above((row["y"] - grid[0]) * pixels, [(number - grid[0]) * pixels for number in grid])
        mark = {"type": "text", "dy": -round(up, 1), "align": align}
        encoding = {"text": {"field": "text"}, "color": {"value": style.look.palette.ink}}
        layers.append({"data": {"values": [row]}, "mark": mark, "encoding": encoding})
    return layers


def _above(point: float, grid: Sequence[float]) -> float:
    """How far above the point a number stands clear of the lines of the grid; all in pixels."""
    middle = point + 13
    struck = next((line for line in grid if abs(middle - line) < _CLEAR), None)
    return 13 if struck is None else struck + _CLEAR - point


def dashes(panel: Panel, style: Style, place_of: Spec) -> list[Spec]:
    """A dash on the ground where a number is not known, as in the tables; `place_of` parts the series of a place."""
    unknown = [row for row in rows(panel, style) if row["y"] is None]
    if not unknown or len({point.x for point in panel.points}) > MOST_MARKED:
        return []
    encoding = {
        "y": {"field": "end", "type": "quantitative"},
        "text": {"value": UNKNOWN},
        "color": {"value": style.look.palette.quiet},
    }
    mark = {"type": "text", "dy": -7, "fontSize": 13}
    return [{"data": {"values": unknown}, "mark": mark, "encoding": place_of | encoding}]


def _row(panel: Panel, point: Point, style: Style) -> Spec:
    number = point.value.number
    return {
        "x": place(point.x),
        "y": number,
        "end": number or 0,
        "edge": max(number or 0, 0),
        "series": series(point),
        "text": written(panel.measure_of(point), point.value, style.look.voice),
        "partial": number is not None and point.value.missing > 0,
    }


def _dotted(panel: Panel) -> list[Point]:
    """The points that bear a dot: all where they are few, else the highest and those that no line reaches."""
    if len({point.x for point in panel.points}) <= _MOST_DOTS:
        return [point for point in panel.points if point.value.number is not None]
    by_series: dict[str, list[Point]] = {}
    for point in panel.points:
        by_series.setdefault(series(point), []).append(point)
    return [point for points in by_series.values() for point in _alone(points)] + _highest(panel)


def _alone(points: Sequence[Point]) -> list[Point]:
    known = [False, *(point.value.number is not None for point in points), False]
    around = zip(points, known, known[1:], known[2:], strict=False)
    return [point for point, before, here, after in around if here and not before and not after]


def _highest(panel: Panel) -> list[Point]:
    """The point with the largest number, if there is one series and a number above 0."""
    known = [point for point in panel.points if (point.value.number or 0) > 0]
    if not known or len({point.series for point in panel.points}) > 1:
        return []
    return [max(known, key=lambda point: point.value.number or 0)]
