"""A heatmap of the report file into cells: weekdays by hours of the day. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.catalog import Measure
from reportgen.formula import degree
from reportgen.report.buckets import WEEKDAYS
from reportgen.report.measures import Measured
from reportgen.report.model import Placed, Value
from reportgen.spec.sections import BY_HOUR_OF_WEEK, Heatmap

HOURS = 24


@dataclass(frozen=True, slots=True)
class HeatmapSection(Placed):
    """A row a weekday, in the order of the week, and 24 cells in each."""

    title: str
    note: str | None
    measure: Measure
    weekdays: tuple[str, ...]
    """As the contract writes them: `Mon`."""
    rows: tuple[tuple[Value | None, ...], ...]
    """Of the average hour of that name; None where the period has none. A float also of a count."""
    averaged: bool
    """Whether the numbers are averages of several hours. Ratios are not: they are the ratio of the sums."""


def heatmap_section(heatmap: Heatmap, measure: Measure, measured: Measured, first_weekday: int) -> HeatmapSection:
    """The numbers of each local hour of the week; weeks begin with `first_weekday`, 0 for Monday."""
    weekdays = (*WEEKDAYS[first_weekday:], *WEEKDAYS[:first_weekday])
    times = BY_HOUR_OF_WEEK[:2]
    hours: Mapping[tuple[str, str], int] = {
        (day, hour): number for day, hour, number in measured.buckets.group_by(*times).len().iter_rows()
    }
    grows = degree(measure.expression)
    cells = {
        (row[times[0]], row[times[1]]): _cell(row["value"], row["missing"], hours[row[times[0]], row[times[1]]], grows)
        for row in measured.group(BY_HOUR_OF_WEEK, [measure]).iter_rows(named=True)
    }
    return HeatmapSection(
        title=heatmap.title or f"{measure.label} by weekday and hour",
        note=heatmap.note,
        measure=measure,
        weekdays=weekdays,
        rows=tuple(tuple(cells.get((day, f"{hour:02}")) for hour in range(HOURS)) for day in weekdays),
        averaged=bool(grows) and max(hours.values(), default=1) > 1,
    )


def _cell(number: float | None, missing: int, hours: int, grows: int | None) -> Value:
    """The measure of the average hour: what grows with its counts is divided by as many hours as there were."""
    return Value(None if number is None else number / hours ** (grows or 0), missing)
