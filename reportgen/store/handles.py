"""Which handles were asked about, month by month of the contract."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import insert, select

from reportgen.store.open import Store
from reportgen.store.schema import HANDLES_ASKED


def handles_asked(store: Store, since: date) -> frozenset[str]:
    """The handles (`@name`, in small letters) asked about in the month that begins on `since`. Raises StoreError."""
    asked = select(HANDLES_ASKED.c.handle).where(HANDLES_ASKED.c.month == since)
    with store.reading() as connection:
        return frozenset(connection.execute(asked).scalars())


def count_handles(store: Store, handles: Collection[str], month: date, at: datetime) -> None:
    """Note that these handles were asked about; one that is noted for the month stays as it is. Raises StoreError."""
    known = select(HANDLES_ASKED.c.handle).where(HANDLES_ASKED.c.month == month)
    with store.writing() as connection:
        new = {handle.lower() for handle in handles} - set(connection.execute(known).scalars())
        rows = [{"month": month, "handle": handle, "first_asked": at} for handle in sorted(new)]
        if rows:
            connection.execute(insert(HANDLES_ASKED), rows)
