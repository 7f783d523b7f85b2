"""A report as an Excel workbook. It has no formula in it, whatever the texts are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, Final

from reportgen.render.sheets import Cell, Row, Sheet, Style, sheets
from reportgen.report.model import Report

_ROWS: Final = 1_048_575
"""What a sheet of Excel holds below its header; what is longer goes on in the next one."""
_PATTERNS: Final[Mapping[Style, str]] = {
    "percent": "0.00%",
    "decimal": "#,##0.00",
    "integer": "#,##0",
    "day": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "hour": "hh:mm",
}
_LONGEST: Final = 80
"""Characters that a column is wide at most."""


def render_xlsx(report: Report) -> bytes:
    """Numbers are numbers, in the format of their measure, days and hours are dates and times, ids are text."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        # A workbook bears the time at which it was made: the report's, so that the same report is the same file.
        book.set_properties({"title": report.title, "created": report.as_of.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {style: book.add_format({"num_format": pattern}) for style, pattern in _PATTERNS.items()}
        for sheet in _named(part for whole in sheets(report) for part in _parts(whole)):
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
            for column, (title, width) in enumerate(zip(sheet.columns, _widths(sheet), strict=True)):
                page.write_string(0, column, title, bold)
                page.set_column(column, column, width)
            for line, row in enumerate(sheet.rows, 1):
                for column, (cell, style) in enumerate(zip(row.cells, sheet.columns.values(), strict=True)):
                    _write(page, (line, column), cell, formats.get(row.format if style == "measure" else style))
    return content.getvalue()


def _write(page: Any, place: tuple[int, int], cell: Cell, format_: Any) -> None:  # noqa: ANN401  xlsxwriter has no types
    """Write each kind of cell by name: `write` would look into a text for a formula or an address."""
    match cell:
        case None:
            page.write_blank(*place, None, format_)
        case str():
            page.write_string(*place, cell)
        case date() | time():
            page.write_datetime(*place, cell, format_)
        case _:
            page.write_number(*place, cell, format_)


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet, in as many as Excel needs for it."""
    for first in range(0, max(len(sheet.rows), 1), _ROWS):
        yield replace(sheet, rows=sheet.rows[first : first + _ROWS])


def _widths(sheet: Sheet) -> Iterator[int]:
    """How wide the columns are, by the first of their texts."""
    first: Sequence[Row] = sheet.rows[:200]
    for column, title in enumerate(sheet.columns):
        yield min(max([len(title), *(len(str(row.cells[column])) for row in first)]), _LONGEST) + 2


def _named(parts: Iterable[Sheet]) -> Iterator[Sheet]:
    """The sheets under names that Excel takes: at most 31 characters, each another one, and not its own `history`."""
    taken = {"history"}
    for sheet in parts:
        short, number = sheet.name[:31], 2
        while short.lower() in taken:
            ending = f"-{number}"
            short = sheet.name[: 31 - len(ending)] + ending
            number += 1
        taken.add(short.lower())
        yield replace(sheet, name=short)
