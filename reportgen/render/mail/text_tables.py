"""Tables of a report as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.render.changes import signed
from reportgen.render.labels import label_text, posted
from reportgen.render.mail.enclosures import Enclosed
from reportgen.render.mail.lines import columns, safe, under_names, wrapped
from reportgen.render.mail.tables import TableInMail, table_in_mail
from reportgen.render.numbers import marked
from reportgen.report.model import Change, Label, Report, TweetLabel, Value
from reportgen.report.tables import Column, TableSection
from reportgen.voice.voice import Voice

_TOGETHER: Final = "\N{NO-BREAK SPACE}"


def table_text(section: TableSection, report: Report, rows: int, files: Enclosed, voice: Voice) -> Iterator[str]:
    """The table below what it leaves out, and above what its marks mean; its first `rows` rows."""
    cut = table_in_mail(section, report, rows, files.formats, voice)
    yield from wrapped(safe(cut.extent))
    names = [_name(section.columns[place]) for place in (*cut.words, *cut.numbers)]
    body = [*_rows(section, cut, report, voice), *([_total(section, cut, voice)] if section.totals else [])]
    texts = [str(row[cut.text] or "") if cut.text is not None else "" for row in cut.rows]
    yield from _aligned(names, body, len(cut.words), texts)
    yield from wrapped(cut.below or ("" if cut.rows else "Nothing to show."))


def _name(column: Column) -> str:
    return f"Change of {column.measure.label.lower()}" if column.is_change and column.measure else column.label


def _rows(section: TableSection, cut: TableInMail, report: Report, voice: Voice) -> Iterator[tuple[str, ...]]:
    with_handle = "handle" not in [column.key for column in section.columns]
    for row in cut.rows:
        yield tuple(
            _number(section.columns[place], cell, voice)
            if isinstance(cell := row[place], Value | Change)
            else _words(section.columns[place], cell, report, voice, with_handle=with_handle)
            for place in (*cut.words, *cut.numbers)
        )


def _words(column: Column, cell: Label, report: Report, voice: Voice, *, with_handle: bool) -> str:
    if isinstance(cell, TweetLabel):
        return safe(f"{posted(cell, report.last_day, voice)} {cell.handle or '' if with_handle else ''}")
    return safe(label_text(cell, column.key or "", report.last_day, voice))


def _number(column: Column, cell: Value | Change | None, voice: Voice) -> str:
    if isinstance(cell, Change):
        return signed(cell, voice)
    return marked(column.measure, cell, voice) if column.measure and cell else ""


def _total(section: TableSection, cut: TableInMail, voice: Voice) -> tuple[str, ...]:
    words = (cut.total, *[""] * (len(cut.words) - 1))
    return (*words, *(_number(section.columns[place], section.totals[place], voice) for place in cut.numbers))


def _aligned(names: Sequence[str], body: Sequence[Sequence[str]], words: int, texts: Sequence[str]) -> Iterator[str]:
    """Columns; where these are wider than the line, a row each with the names before its numbers."""
    heading = under_names(names, body)
    lines = columns([*heading, *body], words)
    if lines:
        yield from lines[: len(heading)]
        for number, line in enumerate(lines[len(heading) :]):
            yield line
            yield from _text_of(texts, number)
        return
    numbers = columns([*(line[words:] for line in heading), *(row[words:] for row in body)], 0)
    yield from numbers[: len(heading)] if numbers else ()
    for number, row in enumerate(body):
        yield from wrapped("  ".join(filter(None, row[:words])))
        yield from _text_of(texts, number)
        pairs = (
            f"{safe(name)} {cell}".replace(" ", _TOGETHER)
            for name, cell in zip(names[words:], row[words:], strict=True)
        )
        yield from [numbers[len(heading) + number]] if numbers else wrapped("; ".join(pairs), "    ")


def _text_of(texts: Sequence[str], number: int) -> Iterator[str]:
    if number < len(texts):
        yield from wrapped(safe(texts[number]), "    ")
