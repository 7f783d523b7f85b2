"""A chart in a sentence or two, for those who hear the page instead of seeing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from reportgen import dates
from reportgen.render.labels import label_text
from reportgen.render.numbers import UNKNOWN, written
from reportgen.report.model import ChartSection, Label, Panel, Point
from reportgen.spec.words import counted

_BY: Final[Mapping[str, str]] = {
    "engagement.day": "day",
    "engagement.hour": "hour",
    "engagement.week": "week",
    "engagement.month": "month",
    "engagement.weekday": "weekday",
    "tweet.id": "tweet",
}
_FEW: Final = 6


def described(section: ChartSection, panel: Panel) -> str:
    """What the panel shows: the measure, the range, the lowest and the highest value of each series."""
    series = list(dict.fromkeys(point.series for point in panel.points))
    sentences = [_series(section, panel, name) for name in series[:_FEW]]
    if len(series) > _FEW:
        sentences.append(f"{len(series) - _FEW} more")
    unknown = sum(point.value.number is None for point in panel.points)
    end = f" {counted(unknown, 'value')} not known." if unknown else ""
    return f"{panel.measure.label} by {_by(section, panel)}: {'; '.join(sentences)}.{end}"


def _by(section: ChartSection, panel: Panel) -> str:
    days = [point.x for point in panel.points if isinstance(point.x, date)]
    kind = _BY.get(section.x, section.x)
    if not days:
        return kind
    if section.x == "engagement.month":
        return f"{kind}, {_month(days[0])} to {_month(days[-1])}"
    return f"{kind}, {dates.span(days[0], days[-1])}"


def _series(section: ChartSection, panel: Panel, series: str | None) -> str:
    points = [point for point in panel.points if point.series == series]
    known = [point for point in points if point.value.number is not None]
    name = f"{series} " if series else ""
    if len(points) <= _FEW and not isinstance(points[0].x, date):
        return name + ", ".join(f"{_name(point.x, section.x)} {_written(panel, point)}" for point in points)
    if not known:
        return f"{name}not known"
    lowest, highest = min(known, key=_number), max(known, key=_number)
    if _number(lowest) == _number(highest):
        return f"{name}{_written(panel, lowest)} throughout"
    low, high = (f"{_written(panel, point)} {_when(point.x, section.x, points)}" for point in (lowest, highest))
    return f"{name}lowest {low}, highest {high}"


def _number(point: Point) -> float:
    return point.value.number or 0


def _written(panel: Panel, point: Point) -> str:
    return written(panel.measure, point.value).replace(UNKNOWN, "not known")


def _name(label: Label, key: str) -> str:
    return label_text(label, key, date.max)


def _month(day: date) -> str:
    return f"{dates.MONTHS[day.month - 1]} {day.year}"


def _when(label: Label, key: str, points: Sequence[Point]) -> str:
    """`on 11 November`, with the year where the points are of more than one."""
    if not isinstance(label, date):
        return f"{'on' if key == 'engagement.weekday' else 'at'} {_name(label, key)}"
    years = {point.x.year for point in points if isinstance(point.x, date)}
    day = dates.long_day(label) if len(years) > 1 else f"{label.day} {dates.MONTHS[label.month - 1]}"
    if isinstance(label, datetime):
        return f"at {dates.clock(label)} on {day}"
    if key == "engagement.month":
        return f"in {_month(label)}"
    return f"in the week of {day}" if key == "engagement.week" else f"on {day}"
