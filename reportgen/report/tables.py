"""A table of the report file into columns and rows. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from reportgen.catalog import LABEL, Measure, group_by_key
from reportgen.report.changes import Compared
from reportgen.report.labels import label
from reportgen.report.measures import Measured, order
from reportgen.report.model import Change, Label, Placed, TweetLabel, Value
from reportgen.spec.sections import Table

MOST_ON_SCREEN: Final = 1_000
"""Rows of a table without a limit of its own, on the page for screens: it stays quick to open."""
MOST_ON_PAPER: Final = 100
"""The same on paper: every day of a quarter, or four to five pages of tweets. Files of data have all of them."""
_TEXT: Final = "text"
"""The column with what tweets say."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: a key of the grouping, a measure, or the change of one."""

    label: str
    key: str | None
    """The `group_by` value, or None for a measure."""
    measure: Measure | None = None
    is_change: bool = False
    """Whether its cells are the changes of the measure."""
    bears: Literal["bar", "shade"] | None = None
    """What shows in its cells how large the numbers are; None where that is left to the numbers."""


@dataclass(frozen=True, slots=True)
class TableSection(Placed):
    """Rows of cells, one for each of the columns."""

    title: str
    note: str | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Label | Value | Change, ...], ...]
    total_rows: int
    """How many rows the grouping has; `rows` are the first of them in the sort order."""
    sorted_by: str | None = None
    """The label of the column that orders the rows, where one does."""
    descending: bool = False
    unranked: int = 0
    """How many rows have no value in the column that orders them; they are the last."""
    on_paper: int | None = None
    """How many of `rows` paper shows; None for all, where the report file says how many it wants."""
    totals: tuple[Value | Change | None, ...] = ()
    """The totals over all rows of the grouping, shown or not, a place a column; empty where none are asked for."""


def table_section(
    table: Table,
    group_by: Sequence[str],
    measures: Sequence[Measure],
    measured: Measured,
    tweets: Mapping[str, TweetLabel],
    compared: Compared | None = None,
) -> TableSection:
    """A row for each combination of the keys, a column a key, a measure and a change; sorted, then limited.

    Without a limit in the report file, the page has MOST_ON_SCREEN rows, and paper the first MOST_ON_PAPER of them.
    """
    keys = [key for key in group_by if key != "engagement.type"]
    sort = (table.sort or "").removeprefix("-") or None
    descending = (table.sort or "").startswith("-")
    changing = table.change if compared else ()
    known = compared if compared and changing else measured
    wide = _wide(known.group([*keys, "engagement.type"], measures), keys, measures)
    if sort:
        wide = wide.sort(order(sort), descending=descending, nulls_last=True, maintain_order=True)
    columns = [_of_words(name) for name in table.columns or keys]
    columns += [column for measure in measures for column in _columns(table, measure, changing)]
    sorted_by = next((c.label for c in columns if sort and sort in (c.key, c.measure and c.measure.name)), None)
    return TableSection(
        title=table.title or _title(keys, sorted_by, descending=descending),
        note=table.note,
        columns=tuple(columns),
        rows=tuple(
            _cells(row, columns, tweets) for row in wide.head(table.limit or MOST_ON_SCREEN).iter_rows(named=True)
        ),
        total_rows=wide.height,
        unranked=wide[sort].null_count() if sort else 0,
        sorted_by=sorted_by,
        descending=descending,
        on_paper=None if table.limit else MOST_ON_PAPER,
        totals=_totals(columns, measures, known) if table.totals and keys else (),
    )


def _of_words(name: str) -> Column:
    """A column of `group_by` values, or of what is known of the rows' tweets."""
    return Column("Text" if name == _TEXT else group_by_key(name).label, name)


def _columns(table: Table, measure: Measure, changing: Collection[str]) -> Iterator[Column]:
    yield Column(measure.label, None, measure, bears=_bears(table, measure))
    if measure.name in changing:
        yield Column("Change", None, measure, is_change=True)


def _bears(table: Table, measure: Measure) -> Literal["bar", "shade"] | None:
    if measure.name in table.bars:
        return "bar"
    return "shade" if measure.name in table.shades else None


def _totals(
    columns: Sequence[Column], measures: Sequence[Measure], known: Measured | Compared
) -> tuple[Value | Change | None, ...]:
    """Computed anew over all tweets and times: rates are of the sums, and a tweet that lacks a part counts once."""
    row = _wide(known.group(["engagement.type"], measures), [], measures).row(0, named=True)
    return tuple(_number(row, column, column.measure) if column.measure else None for column in columns)


def _wide(rows: pl.DataFrame, keys: Sequence[str], measures: Sequence[Measure]) -> pl.DataFrame:
    """One row a combination of the keys: for each measure a column of values, and one of all there is to it."""
    columns = [_of_measure(rows, keys, measure.name) for measure in measures]
    if not keys:
        return pl.concat(columns, how="horizontal")
    wide = rows.select(keys).unique(maintain_order=True)
    for of_measure in columns:
        wide = wide.join(of_measure, on=keys, how="left", maintain_order="left")
    return wide


def _of_measure(rows: pl.DataFrame, keys: Sequence[str], name: str) -> pl.DataFrame:
    of = rows.filter(pl.col("engagement.type") == name)
    parts = [part for part in rows.columns if part not in (*keys, "engagement.type")]
    return of.select(*keys, pl.col("value").alias(name), pl.struct(parts).alias(f"{name} cell"))


def _cells(
    row: Mapping[str, Any], columns: Sequence[Column], tweets: Mapping[str, TweetLabel]
) -> tuple[Label | Value | Change, ...]:
    return tuple(
        _number(row, column, column.measure) if column.measure else _word(row, column.key or "", tweets)
        for column in columns
    )


def _number(row: Mapping[str, Any], column: Column, measure: Measure) -> Value | Change:
    cell = row[f"{measure.name} cell"]
    return Change.of(measure, cell) if column.is_change else Value.of(measure, cell["value"], cell["missing"])


def _word(row: Mapping[str, Any], key: str, tweets: Mapping[str, TweetLabel]) -> Label:
    """The value of a key that parts the rows, or else what is known of the row's tweet."""
    if key in row:
        return label(key, str(row[key]), tweets)
    tweet = tweets[str(row["tweet.id"])]
    if key.startswith(LABEL):
        return label(key, tweet.labels.get(key.removeprefix(LABEL), ""), tweets)
    return {_TEXT: tweet.text, "handle": tweet.handle}[key] or ""


def _title(keys: Sequence[str], sorted_by: str | None, *, descending: bool) -> str:
    if list(keys) == ["tweet.id"]:
        return "Top tweets" if sorted_by and descending else "Tweets"
    return "By " + " and ".join(group_by_key(key).label.lower() for key in keys) if keys else "In total"
