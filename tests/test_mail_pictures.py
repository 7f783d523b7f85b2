"""The pictures of a mail in docs/gallery are made from the `.eml` that `reportgen mail` writes.

How they look depends on the fonts of the machine, which set mails; so they are not compared with those of the docs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.render.conftest import CHROMIUM

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
PAPER, NIGHT = (255, 255, 255), (0x14, 0x17, 0x1C)


def _are_alike(picture: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    """Whether the picture has the colour there; pictures of 256 colours are a shade off."""
    found = picture.crop((*place, place[0] + 1, place[1] + 1)).tobytes()
    return all(abs(one - other) <= 4 for one, other in zip(found, colour, strict=True))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    subprocess.run([sys.executable, ROOT / "scripts" / "mail_pictures.py", folder], check=True)
    return folder


@pytest.mark.parametrize(
    ("view", "width", "ground"), [("mail-light", 1080, PAPER), ("mail-dark", 1080, NIGHT), ("mail-phone", 585, PAPER)]
)
def test_a_mail_is_shown_whole_by_day_by_night_and_on_a_phone(
    made: Path, view: str, width: int, ground: tuple[int, int, int]
) -> None:
    picture = Image.open(made / f"{view}.png").convert("RGB")
    assert picture.width == width
    assert picture.height > 3000
    assert _are_alike(picture, (3, 3), ground)
    # The chart's card: its paper, also at night.
    assert any(_are_alike(picture, (width // 2, height), PAPER) for height in range(picture.height))
    with Image.open(ROOT / "docs" / "gallery" / f"{view}.png") as kept:
        assert kept.width == width


def test_one_picture_has_the_beginnings_of_all_three_beside_each_other(made: Path) -> None:
    picture = Image.open(made / "mail.png").convert("RGB")
    assert picture.size == (2889, 2000)
    assert _are_alike(picture, (40, 100), PAPER)
    assert _are_alike(picture, (1160, 100), NIGHT)
    assert _are_alike(picture, (2280, 100), PAPER)
    assert "docs/gallery/mail.png" in (ROOT / "README.md").read_text("utf-8")
