"""Where things stand on paper: widths, page breaks, the sheets that are turned."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reportgen.catalog import METRICS, measure
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.report.model import Label, Section, Value
from reportgen.report.tables import Column, TableSection
from reportgen.spec.model import PageSize
from tests.render import made_up

MARGIN = 18 / 25.4 * 72
ALL = [*METRICS, "engagement_rate"]


def printed(*sections: Section, page: PageSize = "A4", remarks: Sequence[str] = ()) -> bytes:
    report = replace(made_up.WEEKLY, sections=sections, gap_notes=(), remarks=tuple(remarks))
    return render_pdf(render_html(report, Look(page=page)))


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def big_table(count: int, number: int) -> TableSection:
    """A table of that many measures, all of them of that size, some partial."""
    measures = [measure(name) for name in ALL[:count]]
    cells = [Value(0.0342) if kind.name == "engagement_rate" else Value(number, 1) for kind in measures]
    columns = (Column("Tweet", "tweet.id"), *(Column(kind.label, None, kind) for kind in measures))
    rows: tuple[tuple[Label | Value, ...], ...] = tuple(
        (made_up.tweet(place, "@a_handle_of_15"), *cells) for place in range(3)
    )
    return TableSection("Big", None, columns, rows, 3, measures[0].label, descending=True)


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_tables_keep_between_the_margins(page: PageSize) -> None:
    tables = (big_table(count, number) for count in (4, 7, 9, 18) for number in (123, 1_234_567, 123_456_789))
    assert words_beyond_the_margin(printed(*tables, page=page)) == []


def test_tables_with_bars_and_texts_do_so_too() -> None:
    texts_in_cells = ("", "A few words.", "Words " * 60, "W" * 300)
    tables = (table_of_texts(text, labels) for text in texts_in_cells for labels in (0, 1, 3))
    assert words_beyond_the_margin(printed(*tables)) == []


def table_of_texts(text: str, labels: int) -> TableSection:
    """A table with bars, that text in each row, and as many columns of labels."""
    made = made_up.marked_table("Marked", 8, 132)
    words, numbers = made.columns[:1], made.columns[2:]
    campaigns = tuple(Column("Campaign", f"label.{number}") for number in range(labels))
    rows = tuple((row[0], text, *["launch"] * labels, *row[2:]) for row in made.rows[:3])
    totals = (None, None, *[None] * labels, *made.totals[2:])
    columns = (*words, Column("Text", "text"), *campaigns, *numbers)
    return replace(made, columns=columns, rows=rows, totals=totals)


def words_beyond_the_margin(pdf: bytes) -> list[str]:
    """The words that end more than half a point too far to the right."""
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [
        word
        for sheet in boxes.split("<page ")[1:]
        for end, word in re.findall(r'xMax="([^"]*)"[^>]*>([^<]*)<', sheet)
        if float(end) > float(re.findall(r'width="([^"]*)"', sheet)[0]) - MARGIN + 0.5
    ]


def test_only_a_table_too_wide_for_an_upright_sheet_turns_it() -> None:
    def sheets(count: int, number: int) -> set[bool]:
        pages = PdfReader(io.BytesIO(printed(big_table(count, number)))).pages
        return {bool(page.mediabox.width > page.mediabox.height) for page in pages}

    assert sheets(9, 123) == {False}
    assert sheets(9, 123_456_789) == {False, True}


def test_what_follows_a_turned_sheet_stands_upright_on_the_next() -> None:
    after = made_up.table("After it", 3, 3, "impressions")
    pages = PdfReader(io.BytesIO(printed(big_table(18, 1_234_567), after))).pages
    found = [page for page in pages if "After it" in page.extract_text()]
    assert [page.mediabox.width < page.mediabox.height for page in found] == [True]


def test_bars_of_very_many_tweets_stand_on_one_page_with_their_heading() -> None:
    tweets = [made_up.tweet(number) for number in range(60)]
    bars = made_up.chart("Sixty", "tweet.id", "bar", made_up.panel("impressions", tweets))
    pages = texts(printed(made_up.kpis("impressions"), bars))
    (page,) = [page for page in pages if "Sixty" in page]
    assert len(re.findall(r"\w+ \d+ Nov, \d\d:\d\d", page)) == 20
    assert "20 of 60, the largest by impressions." in page


@pytest.mark.parametrize("rows", range(9, 14))
def test_remarks_are_not_torn(rows: int) -> None:
    remarks = [f"Remark number {number}." for number in range(5)]
    pages = texts(printed(made_up.table("Some", rows, rows, "impressions"), remarks=remarks))
    assert sum("Remark number" in page for page in pages) == 1


def test_a_long_headline_of_another_script_is_set_in_one_typeface() -> None:
    report = replace(
        made_up.WEEKLY, title="週次レポート、大阪の一週間と東京の様子", sections=(), gap_notes=(), remarks=()
    )
    (page,) = PdfReader(io.BytesIO(render_pdf(render_html(report, Look())))).pages
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert len([name for name in fonts if "Reportgen" not in name]) == 1


def table_with_totals(title: str, rows: int) -> TableSection:
    table = made_up.table(title, rows, rows, "impressions")
    return replace(table, totals=(None, Value(987_654)))


@pytest.mark.parametrize("rows", range(16, 19))
def test_the_totals_stand_with_the_last_rows(rows: int) -> None:
    pages = texts(printed(table_with_totals("Sums", rows)))
    (page,) = [page for page in pages if "987,654" in page]
    assert f"{int(91_234 / (rows - 1 + 1.4)):,}" in page


@pytest.mark.parametrize("above", range(6, 14))
def test_a_small_table_stands_on_one_sheet(above: int) -> None:
    sections = (made_up.table("Above", above, above, "impressions"), table_with_totals("Small", 8))
    pages = texts(printed(*sections))
    (page,) = [page for page in pages if "987,654" in page]
    assert "Small" in page
