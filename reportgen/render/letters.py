"""Text of any script: how wide it is, where it may be cut, and how it stands among text of another direction. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal
from unicodedata import bidirectional

from markupsafe import Markup, escape
from rich.cells import cell_len, split_graphemes

LETTER: Final = 7
"""The width of an ordinary letter in a chart, in pixels."""
_UNICODE: Final = "latest"
"""Not rich's default, which looks into the environment."""
_TO_THE_LEFT: Final = frozenset({"R", "AL"})
EXPLICIT: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Characters that turn what follows them, until another one ends it, which may be missing."""
_MIXING: Final = _TO_THE_LEFT | EXPLICIT | {"AN"}
_NEARLY: Final = 0.75
"""How much of a text that is cut has to be left for the cut to be between words."""
_RLI, _LRI, _PDI = "\u2067", "\u2066", "\u2069"
_FLAG_LETTERS: Final = ("\U0001f1e6", "\U0001f1ff")


def breadth(text: str) -> int:
    """How many ordinary letters wide the text is: a Chinese character or an emoji takes two, an accent none."""
    return cell_len(text, _UNICODE)


def widest(texts: Iterable[str]) -> int:
    """The pixels that the widest of these texts takes in a chart."""
    return LETTER * max(map(breadth, texts), default=0)


def shortened(text: str, most: int) -> str:
    """The text, no wider than that many letters; where it is cut, "…" is the last of them. What readers take for one
    character, such as a family of emoji, is never taken apart.
    """
    if breadth(text) <= most:
        return text
    kept, room = "", most - 1
    for character, width in _characters(text):
        room -= width
        if room < 0:
            break
        kept += character
    words = kept if text[len(kept)].isspace() else kept.rpartition(" ")[0]
    return f"{(words if breadth(words) >= most * _NEARLY else kept).rstrip()}…"


def direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction of the first letter that has one, as HTML's `dir="auto"`, which WeasyPrint does not know."""
    kinds = (bidirectional(character) for character in text)
    first = next((kind for kind in kinds if kind == "L" or kind in _TO_THE_LEFT), "L")
    return "rtl" if first in _TO_THE_LEFT else "ltr"


def isolated(text: str) -> str:
    """The text for a line without mark-up, so that neither its direction nor its controls reach what stands around it.

    Controls that turn the text are left out, for one that nobody ends would take our own end for its.
    """
    if not _is_mixing(text):
        return text
    plain = "".join(character for character in text if bidirectional(character) not in EXPLICIT)
    return f"{_RLI if direction(plain) == 'rtl' else _LRI}{plain}{_PDI}"


def bdi(text: str) -> Markup:
    """The text for a page: as it is, or in an element of its own where its direction could reach what is around it."""
    if not _is_mixing(text):
        return escape(text)
    return Markup('<bdi dir="{}">{}</bdi>').format(direction(text), text)


def _is_mixing(text: str) -> bool:
    return not text.isascii() and any(bidirectional(character) in _MIXING for character in text)


def _characters(text: str) -> Iterator[tuple[str, int]]:
    """What readers take for one character, and its width. Two letters that make a flag are one."""
    pending, pending_width = "", 0
    for start, end, width in split_graphemes(text, _UNICODE)[0]:
        character = text[start:end]
        is_flag_letter = _FLAG_LETTERS[0] <= character <= _FLAG_LETTERS[1]
        if is_flag_letter and not pending:
            pending, pending_width = character, width
            continue
        if pending and not is_flag_letter:
            yield pending, pending_width
            yield character, width
        else:
            yield pending + character, pending_width + width
        pending, pending_width = "", 0
    if pending:
        yield pending, pending_width
