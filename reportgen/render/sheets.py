"""A report as the sheets of a workbook: one a grouping, the notes, and what is missing. Rows of cells, no look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final, Literal

from reportgen.catalog import NumberFormat
from reportgen.render.labels import time_of_numbers
from reportgen.render.results import json_rows
from reportgen.report.model import GroupingResult, Report

Style = NumberFormat | Literal["text", "day", "month", "hour", "measure"]
"""How a column is written; `measure`: each row as its own measure is."""
Cell = str | float | date | time | None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    format: NumberFormat = "integer"
    """Of its cells in columns of the style `measure`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are the headings, with the style of each column."""

    name: str
    columns: Mapping[str, Style]
    rows: Sequence[Row]


_VALUE: Final[Mapping[str, Style]] = {"value": "measure", "missing": "integer"}
_COMPARED: Final[Mapping[str, Style]] = {"compared": "measure", "compared missing": "integer"}
_STYLES: Final[Mapping[str, Style]] = {
    "engagement.day": "day",
    "engagement.week": "day",
    "engagement.month": "month",
    "engagement.hour": "hour",
}
_DATES: Final[Mapping[str, Callable[[str], Cell]]] = {
    "engagement.day": date.fromisoformat,
    "engagement.week": lambda week: date.fromisocalendar(int(week[:4]), int(week[6:]), 1),
    "engagement.month": lambda month: date.fromisoformat(f"{month}-01"),
    "engagement.hour": lambda hour: time(int(hour)),
}


def sheets(report: Report) -> Iterator[Sheet]:
    """The groupings in the order of the report file, the notes, and the gaps.

    A grouping without dates has the numbers of the period compared with beside its own; one with dates, in a sheet of
    its own, under that period's dates.
    """
    compared = {grouping.name: grouping for grouping in report.comparison.groupings} if report.comparison else {}
    for grouping in report.groupings:
        before = compared.get(grouping.name)
        if before and _STYLES.keys().isdisjoint(grouping.group_by):
            yield _side_by_side(grouping, before)
        else:
            yield Sheet(grouping.name, _columns(grouping), [*_rows(grouping)])
            yield from [Sheet(f"{grouping.name} compared", _columns(before), [*_rows(before)])] if before else []
    yield _notes(report)
    yield _gaps(report)


def _columns(grouping: GroupingResult) -> dict[str, Style]:
    return {**{key: _STYLES.get(key, "text") for key in grouping.group_by}, **_VALUE}


def _rows(grouping: GroupingResult) -> Iterator[Row]:
    """The rows as the JSON has them, with dates as dates."""
    formats = {measure.name: measure.format for measure in grouping.measures}
    for row, name in zip(json_rows(grouping), grouping.rows["engagement.type"], strict=True):
        keys = (_DATES.get(key, str)(str(row[key])) for key in grouping.group_by)
        value: float | None = row["value"]  # type: ignore[assignment]
        missing: int = row.get("missing", 0)  # type: ignore[assignment]
        yield Row((*keys, value, missing), formats[name])


def _side_by_side(grouping: GroupingResult, before: GroupingResult) -> Sheet:
    keys = len(grouping.group_by)
    known = {row.cells[:keys]: row.cells[keys:] for row in _rows(before)}
    nothing: tuple[Cell, ...] = (None, None)
    rows = [Row((*row.cells, *known.get(row.cells[:keys], nothing)), row.format) for row in _rows(grouping)]
    return Sheet(grouping.name, {**_columns(grouping), **_COMPARED}, rows)


def _notes(report: Report) -> Sheet:
    lines: list[tuple[str, str]] = [
        ("Title", report.title),
        ("Period", report.period.label if report.period else "Totals"),
        *([("Compared with", report.comparison.period.label)] if report.comparison else []),
        ("As of", time_of_numbers(report).isoformat(" ", "minutes")),
        ("Times in", report.timezone.key),
        ("Handles", ", ".join(report.handles)),
        ("Tweets", str(report.tweets)),
        ("Complete", "yes" if report.complete else "no"),
        *([("Missing", report.shortfall)] if report.shortfall else []),
        *(("Missing", note.reason) for note in report.gap_notes),
        *(("How to read the numbers", remark) for remark in report.remarks),
    ]
    return _texts("Notes", ("note", "text"), lines)


def _gaps(report: Report) -> Sheet:
    lines = ((gap.tweet_id, gap.metric or "all", gap.reason.value, gap.detail) for gap in report.gaps)
    return _texts("Gaps", ("tweet_id", "metric", "reason", "detail"), lines)


def _texts(name: str, header: Iterable[str], lines: Iterable[tuple[str, ...]]) -> Sheet:
    return Sheet(name, dict.fromkeys(header, "text"), [Row(line) for line in lines])
