"""The logo and the fonts of a brand: files of the project, embedded in the page."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from reportgen.project import Project, ProjectFileError
from reportgen.render.embed import MEDIA_TYPES, data_uri
from reportgen.render.svg_file import svg_faults
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
_PIXELS: Final = 25_000_000
_MARKER: Final = 0xFF
_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG behind which its size stands."""


def picture(project: Project, name: str) -> str:
    """The logo as a data URI. Raises ProjectFileError where it can't be had, or is not what a page may show."""
    content = _content(project, name, PICTURES, _LARGEST_PICTURE)
    if PurePosixPath(name).suffix.lower() == ".svg":
        for fault in svg_faults(content):
            raise ProjectFileError(f"{quoted(name)} {fault}")
    elif _pixels(content) > _PIXELS:
        raise ProjectFileError(f"{quoted(name)} has more than {_PIXELS // 1_000_000} million pixels; a tenth will do")
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


def _pixels(content: bytes) -> int:
    """How many a PNG or JPEG has, by what it says of itself; drawing unpacks all of them."""
    if content.startswith(b"\x89PNG"):
        return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")
    place = 2
    while place + 9 <= len(content) and content[place] == _MARKER:
        kind = content[place + 1]
        if kind in _SIZES:
            return int.from_bytes(content[place + 5 : place + 7], "big") * int.from_bytes(
                content[place + 7 : place + 9], "big"
            )
        # Markers may be filled up; all others say how long they are.
        place += 1 if kind == _MARKER else 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return 0
