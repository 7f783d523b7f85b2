"""A computed report: what the renderers are handed. Numbers and words, no look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

import polars as pl

from reportgen.catalog import Measure
from reportgen.formula import is_whole
from reportgen.gaps import Gap
from reportgen.report.changes import NoChange
from reportgen.spec.period import Period
from reportgen.timelines import Timeline

if TYPE_CHECKING:
    from reportgen.report.cards import CardsSection
    from reportgen.report.charts import ChartSection
    from reportgen.report.heatmap import HeatmapSection
    from reportgen.report.kpis import KpiSection
    from reportgen.report.tables import TableSection
    from reportgen.report.texts import MailTexts, TextSection
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A section with its place on the page."""

    share: float = 1
    """How much of the page's width it takes."""


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


def each(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, and those in columns where the columns stand."""
    for section in sections:
        if isinstance(section, ColumnsSection):
            yield from each(section.sections)
        else:
            yield section


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
    timelines: tuple[Timeline, ...] = ()
    """What was found on the handles' timelines; none where the report takes no tweets from them."""
    comparison: Comparison | None = None
    """None where the report is compared with nothing."""
    mail: MailTexts | None = None
    """What its file says in the mail; None where it says nothing of a mail."""

    @property
    def stem(self) -> str:
        """What the names of its files have before the point."""
        return f"{self.name}-{self.last_day}"
