"""A chart as a page shows it: its panels drawn for wide pages and for phones, its legend and its small print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from reportgen.render.describe import described
from reportgen.render.largest import by_size, largest
from reportgen.render.look import Look
from reportgen.render.marks import MOST_MARKED, Size, Style, series
from reportgen.render.numbers import ONLY_SOME, SEE_NOTES, UNKNOWN_EXPLAINED, dash_explained, explained, is_partial
from reportgen.render.palette import Palette
from reportgen.render.svg import drawn
from reportgen.render.vega import gutter, lies_down, specification
from reportgen.report.model import ChartSection, Panel, Value
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Drawing:
    """One panel: what it measures, and its picture in several widths, of which the style sheet shows one."""

    title: str
    wide: Markup
    narrow: Markup
    paper: Markup | None = None
    """As wide as its place on paper, where that is a part of the sheet; None where it is the whole."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A panel with nothing to draw: what it measures, and what there is to say about it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, drawn."""

    panels: tuple[Drawing | Sentence, ...]
    legend: tuple[tuple[str, str], ...]
    """Name and colour of each series; empty where there is one."""
    notes: tuple[str, ...]
    """What the marks in it mean."""


_WIDE: Final = 720
_NARROW: Final = 350
_GAP: Final = 20
"""Pixels between charts that stand side by side on paper."""
_HEIGHT_ALONE: Final = {_WIDE: 190, _NARROW: 180}
_HEIGHT_AMONG_OTHERS: Final = {_WIDE: 120, _NARROW: 120}


def figure(section: ChartSection, name: str, look: Look) -> Figure:
    """The chart; `name` makes the ids in its pictures unique on the page."""
    shown, cuts = largest(section, look)
    plotted = replace(shown, panels=tuple(panel for panel in shown.panels if not _instead(panel, look.voice)))
    style = chart_style(plotted, look)
    panels = enumerate(shown.panels, 1)
    return Figure(
        panels=tuple(_panel(plotted, panel, style, f"{name}-{number}") for number, panel in panels),
        legend=_legend(style),
        notes=(*cuts, *_notes(plotted, style)) if plotted.panels else (),
    )


def chart_style(section: ChartSection, look: Look) -> Style:
    """What the panels of the chart share."""
    places = {point.x for panel in section.panels for point in panel.points}
    marks_partial = len(places) <= MOST_MARKED and _some_partial(_values(section))
    return Style(look, _colours(section, look.palette), gutter(section, look.voice), marks_partial)


def _panel(section: ChartSection, panel: Panel, style: Style, name: str) -> Drawing | Sentence:
    voice = style.look.voice
    if text := _instead(panel, voice):
        return Sentence(panel.measure.label, text)
    heights = _HEIGHT_ALONE if len(section.panels) == 1 else _HEIGHT_AMONG_OTHERS
    text = described(section, panel, voice)

    def draw(width: int, height: int, form: str) -> Markup:
        return drawn(specification(section, panel, style, Size(width, height)), f"{name}-{form}", text)

    return Drawing(
        panel.measure.label,
        wide=draw(_WIDE, heights[_WIDE], "wide"),
        narrow=draw(_NARROW, heights[_NARROW], "narrow"),
        paper=draw(round(_WIDE * section.share) - _GAP, heights[_NARROW], "paper") if section.share < 1 else None,
    )


def _instead(panel: Panel, voice: Voice) -> str | None:
    """What is said instead of an empty frame. None where there is something to draw."""
    values = [point.value for point in panel.points]
    known = [value.number for value in values if value.number is not None]
    missing = any(value.missing for value in values)
    if any(known):
        return None
    if known:
        return f"All zero where known. {SEE_NOTES}" if missing else "All zero."
    if missing:
        return UNKNOWN_EXPLAINED
    return f"{explained(panel.measure, values[0], voice)}." if values else "Nothing to show."


def _colours(section: ChartSection, palette: Palette) -> dict[str, str]:
    """A colour for each series; where they are too many, for those with the largest sums of the first measure."""
    names = dict.fromkeys(series(point) for panel in section.panels for point in panel.points)
    if len(names) <= 1:
        return dict.fromkeys(names, palette.accent)
    coloured = by_size((series(point), point.value) for point in section.panels[0].points)[: len(palette.series)]
    colours = iter(palette.series)
    return {name: next(colours) if name in coloured else palette.others for name in names}


def _legend(style: Style) -> tuple[tuple[str, str], ...]:
    grey = style.look.palette.others
    if len(style.colours) <= 1:
        return ()
    named = [(name, colour) for name, colour in style.colours.items() if colour != grey]
    others = [name for name in style.colours if name not in dict(named)]
    if not others:
        return tuple(named)
    return (*named, (others[0] if len(others) == 1 else f"{len(others)} more", grey))


def _values(section: ChartSection) -> list[Value]:
    return [point.value for panel in section.panels for point in panel.points]


def _some_partial(values: Sequence[Value]) -> bool:
    known = [value for value in values if value.number is not None]
    return any(map(is_partial, known)) and not all(map(is_partial, known))


def _notes(section: ChartSection, style: Style) -> Iterator[str]:
    values = _values(section)
    if style.marks_partial:
        bars = section.mark == "bar" or lies_down(section)
        yield f"{'Paler bars' if bars else 'Hollow points'} are {ONLY_SOME}."
    elif any(map(is_partial, values)):
        yield f"{'Some numbers are' if _some_partial(values) else 'Every number is'} {ONLY_SOME}."
    dash = dash_explained((panel.measure, point.value) for panel in section.panels for point in panel.points)
    if dash:
        yield dash
    if any(value.missing for value in values):
        yield SEE_NOTES
