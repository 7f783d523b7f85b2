"""A logo is drawn from what stands in it, and before long."""

from __future__ import annotations

import pytest

from reportgen.render.brand_files import _pixels
from reportgen.render.svg_file import LARGEST, svg_faults

OUTSIDE = "takes something from outside, which no page loads; export it with everything embedded"
MANY = "draws more than 50,000 elements, each as often as it is used; export it as plain SVG"


def faults(inner: str) -> list[str]:
    return list(svg_faults(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode()))


@pytest.mark.parametrize(
    "inner",
    [
        '<style>@IMPORT "https://a.example/b.css";</style>',
        "<style>rect { fill: URL( https://a.example/ ) }</style>",
        "<style>rect { fill: u\\72l(https://a.example/) }</style>",
        '<rect style="fill: \\75rl(https://a.example/)"/>',
        "<style><a/>@import 'b.css';</style>",
        "<style>rect { mask: image-set('https://a.example/' 1x) }</style>",
        '<image href="data:image/svg+xml,%3Csvg/%3E"/>',
        '<image href=" DATA:image/SVG+xml;base64,AA"/>',
        '<image href="https://a.example/b.png"/>',
    ],
)
def test_what_is_taken_from_outside_is_refused_however_it_is_written(inner: str) -> None:
    assert faults(inner) == [OUTSIDE]


def test_what_is_used_within_will_do() -> None:
    inner = '<g id="a"><rect fill="url(#b)"/></g><use href="#a"/><image href="data:image/png;base64,AA"/>'
    assert faults(inner + "<style>.a { fill: url('#b') }</style>") == []


def test_a_style_sheet_from_outside_is_refused() -> None:
    svg = b'<?xml-stylesheet href="a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    assert list(svg_faults(svg)) == [
        "takes a style sheet from outside, which no page loads; export it with everything embedded"
    ]


@pytest.mark.parametrize("letters", ["utf-16", "cp037"])
def test_letters_in_which_entities_would_not_be_seen_are_refused(letters: str) -> None:
    svg = f'<?xml version="1.0" encoding="{letters}"?>'.encode() + "<svg/>".encode(letters)
    assert list(svg_faults(svg)) == ["is not in UTF-8; export it as plain SVG"]
    assert list(svg_faults("<svg/>".encode("utf-16"))) == ["is not in UTF-8; export it as plain SVG"]


def test_what_is_used_ten_times_in_what_is_used_ten_times_is_refused() -> None:
    levels = [f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)]
    assert faults('<g id="a0"><rect/></g>' + "".join(levels)) == [MANY]
    assert faults('<g id="a"><use href="#a"/></g>') == [MANY]


def test_as_many_elements_as_may_be_drawn_are_drawn_however_deep() -> None:
    assert faults("<g>" * (LARGEST - 1) + "</g>" * (LARGEST - 1)) == []
    assert faults("<g/>" * LARGEST) == [MANY]


def test_the_pixels_of_a_picture_are_read_from_its_head() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (13_000).to_bytes(4, "big") + (2_000).to_bytes(4, "big")
    assert _pixels(png) == 26_000_000
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08" + (5_000).to_bytes(2, "big") + (6_000).to_bytes(2, "big")
    assert _pixels(jpeg) == 30_000_000
