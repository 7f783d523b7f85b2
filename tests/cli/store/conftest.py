"""A project with a store in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli import options
from tests.store.filled import AS_OF


@pytest.fixture(autouse=True)
def folder(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory on the 16th of November 2026."""
    monkeypatch.setattr(options, "now", lambda: AS_OF)
    return empty_folder
