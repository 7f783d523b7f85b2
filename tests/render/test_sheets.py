"""The CSV is one tidy table, the workbook has real numbers, and neither holds a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.catalog import measure
from reportgen.gaps import Gap, Reason
from reportgen.render.results import render_json
from reportgen.render.sheets import render_csv, render_xlsx
from reportgen.report.model import GroupingResult, Report
from tests.render.made_up import WEEKLY

MEASURES = (measure("impressions"), measure("engagement_rate"))
TYPE = pl.Enum([measure.name for measure in MEASURES])


def grouping(name: str, key: str, *rows: tuple[str, str, float | None, int]) -> GroupingResult:
    schema = {key: pl.String(), "engagement.type": TYPE, "value": pl.Float64(), "missing": pl.UInt32()}
    return GroupingResult(
        name, (key, "engagement.type"), MEASURES, pl.DataFrame(list(rows), schema=schema, orient="row")
    )


REPORT: Report = replace(
    WEEKLY,
    title="=HYPERLINK(1)",
    groupings=(
        grouping(
            "by-tweet",
            "tweet.id",
            ("2117600084332904449", "impressions", 1234567.0, 0),
            ("2117600084332904449", "engagement_rate", 0.0342, 0),
            ("2117714339442982913", "impressions", None, 1),
        ),
        grouping("by-handle-with-a-name-longer-than-excel-allows", "handle", ("@acme", "impressions", 0.0, 2)),
        grouping("by-handle-with-a-name-longer-than-excel-takes", "handle", ("@acme", "impressions", 1.0, 0)),
    ),
    gaps=(Gap("2117714339442982913", None, Reason.UNAVAILABLE, "=1+1"),),
)


def test_the_csv_has_a_row_for_every_value_of_every_grouping() -> None:
    assert render_csv(REPORT).splitlines()[:5] == [
        "grouping,tweet.id,engagement.type,handle,value,missing",
        "by-tweet,2117600084332904449,impressions,,1234567,0",
        "by-tweet,2117600084332904449,engagement_rate,,0.0342,0",
        "by-tweet,2117714339442982913,impressions,,,1",
        "by-handle-with-a-name-longer-than-excel-allows,,impressions,acme,0,2",
    ]


def test_no_cell_of_the_csv_begins_a_formula() -> None:
    cells = [cell for row in csv.reader(io.StringIO(render_csv(REPORT))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def sheet(name: str) -> Worksheet:
    found = load_workbook(io.BytesIO(render_xlsx(REPORT)))[name]
    assert isinstance(found, Worksheet)
    return found


def test_a_label_that_looks_like_a_formula_is_text() -> None:
    labels = grouping("by-campaign", "label.campaign", ("=1+1", "impressions", 3.0, 0), ("", "impressions", 4.0, 0))
    assert render_csv(replace(REPORT, groupings=(labels,))).splitlines() == [
        "grouping,engagement.type,label.campaign,value,missing",
        "by-campaign,impressions,'=1+1,3,0",
        "by-campaign,impressions,,4,0",
    ]


def test_the_workbook_has_a_sheet_a_grouping_and_one_of_gaps() -> None:
    book = load_workbook(io.BytesIO(render_xlsx(REPORT)))
    assert book.sheetnames == [
        "by-tweet",
        "by-handle-with-a-name-longer-th",
        "by-handle-with-a-name-longer--2",
        "Gaps",
    ]


def test_ids_are_text_and_values_are_numbers_with_a_format() -> None:
    rows = [[cell.value for cell in row] for row in sheet("by-tweet").iter_rows()]
    assert rows == [
        ["tweet.id", "engagement.type", "value", "missing"],
        ["2117600084332904449", "impressions", 1234567, 0],
        ["2117600084332904449", "engagement_rate", 0.0342, 0],
        ["2117714339442982913", "impressions", None, 1],
    ]
    formats = {place: sheet("by-tweet")[place].number_format for place in ("C2", "C3", "D3", "D4")}
    assert formats == {"C2": "#,##0", "C3": "0.00%", "D3": "#,##0", "D4": "#,##0"}
    assert sheet("by-tweet").freeze_panes == "A2"


def test_a_rate_is_a_percentage_where_the_rows_do_not_name_it_too() -> None:
    rows = pl.DataFrame(
        {"tweet.id": ["11"], "engagement.type": ["engagement_rate"], "value": [0.0437], "missing": [1]},
        schema_overrides={"engagement.type": TYPE},
    )
    report = replace(REPORT, groupings=(GroupingResult("rates", ("tweet.id",), MEASURES, rows),))
    cells = load_workbook(io.BytesIO(render_xlsx(report)))["rates"][2]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        ("11", "General"),
        (0.0437, "0.00%"),
        (1, "#,##0"),
    ]


def test_a_grouping_too_long_for_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.render.sheets._ROWS", 2)
    book = load_workbook(io.BytesIO(render_xlsx(REPORT)))
    assert book.sheetnames[:2] == ["by-tweet", "by-tweet-2"]
    assert [book[name].max_row for name in book.sheetnames[:2]] == [3, 2]


def test_a_hundred_long_names_alike_and_excels_own_are_told_apart() -> None:
    names = [f"{'a' * 31}{n}" for n in range(120)] + ["history"]
    row = ("@acme", "impressions", 1.0, 0)
    report = replace(REPORT, groupings=tuple(grouping(name, "handle", row) for name in names))
    found = load_workbook(io.BytesIO(render_xlsx(report))).sheetnames
    assert len(set(found)) == 122
    assert max(map(len, found)) == 31
    assert "history" not in found


def test_what_looks_like_a_formula_is_text() -> None:
    assert [(cell.value, cell.data_type) for cell in sheet("Gaps")[2]] == [
        ("2117714339442982913", "s"),
        ("all", "s"),
        ("unavailable", "s"),
        ("=1+1", "s"),
    ]


def test_the_same_report_is_the_same_file() -> None:
    assert render_xlsx(REPORT) == render_xlsx(REPORT)
    assert render_csv(REPORT) == render_csv(REPORT)
    assert render_json(REPORT) == render_json(REPORT)
