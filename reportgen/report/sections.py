"""The sections of a report file into those of the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportgen.catalog import Measure
from reportgen.report.cards import cards_section
from reportgen.report.changes import Compared
from reportgen.report.charts import chart_section
from reportgen.report.heatmap import heatmap_section
from reportgen.report.kpis import kpi_section
from reportgen.report.measures import Measured
from reportgen.report.model import ColumnsSection, PlacedSection, Section, TweetLabel
from reportgen.report.tables import table_section
from reportgen.report.texts import text_section
from reportgen.report.vega_lite import vega_lite_section
from reportgen.spec import sections as asked
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import Chart, Columns, Heatmap, Kpis, PageBreak, Table, Text, TopTweets, VegaLite, Width
from reportgen.voice.voice import Voice

_OfNoGrouping = TopTweets | Heatmap | Text | VegaLite
"""What names no grouping of the report."""
_ShowsSomething = Kpis | Chart | Table | _OfNoGrouping
_TWELFTHS: Final[Mapping[Width, int]] = {"full": 12, "two-thirds": 8, "half": 6, "third": 4}


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What sections are made from."""

    spec: ReportSpec
    measured: Measured
    tweets: Mapping[str, TweetLabel]
    """How each tweet is shown, by its id."""
    voice: Voice
    compared: Compared | None = None
    """None where the report is compared with nothing."""


def page_section(section: asked.Section, given: Ingredients) -> Section:
    """The section, as wide as the report file has it."""
    return section if isinstance(section, PageBreak) else _placed(section, given, _TWELFTHS[section.width] / 12)


def _placed(section: _ShowsSomething | Columns, given: Ingredients, share: float) -> PlacedSection:
    made = _columns(section, given, share) if isinstance(section, Columns) else _made(section, given)
    return replace(made, share=share)


def _columns(columns: Columns, given: Ingredients, share: float) -> ColumnsSection:
    parts = [(part, _TWELFTHS[part.width]) for part in columns.sections if not isinstance(part, PageBreak)]
    whole = sum(twelfths for _, twelfths in parts)
    sections = tuple(_placed(part, given, share * twelfths / whole) for part, twelfths in parts)
    return ColumnsSection(columns.title, columns.note, sections)


def _made(section: _ShowsSomething, given: Ingredients) -> PlacedSection:
    spec, measured, tweets = given.spec, given.measured, given.tweets
    measures = spec.measures_shown(section)
    match section:
        case Kpis():
            return kpi_section(section, measures, spec, given.compared or measured)
        case Chart():
            return chart_section(
                section, spec.groupings[section.grouping], measures, measured, tweets, given.voice, given.compared
            )
        case Table():
            return table_section(section, spec.groupings[section.grouping], measures, measured, tweets, given.compared)
        case TopTweets() | Heatmap() | Text() | VegaLite():
            return _of_no_grouping(section, measures, given)


def _of_no_grouping(section: _OfNoGrouping, measures: Sequence[Measure], given: Ingredients) -> PlacedSection:
    spec, measured = given.spec, given.measured
    match section:
        case TopTweets():
            return cards_section(section, spec, measured, given.tweets)
        case Heatmap():
            return heatmap_section(section, measures[0], measured, given.voice.first_weekday)
        case Text():
            return text_section(section, measures, spec, measured)
        case VegaLite():
            return vega_lite_section(section, spec)
