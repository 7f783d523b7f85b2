"""Opens the project's store for the commands that look after it."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.settings import load_settings
from reportgen.store.address import is_there

if TYPE_CHECKING:
    from reportgen.store.open import Store


def no_store_yet() -> str:
    """What is said where there is none."""
    return f"There is no store at {_address()} yet."


def opened_store() -> AbstractContextManager[Store | None]:
    """The store; None where there is none yet, and none is made. Raises InputError and StoreError."""
    address = _address()
    if not is_there(address):
        return nullcontext()
    from reportgen.store.open import open_store

    return open_store(address)


def _address() -> str:
    settings, _ = load_settings(Path(), os.environ)
    return settings.store
