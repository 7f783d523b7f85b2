"""Texts of others without what a terminal, a page or a database could take for something else than a letter."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_INSTEAD: Final = "\ufffd"


def printable_text(text: str) -> str:
    """A text of any number of lines, with a mark in place of each control character: none stands in a tweet."""
    return text if text.isprintable() else _CONTROL.sub(_INSTEAD, text)


def printable_line(text: str) -> str:
    """A text in one line, such as a path, with a mark in place of each character that is not printable."""
    return text if text.isprintable() else "".join(char if char.isprintable() else _INSTEAD for char in text)
