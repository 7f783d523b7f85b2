"""The sections of a report file: what its page shows, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Mark = Literal["line", "bar", "area"]
Width = Literal["full", "two-thirds", "half", "third"]
Order = Literal["best", "worst", "both"]

BY_HOUR_OF_WEEK: Final = ("engagement.weekday", "engagement.hour", "engagement.type")
BY_TWEET: Final = ("tweet.id", "engagement.type")
MOST_ON_A_CARD: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """What all sections have."""

    title: str | None = None
    note: str | None = None
    width: Width = "full"
    """How much of the page it takes; in columns, its share of them."""


@dataclass(frozen=True, slots=True)
class Kpis(_Section):
    """Tiles with the totals of the report."""

    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart(_Section):
    """A chart of one grouping. `metrics` empty: all of the report's."""

    grouping: str
    metrics: tuple[str, ...] = ()
    mark: Mark | None = None
    """None: a line over time, bars over anything else and where they are stacked."""
    series: str | None = None
    """The `group_by` value that the colours tell apart, `engagement.type` for the metrics. None: the one that is not
    along the axis, unless `panels` takes it."""
    panels: str | None = None
    """The `group_by` value that has a small chart each. None: the metrics, or else what the series leave."""
    stack: bool = False


@dataclass(frozen=True, slots=True)
class Table(_Section):
    """A table of one grouping, a column a metric. `metrics` empty: all of the report's."""

    grouping: str
    metrics: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    """What stands before the metrics: `group_by` values of the grouping, `text`, `handle` and `label.NAME` of tweets.
    Empty: the values of the grouping."""
    sort: str | None = None
    """A metric or a `group_by` value; a `-` before it sorts the largest first."""
    limit: int | None = None
    totals: bool = False
    """Whether a last row has the totals over all rows of the grouping."""
    bars: tuple[str, ...] = ()
    shades: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    """The metrics that have a column with the change since the period compared with."""


@dataclass(frozen=True, slots=True)
class TopTweets(_Section):
    """Cards of the best or the worst tweets."""

    by: str
    """The metric or rate that ranks them."""
    metrics: tuple[str, ...]
    """The numbers on the cards."""
    order: Order = "best"
    limit: int = 3
    """How many; of each, where the order is both."""
    at_least: Mapping[str, float] = field(default_factory=dict)
    """Tweets with less than this of a metric are left out."""


@dataclass(frozen=True, slots=True)
class Heatmap(_Section):
    """Weekdays by hours of the day, in the report's time zone."""

    metric: str


@dataclass(frozen=True, slots=True)
class Text(_Section):
    """Markdown, in which `{{ ... }}` stands for values of the report."""

    markdown: str
    metrics: tuple[str, ...] = ()
    """What it names."""
    at: tuple[int, int] = (1, 1)
    """Line and column of the Markdown in the file, for errors that only the numbers bring out."""


@dataclass(frozen=True, slots=True)
class VegaLite(_Section):
    """A Vega-Lite specification, whose data are groupings of the report by their names."""

    spec: Mapping[str, Any]
    description: str | None = None
    at: tuple[int, int] = (1, 1)
    """Line and column of the specification in the file, for errors that only drawing brings out."""


@dataclass(frozen=True, slots=True)
class Columns(_Section):
    """Sections side by side."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page of paper."""


Section = Kpis | Chart | Table | TopTweets | Heatmap | Text | VegaLite | Columns | PageBreak


KINDS: Final[Mapping[str, type[Section]]] = {
    "kpis": Kpis,
    "chart": Chart,
    "table": Table,
    "top_tweets": TopTweets,
    "heatmap": Heatmap,
    "text": Text,
    "vega_lite": VegaLite,
}
"""What shows something itself, by its key in a report file; columns hold these, and page breaks part them."""


def each(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, and those in columns where the columns stand."""
    for section in sections:
        if isinstance(section, Columns):
            yield from each(section.sections)
        else:
            yield section


def measures_of(section: Section, metrics: Sequence[str]) -> tuple[str, ...]:
    """The names of what the section shows, of a report on these `metrics`."""
    match section:
        case Kpis() | Text():
            return section.metrics
        case Chart() | Table():
            return section.metrics or tuple(metrics)
        case TopTweets():
            return tuple(dict.fromkeys([section.by, *section.metrics, *section.at_least]))
        case Heatmap():
            return (section.metric,)
        case VegaLite() | PageBreak():
            return tuple(metrics) if isinstance(section, VegaLite) and groupings_drawn(section.spec) else ()
        case Columns():
            return tuple(dict.fromkeys(name for part in section.sections for name in measures_of(part, metrics)))


def groupings_drawn(spec: Mapping[str, Any]) -> set[str]:
    """The names of the groupings that a Vega-Lite specification draws from."""
    return _data_named(spec) - set(spec.get("datasets", ()))


def _data_named(part: object) -> set[str]:
    if isinstance(part, list | tuple):
        return {name for each in part for name in _data_named(each)}
    if not isinstance(part, Mapping):
        return set()
    data = part.get("data")
    own = {data["name"]} if isinstance(data, Mapping) and "name" in data and "values" not in data else set()
    return own.union(*(_data_named(each) for key, each in part.items() if key not in {"values", "datasets"}))


def groupings_of(sections: Iterable[Section]) -> Iterator[tuple[str, ...]]:
    """What sections divide by without a grouping of the report."""
    for section in each(sections):
        if isinstance(section, Heatmap):
            yield BY_HOUR_OF_WEEK
        if isinstance(section, TopTweets):
            yield BY_TWEET
