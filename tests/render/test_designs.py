"""Every design has every kind of section, on screens and on paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import get_args

import pytest
from pypdf import PdfReader

from reportgen.render import charts
from reportgen.render.environment import _PARTIALS
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.report.cards import CardsSection
from reportgen.report.charts import ChartSection
from reportgen.report.heatmap import HeatmapSection
from reportgen.report.kpis import KpiSection
from reportgen.report.model import ColumnsSection, PlacedSection, Value
from reportgen.report.tables import TableSection
from reportgen.report.texts import TextSection
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.spec.model import Design, PageSize
from tests.render import made_up, test_cards, test_heat, test_prose, test_vega_lite
from tests.render.page import read

DESIGNS: tuple[Design, ...] = get_args(Design)
LINE = made_up.chart("Day by day", "engagement.day", "line", made_up.panel("impressions", made_up.days(7)))
SECTIONS: dict[type, PlacedSection] = {
    KpiSection: made_up.kpis("impressions", "engagements", "engagement_rate", "favorites", missing=2),
    ChartSection: LINE,
    TableSection: made_up.table("Top tweets", 6, 34, "impressions", "engagements", "favorites"),
    CardsSection: test_cards.section([test_cards.card("We launched it!", Value(1234))]),
    HeatmapSection: test_heat.section(Value(8291), Value(33)),
    TextSection: test_prose.text("A **good** week.", title="In short"),
    VegaLiteSection: test_vega_lite.section({"data": {"values": [{"a": 1}]}, "mark": "point"}),
    ColumnsSection: ColumnsSection(
        "Beside", None, (replace(LINE, title="Left", share=0.5), replace(LINE, title="Right", share=0.5))
    ),
}


@cache
def page_in(design: Design) -> str:
    return render_html(replace(made_up.WEEKLY, sections=tuple(SECTIONS.values())), Look(design=design))


def test_no_kind_of_section_is_left_out_here() -> None:
    assert SECTIONS.keys() == _PARTIALS.keys()


@pytest.mark.parametrize("design", DESIGNS)
def test_a_page_in_every_design_has_every_section(design: Design) -> None:
    page = read(page_in(design))
    assert page.all("body")[0].attributes["class"] == design
    titles = [*page.texts("h2"), *page.texts("h3")]
    assert {"Day by day", "Top tweets", "Top", "Hours", "In short", "Mine", "Beside", "Left", "Right", "Notes"} <= set(
        titles
    )
    assert page.texts("dd", "number")[0] == "1,284,937*"


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_printed_with_every_number_and_no_sheet_left_empty(design: Design) -> None:
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(render_pdf(page_in(design)))).pages]
    text = " ".join(" ".join(sheets).split())
    for words in ("1,284,937", "Day by day", "65,167", "We launched it!", "8.3k", "A good week.", "Left", "Right"):
        assert words in text
    assert min(len(sheet.split()) for sheet in sheets) > 20


def test_the_executive_design_lies_across_the_paper() -> None:
    for design, size in (("editorial", "A4"), ("ledger", "A4"), ("executive", "A4 landscape")):
        assert re.search(r"@page {\s*size: ([^;]*);", page_in(design))[1] == size  # type: ignore[index]


def test_charts_follow_the_design() -> None:
    sizes = {}
    for design in DESIGNS:
        (panel,) = charts.figure(LINE, "chart", Look(design=design)).panels
        assert isinstance(panel, charts.Drawing)
        width, height = re.findall(r'viewBox="0 0 (\d+) (\d+)', panel.wide)[0]
        sizes[design] = (int(width), int(height))
    assert {design: width for design, (width, _) in sizes.items()} == {
        "editorial": 720, "ledger": 720, "executive": 880,
    }  # fmt: skip
    assert sizes["ledger"][1] < sizes["editorial"][1]


@pytest.mark.parametrize("page", get_args(PageSize))
def test_the_first_sheet_of_the_executive_design_has_its_figures_and_its_first_chart(page: PageSize) -> None:
    tiles = made_up.kpis("impressions", "engagements", "engagement_rate", "favorites", missing=2)
    report = replace(made_up.WEEKLY, sections=(tiles, LINE, replace(LINE, title="And again")))
    sheets = PdfReader(io.BytesIO(render_pdf(render_html(report, Look(design="executive", page=page))))).pages
    first, second = (sheet.extract_text() for sheet in sheets[:2])
    assert "1,284,937" in first
    assert "Day by day" in first
    assert "15 Nov" in first or "Sun 15" in first
    assert "And again" in second


@pytest.mark.parametrize("design", DESIGNS)
def test_every_rule_of_a_design_is_its_own(design: Design) -> None:
    own = page_in(design).count(f".{design} ")
    others = sum(page_in(design).count(f".{other} ") for other in DESIGNS if other != design)
    assert others == 0
    assert own > 20 or design == "editorial"


def test_what_scrolls_holds_the_words_for_hearers_in_it() -> None:
    # They stand out of the flow: where the box has no position, a browser counts them to the width of the page.
    assert re.search(r"\.scroll { position: relative; }", page_in("editorial"))
