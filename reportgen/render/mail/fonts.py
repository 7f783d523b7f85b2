"""The fonts of a mail: those that readers' devices have. A mail embeds none."""

from __future__ import annotations

import re
from typing import Final

from reportgen.render.look import Fonts

_OURS: Final = Fonts()
# The serifs have figures of one height, as the pages have; Georgia, which has not, is the last of them.
_TEXT: Final = "Inter,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_HEADINGS: Final = "Newsreader,Charter,'Bitstream Charter',Cambria,'Noto Serif',Georgia,serif"
_NOT_IN_NAMES: Final = re.compile(r"[^\w \-]")


def text_fonts(fonts: Fonts) -> str:
    """The fonts of text, as CSS has them."""
    return _first(fonts.text, fonts, _OURS.text) + _TEXT


def heading_fonts(fonts: Fonts, *, are_of_text: bool = False) -> str:
    """The fonts of headings and large figures; `are_of_text` where the design sets these in the font of text."""
    return text_fonts(fonts) if are_of_text else _first(fonts.headings, fonts, _OURS.headings) + _HEADINGS


def _first(family: str, fonts: Fonts, ours: str) -> str:
    """A family that the brand names, and that a machine may have; not one that only pages embed."""
    if family == ours or family in {name for name, _ in fonts.files}:
        return ""
    return f"'{_NOT_IN_NAMES.sub('', family)}',"
