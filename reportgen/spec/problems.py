"""What is wrong in a file, and where."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.printable import printable_line
from reportgen.spec.words import shown

Place = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and indices that count from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A line for the user. `path` is as they typed it; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{printable_line(self.path)}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before its position in the text is looked up.

    `at_key` points to the key itself, where its being there is the problem; `within` is how many characters into the
    text there the problem lies.
    """

    place: Place
    message: str
    at_key: bool = False
    within: int | None = None

    def __str__(self) -> str:
        return f"{in_words(self.place)}: {self.message}" if self.place else self.message


def in_words(place: Place) -> str:
    """The place as people write it: `sections[0].chart.metrics[2]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in place).removeprefix(".")
