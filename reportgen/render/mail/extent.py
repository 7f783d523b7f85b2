"""What a mail says of the rows and columns of a table that it leaves out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.render.mail.enclosures import PAGES, page_among
from reportgen.render.numbers import counted
from reportgen.render.whole_files import not_in_data
from reportgen.report.model import Report
from reportgen.report.tables import Column, TableSection
from reportgen.spec.model import Format
from reportgen.spec.words import listed
from reportgen.voice.voice import Voice

_READ_FIRST: Final[Sequence[Format]] = (*PAGES, "xlsx", "csv", "parquet", "json")


def extent(
    section: TableSection,
    rows: int,
    left_out: Sequence[Column],
    report: Report,
    attached: Sequence[Format],
    voice: Voice,
) -> str:
    """`10 of 40, by engagements; 1 not known; all are in acme-weekly-2026-11-15.pdf.`, and the columns left out.

    Empty where all of the table is shown.
    """
    return " ".join((*_rows(section, rows, report, attached, voice), *_columns(left_out, report, attached, voice)))


def _rows(section: TableSection, rows: int, report: Report, attached: Sequence[Format], voice: Voice) -> Iterator[str]:
    if rows == section.total_rows:
        return
    by = f", by {section.sorted_by.lower()}" if section.sorted_by else ""
    unknown = f"; {voice.whole(section.unranked)} not known" if section.unranked else ""
    of_all = f"{voice.whole(rows)} of {voice.whole(section.total_rows)}{by}{unknown}"
    wanted = _wanted(section)
    kind = next((kind for kind in _READ_FIRST if kind in attached and _rows_in(section, kind) >= wanted), None)
    if rows == wanted or kind is None:
        yield f"{of_all}."
        return
    lacking = None if kind in PAGES else not_in_data(section, report)
    rest = voice.whole(wanted) if wanted < section.total_rows else "all rows" if lacking else "all"
    yield f"{of_all}; {rest} are in {report.stem}.{kind}{f', without {lacking}' if lacking else ''}."


def _columns(left_out: Sequence[Column], report: Report, attached: Sequence[Format], voice: Voice) -> Iterator[str]:
    if left_out:
        page = page_among(report, attached)
        where = f" in {page}" if page else ""
        yield f"{counted(len(left_out), 'more column', voice)}{where}: {listed([*map(_name, left_out)], 'and')}."


def _wanted(section: TableSection) -> int:
    """How many rows the report file asks for: with a limit, those of the page; without one, all."""
    return len(section.rows) if section.on_paper is None else section.total_rows


def _rows_in(section: TableSection, kind: Format) -> int:
    if kind == "pdf":
        return min(section.on_paper or len(section.rows), len(section.rows))
    return len(section.rows) if kind == "html" else section.total_rows


def _name(column: Column) -> str:
    label = column.measure.label.lower() if column.measure else column.label.lower()
    return f"change of {label}" if column.is_change else label
