"""What the fonts of this machine can set: asked of WeasyPrint itself, by printing it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reportgen.render.scripts import SCRIPTS, text_fonts

_NO_GLYPH: Final = ".notdef glyph"
"""How WeasyPrint's warning begins where no font has a character; its arguments are the character and its number."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text would be printed."""

    fonts: tuple[str, ...]
    """The families that it is set in, sorted."""
    unset: str
    """The characters that no font has, each once: an empty box stands for each."""
    in_colour: bool
    """Whether a font of coloured pictures is among them."""


def setting(text: str) -> Setting:
    """Print the text in the fonts of a page that has none of its own. Reads the fonts of this machine."""
    from markupsafe import escape
    from weasyprint import HTML

    with _warnings() as unset:
        document = HTML(string=f"<style>p{{font-family:{text_fonts('sans-serif')}}}</style><p>{escape(text)}").render()
        document.write_pdf()
    fonts = document.fonts.values()
    in_colour = any(font.png or font.svg or font.colr for font in fonts)
    return Setting(tuple(sorted({font.family for font in fonts})), "".join(dict.fromkeys(unset)), in_colour)


def is_here(family: str) -> bool:
    """Whether this machine has the family by that name, in any capitals. What stands in for another one is none."""
    from weasyprint import HTML

    from reportgen.render.environment import css_string

    letters = " ".join(("A", *(script.sample for script in SCRIPTS)))
    with _warnings():
        document = HTML(string=f"<style>p{{font-family:{css_string(family)}}}</style><p>{letters}").render()
        document.write_pdf()
    return any(font.family.lower() == family.lower() for font in document.fonts.values())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """The characters that WeasyPrint warns of meanwhile; nothing of it is printed."""
    unset: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if str(record.msg).startswith(_NO_GLYPH) and isinstance(record.args, tuple):
                unset.append(str(record.args[0]))

    logger, listener = logging.getLogger("weasyprint"), Listener()
    level, propagate, handlers = logger.level, logger.propagate, logger.handlers
    logger.handlers, logger.propagate = [listener], False
    logger.setLevel(logging.WARNING)
    try:
        yield unset
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)
