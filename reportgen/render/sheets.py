"""A report as tables for other programs: one tidy CSV file, or an Excel workbook with a sheet a grouping."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from reportgen.catalog import GROUP_BY, LABEL, Format
from reportgen.render.results import json_rows
from reportgen.report.model import Report

_ROWS: Final = 1_048_575
"""What a sheet of Excel holds below its header; a longer grouping goes on in the next sheet."""
_PATTERNS: Final[Mapping[Format, str]] = {"percent": "0.00%", "decimal": "#,##0.00", "integer": "#,##0"}


def render_csv(report: Report) -> str:
    """All groupings below each other: `grouping`, a column for each key that any of them has, `value`, `missing`.

    Keys that a grouping does not have, and values that are not known, are empty. Handles stand without their @, which
    spreadsheets take for a formula, and labels that look like one have an apostrophe before them.
    """
    used = {key for grouping in report.groupings for key in grouping.group_by}
    keys = [key for key in GROUP_BY if key in used] + sorted(used - GROUP_BY.keys())
    text = io.StringIO()
    writer = csv.DictWriter(text, ["grouping", *keys, "value", "missing"], lineterminator="\n")
    writer.writeheader()
    for grouping in report.groupings:
        for row in json_rows(grouping):
            handle = {"handle": str(row["handle"]).removeprefix("@")} if "handle" in row else {}
            labels = {key: _no_formula(str(row[key])) for key in row if key.startswith(LABEL)}
            writer.writerow({"grouping": grouping.name, "missing": 0} | row | handle | labels)
    return text.getvalue()


def _no_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def render_xlsx(report: Report) -> bytes:
    """A sheet a grouping, with numbers as numbers, ids as text and nothing as a formula; a sheet of gaps at the end."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        # A workbook bears the time at which it was made: the report's, so that the same report is the same file.
        book.set_properties({"title": report.title, "created": report.as_of.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {name: book.add_format({"num_format": pattern}) for name, pattern in _PATTERNS.items()}

        def add(name: str, header: Sequence[str], rows: Sequence[Sequence[object]], of: Sequence[Format]) -> None:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, header, bold)
            for column, title in enumerate(header):
                sheet.set_column(column, column, max([len(title), *(len(str(row[column])) for row in rows[:200])]) + 2)
            for line, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    number = formats[of[line - 1] if header[column] == "value" else "integer"]
                    sheet.write(line, column, cell, None if isinstance(cell, str) else number)
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

        parts: list[tuple[str, Sequence[str], Sequence[Sequence[object]], Sequence[Format]]] = []
        for grouping in report.groupings:
            header = [*grouping.group_by, "value", "missing"]
            rows = [[({"missing": 0} | r)[k] for k in header] for r in json_rows(grouping)]
            written = {measure.name: measure.format for measure in grouping.measures}
            parts.append((grouping.name, header, rows, [written[name] for name in grouping.rows["engagement.type"]]))
        gaps = [[g.tweet_id, g.metric or "all", g.reason.value, g.detail] for g in report.gaps]
        parts.append(("Gaps", ["tweet_id", "metric", "reason", "detail"], gaps, ()))
        sheets = [
            (name, header, rows[first : first + _ROWS], of[first : first + _ROWS])
            for name, header, rows, of in parts
            for first in range(0, max(len(rows), 1), _ROWS)
        ]
        for name, (_, titles, lines, of) in zip(_sheet_names([name for name, *_ in sheets]), sheets, strict=True):
            add(name, titles, lines, of)
    return content.getvalue()


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Names that Excel takes: at most 31 characters, each another one, and not its own `history`."""
    taken: list[str] = []
    for name in names:
        short = name[:31]
        number = 2
        while short.lower() in {"history", *(other.lower() for other in taken)}:
            ending = f"-{number}"
            short = name[: 31 - len(ending)] + ending
            number += 1
        taken.append(short)
    return taken
