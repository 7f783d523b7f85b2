"""What of a chart of very many parts is drawn: the largest, as many as a page holds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportgen.render.axes import place
from reportgen.render.look import Look
from reportgen.render.marks import series
from reportgen.render.stacks import together
from reportgen.render.vega import bar_step, lies_down
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Value
from reportgen.voice.voice import Voice

_TALLEST: Final = 600
"""Pixels: twenty bars, and room for a heading and a legend beside them on one page of paper."""
_TALLEST_BESIDE: Final = 300
_MOST_PANELS: Final = 12


def largest(section: ChartSection, look: Look) -> tuple[ChartSection, tuple[str, ...]]:
    """The chart with no more panels, series and lying bars than fit, and the sentences that say so.

    The largest are those with the largest sums of the first measure; they keep their order. In stacks, what is left of
    the series stands on top as one, so that the heights stay what they are.
    """
    sentences: list[str] = []
    for cut in (_panels, _stacked if section.stacked else _series, _bars):
        section, sentence = cut(section, look)
        sentences = [*filter(None, [sentence]), *sentences]
    return section, tuple(sentences)


def by_size(values: Iterable[tuple[str, Value]]) -> list[str]:
    """The names, first the one with the largest sum."""
    sums: dict[str, float] = {}
    for name, value in values:
        sums[name] = sums.get(name, 0) + (value.number or 0)
    return sorted(sums, key=lambda name: -sums[name])


def ranked_series(section: ChartSection) -> list[str]:
    """The names of the series, the largest first."""
    first = section.panels[0].measure
    points = (point for panel in section.panels if panel.measure == first for point in panel.points)
    return by_size((series(point), point.value) for point in points)


def _panels(section: ChartSection, look: Look) -> tuple[ChartSection, str | None]:
    if not section.beside or len(section.panels) <= _MOST_PANELS:
        return section, None
    of_panels = [(str(number), panel) for number, panel in enumerate(section.panels)]
    ranked = by_size((number, point.value) for number, panel in of_panels for point in _of_the_first(section, panel))
    few = tuple(panel for number, panel in of_panels if number in ranked[:_MOST_PANELS])
    return replace(section, panels=few), _sentence(_MOST_PANELS, len(ranked), "", _by(section), look.voice)


def _series(section: ChartSection, look: Look) -> tuple[ChartSection, str | None]:
    """Bars of too many series would be too thin to be told apart."""
    every, most = ranked_series(section), len(look.palette.series)
    if len(every) <= most or not (section.mark == "bar" or lies_down(section)):
        return section, None
    by = "" if section.panels[0].of_series else _by(section)
    shown = _only(section, lambda point: series(point) in every[:most])
    return shown, _sentence(most, len(every), " series", by, look.voice)


def _stacked(section: ChartSection, look: Look) -> tuple[ChartSection, str | None]:
    every, most = ranked_series(section), len(look.palette.series)
    if len(every) <= most + 1:
        return section, None
    rest = f"{look.voice.whole(len(every) - most)} others"
    panels = tuple(_folded(panel, every[:most], rest) for panel in section.panels)
    return replace(section, panels=panels), None


def _folded(panel: Panel, few: Sequence[str], rest: str) -> Panel:
    """The panel with all other series added up into one, which comes last."""
    others: dict[str, list[Point]] = {}
    for point in panel.points:
        if series(point) not in few:
            others.setdefault(place(point.x), []).append(point)
    sums = (Point(points[0].x, rest, together(point.value for point in points)) for points in others.values())
    return replace(panel, points=(*(point for point in panel.points if series(point) in few), *sums))


def _bars(section: ChartSection, look: Look) -> tuple[ChartSection, str | None]:
    if not lies_down(section):
        return section, None
    series_at_a_place = 1 if section.stacked else len({series(point) for point in section.panels[0].points})
    most = (_TALLEST_BESIDE if section.beside else _TALLEST) // bar_step(series_at_a_place)
    points = (point for panel in section.panels for point in _of_the_first(section, panel))
    every = by_size((place(point.x), point.value) for point in points)
    if len(every) <= most:
        return section, None
    shown = _only(section, lambda point: place(point.x) in every[:most])
    return shown, _sentence(most, len(every), "", _by(section), look.voice)


def _of_the_first(section: ChartSection, panel: Panel) -> Iterator[Point]:
    """The panel's points that are of the first measure; in stacks, what stands on each other counts together."""
    first = section.panels[0].measure
    return (
        point
        for point in panel.points
        if panel.measure_of(point) == first or (section.stacked and panel.measure == first)
    )


def _by(section: ChartSection) -> str:
    first = section.panels[0]
    return " in all" if section.stacked and first.of_series else f" by {first.measure.label.lower()}"


def _only(section: ChartSection, stays: Callable[[Point], bool]) -> ChartSection:
    panels = (replace(panel, points=tuple(filter(stays, panel.points))) for panel in section.panels)
    return replace(section, panels=tuple(panels))


def _sentence(few: int, every: int, what: str, by: str, voice: Voice) -> str:
    return f"{voice.whole(few)} of {voice.whole(every)}{what}, the largest{by}."
