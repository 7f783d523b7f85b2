"""What goes wrong with the store, in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from sqlalchemy.exc import DBAPIError

from reportgen.store.address import STORE

BUSY_SECONDS: Final = 30
"""How long a process waits for another one that writes."""
SET_ANOTHER: Final = f"set another one with {STORE}, or with store in reportgen.yaml"

_UNWRITABLE = f"cannot be opened for writing; allow it, or {SET_ANOTHER}"
_NO_STORE = f"is a file of another kind, not a store; {SET_ANOTHER}"
_DAMAGED = f"is damaged; put a copy of it in its place, or {SET_ANOTHER}"
_FULL = f"cannot grow, since the disk is full; make room, or {SET_ANOTHER}"
_BROKEN = f"cannot be read or written, since the disk reports an error; check the disk, or {SET_ANOTHER}"
_BUSY = f"has been in use by another process for {BUSY_SECONDS} seconds; try again when that one is done"

_SENTENCES: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_NOTADB: _NO_STORE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _BROKEN,
}
"""By SQLite's primary result code. What is not here is a mistake of ours, and stays what it is."""


def sentence_of(error: DBAPIError) -> str | None:
    """What an error of the database means, where that is anything but a mistake of ours."""
    code = primary_code(error.orig)
    return None if code is None else _SENTENCES.get(code)


def primary_code(error: BaseException | None) -> int | None:
    """SQLite's primary result code; None for another error. An extended code has it in its lowest byte."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF
