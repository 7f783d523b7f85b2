"""The address of the store, an SQLAlchemy URL: its form, and the file that it names. Light: imports no SQLAlchemy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

STORE: Final = "REPORTGEN_STORE"
DEFAULT_STORE: Final = "sqlite:///.reportgen/store.db"
_SQLITE: Final = re.compile(r"sqlite(?:\+pysqlite)?://(.*)")
_POSTGRESQL: Final = re.compile(r"postgresql(?:\+psycopg)?://.*")
_PASSWORD: Final = re.compile(r"[a-z+]*://[^/@]*:.*@.*")


def check_address(text: str) -> str:
    """The address, if it has the form of one. Raises ValueError, and does not repeat it: it may hold a password."""
    sqlite = _SQLITE.fullmatch(text)
    if not text.isprintable() or not (sqlite or _POSTGRESQL.fullmatch(text)):
        raise ValueError(f"only an SQLite file can be the store so far, and it is written like {DEFAULT_STORE}")
    if sqlite and sqlite[1] and not sqlite[1].startswith("/"):
        raise ValueError(f"the file's path comes after three slashes, as in {DEFAULT_STORE}")
    if sqlite and "?" in text:
        raise ValueError("the address has a ? in it; leave out what follows")
    return text


def check_open_address(text: str) -> str:
    """The address, if it has the form of one and others may read it. Raises ValueError, and does not repeat it."""
    if _PASSWORD.fullmatch(check_address(text)):
        raise ValueError(f"the address has a password in it; set it with {STORE}, in the environment or in .env")
    return text


def file_of(address: str) -> Path | None:
    """The store's file; None where it is in memory or on a server."""
    sqlite = _SQLITE.fullmatch(address)
    path = sqlite[1].removeprefix("/") if sqlite else ""
    return Path(path) if path not in ("", ":memory:") else None


def is_there(address: str) -> bool:
    """Whether there is something at the address already: a file, or a server, which is always there."""
    file = file_of(address)
    return file.exists() if file else not _SQLITE.fullmatch(address)
