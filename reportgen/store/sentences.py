"""What goes wrong with the store, in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError

from reportgen.printable import printable_line
from reportgen.store.address import STORE

BUSY_SECONDS: Final = 30
"""How long a process waits for another one that writes."""
SET_ANOTHER: Final = f"set another one with {STORE}, or with store in reportgen.yaml"
NO_DRIVER: Final = (
    "needs psycopg, the driver for PostgreSQL, which is not installed: python -m pip install 'psycopg[binary]'"
)

_ASK = "ask whoever runs the server"

_UNWRITABLE = f"cannot be opened for writing; allow it, or {SET_ANOTHER}"
_NO_STORE = f"is a file of another kind, not a store; {SET_ANOTHER}"
DAMAGED: Final = f"is damaged; put a copy of it in its place, or {SET_ANOTHER}"
GONE: Final = "is not there any more; put it back, or start again, which makes a new one that knows of nothing"
_FULL = f"cannot grow, since the disk is full; make room, or {SET_ANOTHER}"
_BROKEN = f"cannot be read or written, since the disk reports an error; check the disk, or {SET_ANOTHER}"
_BUSY = f"has been in use by another process for {BUSY_SECONDS} seconds; try again when that one is done"

_OUT_OF_REACH = "cannot be reached; check host and port in the address, and that the server is running"
_REFUSED = f"refuses the connection; check user, password and database in the address, or {_ASK}"
_LOST = "has lost the connection, and what was being written with it; try again"
_STRANGER = f"does not let this user in from here; check the user in the address, or {_ASK}"
_WRONG_PASSWORD = f"refuses the user or the password; set the right ones with {STORE}, in the environment or in .env"
_NO_DATABASE = "names a database that the server does not have; make it, or correct the address"
_NO_SCHEMA = "names a schema that the database does not have; make it, or correct the address"
_FORBIDDEN = f"does not allow this user to make, read or change its tables; {_ASK}"
_READ_ONLY = f"can only be read, and has to be written; give the address of the main server, or {_ASK}"
_BAD_OPTION = "has an option in its address, after the ?, that PostgreSQL does not know; correct it"
_NO_MEMORY = f"cannot be used, since the server has run out of memory; try again later, or {_ASK}"
_CROWDED = f"has no connection left for us; try again later, or {_ASK}"
_CANCELLED = f"was told by its server to stop what it was doing; try again, or {_ASK}"
_NOT_READY = "is on a server that is starting or stopping; try again in a minute"

SENTENCES: Final[Mapping[int | str, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_NOTADB: _NO_STORE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _BROKEN,
    "08000": _LOST,
    "08001": _OUT_OF_REACH,
    "08003": _LOST,
    "08004": _REFUSED,
    "08006": _LOST,
    "25006": _READ_ONLY,
    "25P03": _LOST,
    "28000": _STRANGER,
    "28P01": _WRONG_PASSWORD,
    "3D000": _NO_DATABASE,
    "3F000": _NO_SCHEMA,
    "42501": _FORBIDDEN,
    "53100": _FULL,
    "53200": _NO_MEMORY,
    "53300": _CROWDED,
    "55P03": _BUSY,
    "57014": _CANCELLED,
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _NOT_READY,
    "58030": _BROKEN,
    "HV00D": _BAD_OPTION,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""By SQLite's primary result code, and by PostgreSQL's SQLSTATE."""
_CHANGED: Final = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA, "42P01", "42703"})
"""A table or a column is not there; of SQLite, whatever it does not understand."""


def sentence_of(error: DBAPIError, code: int | str | None) -> str | None:
    """What went wrong, by the code of the error; None where it is a mistake of ours."""
    if code is not None and code in SENTENCES:
        return SENTENCES[code]
    # The first line has the names of tables at most; values come behind it.
    said = printable_line(str(error.orig).partition("\n")[0])
    if code in _CHANGED:
        return f"is not as reportgen made it ({said}); put a copy of it in its place, or {SET_ANOTHER}"
    if isinstance(error, OperationalError):
        return f"fails ({said}); try again, or {SET_ANOTHER}"
    return None
