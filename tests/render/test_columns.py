"""Sections beside each other, narrower ones, and page breaks: in the page and on paper."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.report.model import ColumnsSection, PlacedSection, Section
from reportgen.spec.sections import PageBreak
from tests.render import made_up
from tests.render.page import Page, read

CHART = made_up.chart("Day by day", "engagement.day", "line", made_up.panel("impressions", made_up.days(7)))
TWO_PANELS = replace(CHART, panels=(*CHART.panels, made_up.panel("replies", made_up.days(7))))
TILES = made_up.kpis("impressions", "engagements", title="Totals")


def beside(*parts: tuple[PlacedSection, float], title: str | None = None) -> ColumnsSection:
    return ColumnsSection(title, None, tuple(replace(part, share=share) for part, share in parts))


def html(*sections: Section) -> str:
    return render_html(replace(made_up.WEEKLY, sections=sections, gap_notes=(), remarks=()), Look())


def page(*sections: Section) -> Page:
    return read(html(*sections))


def words(*sections: Section) -> list[dict[str, tuple[float, float]]]:
    """Where each word stands on each sheet: its left and its upper edge in points."""
    pdf = render_pdf(html(*sections))
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    word = re.compile(r'xMin="([^"]*)" yMin="([^"]*)"[^>]*>([^<]*)<')
    return [{text: (float(x), float(y)) for x, y, text in word.findall(sheet)} for sheet in boxes.split("<page ")[1:]]


def test_each_column_has_its_part_of_the_whole() -> None:
    columns = page(beside((CHART, 2 / 3), (TILES, 1 / 3))).all("div", "column")
    assert [column.attributes["style"] for column in columns] == ["--part: 66.6667%", "--part: 33.3333%"]


def test_columns_with_a_title_are_a_section_whose_sections_are_one_level_lower() -> None:
    shown = page(beside((TWO_PANELS, 0.5), (TILES, 0.5), title="Side by side"))
    levels = [(e.tag, e.text.strip()) for e in shown.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels == [
        ("h1", "Acme on X, weekly"),
        ("h2", "Side by side"),
        ("h3", "Day by day"),
        ("h4", "Impressions"),
        ("h4", "Replies"),
        ("h3", "Totals"),
    ]
    region, *_ = shown.all("section", "columns")
    assert region.text.split()[:3] == ["Side", "by", "side"]


def test_columns_without_a_title_leave_the_level_as_it_is() -> None:
    shown = page(beside((CHART, 0.5), (TILES, 0.5)))
    assert shown.texts("h2") == ["Day by day", "Totals"]


def test_ids_are_there_once_however_sections_are_nested() -> None:
    shown = page(CHART, beside((CHART, 0.5), (CHART, 0.5)), beside((CHART, 0.5), (TILES, 0.5)))
    ids = [element.attributes["id"] for element in shown.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("share", "width"), [(1 / 3, 220), (0.5, 340), (2 / 3, 460)])
def test_a_chart_is_drawn_once_more_as_wide_as_its_place_on_paper(share: float, width: int) -> None:
    (on_paper,) = re.findall(r'class="for-paper"><svg[^>]* viewBox="0 0 (\d+)', html(replace(CHART, share=share)))
    assert int(on_paper) == width


def test_a_chart_across_the_page_needs_no_drawing_of_its_own_for_paper() -> None:
    assert page(CHART).all("div", "for-paper") == []


def test_a_narrower_section_alone_says_how_much_it_takes() -> None:
    (part,) = page(replace(CHART, share=0.5)).all("div", "part")
    assert part.attributes["style"] == "--part: 50%"


def test_columns_stand_beside_each_other_on_paper() -> None:
    (sheet,) = words(beside((replace(TILES, title="Left"), 0.5), (replace(TILES, title="Right"), 0.5)))
    assert sheet["Right"][1] == sheet["Left"][1]
    assert sheet["Right"][0] - sheet["Left"][0] > 200


def test_short_columns_stay_together_on_one_sheet() -> None:
    first, second = words(
        made_up.table("Many", 20, 20, "impressions"),
        beside((replace(TILES, title="Left"), 0.5), (replace(CHART, title="Right"), 0.5)),
    )
    assert {"Left", "Right"}.isdisjoint(first)
    assert {"Left", "Right"} <= second.keys()


def test_a_long_table_in_a_column_goes_on_over_the_sheets() -> None:
    long = beside((made_up.table("Many", 60, 60, "impressions"), 0.5), (replace(TILES, title="Beside"), 0.5))
    pages = PdfReader(io.BytesIO(render_pdf(html(long)))).pages
    rows = [len(re.findall(r"21176\d{14}", sheet.extract_text())) for sheet in pages]
    assert sum(rows) == 60
    assert min(rows) > 5


def test_a_table_in_a_column_keeps_to_it_on_paper() -> None:
    wide = made_up.table("Wide", 3, 3, "impressions", "engagements", "favorites", "retweets", "replies")
    (sheet,) = words(beside((wide, 0.5), (replace(TILES, title="Beside"), 0.5)))
    assert sheet["Replies"][0] < sheet["Beside"][0] - 10


def test_a_page_break_begins_a_new_sheet_and_what_follows_stands_at_its_top() -> None:
    first, second = words(replace(TILES, title="Before"), PageBreak(), replace(TILES, title="After"))
    assert "Before" in first
    assert "After" in second
    assert second["After"][1] < 80


def test_a_page_break_at_the_end_leaves_no_empty_sheet() -> None:
    assert len(words(TILES, PageBreak())) == 1


def test_a_page_break_is_not_seen_on_a_screen() -> None:
    (mark,) = page(TILES, PageBreak(), TILES).all("div", "page-break")
    assert mark.text == ""
