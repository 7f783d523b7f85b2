"""The slots of all processes that share a store."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from reportgen.api.pace import next_slot
from reportgen.store.open import Store
from reportgen.store.schema import SLOTS


@dataclass(frozen=True, slots=True)
class StoreSlots:
    """The instants at which calls of one app leave, whichever process makes them. See `reportgen.api.pace.Slots`."""

    store: Store
    app: str
    """`Credentials.app`."""

    def reserve(self, now: float, apart: float) -> float:
        """Take the next slot; `now` and the slot are seconds since 1970. Raises StoreError."""
        own = SLOTS.c.app == self.app
        with self.store.writing() as connection:
            last = connection.execute(select(SLOTS.c.last_slot).where(own)).scalar()
            slot = next_slot(last, now, apart)
            if last is None:
                connection.execute(insert(SLOTS).values(app=self.app, last_slot=slot))
            else:
                connection.execute(update(SLOTS).where(own).values(last_slot=slot))
        return slot
