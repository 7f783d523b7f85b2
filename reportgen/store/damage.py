"""Rows that are not what reportgen writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class DamagedRowsError(Exception):
    """Rows that can be read, and not be understood: the file is damaged, or another program has written into it."""


@contextmanager
def understood() -> Iterator[None]:
    """Raise DamagedRowsError where rows of the store are not what reportgen writes."""
    from polars.exceptions import (
        ColumnNotFoundError,
        DuplicateError,
        PolarsError,
        SchemaFieldNotFoundError,
        ShapeError,
    )

    try:
        yield
    except (ColumnNotFoundError, DuplicateError, SchemaFieldNotFoundError, ShapeError):
        # Mistakes of ours: no row that was read can cause them.
        raise
    except (PolarsError, ValueError, OverflowError) as error:
        raise DamagedRowsError from error
