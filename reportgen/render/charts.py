"""A chart as a page shows it: its panels drawn for wide pages and for phones, its legend and its small print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from reportgen.render.describe import described
from reportgen.render.marks import Style, series
from reportgen.render.numbers import dash_explained, is_partial
from reportgen.render.palette import ACCENT, OTHERS, SERIES
from reportgen.render.svg import drawn
from reportgen.render.vega import Size, gutter, lies_down, specification
from reportgen.report.model import ChartSection, Panel, Value


@dataclass(frozen=True, slots=True)
class Drawing:
    """One panel: what it measures, and its picture in two widths, of which the style sheet shows one."""

    title: str
    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, drawn."""

    panels: tuple[Drawing, ...]
    legend: tuple[tuple[str, str], ...]
    """Name and colour of each series; empty where there is one."""
    notes: tuple[str, ...]
    """What the marks in it mean."""


_WIDE: Final = 840
_NARROW: Final = 350
_HEIGHT_ALONE: Final = {_WIDE: 210, _NARROW: 180}
_HEIGHT_AMONG_OTHERS: Final = {_WIDE: 130, _NARROW: 120}


def figure(section: ChartSection, name: str) -> Figure:
    """The chart; `name` makes the ids in its pictures unique on the page."""
    values = [point.value for panel in section.panels for point in panel.points]
    style = chart_style(section)
    return Figure(
        panels=tuple(
            Drawing(
                panel.measure.label,
                wide=_draw(section, panel, style, _WIDE, f"{name}-{number}-wide"),
                narrow=_draw(section, panel, style, _NARROW, f"{name}-{number}-narrow"),
            )
            for number, panel in enumerate(section.panels, 1)
            if panel.points
        ),
        legend=_legend(style),
        notes=tuple(_notes(section, values)),
    )


def chart_style(section: ChartSection) -> Style:
    """What the panels of the chart share."""
    values = [point.value for panel in section.panels for point in panel.points]
    return Style(_colours(section), gutter(section), marks_partial=_some_partial(values))


def _draw(section: ChartSection, panel: Panel, style: Style, width: int, name: str) -> Markup:
    heights = _HEIGHT_ALONE if len(section.panels) == 1 else _HEIGHT_AMONG_OTHERS
    return drawn(specification(section, panel, style, Size(width, heights[width])), name, described(section, panel))


def _colours(section: ChartSection) -> dict[str, str]:
    """A colour for each series; where they are too many, for those with the largest sums of the first measure."""
    sums = {series(point): 0.0 for panel in section.panels for point in panel.points}
    for point in section.panels[0].points:
        sums[series(point)] += point.value.number or 0
    if len(sums) <= 1:
        return dict.fromkeys(sums, ACCENT)
    largest = sorted(sums, key=lambda name: -sums[name])[: len(SERIES)]
    colours = iter(SERIES)
    return {name: next(colours) if name in largest else OTHERS for name in sums}


def _legend(style: Style) -> tuple[tuple[str, str], ...]:
    if len(style.colours) <= 1:
        return ()
    named = [(name, colour) for name, colour in style.colours.items() if colour != OTHERS]
    others = len(style.colours) - len(named)
    return (*named, (f"{others} more", OTHERS)) if others else tuple(named)


def _some_partial(values: Sequence[Value]) -> bool:
    known = [value for value in values if value.number is not None]
    return any(map(is_partial, known)) and not all(map(is_partial, known))


def _notes(section: ChartSection, values: Sequence[Value]) -> Iterator[str]:
    bars = section.mark == "bar" or lies_down(section)
    if _some_partial(values):
        yield f"{'Paler bars' if bars else 'Hollow points'} lack some of the tweets; see the notes."
    elif any(map(is_partial, values)):
        yield "Every number lacks some of the tweets; see the notes."
    dash = dash_explained((panel.measure, point.value) for panel in section.panels for point in panel.points)
    if dash:
        yield dash
    if not values:
        yield "Nothing to show."
