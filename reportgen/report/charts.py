"""A chart of the report file into panels of points. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from reportgen.catalog import Measure, group_by_key
from reportgen.report.changes import Compared, NoChange
from reportgen.report.labels import hour_label, label
from reportgen.report.measures import Measured
from reportgen.report.model import Change, Label, Placed, TweetLabel, Value
from reportgen.spec.chart_roles import METRIC_KEY, Roles, roles
from reportgen.spec.period import Period
from reportgen.spec.sections import Chart, Mark
from reportgen.voice.voice import Voice

_BESIDE_NOTHING: Final = frozenset({NoChange.NO_PARTNER, NoChange.OTHER_LENGTH})
"""Why a point of the period before has no place beside one of the period."""


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart."""

    x: Label
    series: str | None
    """What the point's line is called (a handle, a weekday ...), None where there is one line."""
    value: Value


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot of a chart."""

    measure: Measure
    """What its numbers are; where the series are metrics, the first of them, and all are written like it."""
    points: tuple[Point, ...]
    name: str | None = None
    """What the panel is of, a handle or a tweet; None where it is all that is measured."""
    of_series: Mapping[str, Measure] = field(default_factory=dict)
    """The metrics that are the series, by the names of these; empty where the series are something else."""
    before: tuple[Point, ...] = ()
    """What it was in the period compared with, each point at the x that it meets; of a lone line over time."""

    @property
    def title(self) -> str:
        """What stands above the panel; empty where its series say what they are."""
        return self.name or ("" if self.of_series else self.measure.label)

    def measure_of(self, point: Point) -> Measure:
        """What the number of the point is."""
        return self.of_series.get(point.series or "", self.measure)


@dataclass(frozen=True, slots=True)
class ChartSection(Placed):
    """Panels that are all over the same x."""

    title: str
    note: str | None
    mark: Mark
    x: str
    """The `group_by` value along the x axis; `engagement.hour` with `datetime` labels where days are in it too."""
    panels: tuple[Panel, ...]
    stacked: bool = False
    """Whether the series stand on each other: counts, none of them negative."""
    beside: bool = False
    """Whether the panels are small ones that stand beside each other, to be compared."""
    periods: tuple[Period, Period] | None = None
    """The report's and the one compared with, where the panels have points `before`."""


def chart_section(
    chart: Chart,
    group_by: Sequence[str],
    measures: Sequence[Measure],
    measured: Measured,
    tweets: Mapping[str, TweetLabel],
    voice: Voice,
    compared: Compared | None = None,
) -> ChartSection:
    """A panel a measure, unless the file gives its panels or its colours to something else."""
    has = roles(group_by, len(measures), chart.series, chart.panels)
    keys = [*has.x, *(key for key in (has.series, has.panels) if key not in (None, METRIC_KEY))]
    along = group_by_key(has.x[-1])
    mark = chart.mark or ("line" if along.time and not chart.stack else "bar")
    # One quieter line beside one line: among several it would be one more to tell apart.
    beside_line = compared if along.time and mark != "bar" and has.series is None else None
    rows = (beside_line or measured).group([*keys, METRIC_KEY], measures)
    named = {measure.name: measure for measure in measures}
    series, panels = (_names(rows, key, named, tweets, voice) for key in (has.series, has.panels))
    title = f"{measures[0].label} by {along.label.lower()}" if len(measures) == 1 else f"By {along.label.lower()}"
    return ChartSection(
        title=chart.title or title,
        note=chart.note,
        mark=mark,
        x=along.name,
        panels=tuple(_panels(rows, has, _Words(named, tweets, series, panels))),
        stacked=chart.stack,
        beside=chart.panels is not None or has.panels not in (None, METRIC_KEY),
        periods=beside_line.periods if beside_line else None,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What a chart's parts are called on the page."""

    measures: Mapping[str, Measure]
    tweets: Mapping[str, TweetLabel]
    series: Mapping[str, str]
    panels: Mapping[str, str]


def _panels(rows: pl.DataFrame, has: Roles, words: _Words) -> Iterator[Panel]:
    if rows.is_empty():
        yield from (Panel(measure, ()) for measure in words.measures.values())
        return
    of_series = {name: words.measures[value] for value, name in words.series.items() if has.series == METRIC_KEY}
    for part in rows.partition_by(has.panels, maintain_order=True) if has.panels else [rows]:
        first = part.row(0, named=True)
        name = None if has.panels in (None, METRIC_KEY) else words.panels[first[has.panels]]
        before = tuple(_points_before(part, has, words)) if "before" in part.columns else ()
        yield Panel(words.measures[first[METRIC_KEY]], tuple(_points(part, has, words)), name, of_series, before)


def _points(rows: pl.DataFrame, has: Roles, words: _Words) -> Iterator[Point]:
    for row in rows.iter_rows(named=True):
        value = Value.of(words.measures[row[METRIC_KEY]], row["value"], row["missing"])
        yield Point(_x(has.x, row, words.tweets), words.series[row[has.series]] if has.series else None, value)


def _points_before(rows: pl.DataFrame, has: Roles, words: _Words) -> Iterator[Point]:
    for row in rows.iter_rows(named=True):
        change = Change.of(words.measures[row[METRIC_KEY]], row)
        if change.why not in _BESIDE_NOTHING:
            yield Point(_x(has.x, row, words.tweets), None, change.before)


def _x(x: Sequence[str], row: Mapping[str, str], tweets: Mapping[str, TweetLabel]) -> Label:
    return hour_label(row[x[0]], row[x[1]]) if len(x) == 2 else label(x[0], row[x[0]], tweets)


def _names(
    rows: pl.DataFrame,
    key: str | None,
    measures: Mapping[str, Measure],
    tweets: Mapping[str, TweetLabel],
    voice: Voice,
) -> dict[str, str]:
    """What each value of a key is called: never two alike, or their lines would be one."""
    if key is None:
        return {}
    values = rows[key].unique(maintain_order=True).cast(pl.String).to_list()
    names = {
        value: measures[value].label if key == METRIC_KEY else _name(label(key, value, tweets), voice)
        for value in values
    }
    often = Counter(names.values())
    return {value: name if often[name] == 1 else f"{name} ({value})" for value, name in names.items()}


def _name(shown: Label, voice: Voice) -> str:
    if isinstance(shown, TweetLabel):
        return voice.long_moment(shown.posted_at) if shown.posted_at else shown.id
    return voice.long_day(shown) if isinstance(shown, date) else shown
