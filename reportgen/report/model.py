"""A computed report: what the renderers are handed. Numbers and words, no look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

import polars as pl

from reportgen.catalog import Measure
from reportgen.formula import is_whole
from reportgen.gaps import Gap
from reportgen.report.changes import NoChange
from reportgen.spec.period import Period
from reportgen.spec.sections import Mark

if TYPE_CHECKING:
    from reportgen.report.cards import CardsSection
    from reportgen.report.heatmap import HeatmapSection
    from reportgen.report.texts import TextSection
    from reportgen.report.vega_lite import VegaLiteSection
    from reportgen.spec.sections import PageBreak


@dataclass(frozen=True, slots=True)
class Value:
    """A number on the page: an int where only whole numbers can come out, a float otherwise, None for a gap or where
    a formula has no result.

    `missing` is how many tweets the number lacks: it is the sum over the others.
    """

    number: int | float | None
    missing: int = 0

    @classmethod
    def of(cls, measure: Measure, number: float | None, missing: int) -> Value:
        """The value of a computed row, in which counts are floats too."""
        if number is not None and is_whole(measure.expression):
            number = round(number)
        return cls(number, missing)


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of a value since the period compared with."""

    before: Value
    number: float | None
    """0.1 is a tenth more, or, `in_points`, the difference of two shares. None where `why` says why."""
    in_points: bool = False
    why: NoChange | None = None

    @classmethod
    def of(cls, measure: Measure, row: Mapping[str, Any]) -> Change:
        """The change in a row of `Compared.group`."""
        before = Value.of(measure, row["before"], row["before_missing"] or 0)
        return cls(before, row["change"], measure.format == "percent", NoChange(row["why"]) if row["why"] else None)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A tile: one measure over all tweets of the report."""

    measure: Measure
    value: Value
    tweets: int
    """How many tweets the report has: `value.missing` of them are not in the number."""
    change: Change | None = None
    """None where the report is compared with nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A section with its place on the page."""

    share: float = 1
    """How much of the page's width it takes."""


@dataclass(frozen=True, slots=True)
class KpiSection(Placed):
    title: str | None
    note: str | None
    kpis: tuple[Kpi, ...]


@dataclass(frozen=True, slots=True)
class TweetLabel:
    """How a tweet stands in a table: when it was posted (local), by whom, and where it is read."""

    id: str
    handle: str | None
    posted_at: datetime | None
    """In the report's time zone; None for tweets from before November 2010."""
    text: str | None = None
    """What it says, where the report's files tell."""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By name, such as `campaign`."""

    @property
    def url(self) -> str:
        name = self.handle.removeprefix("@") if self.handle else "i"
        return f"https://x.com/{name}/status/{self.id}"


Label = str | date | datetime | TweetLabel
"""The value of a `group_by` key: local `date` for days and the first day of weeks and months, local `datetime` for an
hour of a day, `str` for the rest (handle, weekday `Mon`, hour of the day `17`)."""


@dataclass(frozen=True, slots=True)
class Point:
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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: a key of the grouping, a measure, or the change of one."""

    label: str
    key: str | None
    """The `group_by` value, or None for a measure."""
    measure: Measure | None = None
    is_change: bool = False
    """Whether its cells are the changes of the measure."""
    bears: Literal["bar", "shade"] | None = None
    """What shows in its cells how large the numbers are; None where that is left to the numbers."""


@dataclass(frozen=True, slots=True)
class TableSection(Placed):
    title: str
    note: str | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Label | Value | Change, ...], ...]
    total_rows: int
    """How many rows the grouping has; `rows` are the first of them in the sort order."""
    sorted_by: str | None = None
    """The label of the column that orders the rows, where one does."""
    descending: bool = False
    unranked: int = 0
    """How many rows have no value in the column that orders them; they are the last."""
    on_paper: int | None = None
    """How many of `rows` paper shows; None for all, where the report file says how many it wants."""
    totals: tuple[Value | Change | None, ...] = ()
    """The totals over all rows of the grouping, shown or not, a place a column; empty where none are asked for."""


@dataclass(frozen=True, slots=True)
class ColumnsSection(Placed):
    """Sections side by side; their shares add up to that of the whole."""

    title: str | None
    note: str | None
    sections: tuple[PlacedSection, ...]


PlacedSection: TypeAlias = (
    "KpiSection | ChartSection | TableSection | CardsSection | HeatmapSection | TextSection | VegaLiteSection"
    " | ColumnsSection"
)
Section: TypeAlias = "PlacedSection | PageBreak"


@dataclass(frozen=True, slots=True)
class GapLine:
    """Tweets that lack the same metrics for the same reason."""

    metrics: tuple[str, ...]
    """Labels of the metrics that are missing; empty for all."""
    together: str | None
    """Words for those that need no naming one by one: `All tweets of @acme`."""
    tweets: tuple[TweetLabel, ...]
    """The others."""


@dataclass(frozen=True, slots=True)
class GapNote:
    """What is missing for one reason."""

    reason: str
    """What happened, in a sentence for the reader of the page."""
    lines: tuple[GapLine, ...]
    """Empty where the sentence says it all."""


@dataclass(frozen=True, slots=True)
class GroupingResult:
    """A grouping's rows: one value for each combination that the report covers, zeros included.

    `rows` has a column for each key of `group_by`, as the contract writes them, and `engagement.type`, `value`
    (Float64, null for a gap) and `missing` (how many tweets the value lacks).
    """

    name: str
    group_by: tuple[str, ...]
    measures: tuple[Measure, ...]
    """Those that `engagement.type` names, in their order."""
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Comparison:
    """The period compared with, over the same tweets: groupings under its own dates, and what is missing there."""

    period: Period
    groupings: tuple[GroupingResult, ...]
    gaps: tuple[Gap, ...]
    gap_notes: tuple[GapNote, ...]
    """Apart from those of the report's own period."""


@dataclass(frozen=True, slots=True)
class Report:
    name: str
    title: str
    timezone: ZoneInfo
    as_of: datetime
    """UTC."""
    period: Period | None
    """None on `totals`."""
    last_day: date
    """The last local day of the period; of `as_of` where there is no period. It names the files."""
    handles: tuple[str, ...]
    tweets: int
    sections: tuple[Section, ...]
    groupings: tuple[GroupingResult, ...]
    gaps: tuple[Gap, ...]
    gap_notes: tuple[GapNote, ...]
    remarks: tuple[str, ...]
    """Sentences on how to read the numbers: which hours count, what a metric covers."""
    complete: bool
    """Whether every call was answered, also those for the period compared with. Known gaps leave a report complete;
    failed calls do not."""
    shortfall: str | None
    """How many tweets lack numbers, in a sentence; None where none does."""
    known_at: datetime | None = None
    """How old (UTC) the numbers are that may have changed since, where X was not asked for them."""
    comparison: Comparison | None = None
    """None where the report is compared with nothing."""

    @property
    def stem(self) -> str:
        """What the names of its files have before the point."""
        return f"{self.name}-{self.last_day}"
