"""A chart of the user's own: the report's numbers, the report's look, and nothing that could do anything."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from reportgen.catalog import METRICS
from reportgen.errors import TemplateError
from reportgen.render.apart import DrawingError, drawn_apart
from reportgen.render.html import render_html
from reportgen.render.look import Look
from reportgen.render.scripts import text_fonts
from reportgen.render.sieve import sieve
from reportgen.render.vega_lite import data_rows, own_chart
from reportgen.report.model import GroupingResult
from reportgen.report.vega_lite import VegaLiteSection
from reportgen.voice.locales import voice_of
from tests.render import made_up
from tests.render.page import read

DAYS = GroupingResult(
    "daily",
    ("engagement.type", "engagement.day", "label.campaign"),
    (METRICS["impressions"],),
    pl.DataFrame(
        {
            "engagement.type": ["impressions", "impressions"],
            "engagement.day": ["2026-11-09", "2026-11-10"],
            "label.campaign": ["launch", ""],
            "value": [12.0, None],
            "missing": [0, 3],
        }
    ),
)
REPORT = replace(made_up.WEEKLY, groupings=(DAYS,))
BARS: dict[str, Any] = {
    "data": {"name": "daily"},
    "mark": "bar",
    "encoding": {
        "x": {"field": "engagement_day", "type": "ordinal"},
        "y": {"field": "value", "type": "quantitative"},
    },
}


def section(spec: dict[str, Any], share: float = 1) -> VegaLiteSection:
    return VegaLiteSection("Mine", None, spec, "Impressions by day", "r.yaml:9:11", share=share)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def test_rows_are_tidy_and_a_gap_is_no_number() -> None:
    seen: dict[str, object] = {"metric": "impressions"}
    assert list(data_rows(DAYS)) == [
        seen | {"engagement_day": "2026-11-09", "label_campaign": "launch", "value": 12, "missing": 0},
        seen | {"engagement_day": "2026-11-10", "label_campaign": "", "value": None, "missing": 3},
    ]


def test_what_the_numbers_lack_is_said_below() -> None:
    def said(rows: GroupingResult, spec: dict[str, Any] = BARS) -> list[str]:
        report = replace(REPORT, groupings=(rows,), sections=(section(spec),), gap_notes=(), remarks=())
        return read(render_html(report, Look())).texts("p", "small")

    assert said(DAYS) == ["Some of its numbers are not known. See the notes."]
    partial = replace(DAYS, rows=DAYS.rows.with_columns(value=pl.lit(7.0)))
    assert said(partial) == ["Some of its numbers are from some of the tweets only. See the notes."]
    both = replace(DAYS, rows=DAYS.rows.with_columns(missing=pl.lit(3)))
    assert said(both) == ["Some of its numbers are not known, others from some of the tweets only. See the notes."]
    undefined = replace(DAYS, rows=DAYS.rows.with_columns(missing=pl.lit(0)))
    assert said(undefined) == ["Some of its numbers are not defined, as rates without impressions."]
    assert said(replace(DAYS, rows=DAYS.rows.head(1))) == []
    assert said(DAYS, BARS | {"data": {"values": [{"engagement_day": "2026-11-09", "value": 1}]}}) == []


def test_it_is_drawn_for_wide_pages_and_phones_with_the_reports_numbers_and_colours() -> None:
    drawn = own_chart(section(BARS), REPORT, "section-1", Look())
    assert list(drawn.pictures) == ["wide", "narrow"]
    picture = parsed(drawn.pictures["wide"])
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "Impressions by day")
    assert str(picture.get("viewBox")).split()[2] == "720"
    assert "2026-11-09" in drawn.pictures["wide"]
    assert Look().palette.accent in drawn.pictures["wide"]


def test_in_columns_it_is_drawn_for_paper_too() -> None:
    drawn = own_chart(section(BARS, share=0.5), REPORT, "section-1", Look())
    assert str(parsed(drawn.pictures["paper"]).get("viewBox")).split()[2] == "340"


@pytest.mark.parametrize("spec", [BARS | {"width": 200}, {"hconcat": [BARS, BARS]}])
def test_with_a_size_of_its_own_it_is_drawn_once_and_grows_no_larger(spec: dict[str, Any]) -> None:
    drawn = own_chart(section(spec), REPORT, "section-1", Look())
    assert list(drawn.pictures) == ["own"]
    assert drawn.width == int(str(parsed(drawn.pictures["own"]).get("viewBox")).split()[2])


def test_what_the_specification_says_wins_over_our_look() -> None:
    spec = BARS | {"config": {"mark": {"color": "#123456"}}, "height": 77}
    drawn = own_chart(section(spec), REPORT, "section-1", Look())
    assert "#123456" in drawn.pictures["wide"]
    assert str(parsed(drawn.pictures["wide"]).get("viewBox")).split()[3] == "77"


def test_letters_that_our_font_lacks_are_set_in_those_of_the_page() -> None:
    picture = parsed(own_chart(section(BARS), REPORT, "section-1", Look()).pictures["wide"])
    assert picture.get("font-family") == text_fonts("Reportgen Sans")


def test_it_stands_in_the_page_as_a_section() -> None:
    shown = read(render_html(replace(REPORT, sections=(section(BARS),)), Look()))
    assert [svg.attributes["aria-label"] for svg in shown.all("svg")] == ["Impressions by day"] * 2
    assert shown.all("image") == []


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ({"data": {"name": "daily"}}, "Invalid specification"),
        (BARS | {"transform": [{"calculate": "datum.a +", "as": "b"}]}, "Unexpected end of input"),
    ],
)
def test_what_vega_refuses_is_told_with_the_place_of_the_specification(spec: dict[str, Any], says: str) -> None:
    with pytest.raises(TemplateError) as failed:
        own_chart(section(spec), REPORT, "section-1", Look())
    assert str(failed.value).startswith("r.yaml:9:11: this specification cannot be drawn: ")
    assert says in str(failed.value)
    assert "\n" not in str(failed.value)


def test_data_from_the_network_are_refused_by_the_program_that_draws_too() -> None:
    with pytest.raises(DrawingError, match="External data url not allowed"):
        drawn_apart([{"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "point"}])


def test_a_specification_that_goes_on_for_ever_is_ended() -> None:
    endless = {"data": {"sequence": {"start": 0, "stop": 10**9}}, "mark": "point"}
    with pytest.raises(DrawingError, match="it takes more than 1 seconds"):
        drawn_apart([endless], seconds=1)


def test_days_are_not_moved_by_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    values = {"values": [{"day": "2026-11-09"}]}
    spec = {"data": values, "mark": "text", "encoding": {"text": {"field": "day", "timeUnit": "date", "format": "%d"}}}
    (svg,) = drawn_apart([spec])
    assert ">09<" in svg


SVG = "http://www.w3.org/2000/svg"


def test_a_drawing_keeps_shapes_and_words_and_nothing_else() -> None:
    root = parsed(
        f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">'
        '<script>alert(1)</script><image href="http://10.0.0.1/a.png"/><foreignObject/><style>@import url(x)</style>'
        '<a xlink:href="javascript:alert(1)"><text>a</text></a><use href="#b"/><animate attributeName="href"/>'
        '<path fill="url(http://10.0.0.1/x)" stroke="url(#mine)" ONCLICK="alert(1)" d="M0 0"/><text>words</text></svg>'
    )
    sieve(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    assert ET.tostring(root, encoding="unicode") == (
        '<svg><path stroke="url(#mine)" d="M0 0" /><text>words</text></svg>'
    )


def test_what_lies_in_the_working_directory_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vl_convert.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert drawn_apart([{"data": {"values": []}, "mark": "point"}])[0].startswith("<svg")


AXIS = {
    "data": {"values": [{"x": 1.5, "y": 1_500_000}]},
    "mark": "point",
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
}
MONTHS = {
    "data": {"values": [{"x": "2026-01-01"}, {"x": "2026-12-01"}]},
    "mark": "point",
    "encoding": {"x": {"field": "x", "type": "temporal", "axis": {"format": "%B"}}},
}


@pytest.mark.parametrize(
    ("locale", "numbers", "month"),
    [
        ("en", {"0.8", "1,400,000"}, "March"),
        ("de", {"0,8", "1.400.000"}, "März"),
        ("fr", {"0,8", "1\N{NO-BREAK SPACE}400\N{NO-BREAK SPACE}000"}, "mars"),
        ("hi", {"0.8", "14,00,000"}, "मार्च"),
    ],
)
def test_axes_say_numbers_and_days_as_the_readers_know_them(locale: str, numbers: set[str], month: str) -> None:
    axis, months = drawn_apart([AXIS, MONTHS], voice_of(locale))
    assert numbers <= set(re.findall(r">([^<>]+)</text>", axis))
    assert month in re.findall(r">([^<>]+)</text>", months)
