"""Pictures are set in the fonts of our pages, and are packed well."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from reportgen.render.look import Look
from reportgen.render.mail.raster import shot
from reportgen.render.mail.sheet import EDGE, Sheet
from reportgen.resources import resource


def square(width: int, height: int) -> ET.Element:
    """A drawing of that size with a square in it."""
    svg = ET.Element("svg", {"viewBox": f"0 0 {width} {height}", "width": f"{width}", "height": f"{height}"})
    ET.SubElement(svg, "rect", {"width": "9", "height": "9", "fill": "#123456"})
    return svg


def width_of(family: str, weight: int) -> int:
    """How many pixels a text is wide in a font."""
    svg = ET.Element("svg", {"viewBox": "0 0 200 30", "width": "200", "height": "30"})
    text = ET.SubElement(svg, "text", {"y": "20", "font-family": family, "font-weight": str(weight)})
    text.text = "Engagements 1,234"
    box = Image.open(io.BytesIO(shot(svg, 200, 30).picture.content)).getbbox()
    assert box
    return box[2] - box[0]


def test_each_weight_of_our_sans_is_there_for_pictures() -> None:
    widths = [width_of("Reportgen Sans", weight) for weight in (400, 500, 600)]
    assert widths == sorted({*widths})


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_the_fonts_of_pictures_are_those_of_pages(weight: int) -> None:
    page, picture = (TTFont(resource(f"templates/fonts/reportgen-sans-{weight}.{kind}")) for kind in ("woff2", "ttf"))
    assert page.getBestCmap() == picture.getBestCmap()
    assert page["hmtx"].metrics == picture["hmtx"].metrics
    assert picture["name"].getDebugName(1) == "Reportgen Sans"


def test_the_same_drawing_is_the_same_picture_under_the_same_name() -> None:
    one, other = (shot(square(9, 9), 9, 9).picture for _ in range(2))
    assert one == other
    assert one.cid.endswith("@reportgen")


def test_a_picture_of_any_size_has_no_more_pixels_than_a_mail_can_carry() -> None:
    width, height = Image.open(io.BytesIO(shot(square(9000, 3000), 9000, 3000).picture.content)).size
    assert width * height <= 8_100_000


def test_what_reaches_beyond_a_chart_is_drawn_in_the_edge_around_it() -> None:
    chart = ET.Element("svg", {"viewBox": "0 0 100 50"})
    ET.SubElement(chart, "rect", {"x": "90", "width": "20", "height": "50", "fill": "#123456"})
    sheet = Sheet(100 + 2 * EDGE, Look())
    sheet.down(sheet.put(chart))
    picture = Image.open(io.BytesIO(shot(sheet.drawing(), sheet.width, sheet.height).picture.content)).convert("RGB")
    seen = [picture.getpixel((2 * (EDGE + x), 2 * (EDGE + 25))) for x in (95, 105, 115)]
    assert seen == [(0x12, 0x34, 0x56), (0x12, 0x34, 0x56), (255, 255, 255)]
