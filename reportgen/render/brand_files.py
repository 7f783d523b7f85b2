"""The logo and the fonts of a brand: files of the project, embedded in the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.project import Project, ProjectFileError
from reportgen.render.embed import MEDIA_TYPES, data_uri
from reportgen.spec.words import quoted

PICTURES: Final = (".svg", ".png", ".jpg", ".jpeg")
FONTS: Final = (".woff2", ".ttf", ".otf")
_LARGEST_PICTURE: Final = 512 * 1024
_LARGEST_FONT: Final = 2 * 1024 * 1024
_BEGINNINGS: Final = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".woff2": (b"wOF2",),
    ".ttf": (b"\x00\x01\x00\x00", b"true"),
    ".otf": (b"OTTO",),
}
_NOT_DRAWN: Final = ("script", "foreignObject")
_SVG: Final = "{http://www.w3.org/2000/svg}svg"


def picture(project: Project, name: str) -> str:
    """The logo as a data URI. Raises ProjectFileError where it can't be had, or is not what a page may show."""
    content = _content(project, name, PICTURES, _LARGEST_PICTURE)
    if PurePosixPath(name).suffix.lower() == ".svg":
        for fault in _svg_faults(content):
            raise ProjectFileError(f"{quoted(name)} {fault}")
    return data_uri(name, content)


def is_file(font_name: str) -> bool:
    """Whether this names a file with a font, and not a family of the machine."""
    return PurePosixPath(font_name).suffix.lower() in MEDIA_TYPES or "/" in font_name


def font(project: Project, name: str) -> str | None:
    """The font as a data URI; None for a family of the machine. Raises ProjectFileError."""
    return data_uri(name, _content(project, name, FONTS, _LARGEST_FONT)) if is_file(name) else None


def _content(project: Project, name: str, suffixes: tuple[str, ...], largest: int) -> bytes:
    content = project.read(name, suffixes)
    if len(content) > largest:
        raise ProjectFileError(f"{quoted(name)} is larger than {largest // 1024} KiB, and every page would carry it")
    suffix = PurePosixPath(name).suffix.lower()
    if not content.startswith(_BEGINNINGS.get(suffix, (b"",))):
        raise ProjectFileError(f"{quoted(name)} is not what its name says: it does not begin as a {suffix} file does")
    return content


def _svg_faults(content: bytes) -> Iterator[str]:
    """What an SVG has in it that a page does not show. It stands in an image, where nothing of it could run or load;
    but what is left out there is better said beforehand.
    """
    if b"<!ENTITY" in content:
        yield "declares entities, which are not read; export it as plain SVG"
        return
    try:
        root = ET.fromstring(content)  # noqa: S314 - without entities, of half a megabyte at most
    except ET.ParseError as error:
        yield f"is no well-formed SVG: {error}"
        return
    if root.tag != _SVG:
        yield "is no SVG: it does not begin with an svg element of SVG's namespace"
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in _NOT_DRAWN or any(name.lower().startswith("on") for name in element.attrib):
            yield "has a script or a page in it, which an image does not show; export it as plain SVG"
        values = [*element.attrib.values(), element.text or ""] if tag == "style" else [*element.attrib.values()]
        links = [value for name, value in element.attrib.items() if name.rpartition("}")[2] in ("href", "src")]
        if any(not link.startswith(("#", "data:")) for link in links if tag != "a") or any(map(_loads, values)):
            yield "takes something from outside, which no page loads; export it with everything embedded"


def _loads(value: str) -> bool:
    addresses = value.replace(" ", "").replace("'", "").replace('"', "").split("url(")[1:]
    return "@import" in value or any(not address.startswith(("#", "data:")) for address in addresses)
