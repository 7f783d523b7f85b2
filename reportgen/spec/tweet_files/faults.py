"""What a reader of a file of tweets finds, and what can be wrong: with a part of it, or with all from some line on."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.spec.model import Tweet


class BrokenFileError(Exception):
    """The file cannot be read from this `line` and `column` on, both from 1."""

    def __init__(self, line: int, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class RowError(Exception):
    """What is wrong with a row, and what would be right. Rows of one `kind` are alike and told of once.

    Where it is about a tweet that stands elsewhere too, `first` is its id, and the message goes on with that place.
    """

    def __init__(self, kind: str, message: str, first: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.first = first


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a file that gives no tweet: where, from 1, and why."""

    line: int
    error: RowError
    column: int = 1


Found = tuple[int, Tweet] | Fault
"""A tweet with its line, from 1, or a part that gives none."""
