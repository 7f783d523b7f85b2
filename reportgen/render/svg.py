"""A Vega-Lite specification drawn as an SVG that stands inside a page."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Thread
from types import MappingProxyType
from typing import Any, Final
from xml.etree import ElementTree as ET

from markupsafe import Markup

from reportgen.render.sieve import sieve

_SVG: Final = "http://www.w3.org/2000/svg"
VEGA_LITE: Final = "6.4"
_NOT_FOR_PAGES: Final = {"class", "role", "aria-hidden", "aria-roledescription", "pointer-events"}


def start_drawing() -> None:
    """Let the library that draws start, which takes half a second, while Python goes on with something else."""
    # Not of the daemon kind: the end of the process is not to come in the middle of it.
    Thread(target=svg_of, args=({"mark": "point", "data": {"values": []}},)).start()


def drawn(spec: Mapping[str, Any], name: str, text: str, data: Mapping[str, str]) -> Markup:
    """The picture, as wide as its place on the page. `name` makes its ids unique, `text` says what it shows,
    `data` are attributes for the script of the page.

    The specification brings its data along; one that asks for an address on the network is a ValueError.
    """
    return inline(svg_of(spec), name, text, data)


def svg_of(spec: Mapping[str, Any]) -> str:
    """The picture as Vega draws it. ValueError as in `drawn`."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    return svg


def inline(svg: str, name: str, text: str, data: Mapping[str, str] = MappingProxyType({})) -> Markup:
    """The SVG as a labelled image: it scales with the page, and its ids are its own."""
    root = ET.fromstring(svg)  # noqa: S314 - written by vl-convert a moment ago
    sieve(root)
    font = next((element.get("font-family") for element in root.iter(f"{{{_SVG}}}text")), None)
    for element in root.iter():
        # Without prefixes: which ones ElementTree would write depends on what other libraries told it.
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        for attribute in _NOT_FOR_PAGES & element.attrib.keys():
            del element.attrib[attribute]
        _rename_ids(element, name)
        if element.tag == "tspan":
            element.attrib.setdefault("x", "0")  # WeasyPrint places a first line only where it has an x of its own
        if font and element.get("font-family") == font:
            del element.attrib["font-family"]
    for attribute in ("version", "width", "height"):
        root.attrib.pop(attribute, None)
    root.set("xmlns", _SVG)
    if font:
        root.set("font-family", font)
    root.set("role", "img")
    root.set("aria-label", text)
    root.attrib.update(data)
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - serialised, so escaped


def _rename_ids(element: ET.Element, name: str) -> None:
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.attrib['id']}")
    for attribute, value in element.attrib.items():
        if value.startswith("url(#"):
            element.set(attribute, f"url(#{name}-{value.removeprefix('url(#')}")
