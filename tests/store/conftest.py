"""What the tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.store.open import Store, open_store


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store, in a file and in memory."""
    address = f"sqlite:///{tmp_path}/store.db" if request.param == "file" else "sqlite://"
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another process that writes."""
    monkeypatch.setattr("reportgen.store.open.BUSY_SECONDS", 0)
