"""What tests do with a store."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from reportgen.errors import Exit, StoreError
from reportgen.store.open import Store, open_store
from reportgen.store.schema import SLOTS

ANOTHER = "set another one with REPORTGEN_STORE, or with store in reportgen.yaml"


def refusal(address: str) -> str:
    with pytest.raises(StoreError) as raised:
        open_store(address)
    assert raised.value.exit_code == Exit.INPUT
    return str(raised.value)


def apps(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(SLOTS.c.app).order_by(SLOTS.c.app)).scalars())


def add_app(store: Store, app: str) -> None:
    with store.writing() as connection:
        connection.execute(insert(SLOTS).values(app=app, last_slot=1.0))
