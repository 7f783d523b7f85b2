"""A text of the report file, and the numbers that it names. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.catalog import Measure
from reportgen.report.kpis import Kpi, totals
from reportgen.report.measures import Measured
from reportgen.report.model import Placed
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import Text


@dataclass(frozen=True, slots=True)
class TextSection(Placed):
    """Markdown with Jinja in it, not yet rendered: what numbers look like is not known here."""

    title: str | None
    note: str | None
    markdown: str
    totals: tuple[Kpi, ...]
    """What it names."""
    where: str
    """The place of the text in the report file, `FILE:LINE:COLUMN`."""


def text_section(text: Text, measures: Sequence[Measure], spec: ReportSpec, measured: Measured) -> TextSection:
    """The text with the totals of the measures that it names."""
    named = totals(measures, spec, measured)
    return TextSection(text.title, text.note, text.markdown, named, spec.where(text.at))
