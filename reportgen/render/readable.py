"""What of a report its templates may read. docs/templates.md tells it to the people who write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from reportgen.catalog import Formula, Metric
from reportgen.editions import Edition
from reportgen.gaps import Gap, Reason
from reportgen.render.chart_numbers import ChartNumbers, NumberColumn
from reportgen.render.charts import Drawing, Figure, Sentence
from reportgen.render.heat import Heat, Spot
from reportgen.render.legend import Key
from reportgen.render.look import Fonts, Logo, Look
from reportgen.render.palette import Palette
from reportgen.render.prose import Prose
from reportgen.render.shades import Shade
from reportgen.render.shelves import Shelf
from reportgen.render.vega_lite import OwnChart
from reportgen.render.whole_files import WholeFiles
from reportgen.render.widths import Fit
from reportgen.report import model
from reportgen.report.cards import Card, CardsSection, Least
from reportgen.report.charts import ChartSection, Panel, Point
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import Kpi, KpiSection
from reportgen.report.tables import Column, TableSection
from reportgen.report.texts import TextSection
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.period import Period
from reportgen.timelines import Timeline, TimelineState

_NONE: Final = frozenset[str]()
WITHHELD: Final[Mapping[type, frozenset[str]]] = {
    model.Report: frozenset({"mail"}),
    KpiSection: _NONE,
    Kpi: _NONE,
    ChartSection: _NONE,
    Panel: _NONE,
    Point: _NONE,
    TableSection: _NONE,
    model.ColumnsSection: _NONE,
    CardsSection: _NONE,
    Card: _NONE,
    Least: _NONE,
    HeatmapSection: _NONE,
    TextSection: _NONE,
    VegaLiteSection: frozenset({"spec"}),
    Column: _NONE,
    model.Value: _NONE,
    model.Change: _NONE,
    model.TweetLabel: _NONE,
    model.Comparison: _NONE,
    model.GapNote: _NONE,
    model.GapLine: _NONE,
    model.GroupingResult: frozenset({"rows"}),  # a data frame can write files; the filter `rows` gives what is in it
    Metric: frozenset({"endpoints", "public", "expression", "parts"}),
    Formula: frozenset({"expression", "parts"}),
    Period: frozenset({"called_by", "span"}),
    Gap: frozenset({"span"}),
    Timeline: frozenset({"span", "unread"}),
    Look: frozenset({"voice", "project", "template"}),
    Logo: _NONE,
    Palette: _NONE,
    Fonts: frozenset({"files"}),
}
"""The classes that docs/templates.md tells of, and what a template may not read of them."""
_OF_PARTS: Final = (
    ChartNumbers,
    NumberColumn,
    Figure,
    Drawing,
    Key,
    Sentence,
    Fit,
    Prose,
    WholeFiles,
    Heat,
    Spot,
    Shade,
    OwnChart,
    Edition,
    Shelf,
)
"""What the built-in parts of a page, and the page of a directory, are made with; whoever writes templates includes the
parts.
"""

_DAY: Final = frozenset({"day", "month", "year", "weekday", "isoweekday", "isoformat"})
_PYTHONS: Final[dict[type, frozenset[str]]] = {
    date: _DAY,
    datetime: _DAY | {"hour", "minute", "second", "date"},
    timedelta: frozenset({"days", "seconds"}),
    ZoneInfo: frozenset({"key"}),
    Reason: frozenset({"value"}),
    TimelineState: frozenset({"value"}),
}


def readable() -> dict[type, frozenset[str]]:
    """The attributes that a template may read, by class."""
    of_parts = {kind: public(kind) for kind in _OF_PARTS}
    return _PYTHONS | of_parts | {kind: public(kind) - withheld for kind, withheld in WITHHELD.items()}


def public(kind: type) -> frozenset[str]:
    """The fields of a dataclass, and its properties."""
    properties = (name for base in kind.__mro__ for name, value in vars(base).items() if isinstance(value, property))
    return frozenset({*(field.name for field in fields(kind)), *properties})
