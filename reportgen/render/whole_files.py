"""Where a reader finds all rows of a table of which the page shows the first only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.report.model import Report
from reportgen.spec.model import Format

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
