"""What the tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reportgen.store.open import Store, open_store
from tests.conftest import new_address


@pytest.fixture(params=["file", "memory", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A new store, in each place where one can be."""
    with open_store(new_address(request.param, request)) as opened:
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another process that writes."""
    for database in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"reportgen.store.{database}.BUSY_SECONDS", 0)
