"""A file of tweets as rows of text: CSV, as spreadsheets and programs write it. Read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from reportgen.spec.tweet_files.columns import IDS, LINKS, column_name
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.faults import BrokenFileError
from reportgen.spec.words import quoted

_BETWEEN: Final = (",", ";", "\t")
_TOLD: Final = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)
"""What Excel takes in the first line for the delimiter of the others."""
_ROW_WITHIN: Final = {
    # In the text of a tweet a number of this length stands between words, not alone between delimiters.
    between: re.compile(rf"[\r\n] *'?([0-9]{{15,19}}) *{between}|{between}'?([0-9]{{15,19}})(?={between}|[\r\n]|$)")
    for between in _BETWEEN
}


class Row(NamedTuple):
    """The cells of a row, without spaces around them. `line` is where it begins, from 1."""

    line: int
    cells: Sequence[str]


def csv_rows(content: Content) -> Iterator[Row]:
    """The rows that are not blank, the one with the names of the columns first.

    Commas, semicolons and tabs may part the cells: which, the first row tells, or a line above it. Raises OSError, also
    where this is a link or no file, and BrokenFileError.
    """
    told = _TOLD.fullmatch(next(_lines(content), ""))
    above = 1 if told else 0
    line = above + 1
    try:
        between = told[1] if told else max(_BETWEEN, key=lambda between: _columns(_lines(content), between))
        reader = csv.reader(islice(_lines(content), above, None), delimiter=between, strict=True)
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                if above + reader.line_num > line:
                    _refuse_rows_within(line, cells, between)
                yield Row(line, stripped)
            line = above + reader.line_num + 1
    except csv.Error as error:
        raise BrokenFileError(line, f"this is not CSV: {_in_words(error)}") from None


def _lines(content: Content) -> Iterator[str]:
    return content.lines(newline="", save_as="CSV UTF-8")


def _columns(lines: Iterable[str], between: str) -> tuple[bool, int]:
    """Whether the first row has a column that a file of tweets has, and how many."""
    try:
        rows = csv.reader(lines, delimiter=between)
        header = next((row for row in rows if any(map(str.strip, row))), [])
    except csv.Error:
        header = []
    return any(column_name(cell) in (*IDS, *LINKS) for cell in header), len(header)


def _in_words(error: csv.Error) -> str:
    """Where the csv module came to the end of the file, or of its patience, within quotation marks, that is told."""
    said = str(error)
    endless = said == "unexpected end of data" or said.startswith("field larger than")
    return "the quotation mark that begins a cell in this row is not closed" if endless else said


def _refuse_rows_within(line: int, cells: Sequence[str], between: str) -> None:
    """A mark that begins a text, and is not meant for CSV, takes the rows up to the next such mark into its cell."""
    found = next((match for cell in cells if (match := _ROW_WITHIN[between].search(cell))), None)
    if found:
        raise BrokenFileError(
            line,
            f"the row of tweet {quoted(found[1] or found[2])} is inside a cell of this row, whose quotation marks are "
            "not closed; put quotation marks around the whole cell, and double those in it",
        )
