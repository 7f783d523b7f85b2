"""What of a chart of very many bars is drawn: the largest, as many as a page holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from reportgen.render.axes import place
from reportgen.render.look import Look
from reportgen.render.marks import series
from reportgen.render.vega import bar_step, lies_down
from reportgen.report.model import ChartSection, Value

_TALLEST: Final = 600
"""Pixels: twenty bars, and room for a heading and a legend beside them on one page of paper."""


def largest(section: ChartSection, look: Look) -> tuple[ChartSection, tuple[str, ...]]:
    """The chart with no more lying bars than fit, and the sentences that say so. Other charts stay as they are.

    The largest are those with the largest sums of the first measure; they keep their order.
    """
    if not lies_down(section):
        return section, ()
    first = section.panels[0]
    all_series = by_size((series(point), point.value) for point in first.points)
    all_places = by_size((place(point.x), point.value) for point in first.points)
    few_series = all_series[: len(look.palette.series)]
    few_places = all_places[: _TALLEST // bar_step(len(few_series))]
    panels = tuple(
        replace(panel, points=tuple(p for p in panel.points if series(p) in few_series and place(p.x) in few_places))
        for panel in section.panels
    )
    cuts = ((few_places, all_places, ""), (few_series, all_series, " series"))
    measure, whole = first.measure.label.lower(), look.voice.whole
    return replace(section, panels=panels), tuple(
        f"{len(few)} of {whole(len(all_))}{what}, the largest by {measure}." for few, all_, what in cuts if few != all_
    )


def by_size(values: Iterable[tuple[str, Value]]) -> list[str]:
    """The names, first the one with the largest sum."""
    sums: dict[str, float] = {}
    for name, value in values:
        sums[name] = sums.get(name, 0) + (value.number or 0)
    return sorted(sums, key=lambda name: -sums[name])
