"""Where a reader finds all rows of a table of which the page shows the first only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.report.model import Report
from reportgen.report.tables import TableSection
from reportgen.spec.model import Format
from reportgen.spec.words import listed

_DATA: Final[Sequence[Format]] = ("xlsx", "csv", "parquet", "json")
"""In the order in which a reader would like them; each has all rows of all groupings."""


@dataclass(frozen=True, slots=True)
class WholeFiles:
    """Names of files, where they are made."""

    data: str | None
    """The one with all numbers."""
    page: str | None
    """The page for screens, which has more rows than paper."""


def whole_files(report: Report, formats: Sequence[Format]) -> WholeFiles:
    """The names of the files, among those that are made in these formats."""
    data = next((name for name in _DATA if name in formats), None)
    return WholeFiles(data and f"{report.stem}.{data}", f"{report.stem}.html" if "html" in formats else None)


def not_in_data(section: TableSection, report: Report) -> str | None:
    """The measures of a table that no file of data has, in words: it has those of the report, and a section may show
    others. None where it has them all.
    """
    known = {measure.name for grouping in report.groupings for measure in grouping.measures}
    shown = (column.measure for column in section.columns if column.measure)
    lacking = {measure.name: measure.label.lower() for measure in shown if measure.name not in known}
    return listed([*lacking.values()], "and") if lacking else None
