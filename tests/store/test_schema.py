"""What the store keeps comes back as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from sqlalchemy import insert, null, select, type_coerce

from reportgen.store.open import Store
from reportgen.store.schema import HANDLES_ASKED, Instant


def test_an_instant_comes_back_in_utc(store: Store) -> None:
    at = datetime(2026, 11, 16, 7, 30, tzinfo=timezone(timedelta(hours=-5)))
    with store.writing() as connection:
        row = {"month": date(2026, 11, 1), "handle": "@acme", "first_asked": at}
        connection.execute(insert(HANDLES_ASKED).values(row))
    with store.reading() as connection:
        asked = connection.execute(select(HANDLES_ASKED.c.first_asked)).scalar_one()
        nothing = connection.execute(select(type_coerce(null(), Instant))).scalar_one()
    assert repr(asked) == repr(datetime(2026, 11, 16, 12, 30, tzinfo=UTC))
    assert nothing is None
