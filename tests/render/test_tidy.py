"""CSV and Parquet are one tidy table: the former holds no formula, the latter real types."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from reportgen.render.results import render_json
from reportgen.render.tidy import render_csv, render_parquet
from tests.render.made_up_data import COMPARED, REPORT, grouping

KEYS = (
    "tweet.id", "engagement.type", "engagement.day", "engagement.hour", "handle", "engagement.week", "engagement.month",
    "engagement.weekday", "label.campaign",
)  # fmt: skip


def test_the_csv_has_a_row_for_every_value_of_every_grouping() -> None:
    assert render_csv(REPORT).splitlines() == [
        ",".join(["grouping", *KEYS, "value", "missing"]),
        "by-tweet,2117600084332904449,impressions,,,,,,,,1234567,0",
        "by-tweet,2117600084332904449,engagement_rate,,,,,,,,0.0342,0",
        "by-tweet,2117714339442982913,impressions,,,,,,,,,1",
        "hourly,,impressions,2026-11-09,17,,,,,,7,0",
        "weekly,,per_tweet,,,,2026-W46,,,,-1.25,0",
        "monthly,,impressions,,,,,2026-11,,,3,0",
        "by-weekday,,impressions,,,,,,Mon,,4,0",
        "by-handle,,impressions,,,acme,,,,,0,2",
        "by-campaign,,impressions,,,,,,,'=1+1,5,0",
        "by-campaign,,impressions,,,,,,,,6,0",
    ]


def test_a_report_that_is_compared_says_of_which_period_each_row_is() -> None:
    assert render_csv(COMPARED).splitlines() == [
        "period,grouping,engagement.type,engagement.day,handle,value,missing",
        "current,daily,impressions,2026-11-09,,7,0",
        "current,by-handle,impressions,,acme,9,0",
        "current,by-handle,engagement_rate,,acme,0.02,0",
        "compared,daily,impressions,2026-11-02,,5,1",
        "compared,by-handle,impressions,,acme,8,1",
        "compared,by-handle,engagement_rate,,acme,,0",
    ]


FORMULAS = {
    **{
        text: f"'{text}"
        for text in (
            "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", " =1", "＝1", "＋1", "－1", "＠1", "=cmd|' /C calc'!A0", '="a,b"',
            "\xa0=1", "\u200b=1", "\u3000=1", "\ufeff=1", " \u2060 -1", "\x0b=1", '"=1',
        )
    },
    "\t=1": "'\t'=1",
    "\r=1": "'\n'=1",
    "\n=1": "'\n'=1",
    "\tone": "'\tone",
    "a;=cmd|' /C calc'!A0;b": "a;'=cmd|' /C calc'!A0;b",
    "a; \u200b＝1;-2": "a;' \u200b＝1;'-2",
    'a;"=1': "a;'\"=1",
    "a\t+1": "a\t'+1",
    "a\r\n@1": "a\n'@1",
}  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_compute_stands_behind_an_apostrophe(text: str) -> None:
    labels = grouping("by-campaign", "label.campaign", (text, "impressions", -3.0, 0))
    content = render_csv(replace(REPORT, groupings=(labels,)))
    rows = [*csv.DictReader(io.StringIO(content, newline=""))]
    assert [(row["label.campaign"], row["value"]) for row in rows] == [(FORMULAS[text], "-3")]


def test_other_text_stands_as_it_is() -> None:
    labels = grouping("by-campaign", "label.campaign", ("a=1; b - c+d@e.f;", "impressions", -3.0, 0))
    assert "by-campaign,impressions,a=1; b - c+d@e.f;,-3,0" in render_csv(replace(REPORT, groupings=(labels,)))


def test_parquet_has_real_types() -> None:
    table = pl.read_parquet(render_parquet(REPORT))
    assert dict(table.schema) == {
        "grouping": pl.String(),
        "tweet.id": pl.String(),
        "engagement.type": pl.String(),
        "engagement.day": pl.Date(),
        "engagement.hour": pl.UInt8(),
        "handle": pl.String(),
        "engagement.week": pl.Date(),
        "engagement.month": pl.Date(),
        "engagement.weekday": pl.String(),
        "label.campaign": pl.String(),
        "value": pl.Float64(),
        "missing": pl.Int64(),
    }
    assert table.height == 10
    assert table.row(3, named=True) | {} == {
        **dict.fromkeys(table.columns),
        "grouping": "hourly",
        "engagement.type": "impressions",
        "engagement.day": date(2026, 11, 9),
        "engagement.hour": 17,
        "value": 7.0,
        "missing": 0,
    }
    assert table["engagement.week"].drop_nulls().to_list() == [date(2026, 11, 9)]
    assert table["engagement.month"].drop_nulls().to_list() == [date(2026, 11, 1)]
    assert table["handle"].drop_nulls().to_list() == ["@acme"]
    assert table["label.campaign"].drop_nulls().to_list() == ["=1+1", ""]
    assert table["value"].to_list()[:3] == [1234567.0, 0.0342, None]


def test_parquet_has_the_period_compared_with() -> None:
    table = pl.read_parquet(render_parquet(COMPARED))
    assert table.columns[0] == "period"
    assert table.filter(pl.col("period") == "compared")["value"].to_list() == [5.0, 8.0, None]


def test_a_report_without_groupings_is_an_empty_table() -> None:
    nothing = replace(REPORT, groupings=())
    assert render_csv(nothing) == "grouping,value,missing\n"
    assert pl.read_parquet(render_parquet(nothing)).shape == (0, 3)


def test_the_same_report_is_the_same_file() -> None:
    assert render_csv(REPORT) == render_csv(REPORT)
    assert render_parquet(REPORT) == render_parquet(REPORT)
    assert render_json(REPORT) == render_json(REPORT)
