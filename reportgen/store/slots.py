"""The slots of all processes that share a store."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import insert, select, update

from reportgen.errors import StoreError
from reportgen.slots import OwnSlots, next_slot
from reportgen.store.open import Store
from reportgen.store.schema import SLOTS


@dataclass(slots=True)
class StoreSlots:
    """The instants at which calls of one app leave, whichever process makes them. See `reportgen.slots.Slots`.

    A run that has begun does not end because the store fails: from then on it keeps the pace alone.
    """

    store: Store
    app: str
    """`Credentials.app`."""
    trouble: StoreError | None = None
    """Why it keeps the pace alone, if it does."""
    _own: OwnSlots = field(default_factory=OwnSlots)

    def reserve(self, now: float, apart: float) -> float:
        """Take the next slot; `now` and the slot are seconds since 1970."""
        if self.trouble is None:
            try:
                self._own.last = self._reserve_for_all(now, apart)
            except StoreError as error:
                self.trouble = error
            else:
                return self._own.last
        return self._own.reserve(now, apart)

    def _reserve_for_all(self, now: float, apart: float) -> float:
        own = SLOTS.c.app == self.app
        with self.store.writing() as connection:
            last = connection.execute(select(SLOTS.c.last_slot).where(own)).scalar()
            slot = next_slot(last, now, apart)
            if last is None:
                connection.execute(insert(SLOTS).values(app=self.app, last_slot=slot))
            else:
                connection.execute(update(SLOTS).where(own).values(last_slot=slot))
        return slot
