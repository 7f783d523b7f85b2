"""Tables of hundreds of rows: short on paper unless asked for, whole in a file, a line a row."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import polars as pl
import pytest
from pypdf import PdfReader

from reportgen.catalog import METRICS
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.render.style import style
from reportgen.report.model import GroupingResult
from reportgen.report.tables import MOST_ON_PAPER, TableSection
from reportgen.spec.model import Format
from reportgen.spec.sections import BY_TWEET
from tests.render import made_up
from tests.render.page import read

PAGE: tuple[Format, ...] = ("html", "pdf")


def page_of(section: TableSection, *formats: Format) -> str:
    grouping = GroupingResult("by-tweet", BY_TWEET, (METRICS["impressions"],), pl.DataFrame())
    report = replace(made_up.WEEKLY, sections=(section,), groupings=(grouping,), gap_notes=(), remarks=())
    return render_html(report, Look(), formats)


def printed(html: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(html))).pages).split())


def rows_of(paper: str) -> int:
    return len(re.findall(r"\w{3} \d+ \w{3}(?: 2027)?, \d\d:\d\d @acme", paper))


def long_table(rows: int, total: int) -> TableSection:
    """A table for which the report file names no limit."""
    return replace(made_up.table("Long", rows, total, "impressions"), on_paper=MOST_ON_PAPER)


def test_paper_has_the_first_rows_and_names_the_file_with_all() -> None:
    page = page_of(long_table(150, 150), *PAGE, "csv", "xlsx")
    paper = printed(page)
    assert rows_of(paper) == 100
    assert "100 of 150, by impressions; all are in acme-weekly-2026-11-15.xlsx" in paper
    assert len(read(page).all("tr")) == 151


@pytest.mark.parametrize(
    ("formats", "where"),
    [
        ((*PAGE, "json"), "all are in acme-weekly-2026-11-15.json"),
        (PAGE, "all are in acme-weekly-2026-11-15.html"),
        (("pdf",), "reportgen run --format xlsx makes a file with all"),
    ],
)
def test_where_the_others_are_is_true_of_the_files_that_are_made(formats: tuple[Format, ...], where: str) -> None:
    assert f"100 of 150, by impressions; {where}" in read(page_of(long_table(150, 150), *formats)).texts("caption")


def test_measures_that_the_files_of_data_lack_are_named() -> None:
    more = replace(made_up.table("Long", 150, 150, "impressions", "replies"), on_paper=MOST_ON_PAPER)

    def said(*formats: Format) -> list[str]:
        return read(page_of(more, *formats)).texts("caption")

    start = "100 of 150, by impressions; "
    assert said(*PAGE, "csv") == [f"{start}all rows are in acme-weekly-2026-11-15.csv, without replies"]
    assert said("pdf") == [f"{start}reportgen run --format xlsx makes a file with all rows, without replies"]
    assert said(*PAGE) == [f"{start}all are in acme-weekly-2026-11-15.html"]


def test_a_page_for_screens_that_is_cut_itself_is_not_named() -> None:
    (caption,) = read(page_of(long_table(120, 5000), *PAGE)).texts("caption")
    assert caption == (
        "120 of 5,000, by impressions; reportgen run --format xlsx makes a file with all"
        "100 of 5,000, by impressions; reportgen run --format xlsx makes a file with all"
    )


def test_a_table_that_fits_says_nothing_of_it() -> None:
    assert read(page_of(long_table(100, 100), *PAGE)).texts("caption") == ["Long"]


def test_a_limit_of_the_report_file_is_kept_on_paper_in_a_line_a_row() -> None:
    pdf = render_pdf(page_of(made_up.table("Long", 150, 150, "impressions"), *PAGE, "xlsx"))
    paper = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    assert rows_of(paper) == 150
    assert "xlsx" not in paper
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 5


def test_browsers_print_as_many_rows() -> None:
    rows = read(page_of(long_table(150, 150), *PAGE)).all("tr")
    assert [row.attributes.get("class") for row in rows] == [None] * (1 + MOST_ON_PAPER) + ["beyond"] * 50
    assert ".cut .beyond { display: none; }" in style("editorial")
