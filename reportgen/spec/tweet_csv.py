"""A file of tweets as rows of text: CSV, as spreadsheets and programs write it. Read row by row, however long it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

_BETWEEN: Final = (",", ";", "\t")
_CHUNK: Final = 2**16


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

    Commas, semicolons and tabs may part the cells: which, the first line tells. Raises OSError, NotATableError.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        line = 1
        try:
            reader = csv.reader(file, delimiter=_delimiter(file), strict=True)
            for cells in reader:
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield Row(line, stripped)
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise _not_utf8(path, error) from None
        except csv.Error as error:
            raise NotATableError(line, f"this is not CSV: {error}") from None


def _delimiter(file: IO[str]) -> str:
    head = file.readline(_CHUNK)
    file.seek(0)
    return max(_BETWEEN, key=head.count)


def _not_utf8(path: str, error: UnicodeDecodeError) -> NotATableError:
    """The error with its line: the decoder only knows the piece of the file that it was handed."""
    byte = f"0x{error.object[error.start]:02x}"
    with Path(path).open("rb") as file:
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
