"""A file of tweets as rows of text: CSV, as spreadsheets and programs write it. Read row by row, however long it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO, BinaryIO, Final, NamedTuple

from reportgen.regular_files import open_regular
from reportgen.spec.tweet_files.columns import IDS, column_name
from reportgen.spec.words import quoted

_BETWEEN: Final = (",", ";", "\t")
_ROW_WITHIN: Final = {
    # In the text of a tweet a number of this length stands between words, not alone between delimiters.
    between: re.compile(rf"[\r\n] *([0-9]{{15,19}}) *{between}|{between}([0-9]{{15,19}})(?={between}|[\r\n]|$)")
    for between in _BETWEEN
}


class Row(NamedTuple):
    """The cells of a row, without spaces around them. `line` is where it begins, from 1."""

    line: int
    cells: Sequence[str]


class NotATableError(Exception):
    """The file is no CSV from this `line` on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def csv_rows(path: str) -> Iterator[Row]:
    """The rows that are not blank, the one with the names of the columns first.

    Commas, semicolons and tabs may part the cells: which, the first row tells. Raises OSError, also where this is
    a link or no file, and NotATableError.
    """
    with TextIOWrapper(_opened(path), encoding="utf-8-sig", newline="") as file:
        line = 1
        try:
            between = _delimiter(file)
            reader = csv.reader(file, delimiter=between, strict=True)
            for cells in reader:
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    if reader.line_num > line:
                        _refuse_rows_within(line, cells, between)
                    yield Row(line, stripped)
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise _not_utf8(path, error) from None
        except csv.Error as error:
            raise NotATableError(line, f"this is not CSV: {_in_words(error)}") from None


def _opened(path: str) -> BinaryIO:
    return open_regular(Path(path).parent, [Path(path).name])


def _delimiter(file: IO[str]) -> str:
    """The one that parts the first row into the columns that a file of tweets has, or else into most cells."""
    return max(_BETWEEN, key=lambda between: _columns(file, between))


def _columns(file: IO[str], between: str) -> tuple[bool, int]:
    file.seek(0)
    try:
        rows = csv.reader(file, delimiter=between)
        header = next((row for row in rows if any(map(str.strip, row))), [])
    except csv.Error:
        header = []
    file.seek(0)
    return any(column_name(cell) in IDS for cell in header), len(header)


def _in_words(error: csv.Error) -> str:
    """Where the csv module came to the end of the file, or of its patience, within quotation marks, that is told."""
    said = str(error)
    endless = said == "unexpected end of data" or said.startswith("field larger than")
    return "the quotation mark that begins a cell in this row is not closed" if endless else said


def _refuse_rows_within(line: int, cells: Sequence[str], between: str) -> None:
    """A mark that begins a text, and is not meant for CSV, takes the rows up to the next such mark into its cell."""
    found = next((match for cell in cells if (match := _ROW_WITHIN[between].search(cell))), None)
    if found:
        raise NotATableError(
            line,
            f"the row of tweet {quoted(found[1] or found[2])} is inside a cell of this row, whose quotation marks are "
            "not closed; put quotation marks around the whole cell, and double those in it",
        )


def _not_utf8(path: str, error: UnicodeDecodeError) -> NotATableError:
    """The error with its line: the decoder only knows the piece of the file that it was handed."""
    byte = f"0x{error.object[error.start]:02x}"
    with _opened(path) as file:
        for line, content in enumerate(file, 1):
            if line == 1 and content.startswith((b"\xff\xfe", b"\xfe\xff")):
                return NotATableError(1, "the file is UTF-16; save it as CSV UTF-8")
            if not _is_utf8(content):
                return NotATableError(line, f"byte {byte} is not UTF-8; save the file as CSV UTF-8")
    return NotATableError(1, f"byte {byte} is not UTF-8; save the file as CSV UTF-8")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
