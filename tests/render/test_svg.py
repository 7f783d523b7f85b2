"""A drawn chart stands in a page as it is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from reportgen.render.svg import inline

SVG = "http://www.w3.org/2000/svg"
DRAWN = f'<svg xmlns="{SVG}" version="1.1" class="marks" width="8" height="4" viewBox="0 0 8 4"><path id="a"/></svg>'


def test_it_scales_with_the_page_says_what_it_shows_and_has_ids_of_its_own() -> None:
    assert inline(DRAWN, "chart-1", 'Likes "by" day') == (
        f'<svg viewBox="0 0 8 4" xmlns="{SVG}" role="img" aria-label="Likes &quot;by&quot; day">'
        '<path id="chart-1-a" /></svg>'
    )


def test_every_line_of_a_text_has_a_place_of_its_own() -> None:
    two_lines = (
        f'<svg xmlns="{SVG}"><text text-anchor="middle"><tspan>Mon 9</tspan><tspan x="3">Nov</tspan></text></svg>'
    )
    picture = inline(two_lines, "chart-1", "Likes")
    assert '<tspan x="0">Mon 9</tspan><tspan x="3">Nov</tspan>' in picture


def test_it_is_the_same_after_another_library_named_the_namespace() -> None:
    before = inline(DRAWN, "chart-1", "Likes")
    ET.register_namespace("svg", SVG)
    assert inline(DRAWN, "chart-1", "Likes") == before
