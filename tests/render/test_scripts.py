"""Every script on paper: no empty boxes, the fonts that were chosen, the words as text, letters joined."""

from __future__ import annotations

import io
import logging
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.pdf import render_pdf
from reportgen.report.model import Section
from tests.render import made_up
from tests.render.page import read
from tests.render.scripts import OURS, TEXTS, need_font

ALL = pytest.mark.parametrize("script", TEXTS)


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What WeasyPrint warns of, which the product keeps quiet."""
    logger = logging.getLogger("weasyprint")
    monkeypatch.setattr(logger, "setLevel", lambda level: None)
    monkeypatch.setattr(logger, "level", logging.WARNING)
    return caplog


def page_of(*sections: Section, title: str = "Plain") -> str:
    report = replace(made_up.WEEKLY, title=title, sections=sections, gap_notes=(), remarks=())
    return render_html(report, Look())


def in_text(text: str) -> str:
    return page_of(made_up.table("Plain", 1, 1, "impressions", note=text))


def in_chart(text: str) -> str:
    return page_of(made_up.chart("Plain", "handle", "bar", made_up.panel("impressions", (text, "@acme"))))


def fonts_of(pdf: bytes) -> set[str]:
    """The families used, in the text and in the pictures."""
    names = {name for page in PdfReader(io.BytesIO(pdf)).pages for name in _fonts(page)}
    return {name.split("+")[1].replace("-", " ") for name in names}


def _fonts(holder: PageObject) -> Iterator[str]:
    resources = holder.get("/Resources", {})
    for font in resources.get("/Font", {}).values():
        yield str(font.get_object()["/BaseFont"])
    for picture in resources.get("/XObject", {}).values():
        yield from _fonts(picture.get_object())


def text_of(pdf: bytes) -> str:
    printed = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return "".join(printed.split())


@ALL
@pytest.mark.parametrize("place", [in_text, in_chart])
def test_no_script_is_printed_as_empty_boxes(script: str, place: object, complaints: pytest.LogCaptureFixture) -> None:
    text, family = TEXTS[script]
    need_font(family)
    assert callable(place)
    pdf = render_pdf(place(text))
    assert [record.getMessage() for record in complaints.records if ".notdef" in record.getMessage()] == []
    assert family in fonts_of(pdf)


@pytest.mark.parametrize("script", ["Latin", "Cyrillic", "Greek", "Japanese", "Chinese", "Korean"])
def test_the_words_can_be_copied(script: str) -> None:
    text, family = TEXTS[script]
    need_font(family)
    assert "".join(text.split()) in text_of(render_pdf(in_text(text)))


def test_digits_and_signs_stay_in_our_own_font_beside_emoji() -> None:
    need_font("Noto Color Emoji")
    pdf = render_pdf(in_text("1 to 9 © 👍🏽"))
    assert {family for family in fonts_of(pdf) if not family.startswith("Reportgen")} == {"Noto Color Emoji"}
    assert "1to9©" in text_of(pdf)


@pytest.mark.parametrize("script", ["Hindi", "Arabic", "emoji", "combining marks"])
def test_the_names_of_a_chart_are_as_wide_as_the_same_words_in_text(script: str) -> None:
    text, family = TEXTS[script]
    need_font(family)
    style = f'font-family="{OURS}, {family}" font-size="16px"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40"><text {style}>{text}</text></svg>'
    line = f'<p style="font: 16px {OURS}, {family}; margin: 0">{text}</p>'
    assert glyphs(render_pdf(picture)) == glyphs(render_pdf(line))


def glyphs(pdf: bytes) -> list[str]:
    """What is shown, glyph by glyph, with its advances."""
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return [line for line in page.get_contents().get_data().decode("latin-1").split("\n") if line.endswith("TJ")]  # type: ignore[union-attr]


def test_a_cut_name_of_a_chart_ends_between_emoji() -> None:
    (names,) = {tuple(read(in_chart("👍🏽" * 12)).texts("text"))[:1]}
    assert names == (f"{'👍🏽' * 10}…",)


def test_the_direction_of_a_name_does_not_reach_its_surroundings() -> None:
    hebrew = "דוח שבועי, Acme!"
    page = page_of(made_up.kpis("impressions", title=hebrew), title=hebrew)
    assert f'<h1><bdi dir="rtl">{hebrew}</bdi></h1>' in page
    assert f'<bdi dir="rtl">{hebrew}</bdi></h2>' in page
    assert f"<title>\u2067{hebrew}\u2069 · 9–15 November 2026</title>" in page


def test_a_space_after_an_emoji_is_as_wide_as_others(tmp_path: Path) -> None:
    need_font("Noto Color Emoji")
    (tmp_path / "page.pdf").write_bytes(render_pdf(in_text("Onwards 🚀 and ❤️ upwards")))
    command = ["pdftotext", "-bbox", str(tmp_path / "page.pdf"), "-"]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</word>', printed)
    start = [word for *_, word in found].index("Onwards")
    assert [word for *_, word in found[start : start + 5]] == ["Onwards", "🚀", "and", "❤️", "upwards"]
    gaps = [float(after[0]) - float(before[1]) for before, after in pairwise(found[start : start + 5])]
    assert gaps == pytest.approx([gaps[0]] * 4, abs=0.1)
    assert gaps[0] > 1
