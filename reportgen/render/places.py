"""How sections stand on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reportgen.report.model import ColumnsSection
from reportgen.report.tables import TableSection
from reportgen.spec.model import Design

WIDTH: Final[Mapping[Design, int]] = {"editorial": 720, "ledger": 720, "executive": 880}
"""Pixels of a picture that has the whole width of a page to itself: in executive, a page lies across the paper."""

NARROW: Final = 350
"""Pixels of a picture for phones and narrow columns."""
GAP: Final = 20
"""Pixels between pictures that stand side by side on paper."""
_SHORT: Final = 15
"""Rows of a table that may be moved to the next sheet together with what stands beside it."""


def percent(share: float) -> str:
    """A part of a whole as CSS has it: `66.6667%`."""
    return f"{share * 100:.6g}%"


def on_paper(share: float, page: int) -> float:
    """Pixels of a picture that takes a share of the sheet, less than all of it; `page` are those of the whole."""
    return page * share - GAP


def stays_together(section: ColumnsSection) -> bool:
    """Whether the columns are short enough to stand on one sheet of paper."""
    return all(len(part.rows) <= _SHORT for part in section.sections if isinstance(part, TableSection))
