"""The reports of a directory in the order of its page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportgen.editions import Edition, in_order

_MOST_OPEN: Final = 8
"""Editions of a report that are seen at once; the others unfold."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The editions of a report, the newest first."""

    title: str
    """Of the newest."""
    newest: Edition
    recent: tuple[Edition, ...]
    earlier: tuple[Edition, ...]


def shelves_of(editions: Iterable[Edition]) -> tuple[Shelf, ...]:
    """A shelf a report; first the report whose newest edition is the newest."""
    by_report = groupby(sorted(in_order(editions), key=lambda edition: edition.report), lambda edition: edition.report)
    shelves = [_shelf(tuple(group)) for _, group in by_report]
    return tuple(sorted(shelves, key=lambda shelf: shelf.newest.last_day, reverse=True))


def _shelf(editions: tuple[Edition, ...]) -> Shelf:
    newest, *others = editions
    return Shelf(newest.title, newest, tuple(others[: _MOST_OPEN - 1]), tuple(others[_MOST_OPEN - 1 :]))
