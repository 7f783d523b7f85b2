"""How wide a table is, estimated from its words, and so in which type it fits a sheet of paper. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportgen.render.changes import signed
from reportgen.render.labels import label_text, posted
from reportgen.render.letters import breadth
from reportgen.render.numbers import is_partial, written
from reportgen.report.model import Change, Label, TweetLabel, Value
from reportgen.report.tables import Column, TableSection
from reportgen.voice.voice import Voice


@dataclass(frozen=True, slots=True)
class Fit:
    """The classes of a table in the style sheet, and the size of its type on paper where it has to be shrunk to fit.

    A table across the page lies on a sheet of its own; one beside others cannot.
    """

    css_class: str
    points: float | None = None


# Pixels between the margins of A4 or Letter, whichever is narrower; the type is that of the style sheet.
_UPRIGHT: Final = 655
_ACROSS: Final = 915
_GAP: Final = 22
"""Pixels between columns that stand side by side."""
_CHARACTER: Final = 0.6
"""The width of a digit, as a part of the size of its type."""
_SMALLER: Final = 0.857
"""The size of headers and ids, as a part of that of the numbers."""
_BETWEEN: Final = 2
"""Characters between columns, where they share out a width."""
_NORMAL: Final = (11.1, 15.9)
"""The size of the type, and the gap between columns."""
_DENSE: Final = (10.0, 5.4)
_TEXT: Final = 30
"""Characters of a column of texts, which take several lines."""
_BAR: Final = 9
"""Characters that a bar beside a number takes."""
_TOTAL: Final = 5
"""Characters of what stands before the totals, in one line at least of its words."""


def fit(section: TableSection, near: date, voice: Voice) -> Fit:
    """The largest type in which the table fits the sheet; `near` is the day whose year needs no saying."""
    gaps = len(section.columns) - 1
    upright = _UPRIGHT if section.share == 1 else _UPRIGHT * section.share - _GAP
    with_ids = sum(_characters(section, near, voice, with_ids=True))
    for css_class, (size, gap) in (("", _NORMAL), ("dense", _DENSE)):
        if with_ids * _CHARACTER * size + gaps * gap <= upright:
            return Fit(css_class)
    size, gap = _DENSE
    css_class, across = ("dense wide", _ACROSS) if section.share == 1 else ("dense shrunk", upright)
    room = (across - gaps * gap) / _CHARACTER / sum(_characters(section, near, voice, with_ids=False))
    return Fit(css_class, round(min(room, size) * 0.75, 2))


def shares(section: TableSection, near: date, voice: Voice) -> list[float]:
    """The parts of the width that the columns take where rows take one line each, in percent."""
    columns = zip(_characters(section, near, voice, with_ids=False), zip(*section.rows, strict=True), strict=True)
    widths = [max(width, _longest_line(cells, near, voice)) + _BETWEEN for width, cells in columns]
    return [round(100 * width / sum(widths), 2) for width in widths]


def _longest_line(cells: Sequence[Label | Value], near: date, voice: Voice) -> float:
    """Characters of the longest tweet among the cells, set in one line with its handle."""
    tweets = [cell for cell in cells if isinstance(cell, TweetLabel)]
    return max((len(posted(one, near, voice)) + 1 + _SMALLER * len(one.handle or "") for one in tweets), default=0)


def _characters(section: TableSection, near: date, voice: Voice, *, with_ids: bool) -> Iterator[float]:
    """How many characters each column is wide."""
    handles = "handle" not in [column.key for column in section.columns]
    rows = [*section.rows, *([section.totals] if section.totals else [])]
    marked = any(isinstance(cell, Value) and is_partial(cell) for row in rows for cell in row)
    for column, cells in zip(section.columns, zip(*rows, strict=True), strict=False):
        longest_word = max(map(len, column.label.split())) + (2 if column.label == section.sorted_by else 0)
        texts = [_cell(column, cell, near, voice, handles=handles, ids=with_ids) for cell in cells]
        bar = _BAR if column.bears == "bar" else 0
        yield max(longest_word * _SMALLER, *texts) + (1 if marked and column.measure else 0) + bar


def _cell(
    column: Column, cell: Label | Value | Change | None, near: date, voice: Voice, *, handles: bool, ids: bool
) -> float:
    if isinstance(cell, Change):
        return len(signed(cell, voice))
    if isinstance(cell, Value):
        return len(written(column.measure, cell, voice)) if column.measure else 0
    if cell is None:
        return _TOTAL if column.measure is None else 0
    if isinstance(cell, TweetLabel):
        below = (cell.handle if handles else None, cell.id if ids else None)
        return max(len(posted(cell, near, voice)), _SMALLER * len(" ".join(filter(None, below))))
    words = breadth(label_text(cell, column.key or "", near, voice))
    return min(words, _TEXT) if column.key == "text" else words
