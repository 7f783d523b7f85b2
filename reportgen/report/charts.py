"""A chart of the report file into panels of points. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from reportgen import dates
from reportgen.catalog import GROUP_BY, Measure
from reportgen.report.labels import hour_label, label
from reportgen.report.measures import Measured
from reportgen.report.model import ChartSection, Label, Panel, Point, TweetLabel, Value
from reportgen.spec.sections import Chart

_HOURS: Final[tuple[str, ...]] = ("engagement.day", "engagement.hour")


def chart_section(
    chart: Chart,
    group_by: Sequence[str],
    measures: Sequence[Measure],
    measured: Measured,
    tweets: Mapping[str, TweetLabel],
) -> ChartSection:
    """One panel a measure. Time runs along x where the grouping has one; a second key makes the series."""
    x, series = chart_axes(group_by)
    keys = [*x, *series]
    rows = measured.group([*keys, "engagement.type"], measures)
    title = chart.title or f"{measures[0].label} by {_words(x)}"
    return ChartSection(
        title=title if chart.title or len(measures) == 1 else f"By {_words(x)}",
        note=chart.note,
        mark=chart.mark or ("line" if GROUP_BY[x[-1]].time else "bar"),
        x=x[-1],
        panels=tuple(
            Panel(
                measure,
                tuple(_points(rows.filter(pl.col("engagement.type") == measure.name), measure, x, series, tweets)),
            )
            for measure in measures
        ),
    )


def _points(
    rows: pl.DataFrame, measure: Measure, x: Sequence[str], series: Sequence[str], tweets: Mapping[str, TweetLabel]
) -> Iterator[Point]:
    names = _series_names(rows, series, tweets)
    for row in rows.iter_rows(named=True):
        value = Value.of(measure, row["value"], row["missing"])
        yield Point(_x(x, row, tweets), names[row[series[0]]] if series else None, value)


def chart_axes(group_by: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys along x, and those of the series. A day and its hours are one axis."""
    keys = [key for key in group_by if key != "engagement.type"]
    times = tuple(key for key in keys if GROUP_BY[key].time)
    x = _HOURS if set(_HOURS) <= set(times) else (times or tuple(keys))[:1]
    return x, tuple(key for key in keys if key not in x)


def _words(x: Sequence[str]) -> str:
    return GROUP_BY[x[-1]].label.lower()


def _x(x: Sequence[str], row: Mapping[str, str], tweets: Mapping[str, TweetLabel]) -> Label:
    return hour_label(row[x[0]], row[x[1]]) if len(x) == 2 else label(x[0], row[x[0]], tweets)


def _series_names(rows: pl.DataFrame, series: Sequence[str], tweets: Mapping[str, TweetLabel]) -> dict[str, str]:
    """What each value of the series' key is called: never two alike, or their lines would be one."""
    if not series:
        return {}
    values = rows[series[0]].unique(maintain_order=True).cast(pl.String).to_list()
    names = {value: _series_name(label(series[0], value, tweets)) for value in values}
    often = Counter(names.values())
    return {value: name if often[name] == 1 else f"{name} ({value})" for value, name in names.items()}


def _series_name(shown: Label) -> str:
    if isinstance(shown, TweetLabel):
        return dates.long_moment(shown.posted_at) if shown.posted_at else shown.id
    return dates.long_day(shown) if isinstance(shown, date) else shown
