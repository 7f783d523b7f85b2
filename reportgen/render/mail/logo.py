"""The logo of a brand as a picture for mails, whatever kind of file it is."""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.render.look import Logo, Look
from reportgen.render.mail.model import Shot
from reportgen.render.mail.raster import shot

_WIDEST: Final = 240
_HIGHEST: Final = 48
_ANY_FONT: Final = "sans-serif"
"""Words in a font that the machine has not would not be drawn at all."""
_NUMBER: Final = re.compile(r"\s*([0-9.]+)\s*(?:px)?\s*\Z")
_JPEG_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def logo_picture(logo: Logo, look: Look) -> Shot:
    """The logo on paper: its letters are often dark, and would not be seen on the ground of a mail at night."""
    width, height = _fitted(*_size(logo.uri))
    svg = ET.Element("svg", {"viewBox": f"0 0 {width} {height}", "width": f"{width}", "height": f"{height}"})
    size = {"width": f"{width}", "height": f"{height}"}
    ET.SubElement(svg, "rect", {**size, "fill": look.palette.paper})
    svg.append(_placed(logo.uri, size))
    return shot(svg, width, height)


def _placed(uri: str, size: dict[str, str]) -> ET.Element:
    """A drawing stands in the drawing itself: words in an image would be drawn without fonts."""
    kind, content = _content(uri)
    if not kind.endswith("svg+xml"):
        return ET.Element("image", {**size, "href": uri})
    root = ET.fromstring(content)  # noqa: S314 - checked when it was read: no entities, half a megabyte at most
    root.attrib.setdefault("viewBox", f"0 0 {' '.join(f'{side:g}' for side in _size(uri))}")
    root.attrib.update(size)
    root.attrib.setdefault("font-family", _ANY_FONT)
    for element in root.iter():
        if "font-family" in element.attrib:
            element.set("font-family", f"{element.attrib['font-family']},{_ANY_FONT}")
    return root


def _content(uri: str) -> tuple[str, bytes]:
    """The media type, and the bytes."""
    kind, _, data = uri.removeprefix("data:").partition(";base64,")
    return kind, b64decode(data)


def _fitted(width: float, height: float) -> tuple[int, int]:
    """As large as its place at the head of the mail lets it be."""
    scale = min(_WIDEST / width, _HIGHEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _size(uri: str) -> tuple[float, float]:
    """What the picture says of its own size; that of its place, where it says nothing that can be read."""
    kind, content = _content(uri)
    if kind.endswith("svg+xml"):
        found = _size_of_svg(content)
    elif content.startswith(b"\x89PNG"):
        found = struct.unpack(">II", content[16:24])
    else:
        found = _size_of_jpeg(content)
    return found if found and min(found) > 0 else (_WIDEST, _HIGHEST)


def _size_of_svg(content: bytes) -> tuple[float, float] | None:
    root = ET.fromstring(content)  # noqa: S314 - as above
    box = [float(number) for number in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    if len(box) == 4:
        return box[2], box[3]
    width, height = (_NUMBER.match(root.get(name, "")) for name in ("width", "height"))
    return (float(width[1]), float(height[1])) if width and height else None


def _size_of_jpeg(content: bytes) -> tuple[float, float] | None:
    place = 2
    while place + 9 <= len(content):
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None
