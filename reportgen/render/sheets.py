"""A report as tables for other programs: one tidy CSV file, or an Excel workbook with a sheet a grouping."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from reportgen.catalog import GROUP_BY, RATES
from reportgen.render.results import json_rows
from reportgen.report.model import Report


def render_csv(report: Report) -> str:
    """All groupings below each other: `grouping`, a column for each key that any of them has, `value`, `missing`.

    Keys that a grouping does not have, and values that are not known, are empty. Handles stand without their @, which
    spreadsheets take for a formula.
    """
    used = {key for grouping in report.groupings for key in grouping.group_by}
    keys = [key for key in GROUP_BY if key in used]
    text = io.StringIO()
    writer = csv.DictWriter(text, ["grouping", *keys, "value", "missing"], lineterminator="\n")
    writer.writeheader()
    for grouping in report.groupings:
        for row in json_rows(grouping):
            handle = {"handle": str(row["handle"]).removeprefix("@")} if "handle" in row else {}
            writer.writerow({"grouping": grouping.name, "missing": 0} | row | handle)
    return text.getvalue()


def render_xlsx(report: Report) -> bytes:
    """A sheet a grouping, with numbers as numbers, ids as text and nothing as a formula; a sheet of gaps at the end."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        # A workbook bears the time at which it was made: the report's, so that the same report is the same file.
        book.set_properties({"title": report.title, "created": report.as_of.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bottom": 1})
        count, rate = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.00%"})

        def add(name: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, header, bold)
            for column, title in enumerate(header):
                sheet.set_column(column, column, max([len(title), *(len(str(row[column])) for row in rows[:200])]) + 2)
            for line, row in enumerate(rows, 1):
                style = rate if RATES.keys() & set(map(str, row)) else count
                for column, cell in enumerate(row):
                    sheet.write(line, column, cell, None if isinstance(cell, str) else style)
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

        names = _sheet_names([grouping.name for grouping in report.groupings])
        for name, grouping in zip(names, report.groupings, strict=True):
            header = [*grouping.group_by, "value", "missing"]
            add(name, header, [[({"missing": 0} | row)[key] for key in header] for row in json_rows(grouping)])
        gaps = [[g.tweet_id, g.metric or "all", g.reason.value, g.detail] for g in report.gaps]
        add(_sheet_names([*names, "Gaps"])[-1], ["tweet_id", "metric", "reason", "detail"], gaps)
    return content.getvalue()


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Names that Excel takes: at most 31 characters, each another one, whatever the case."""
    taken: list[str] = []
    for name in names:
        short = re.sub(r"[\[\]:*?/\\]", "-", name)[:31]
        number = 2
        while short.lower() in (other.lower() for other in taken):
            short = f"{name[:28]}-{number}"
            number += 1
        taken.append(short)
    return taken
