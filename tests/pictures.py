"""Whether two pages look alike: a changed digit or colour is seen, and noise is not.

Both are drawn here and now, by the same program, so that what is left of noise is letters that lie a part of a pixel
elsewhere, and colours that are a shade off.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageFilter

_DPI: Final = 150
_AROUND: Final = 3
"""Pixels: how wide the place is in which a colour may lie elsewhere."""
_LIMITS: Final = ((60, 1), (24, 200))
"""Of 255: how far out of all colours around its place a pixel may be; and how many pixels may be further out."""


def drawn(pdf: Path, scratch: Path) -> list[Image.Image]:
    """The pages of the PDF as pictures."""
    stem = scratch / pdf.stem
    subprocess.run(["pdftoppm", "-r", str(_DPI), "-png", str(pdf), str(stem)], check=True, capture_output=True)
    files = sorted(scratch.glob(f"{pdf.stem}-*.png"))
    pages = [Image.open(file).convert("RGB") for file in files]
    for file in files:
        file.unlink()
    return pages


def looks_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether nobody sees a difference between the two."""
    if one.size != other.size:
        return False
    out = ImageChops.lighter(_out_of(one, other), _out_of(other, one)).histogram()
    return all(sum(out[limit + 1 :]) <= most for limit, most in _LIMITS)


def _out_of(one: Image.Image, other: Image.Image) -> Image.Image:
    """By how much each pixel is lighter or darker than all that the other picture has around its place; grey."""
    lighter = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(_AROUND)))
    darker = ImageChops.subtract(other.filter(ImageFilter.MinFilter(_AROUND)), one)
    return _most(ImageChops.lighter(lighter, darker).split())


def _most(channels: tuple[Image.Image, ...]) -> Image.Image:
    first, *others = channels
    for channel in others:
        first = ImageChops.lighter(first, channel)
    return first
