"""A keyring that several processes share. What it loses where two change it at a time is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.safe.keyrings import InMemory


class Shared(InMemory):
    """Keeps its entries in the file that the environment names."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self._path = Path(os.environ.get("SHARED_KEYRING", os.devnull))

    def get_password(self, service: str, username: str) -> str | None:
        entries: dict[str, str] = json.loads(self._path.read_text() or "{}") if self._path.is_file() else {}
        return entries.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._path.write_text(json.dumps({f"{service} {username}": password}))
