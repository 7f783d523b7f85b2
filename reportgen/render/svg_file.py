"""What an SVG of the user's own has in it that a page does not show, or that would take for ever to draw.

It stands in an image, where nothing of it could run or load; but what is left out there is better said beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

LARGEST: Final = 50_000
"""Elements drawn, each as often as it is used."""
_NOT_DRAWN: Final = ("script", "foreignObject")
_SVG: Final = "{http://www.w3.org/2000/svg}svg"
_OTHER_LETTERS: Final = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_WITHIN: Final = re.compile(r"#|data:(?![^,;]*(svg|xml|html|css))")
_USED: Final = re.compile(r"""\A\s*#(\S+)\s*\Z|url\(\s*["']?#([^)"'\s]+)""", re.IGNORECASE)


def svg_faults(content: bytes) -> Iterator[str]:
    """What is wrong with the file, as the ends of sentences that begin with its name."""
    if _OTHER_LETTERS.match(content) or not _is_text(content):
        yield "is not in UTF-8; export it as plain SVG"
    elif b"<!ENTITY" in content:
        yield "declares entities, which are not read; export it as plain SVG"
    elif b"<?xml-stylesheet" in content:
        yield "takes a style sheet from outside, which no page loads; export it with everything embedded"
    else:
        try:
            yield from _of_root(ET.fromstring(content))  # noqa: S314 - without entities, of half a megabyte at most
        except ET.ParseError as error:
            yield f"is no well-formed SVG: {error}"


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _of_root(root: ET.Element) -> Iterator[str]:
    if root.tag != _SVG:
        yield "is no SVG: it does not begin with an svg element of SVG's namespace"
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in _NOT_DRAWN or any(name.lower().startswith("on") for name in element.attrib):
            yield "has a script or a page in it, which an image does not show; export it as plain SVG"
        styles = ["".join(element.itertext())] if tag == "style" else [element.get("style", "")]
        links = [value for name, value in element.attrib.items() if name.rpartition("}")[2] in ("href", "src")]
        strange = tag != "a" and not all(_WITHIN.match(link.strip().lower()) for link in links)
        if strange or any("\\" in style for style in styles) or any(map(_loads, [*element.attrib.values(), *styles])):
            yield "takes something from outside, which no page loads; export it with everything embedded"
    if not _is_small(root):
        yield f"draws more than {LARGEST:,} elements, each as often as it is used; export it as plain SVG"


def _loads(value: str) -> bool:
    plain = re.sub(r"[\s'\"]", "", value).lower()
    addresses = plain.split("url(")[1:]
    return "@import" in plain or "image-set(" in plain or not all(map(_WITHIN.match, addresses))


def _is_small(root: ET.Element) -> bool:
    """Whether what is drawn, with all that is used in it, is no more than LARGEST; what uses itself is without end."""
    by_id = {name: element for element in root.iter() if (name := element.get("id"))}
    sizes: dict[ET.Element, int] = {}
    begun: set[ET.Element] = set()
    waiting = [root]
    while waiting:
        element = waiting[-1]
        parts = [*element, *(by_id[name] for name in _uses(element) if name in by_id)]
        unknown = [part for part in parts if part not in sizes]
        if element in sizes or not unknown:
            waiting.pop()
            sizes[element] = 1 + sum(sizes[part] for part in parts)
        elif element in begun:
            return False
        else:
            begun.add(element)
            waiting += unknown
    return sizes[root] <= LARGEST


def _uses(element: ET.Element) -> Iterator[str]:
    for value in element.attrib.values():
        for found in _USED.finditer(value):
            yield found[1] or found[2]
