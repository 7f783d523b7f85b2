"""The workbook has real numbers and dates, a sheet of notes, and no formula."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, time

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.render.workbook import render_xlsx
from reportgen.report.model import GroupingResult, Report
from tests.render.made_up_data import COMPARED, MEASURES, REPORT, TYPE, grouping


def book(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(report)))


@pytest.fixture(scope="module")
def made() -> Workbook:
    return book(REPORT)


def sheet(of: Workbook, name: str) -> Worksheet:
    found = of[name]
    assert isinstance(found, Worksheet)
    return found


def values(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_there_is_a_sheet_a_grouping_then_the_notes_and_the_gaps(made: Workbook) -> None:
    groupings = ["by-tweet", "hourly", "weekly", "monthly", "by-weekday", "by-handle", "by-campaign"]
    assert made.sheetnames == [*groupings, "Notes", "Gaps"]


def test_ids_are_text_and_values_are_numbers_with_the_format_of_their_measure(made: Workbook) -> None:
    page = sheet(made, "by-tweet")
    assert values(page) == [
        ["tweet.id", "engagement.type", "value", "missing"],
        ["2117600084332904449", "impressions", 1234567, 0],
        ["2117600084332904449", "engagement_rate", 0.0342, 0],
        ["2117714339442982913", "impressions", None, 1],
    ]
    formats = {place: page[place].number_format for place in ("C2", "C3", "D3", "D4")}
    assert formats == {"C2": "#,##0", "C3": "0.00%", "D3": "#,##0", "D4": "#,##0"}
    assert sheet(made, "weekly")["C2"].number_format == "#,##0.00"


@pytest.mark.parametrize(
    ("name", "cells", "formats"),
    [
        ("hourly", [datetime(2026, 11, 9), time(17)], ["yyyy-mm-dd", "hh:mm"]),  # noqa: DTZ001
        ("weekly", [datetime(2026, 11, 9)], ["yyyy-mm-dd"]),  # noqa: DTZ001
        ("monthly", [datetime(2026, 11, 1)], ["yyyy-mm"]),  # noqa: DTZ001
    ],
)
def test_days_hours_weeks_and_months_are_dates_and_times(
    name: str, cells: list[object], formats: list[str], made: Workbook
) -> None:
    row = sheet(made, name)[2][: len(cells)]
    assert [cell.value for cell in row] == cells
    assert [cell.number_format for cell in row] == formats


def test_the_headers_stay_and_can_be_filtered(made: Workbook) -> None:
    assert {page.freeze_panes for page in made.worksheets} == {"A2"}
    assert sheet(made, "by-tweet").auto_filter.ref == "A1:D4"


def test_a_measure_has_its_format_where_the_rows_do_not_name_it_too() -> None:
    rows = pl.DataFrame(
        {"tweet.id": ["11"], "engagement.type": ["engagement_rate"], "value": [0.0437], "missing": [1]},
        schema_overrides={"engagement.type": TYPE},
    )
    report = replace(REPORT, groupings=(GroupingResult("rates", ("tweet.id",), MEASURES, rows),))
    assert [(cell.value, cell.number_format) for cell in sheet(book(report), "rates")[2]] == [
        ("11", "General"),
        (0.0437, "0.00%"),
        (1, "#,##0"),
    ]


def test_the_period_compared_with_stands_beside_or_under_its_own_dates() -> None:
    made = book(COMPARED)
    assert made.sheetnames == ["daily", "daily compared", "by-handle", "Notes", "Gaps"]
    assert values(sheet(made, "daily compared"))[1] == [datetime(2026, 11, 2), "impressions", 5, 1]  # noqa: DTZ001
    page = sheet(made, "by-handle")
    assert values(page) == [
        ["handle", "engagement.type", "value", "missing", "compared", "compared missing"],
        ["@acme", "impressions", 9, 0, 8, 1],
        ["@acme", "engagement_rate", 0.02, 0, None, 0],
    ]
    assert [page[place].number_format for place in ("E2", "E3", "F3")] == ["#,##0", "0.00%", "#,##0"]
    assert ["Compared with", "2–8 November 2026"] in values(sheet(made, "Notes"))


def test_the_notes_say_what_the_numbers_are(made: Workbook) -> None:
    notes = values(sheet(made, "Notes"))
    assert notes[:9] == [
        ["note", "text"],
        ["Title", "=HYPERLINK(1)"],
        ["Period", "9–15 November 2026"],
        ["As of", "2026-11-16 08:00-05:00"],
        ["Times in", "America/New_York"],
        ["Handles", "@acme, @acme_help"],
        ["Tweets", "34"],
        ["Complete", "yes"],
        ["Missing", REPORT.gap_notes[0].reason],
    ]
    assert notes[-1] == ["How to read the numbers", REPORT.remarks[-1]]


HOSTILE = [
    "=HYPERLINK(\"http://127.0.0.1/\")", "{=1+1}", "+1", "-1", "@SUM(1)", "\t=1", "http://127.0.0.1/", "mailto:a@b.c",
    "internal:Notes!A1", "1e5", "0123",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_an_address_or_a_number_is_text(text: str) -> None:
    labels = grouping("by-campaign", "label.campaign", (text, "impressions", 3.0, 0))
    made = book(replace(REPORT, title=text, groupings=(labels,)))
    cells = (sheet(made, "by-campaign")["A2"], sheet(made, "Notes")["B2"])
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None)] * 2


def test_the_gaps_are_told_one_by_one(made: Workbook) -> None:
    assert [(cell.value, cell.data_type) for cell in sheet(made, "Gaps")[2]] == [
        ("2117714339442982913", "s"),
        ("all", "s"),
        ("unavailable", "s"),
        ("=1+1", "s"),
    ]


def test_a_grouping_too_long_for_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.render.workbook._ROWS", 2)
    made = book(replace(REPORT, groupings=REPORT.groupings[:1], gap_notes=(), remarks=(), gaps=()))
    assert made.sheetnames[:2] == ["by-tweet", "by-tweet-2"]
    assert [made[name].max_row for name in made.sheetnames[:2]] == [3, 2]


def test_a_hundred_long_names_alike_and_excels_own_are_told_apart() -> None:
    names = [f"{'a' * 31}{n}" for n in range(120)] + ["history", "notes"]
    row = ("@acme", "impressions", 1.0, 0)
    report = replace(REPORT, groupings=tuple(grouping(name, "handle", row) for name in names))
    found = book(report).sheetnames
    assert len({name.lower() for name in found}) == 124
    assert max(map(len, found)) == 31
    assert "history" not in found


def test_the_same_report_is_the_same_file() -> None:
    assert render_xlsx(COMPARED) == render_xlsx(COMPARED)
