"""Handles of accounts: what can be one, and how all stations have them."""

from __future__ import annotations

import re
from typing import Final

_HANDLE: Final = re.compile(r"@?[A-Za-z0-9_]{1,15}")


def is_handle(written: str) -> bool:
    """Whether an account may be called so, with or without @."""
    return _HANDLE.fullmatch(written) is not None


def handle_name(written: str) -> str:
    """The handle as `@name`."""
    return f"@{written.removeprefix('@')}"
