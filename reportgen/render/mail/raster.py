"""Drawings as PNGs: mail clients show no SVG. Each is drawn twice as fine as it is shown, for screens of today."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.render.mail.model import Picture, Shot
from reportgen.resources import resource

_SVG: Final = "http://www.w3.org/2000/svg"
_SCALE: Final = 2
_SIGNATURE: Final = 8
"""Bytes before the first chunk."""
_MOST_PIXELS: Final = 8_000_000
"""Of a picture; a chart of the user's own may be of any size."""


def shot(drawing: ET.Element, width: int, height: int) -> Shot:
    """The drawing, an `svg` of that size in pixels, as a picture."""
    import vl_convert

    _our_fonts()
    scale = min(_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
    for element in drawing.iter():
        # All in one name space, whether it was written by us or read from a file.
        element.tag = f"{{{_SVG}}}{element.tag.rpartition('}')[2]}"
        element.attrib.pop("xmlns", None)
    png = _packed(vl_convert.svg_to_png(ET.tostring(drawing, encoding="unicode"), scale=scale))
    # By its content: the same picture is the same part of every mail, and no chance and no clock is in it.
    return Shot(Picture(f"{sha256(png).hexdigest()[:24]}@reportgen", png), width, height)


def _packed(png: bytes) -> bytes:
    """The same PNG, packed well: what draws it packs in haste, to three times the size."""
    chunks = [*_chunks(png)]
    pixels = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")), 9)
    head, *_, end = chunks
    return png[:_SIGNATURE] + b"".join(_chunk(kind, body) for kind, body in (head, (b"IDAT", pixels), end))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = _SIGNATURE
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@cache
def _our_fonts() -> None:
    """Let the library that draws know the fonts of our pages, which nobody's system has under their names."""
    import vl_convert

    vl_convert.register_font_directory(str(resource("templates/fonts")))
