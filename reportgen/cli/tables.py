"""Tables on standard output: in a terminal, which folds what is too wide, and as plain lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from rich.console import Console
from rich.table import Table

NONE: Final = "–"
"""A cell in which there is nothing."""


def plain_console() -> Console:
    """Where tables are printed: what looks like markup in a name is none."""
    return Console(highlight=False, markup=False, emoji=False)


def say(console: Console, text: str) -> None:
    """Print a text, which a terminal folds between words."""
    console.print(text, soft_wrap=not console.is_terminal)


def say_table(
    console: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Collection[str] = (),
    wide: Collection[str] = (),
) -> None:
    """Print a table: the columns in `right` are flush right, and a terminal folds those in `wide`."""
    if not console.is_terminal:
        for line in _plain_lines(columns, rows, right):
            say(console, line)
        return
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left", no_wrap=name not in wide, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def minute(instant: datetime | None) -> str:
    """An instant (UTC) as a cell: `2026-11-16 08:00`."""
    return f"{instant:%Y-%m-%d %H:%M}" if instant else NONE


def _plain_lines(columns: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[str]) -> Iterator[str]:
    lines = [columns, *rows]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(columns, line, widths, strict=True)
        padded = (cell.rjust(width) if name in right else cell.ljust(width) for name, cell, width in cells)
        yield f"  {'  '.join(padded)}".rstrip()
