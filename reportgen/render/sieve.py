"""A drawing without anything but shapes and words. Pure."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = frozenset(
    _SVG + name
    for name in (
        *("svg", "g", "path", "rect", "line", "circle", "text", "tspan"),
        *("defs", "clipPath", "linearGradient", "radialGradient", "stop"),
    )
)
_ELSEWHERE: Final = re.compile(r"url\(\s*(?!#)", re.IGNORECASE)


def sieve(root: ET.Element) -> None:
    """Take out pictures, links, scripts, and whatever names an address; what stays is shapes and words."""
    for element in root.iter():
        for child in list(element):
            if child.tag not in _SHAPES:
                element.remove(child)
        for name, value in list(element.attrib.items()):
            plain = name.rpartition("}")[2].lower()
            if plain == "href" or plain.startswith("on") or _ELSEWHERE.search(value):
                del element.attrib[name]
