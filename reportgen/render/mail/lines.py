"""Plain text in lines of a mail: wrapped and aligned by how wide letters are, whatever their script. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.printable import printable_text
from reportgen.render.letters import breadth, isolated

WIDTH: Final = 72
_GAP: Final = 2
_FIRM: Final = "\N{NO-BREAK SPACE}"
_SPACES: Final = re.compile(r"[ \t\r\n]+")
"""Not the space that breaks no line."""


def wrapped(text: str, indent: str = "", width: int = WIDTH, first: str | None = None) -> Iterator[str]:
    """The text in lines no wider than that; `first` begins the first one in place of the indent, and stands even where
    the text has no word. A word that is longer than a line, such as a link, has one to itself; where a script has no
    spaces, lines are cut between its letters.
    """
    line, begun = indent if first is None else first, False
    for word in _words(text, width - breadth(indent)):
        joined = f"{line} {word}" if begun else f"{line}{word}"
        if begun and breadth(joined) > width:
            yield _plain(line)
            joined = f"{indent}{word}"
        line, begun = joined, True
    if begun or first:
        yield _plain(line)


def _plain(line: str) -> str:
    return line.replace(_FIRM, " ").rstrip()


def _words(text: str, room: int) -> Iterator[str]:
    for word in filter(None, _SPACES.split(text)):
        if breadth(word) <= room or word.isascii():
            yield word
        else:
            yield from _cut(word, room)


def _cut(word: str, room: int) -> Iterator[str]:
    part = ""
    for letter in word:
        if breadth(part + letter) > room:
            yield part
            part = ""
        part += letter
    yield part


def safe(text: str) -> str:
    """The text, so that neither its controls nor its direction reach what stands around it in the line."""
    return isolated(printable_text(" ".join(text.split())))


def ruled(title: str, rule: str = "-") -> Iterator[str]:
    """A heading, and a rule below it as wide as it is."""
    lines = [*wrapped(title)]
    yield from lines
    yield rule * min(WIDTH, max(map(breadth, lines)))


def columns(rows: Sequence[Sequence[str]], words: int) -> tuple[str, ...] | None:
    """The rows with their cells below each other: the first `words` of them begin in line, the others, which are
    numbers, end in line. None where they are too wide.
    """
    if not rows:
        return ()
    widths = [max(map(breadth, cells)) for cells in zip(*rows, strict=True)]
    if sum(widths) + _GAP * (len(widths) - 1) > WIDTH:
        return None
    return tuple(
        (" " * _GAP)
        .join(
            _filled(cell, width, at_end=place < words)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        .rstrip()
        for row in rows
    )


def under_names(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The names of columns as rows above them: each name in as many lines as keep its column no wider than its cells
    and its longest word, the last line of each just above the cells.
    """
    widths = [max(map(breadth, (*cells, *name.split())), default=0) for name, *cells in zip(names, *rows, strict=True)]
    lines = [[*map(safe, wrapped(name, width=width))] for name, width in zip(names, widths, strict=True)]
    height = max(map(len, lines), default=0)
    return tuple(zip(*([""] * (height - len(each)) + each for each in lines), strict=True))


def _filled(cell: str, width: int, *, at_end: bool) -> str:
    blank = " " * (width - breadth(cell))
    return f"{cell}{blank}" if at_end else f"{blank}{cell}"
