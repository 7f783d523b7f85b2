"""A project with a store in its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.cli import options
from reportgen.store.open import Store, open_store
from tests.store.filled import AS_OF

ADDRESS = "sqlite:///.reportgen/store.db"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory on the 16th of November 2026."""
    monkeypatch.setattr(options, "now", lambda: AS_OF)
    for name in [name for name in os.environ if name.startswith("REPORTGEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kept(folder: Path) -> Iterator[Store]:
    """The store of the folder."""
    with open_store(ADDRESS) as store:
        yield store
