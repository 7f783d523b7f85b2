"""How much of a table a mail shows, and where the rest is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.render.changes import signed
from reportgen.render.labels import label_text
from reportgen.render.letters import breadth
from reportgen.render.mail.charts import WIDE
from reportgen.render.numbers import counted, marked
from reportgen.render.whole_files import not_in_data
from reportgen.report.model import Change, Label, Report, Value
from reportgen.report.tables import Column, TableSection
from reportgen.spec.model import Format
from reportgen.spec.words import listed
from reportgen.voice.voice import Voice

_TEXT: Final = "text"
_DIGIT: Final = 7
_LETTER: Final = 6
"""Pixels of a letter of a heading."""
_GAP: Final = 12
"""Pixels between columns."""
_BAR: Final = 64
"""Pixels of a bar beside its number."""
_LONGEST_LABEL: Final = 24
_FEW: Final = 3
"""Columns of numbers that stand beside their label on a phone, too."""
_READ_FIRST: Final[Sequence[Format]] = ("pdf", "html", "xlsx", "csv", "parquet", "json")


@dataclass(frozen=True, slots=True)
class TableInMail:
    """The part of a table that a mail shows."""

    words: tuple[int, ...]
    """The places of the columns that say what a row is."""
    numbers: tuple[int, ...]
    """The places of the columns of numbers and changes."""
    text: int | None
    """The place of the column of texts, which stand below the words of their row."""
    rows: tuple[tuple[Label | Value | Change, ...], ...]
    is_few: bool
    """Whether the row has room on a phone as it is."""
    extent: str
    """How much of the table this is, and where the rest is; empty where it is all."""


def table_in_mail(
    section: TableSection, report: Report, rows: int, attached: Sequence[Format], voice: Voice
) -> TableInMail:
    """The first `rows` rows, and as many columns as stand beside each other. `attached` are the files of the mail."""
    words = tuple(place for place, column in enumerate(section.columns) if not column.measure and column.key != _TEXT)
    text = next((place for place, column in enumerate(section.columns) if column.key == _TEXT), None)
    shown = section.rows[:rows]
    numbers = _fitting(section, shown, words, report, voice)
    return TableInMail(
        words,
        numbers,
        text,
        shown,
        len(numbers) <= _FEW,
        extent(section, len(shown), numbers, report, attached, voice),
    )


def extent(
    section: TableSection, rows: int, numbers: Sequence[int], report: Report, attached: Sequence[Format], voice: Voice
) -> str:
    """`10 of 40, by engagements; 1 not known; all are in acme-weekly-2026-11-15.pdf.`, and the columns left out."""
    sentences = []
    file = _file_of(section, report, attached)
    if rows < section.total_rows:
        sentences.append(_rows(section, rows, report, file, voice))
    left_out = [column for place, column in enumerate(section.columns) if column.measure and place not in numbers]
    if left_out:
        names = listed([_name(column) for column in left_out], "and")
        sentences.append(f"{counted(len(left_out), 'more column', voice)}{f' in {file}' if file else ''}: {names}.")
    return " ".join(sentences)


def _rows(section: TableSection, rows: int, report: Report, file: str | None, voice: Voice) -> str:
    by = f", by {section.sorted_by.lower()}" if section.sorted_by else ""
    unknown = f"; {voice.whole(section.unranked)} not known" if section.unranked else ""
    of_all = f"{voice.whole(rows)} of {voice.whole(section.total_rows)}{by}{unknown}"
    if not file or (rows >= len(section.rows) and section.on_paper is None):
        return f"{of_all}."
    wanted = _wanted(section)
    lacking = not_in_data(section, report) if file.rpartition(".")[2] not in ("pdf", "html") else None
    all_rows = voice.whole(wanted) if wanted < section.total_rows else "all rows" if lacking else "all"
    return f"{of_all}; {all_rows} are in {file}{f', without {lacking}' if lacking else ''}."


def _wanted(section: TableSection) -> int:
    """How many rows the report file asks for: with a limit, those of the page; without one, all."""
    return len(section.rows) if section.on_paper is None else section.total_rows


def _file_of(section: TableSection, report: Report, attached: Sequence[Format]) -> str | None:
    """The name of the attached file that has all rows, the pleasantest to read first; None where none is attached."""
    return next(
        (
            f"{report.stem}.{kind}"
            for kind in _READ_FIRST
            if kind in attached and _rows_in(section, kind) >= _wanted(section)
        ),
        None,
    )


def _rows_in(section: TableSection, kind: Format) -> int:
    if kind == "pdf":
        return min(section.on_paper or len(section.rows), len(section.rows))
    return len(section.rows) if kind == "html" else section.total_rows


def _fitting(
    section: TableSection, rows: Sequence[Sequence[object]], words: Sequence[int], report: Report, voice: Voice
) -> tuple[int, ...]:
    """The columns of numbers that stand beside the words; one at least."""
    room = WIDE - sum(_width_of_words(section, rows, place, report, voice) + _GAP for place in words)
    fitting: list[int] = []
    for place, column in enumerate(section.columns):
        if column.measure:
            room -= _width(section, rows, place, column, voice) + _GAP + (_BAR if column.bears == "bar" else 0)
            if room < 0 and fitting:
                break
            fitting.append(place)
    return tuple(fitting)


def _width_of_words(
    section: TableSection, rows: Sequence[Sequence[object]], place: int, report: Report, voice: Voice
) -> int:
    key = section.columns[place].key or ""
    labels = (row[place] for row in rows)
    texts = (label_text(label, key, report.last_day, voice) for label in labels if isinstance(label, Label))
    return _DIGIT * min(_LONGEST_LABEL, max(map(breadth, texts), default=0))


def _width(section: TableSection, rows: Sequence[Sequence[object]], place: int, column: Column, voice: Voice) -> int:
    totals = [section.totals] if section.totals else []
    cells = (_cell(column, row[place], voice) for row in (*rows, *totals))
    heading = max(map(breadth, column.label.split()), default=0)
    return max(_LETTER * heading, _DIGIT * max(map(breadth, cells), default=0))


def _cell(column: Column, cell: object, voice: Voice) -> str:
    if isinstance(cell, Change):
        return signed(cell, voice)
    return marked(column.measure, cell, voice) if column.measure and isinstance(cell, Value) else ""


def _name(column: Column) -> str:
    label = column.measure.label.lower() if column.measure else column.label.lower()
    return f"change of {label}" if column.is_change else label
