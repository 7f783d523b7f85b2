"""How much of a table a mail shows: its first rows, and the columns that stand beside each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from reportgen.render.changes import changes_explained, signed
from reportgen.render.labels import label_text
from reportgen.render.letters import breadth
from reportgen.render.mail.charts import WIDE
from reportgen.render.mail.extent import extent
from reportgen.render.numbers import is_partial, marked, small_print, table_values
from reportgen.report.model import Change, Label, Report, Value
from reportgen.report.tables import Column, TableSection
from reportgen.spec.model import Format
from reportgen.voice.voice import Voice

Row: TypeAlias = tuple[Label | Value | Change, ...]

_TEXT: Final = "text"
_DIGIT: Final = 7
_LETTER: Final = 6
"""Pixels of a letter of a heading."""
_GAP: Final = 12
"""Pixels between columns."""
_BAR: Final = 64
"""Pixels of a bar beside its number."""
_MARK: Final = 7
"""Pixels beside each number of a table some of whose numbers bear a mark, so that all end in line."""
_PHONE: Final = 270
"""Pixels of the column of text on the smallest phones."""
_LONGEST_LABEL: Final = 24
_TWICE_TWO: Final = 4


@dataclass(frozen=True, slots=True)
class TableInMail:
    """The part of a table that a mail shows. Columns are named by their places in the table."""

    words: tuple[int, ...]
    """Those that say what a row is."""
    numbers: tuple[int, ...]
    """Those of numbers and changes."""
    text: int | None
    """That of texts, which stand below the words of their row."""
    rows: tuple[Row, ...]
    is_narrow: bool
    """Whether the rows have room on a phone as they are."""
    in_pairs: bool
    """Whether two numbers stand beside each other on a phone, not three: each beside its change, or four of them."""
    extent: str
    """How much of the table this is, and where the rest is; empty where it is all."""
    total: str
    """What the row of totals is called, where the table has one: `Total of 54` where rows are left out."""
    below: str
    """What the marks and dashes that are shown mean; empty where there are none."""


def table_in_mail(
    section: TableSection, report: Report, rows: int, attached: Sequence[Format], voice: Voice
) -> TableInMail:
    """The first `rows` rows, and as many columns as have room. `attached` are the files of the mail."""
    words, text = _words(section)
    shown = section.rows[:rows]
    widths = _widths(section, shown, report, voice)
    numbers = _fitting(section, words, widths)
    left_out = [column for place, column in enumerate(section.columns) if column.measure and place not in numbers]
    return TableInMail(
        words,
        numbers,
        text,
        shown,
        is_narrow=sum(widths[place] + _GAP for place in (*words, *numbers)) - _GAP <= _PHONE,
        in_pairs=len(numbers) == _TWICE_TWO or any(section.columns[place].is_change for place in numbers),
        extent=extent(section, len(shown), left_out, report, attached, voice),
        total=f"Total of {voice.whole(section.total_rows)}" if len(shown) < section.total_rows else "Total",
        below=_below(section, shown, numbers),
    )


def _below(section: TableSection, rows: Sequence[Row], places: Sequence[int]) -> str:
    shown = replace(
        section,
        columns=tuple(section.columns[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in rows),
        totals=tuple(section.totals[place] for place in places) if section.totals else (),
    )
    return " ".join(filter(None, (small_print(table_values(shown)), changes_explained(shown))))


def _words(section: TableSection) -> tuple[tuple[int, ...], int | None]:
    """The columns that say what a row is, and that of texts, unless a text is all that says it."""
    places = [place for place, column in enumerate(section.columns) if not column.measure]
    text = next((place for place in places if section.columns[place].key == _TEXT), None)
    others = tuple(place for place in places if place != text)
    return (others, text) if others else (tuple(places), None)


def _fitting(section: TableSection, words: Sequence[int], widths: Sequence[int]) -> tuple[int, ...]:
    """The columns of numbers that stand beside the words; one at least."""
    room = WIDE - sum(widths[place] + _GAP for place in words)
    fitting: list[int] = []
    for place, column in enumerate(section.columns):
        if column.measure:
            room -= widths[place] + _GAP
            if room < 0 and fitting:
                break
            fitting.append(place)
    return tuple(fitting)


def _widths(section: TableSection, rows: Sequence[Row], report: Report, voice: Voice) -> tuple[int, ...]:
    """How many pixels each column takes."""
    mark = (
        _MARK
        if any(is_partial(cell) for row in (*rows, section.totals) for cell in row if isinstance(cell, Value))
        else 0
    )
    return tuple(
        max(
            _LETTER * max(map(breadth, column.label.split()), default=0),
            _DIGIT * max(map(_signs, _cells(section, place, rows, report, voice)), default=0),
        )
        + (_BAR if column.bears == "bar" else 0)
        + (mark if column.measure else 0)
        for place, column in enumerate(section.columns)
    )


def _signs(text: str) -> int:
    """How wide it is, in digits; a percent sign is as wide as two."""
    return breadth(text) + text.count("%")


def _cells(section: TableSection, place: int, rows: Sequence[Row], report: Report, voice: Voice) -> Iterator[str]:
    column = section.columns[place]
    for row in rows:
        yield _written(column, row[place], report, voice)
    if section.totals and (total := section.totals[place]) is not None:
        yield _written(column, total, report, voice)


def _written(column: Column, cell: Label | Value | Change, report: Report, voice: Voice) -> str:
    if isinstance(cell, Change):
        return signed(cell, voice)
    if isinstance(cell, Value):
        return marked(column.measure, cell, voice) if column.measure else ""
    # Longer words than these have lines of their own.
    return label_text(cell, column.key or "", report.last_day, voice)[:_LONGEST_LABEL]
