"""The look that a report's file and the project's settings make together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.errors import TemplateError
from reportgen.project import Project
from reportgen.render.choose import branded, look_of
from reportgen.render.contrast import distance
from reportgen.render.html import render_html
from reportgen.render.look import Fonts, Look
from reportgen.render.palette import Palette
from reportgen.settings import Settings
from reportgen.spec.brand import NO_BRAND, Brand
from reportgen.spec.check import check
from reportgen.spec.model import Outputs, ReportSpec
from reportgen.voice.locales import voice_of
from tests.conftest import ROOT
from tests.render import made_up
from tests.render.page import read
from tests.spec.documents import BASE

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>'


@pytest.fixture
def spec(tmp_path: Path) -> ReportSpec:
    (tmp_path / "r.yaml").write_text(BASE)
    checked = check(tmp_path / "r.yaml")
    assert isinstance(checked, ReportSpec)
    return checked


def test_a_report_and_a_project_that_set_nothing_look_as_ever(spec: ReportSpec) -> None:
    assert look_of(spec, Settings()) == Look()


def test_a_report_wins_over_the_project(spec: ReportSpec) -> None:
    settings = Settings(page="Letter", design="ledger", locale="de", brand=Brand(footer="Acme", accent="#39449c"))
    assert look_of(spec, settings).page == "Letter"
    assert look_of(spec, settings).voice == voice_of("de")
    own = replace(spec, outputs=Outputs(page="A4"), design="executive", locale="en", brand=Brand(footer="Globex"))
    look = look_of(own, settings)
    assert (look.page, look.design, look.voice, look.footer) == ("A4", "executive", voice_of("en"), "Globex")
    assert look.palette.accent == "#39449c"


def test_an_accent_leads_the_series_and_those_too_near_to_it_step_back() -> None:
    assert branded(NO_BRAND) == Palette()
    orange = branded(Brand(accent="#b85c00"))
    assert orange.series == ("#b85c00", "#0b6b63", "#39449c", "#b3416f", "#3487b5", "#6f7f22")
    assert min(distance(orange.accent, colour) for colour in orange.series[1:]) >= 0.12


def test_series_of_the_brand_are_taken_as_they_are() -> None:
    assert branded(Brand(series=("#0b6b63", "#0a5c8f"))).series == ("#0b6b63", "#0a5c8f")


def test_a_logo_and_fonts_travel_with_the_page(tmp_path: Path, spec: ReportSpec) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    font = (ROOT / "templates" / "fonts" / "reportgen-serif-500.woff2").read_bytes()
    (tmp_path / "own.woff2").write_bytes(font)
    brand = Brand(logo="logo.svg", logo_text="Acme & Co", text_font="own.woff2", headings_font="Georgia", footer="<b>")
    look = look_of(replace(spec, brand=brand), Settings(), Project(tmp_path))
    assert look.fonts == Fonts("Brand Text", "Georgia", look.fonts.files)
    html = render_html(replace(made_up.WEEKLY, sections=()), look)
    page = read(html)
    (logo,) = page.all("img")
    assert logo.attributes["alt"] == "Acme & Co"
    assert str(logo.attributes["src"]).startswith("data:image/svg+xml;base64,")
    assert page.all("div", "flag") == []
    assert html.count("@font-face") == 1
    assert '@font-face{font-family:"Brand Text"' in html
    assert page.texts("footer")[0].endswith("<b>")
    assert "Made with reportgen" not in html


def test_a_file_that_has_gone_since_it_was_checked_is_an_error(tmp_path: Path, spec: ReportSpec) -> None:
    with pytest.raises(TemplateError, match=r"brand: 'logo\.svg' is not there"):
        look_of(replace(spec, brand=Brand(logo="logo.svg")), Settings(), Project(tmp_path))
