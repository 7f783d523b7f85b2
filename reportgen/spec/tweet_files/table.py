"""A table of tweets: CSV or TSV whose first row names the columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reportgen.spec.tweet_files.columns import Columns
from reportgen.spec.tweet_files.content import Content
from reportgen.spec.tweet_files.csv_rows import csv_rows
from reportgen.spec.tweet_files.faults import Fault, Found, RowError
from reportgen.spec.tweet_files.owners import Owners


def table_tweets(content: Content, owners: Owners) -> Iterator[Found]:
    """The tweets, each with its line, and the rows that are none. Raises OSError and BrokenFileError."""
    rows = csv_rows(content)
    header = next(rows, None)
    if header is None:
        yield Fault(1, RowError("columns", "the file is empty; its first row names the columns"))
        return
    first = next(rows, None)
    try:
        columns = Columns.of(header.cells, first.cells if first else ())
    except RowError as error:
        yield Fault(header.line, error)
        return
    for line, cells in chain([first] if first else [], rows):
        try:
            yield line, columns.tweet(line, cells, owners)
        except RowError as error:
            yield Fault(line, error)
    if columns.linked.fault:
        yield columns.linked.fault
