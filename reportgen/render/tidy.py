"""A report as one tidy table for other programs, a row for each value: CSV, and Parquet with real types."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from reportgen.catalog import GROUP_BY
from reportgen.render.results import json_rows
from reportgen.report.model import GroupingResult, Report

_FORMULA: Final = re.compile(
    r"""
    (?: ^ | (?<=[;\t\n]) )             # some programs part cells there, whatever the quotation marks
    (?= [\s"\u200b-\u200f\u2060\ufeff]* [=+\-@＝＋－＠]  # the wide ones count in some languages' Excel
      | [\t\n] )
    """,
    re.VERBOSE,
)
"""Where a cell begins that a spreadsheet would compute."""
_DATES: Final = {
    "engagement.day": pl.col("engagement.day").str.to_date("%Y-%m-%d"),
    "engagement.week": (pl.col("engagement.week") + "-1").str.to_date("%G-W%V-%u"),
    "engagement.month": (pl.col("engagement.month") + "-01").str.to_date("%Y-%m-%d"),
    "engagement.hour": pl.col("engagement.hour").cast(pl.UInt8),
}
"""The keys that are more than text: days, the first days of weeks and months, and hours of the day."""


def render_csv(report: Report) -> str:
    """All groupings below each other: `grouping`, a column for each key that any of them has, `value`, `missing`.

    Where the report is compared with another period, `period` is the first column. Keys that a grouping does not have,
    and values that are not known, are empty. Handles stand without their @, and other text that a spreadsheet would
    compute has an apostrophe before it: also behind a semicolon, a tab or a line break, where some part cells.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(report), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for period, grouping in _groupings(report):
        for row in json_rows(grouping):
            handle = {"handle": str(row["handle"]).removeprefix("@")} if "handle" in row else {}
            cells = {"period": period, "grouping": grouping.name, "missing": 0} | row | handle
            writer.writerow({key: _text(cell) if isinstance(cell, str) else cell for key, cell in cells.items()})
    return text.getvalue()


def render_parquet(report: Report) -> bytes:
    """The same table with real types, and text as it is.

    Days are dates, weeks and months the date of their first day, hours of the day whole numbers, `value` is a Float64.
    """
    empty = pl.DataFrame(
        schema={"period": pl.String(), "grouping": pl.String(), "value": pl.Float64(), "missing": pl.Int64()}
    )
    tables = [empty, *(_typed(period, grouping) for period, grouping in _groupings(report))]
    content = io.BytesIO()
    pl.concat(tables, how="diagonal").select(_columns(report)).write_parquet(content, compression="zstd")
    return content.getvalue()


def _columns(report: Report) -> list[str]:
    used = {key for grouping in report.groupings for key in grouping.group_by}
    keys = [key for key in GROUP_BY if key in used] + sorted(used - GROUP_BY.keys())
    return [*(["period"] if report.comparison else []), "grouping", *keys, "value", "missing"]


def _groupings(report: Report) -> Iterator[tuple[str, GroupingResult]]:
    yield from (("current", grouping) for grouping in report.groupings)
    if report.comparison:
        yield from (("compared", grouping) for grouping in report.comparison.groupings)


def _typed(period: str, grouping: GroupingResult) -> pl.DataFrame:
    keys = [_DATES.get(key, pl.col(key).cast(pl.String)) for key in grouping.group_by]
    names = [pl.lit(period).alias("period"), pl.lit(grouping.name).alias("grouping")]
    return grouping.rows.select(*names, *keys, "value", pl.col("missing").cast(pl.Int64))


def _text(text: str) -> str:
    """The text as a cell that no spreadsheet computes, and that ends no row where it has a line break."""
    return _FORMULA.sub("'", text.replace("\r\n", "\n").replace("\r", "\n"))
