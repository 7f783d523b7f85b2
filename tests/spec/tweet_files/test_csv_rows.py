"""Rows of CSV: Python's own writer is the oracle, and no row goes without a word."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.spec.tweet_files.columns import Columns
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.csv_rows import csv_rows
from reportgen.spec.tweet_files.faults import BrokenFileError, RowError
from reportgen.spec.tweet_files.owners import Owners

FIRST = 2117270504862646273
DELIMITERS = st.sampled_from(",;\t")
TEXTS = st.lists(st.text(st.sampled_from("ab1,;\t\r\n\"' \u2028\u200b"), max_size=12), max_size=6)


def written(texts: Sequence[str], delimiter: str, quoting: int) -> tuple[str, list[list[str]]]:
    """A file with a row for each text, and its rows."""
    rows = [["tweet_id", "text", "label.x"], *([str(FIRST + n), text, "x"] for n, text in enumerate(texts))]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return file.getvalue(), rows


def read(text: str, factory: pytest.TempPathFactory) -> list[list[str]]:
    path = factory.getbasetemp() / "any.csv"
    path.write_bytes(text.encode())
    return [list(row.cells) for row in csv_rows(Content(str(path)))]


@settings(max_examples=300)
@given(texts=TEXTS, delimiter=DELIMITERS, quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_what_is_written_is_read(
    texts: list[str], delimiter: str, quoting: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content, rows = written(texts, delimiter, quoting)
    assert read(content, tmp_path_factory) == [[cell.strip() for cell in row] for row in rows]


@settings(max_examples=500)
@given(texts=TEXTS, delimiter=DELIMITERS, where=st.integers(0, 400), what=st.sampled_from(["add", "drop"]))
def test_a_quotation_mark_too_many_or_too_few_loses_no_tweet(
    texts: list[str], delimiter: str, where: int, what: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content, rows = written(texts, delimiter, csv.QUOTE_MINIMAL)
    at = where % len(content)
    if what == "add":
        content = f'{content[:at]}"{content[at:]}'
    elif (found := content.find('"', at)) >= 0:
        content = content[:found] + content[found + 1 :]
    try:
        header, *found_rows = read(content, tmp_path_factory)
        columns = Columns.of(header)
        tweets = [columns.tweet(1, row, Owners(())) for row in found_rows]
    except (BrokenFileError, RowError):
        return
    assert {row[0] for row in rows[1:]} <= {tweet.id for tweet in tweets}


@settings(max_examples=300)
@given(content=st.binary(max_size=200) | st.text(st.sampled_from('id,;\t"\r\n12\x00'), max_size=60).map(str.encode))
def test_whatever_the_bytes_they_are_rows_or_a_sentence_with_its_line(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    try:
        rows = list(csv_rows(Content(str(path))))
    except BrokenFileError as error:
        rows = []
        line = error.line
    else:
        line = 1
    assert 1 <= line <= lines
    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert all(any(row.cells) for row in rows)
