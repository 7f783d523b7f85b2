"""Totals over all tweets of a report and the whole of its period. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.catalog import Measure
from reportgen.report.changes import Compared
from reportgen.report.measures import Measured
from reportgen.report.model import Change, Placed, Value
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import Kpis


@dataclass(frozen=True, slots=True)
class Kpi:
    """A tile: one measure over all tweets of the report."""

    measure: Measure
    value: Value
    tweets: int
    """How many tweets the report has: `value.missing` of them are not in the number."""
    change: Change | None = None
    """None where the report is compared with nothing."""


@dataclass(frozen=True, slots=True)
class KpiSection(Placed):
    """Tiles side by side."""

    title: str | None
    note: str | None
    kpis: tuple[Kpi, ...]


def kpi_section(kpis: Kpis, measures: Sequence[Measure], spec: ReportSpec, measured: Measured | Compared) -> KpiSection:
    """A tile a measure."""
    return KpiSection(kpis.title, kpis.note, totals(measures, spec, measured))


def totals(measures: Sequence[Measure], spec: ReportSpec, measured: Measured | Compared) -> tuple[Kpi, ...]:
    """The total of each measure, and its change where another period is known."""
    if not measures:
        return ()
    rows = measured.group(["engagement.type"], measures).iter_rows(named=True)
    return tuple(
        Kpi(
            measure,
            Value.of(measure, row["value"], row["missing"]),
            len(spec.tweets),
            Change.of(measure, row) if isinstance(measured, Compared) else None,
        )
        for measure, row in zip(measures, rows, strict=True)
    )
