"""The eye of the golden tests: what it sees, and what it does not."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.pictures import looks_alike

INK, QUIET, PAPER, ACCENT = "#15181e", "#5c6470", "#ffffff", "#0b6b63"


def page(number: str = "12,345", *, ink: str = INK, accent: str = ACCENT, line: int = 60) -> Image.Image:
    """A page with a small number, a hairline and a bar, drawn four times as large and made smaller."""
    big = Image.new("RGB", (1200, 800), PAPER)
    draw = ImageDraw.Draw(big)
    draw.text((80, 80), number, fill=ink, font=ImageFont.load_default(size=68))
    draw.line((80, line * 4, 1120, line * 4), fill=QUIET, width=4)
    draw.rectangle((80, 400, 640, 560), fill=accent)
    return big.reduce(4)


def shifted(picture: Image.Image, by: float) -> Image.Image:
    """The picture a part of a pixel further to the right."""
    return picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, -by, 0, 1, 0), Image.Resampling.BILINEAR)


@pytest.mark.parametrize(
    "changed",
    [
        page("12,346"),
        page("12,845"),
        page(accent="#0b6b9f"),
        page(line=63),
        page().crop((0, 0, 299, 200)),
    ],
    ids=["last digit", "digit in the middle", "colour", "line lower", "size"],
)
def test_a_visible_change_is_seen(changed: Image.Image) -> None:
    assert not looks_alike(page(), changed)


@pytest.mark.parametrize(
    "noisy",
    [
        page(),
        shifted(page(), 0.3),
        page(ink="#1f2228"),
        page().point([min(255, value + 6) for value in range(256)] * 3),
    ],
    ids=["none", "a part of a pixel", "a shade", "lighter"],
)
def test_noise_is_not(noisy: Image.Image) -> None:
    assert looks_alike(page(), noisy)
