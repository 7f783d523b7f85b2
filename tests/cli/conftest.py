"""The store that a command finds in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.store.open import Store, open_store

ADDRESS = "sqlite:///.reportgen/store.db"


@pytest.fixture
def kept(empty_folder: Path) -> Iterator[Store]:
    """The store of the folder."""
    with open_store(ADDRESS) as store:
        yield store
