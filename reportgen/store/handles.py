"""Which handles were asked about, month by month of the contract."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select

from reportgen.quota import ContractMonth, HandleCount, HandlesWanted, check_handles
from reportgen.store.open import Store
from reportgen.store.schema import HANDLES_ASKED


def handles_asked(store: Store, month: date) -> frozenset[str]:
    """The handles (`@name`, in small letters) asked about in the month that begins on `month`. Raises StoreError."""
    with store.reading() as connection:
        return _asked(connection, month)


def admit_handles(store: Store, wanted: HandlesWanted, month: ContractMonth, *, over_limit: bool) -> HandleCount:
    """Note that a run asks about these handles, each once a month, and give their number before it and after.

    Where the run would go over the contract's handles, and `over_limit` does not allow it, raises InputError and notes
    none. Raises StoreError.
    """
    # One transaction: of two runs that begin together, the second counts the handles of the first.
    with store.writing() as connection:
        count = HandleCount(month, _asked(connection, month.first_day), wanted)
        check_handles(count, allowed=over_limit)
        if count.new:
            rows = [{"month": month.first_day, "handle": handle} for handle in count.new]
            connection.execute(insert(HANDLES_ASKED), rows)
    return count


def _asked(connection: Connection, month: date) -> frozenset[str]:
    asked = select(HANDLES_ASKED.c.handle).where(HANDLES_ASKED.c.month == month)
    return frozenset(connection.execute(asked).scalars())
