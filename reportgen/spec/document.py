"""A loaded file: plain data, and where in the text each part of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from reportgen.spec.problems import Finding, Place, Problem


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file: a scalar, a list or a mapping."""

    index: int
    """Where it starts, in characters."""
    data: Any
    """The value as None, bool, int, float, str, list or dict."""
    text: str | None = None
    """A scalar as it is written, without its quotes."""
    items: Sequence[Node] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    size: int = 1
    """How many values it holds, itself included, and aliases written out."""


class Entry(NamedTuple):
    """A line of a mapping."""

    key: Node
    value: Node


@dataclass(frozen=True)
class Document:
    """A file that is YAML. `path` is as the user typed it."""

    path: str
    content: str
    root: Node

    def text_at(self, place: Place) -> str | None:
        """The scalar at `place` as the user wrote it; None for lists and mappings."""
        return self._entry(place).value.text

    def comment_at(self, place: Place) -> str | None:
        """What follows the value in its line as a comment without a space: `#b3261e`, which YAML does not read."""
        found = re.compile(r"[ ]*(#[^\s,\]]+)").match(self.content, self._entry(place).value.index)
        return found[1] if found else None

    def position(self, place: Place, *, at_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of a value, of its key, or of the mapping that lacks it."""
        key, value = self._entry(place)
        return self._lines.position((key if at_key else value).index)

    def problem(self, finding: Finding) -> Problem:
        """The finding with its position."""
        if finding.within is not None and not finding.at_key:
            position = self._lines.position(self._index_within(finding.place, finding.within))
        else:
            position = self.position(finding.place, at_key=finding.at_key)
        return Problem(self.path, *position, str(finding))

    def _index_within(self, place: Place, characters: int) -> int:
        """Where a character of a scalar stands; where the scalar begins, if it is written with escapes or folded."""
        node = self._entry(place).value
        text = node.text or ""
        if self.content.startswith("|", node.index):
            return self._index_in_block(node.index, text, characters)
        begins = (start for start in (node.index, node.index + 1) if self.content.startswith(text, start))
        return next((start + characters for start in begins), node.index)

    def _index_in_block(self, index: int, text: str, characters: int) -> int:
        """The same in a literal block, whose lines begin below its sign, each behind the same indentation."""
        row = text.count("\n", 0, characters)
        column = characters - (text.rfind("\n", 0, characters) + 1)
        line, _ = self._lines.position(index)
        start, end = self._lines.bounds(line + 1 + row)
        indentation = len(self.content[start:end].rstrip("\r\n")) - len(text.split("\n")[row])
        return start + max(indentation, 0) + column

    def _entry(self, place: Place) -> Entry:
        key = node = self.root
        for step in place:
            if isinstance(step, int):
                key = node = node.items[step]
            elif step in node.entries:
                key, node = node.entries[step]
            else:
                break
        return Entry(key, node)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.content)


class Lines:
    """Turns an index into a text into a line and a column, as editors count them."""

    def __init__(self, content: str) -> None:
        # Not `splitlines`: that also breaks at form feeds and at U+2028, which editors do not.
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", content))]
        self._end = len(content)

    def bounds(self, line: int) -> tuple[int, int]:
        """Where the line, counted from 1, begins, and where the next one does."""
        starts = [*self._starts, self._end]
        return starts[line - 1], starts[line]

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of the character, both from 1."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1
