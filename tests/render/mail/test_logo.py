"""The logo of a mail is a PNG, whatever kind of file the brand has."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from reportgen.render.embed import data_uri
from reportgen.render.look import Logo, Look
from reportgen.render.mail.logo import logo_picture

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" %b><rect width="40" height="40" fill="#5b2a86"/>
<text x="50" y="28" font-family="Nobody has this" font-size="24" fill="#ff0000">Acme</text></svg>"""


def drawn(kind: str, size: tuple[int, int]) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "#5b2a86").save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("a.svg", SVG % b'viewBox="0 0 160 40"', (192, 48)),
        ("a.svg", SVG % b'width="160px" height="40"', (192, 48)),
        ("a.svg", SVG % b'width="100%"', (240, 48)),
        ("a.png", drawn("PNG", (800, 100)), (240, 30)),
        ("a.jpeg", drawn("JPEG", (50, 100)), (24, 48)),
    ],
)
def test_it_is_as_large_as_its_place_lets_it_be(name: str, content: bytes, size: tuple[int, int]) -> None:
    shot = logo_picture(Logo(data_uri(name, content), "Acme"), Look())
    picture = Image.open(io.BytesIO(shot.picture.content))
    assert (shot.width, shot.height) == size
    assert picture.size == (2 * size[0], 2 * size[1])
    corner = picture.convert("RGB").resize((1, 1), box=(2, 2, 6, 6)).tobytes()
    # JPEGs come near.
    assert max(abs(one - other) for one, other in zip(corner, bytes.fromhex("5b2a86"), strict=True)) < 4


def test_words_in_a_font_that_nobody_has_are_drawn_all_the_same_on_paper() -> None:
    logo = Logo(data_uri("a.svg", SVG % b'viewBox="0 0 160 40"'), "Acme")
    picture = Image.open(io.BytesIO(logo_picture(logo, Look()).picture.content)).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(100_000) or ()}
    assert (255, 0, 0) in colours
    assert picture.getpixel((383, 1)) == (255, 255, 255)
