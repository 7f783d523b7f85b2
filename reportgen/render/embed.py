"""Files of the project inside a page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from reportgen.project import Project

_FONTS: Final = {".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf"}
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".css": "text/css",
    **_FONTS,
}
"""What a page may be made of besides templates, by the ending of the file's name."""
OF_FONTS: Final = (*_FONTS, ".ttc", ".otc", ".pfb")
"""How the names of fonts end, also of those that a page can't have."""


def embedded(project: Project, name: str) -> str:
    """The file as a data URI, so that the page needs nothing beside it. Raises ProjectFileError."""
    return data_uri(name, project.read(name, tuple(MEDIA_TYPES)))


def data_uri(name: str, content: bytes) -> str:
    """The content of a file of that name, one of MEDIA_TYPES, as an address that holds all of it."""
    return f"data:{MEDIA_TYPES[PurePosixPath(name).suffix.lower()]};base64,{b64encode(content).decode()}"
