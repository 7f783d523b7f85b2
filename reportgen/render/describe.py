"""A chart in a sentence or two, for those who hear the page instead of seeing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from reportgen.catalog import group_by_key
from reportgen.render.labels import label_text
from reportgen.render.numbers import counted, is_partial, written
from reportgen.render.signs import UNKNOWN
from reportgen.render.stacks import outline, together
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.model import Label, Value
from reportgen.voice.voice import Voice

_FEW: Final = 6


def described(section: ChartSection, panel: Panel, voice: Voice) -> str:
    """What the panel shows: the measure, the range, the lowest and the highest value of each series; of stacks also
    what all of it comes to, and its parts.
    """
    of = f"{panel.name}: " if panel.name else ""
    labels = [measure.label for measure in panel.of_series.values()] or [panel.measure.label]
    top = outline(section, panel)
    unknown = sum(point.value.number is None for point in top.points)
    # What is stacked says so of its sum.
    partial = 0 if section.stacked else sum(is_partial(point.value) for point in panel.points)
    end = f" {counted(unknown, 'value', voice)} not known." if unknown else ""
    end += f" {counted(partial, 'value', voice)} from some of the tweets only." if partial else ""
    shown = _parts(section, panel, voice) if section.stacked else _all_series(section, panel, voice)
    return f"{of}{', '.join(labels)} by {_by(section, panel, voice)}: {shown}.{end}{_before(section, panel, voice)}"


def _before(section: ChartSection, panel: Panel, voice: Voice) -> str:
    """What the line of the period compared with shows."""
    known = [point for point in panel.before if point.value.number is not None]
    if not section.periods or not known:
        return ""
    low, high = (_written(panel, some(known, key=_number), voice) for some in (min, max))
    return f" {section.periods[1].label_in(voice)}: lowest {low}, highest {high}."


def _all_series(section: ChartSection, panel: Panel, voice: Voice) -> str:
    series = list(dict.fromkeys(point.series for point in panel.points))
    sentences = [_series(section, panel, name, voice) for name in series[:_FEW]]
    if len(series) > _FEW:
        sentences.append(f"{len(series) - _FEW} more")
    return "; ".join(sentences)


def _parts(section: ChartSection, panel: Panel, voice: Voice) -> str:
    """`in all 12,000, lowest 800 on 9 November, highest ...; of it @acme 7,000, @acme_help 5,000`."""
    top = outline(section, panel)
    of_series: dict[str | None, list[Value]] = {}
    for point in panel.points:
        of_series.setdefault(point.series, []).append(point.value)

    def total(values: Iterable[Value]) -> str:
        return written(panel.measure, together(values), voice).replace(UNKNOWN, "not known")

    parts = ", ".join(f"{name} {total(values)}" for name, values in of_series.items())
    known = ", as far as known" if any(point.value.missing for point in top.points) else ""
    in_all = total(point.value for point in top.points)
    return f"in all {in_all}{known}, {_series(section, top, None, voice)}; of it {parts}"


def _by(section: ChartSection, panel: Panel, voice: Voice) -> str:
    days = [point.x for point in panel.points if isinstance(point.x, date)]
    kind = group_by_key(section.x).label.lower()
    if not days:
        return kind
    if section.x == "engagement.month":
        return f"{kind}, {voice.month_and_year(days[0])} to {voice.month_and_year(days[-1])}"
    return f"{kind}, {voice.span(days[0], days[-1])}"


def _series(section: ChartSection, panel: Panel, series: str | None, voice: Voice) -> str:
    points = [point for point in panel.points if point.series == series]
    known = [point for point in points if point.value.number is not None]
    name = f"{series} " if series else ""
    if len(points) <= _FEW and not isinstance(points[0].x, date):
        return name + ", ".join(
            f"{label_text(point.x, section.x, date.max, voice)} {_written(panel, point, voice)}" for point in points
        )
    if not known:
        return f"{name}not known"
    lowest, highest = min(known, key=_number), max(known, key=_number)
    if _number(lowest) == _number(highest):
        return f"{name}{_written(panel, lowest, voice)} throughout"
    low, high = (
        f"{_written(panel, point, voice)} {_when(point.x, section.x, points, voice)}" for point in (lowest, highest)
    )
    return f"{name}lowest {low}, highest {high}"


def _number(point: Point) -> float:
    return point.value.number or 0


def _written(panel: Panel, point: Point, voice: Voice) -> str:
    return written(panel.measure_of(point), point.value, voice).replace(UNKNOWN, "not known")


def _when(label: Label, key: str, points: Sequence[Point], voice: Voice) -> str:
    """`on 11 November`, with the year where the points are of more than one."""
    if not isinstance(label, date):
        return f"{'on' if key == 'engagement.weekday' else 'at'} {label_text(label, key, date.max, voice)}"
    years = {point.x.year for point in points if isinstance(point.x, date)}
    day = voice.long_day(label) if len(years) > 1 else voice.day_in_full(label)
    if isinstance(label, datetime):
        return f"at {voice.clock(label)} on {day}"
    if key == "engagement.month":
        return f"in {voice.month_and_year(label)}"
    return f"in the week of {day}" if key == "engagement.week" else f"on {day}"
