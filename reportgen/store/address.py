"""The address of the store, an SQLAlchemy URL: its form, and the file that it names. Light: imports no SQLAlchemy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

STORE: Final = "REPORTGEN_STORE"
DEFAULT_STORE: Final = "sqlite:///.reportgen/store.db"
_SERVER: Final = "postgresql://user:password@host/database"
_SQLITE: Final = re.compile(r"sqlite(?:\+pysqlite)?://(.*)")
_POSTGRESQL: Final = re.compile(r"postgres(?:ql(?:\+psycopg)?)?://(.*)")
# Stricter than SQLAlchemy, which would take (and show) a piece of a password with an @ in it for the user or the host.
_SERVER_PARTS: Final = re.compile(
    r"(?:[^:/@?]*(?::(?P<password>[^@]*))?@)?"  # user and password
    r"(?:[^:/@?\[\]]*|\[[^/@?\]]+\])(?::\d+)?"  # host and port
    r"(?:/[^/@?]*)?(?:\?(?P<options>[^@]*))?"  # database and options
)
_PASSWORD_OPTION: Final = re.compile(r"(?:^|&)\w*password=")


def check_address(text: str) -> str:
    """The address, if it has the form of one. Raises ValueError, and does not repeat it: it may hold a password."""
    sqlite, server = _SQLITE.fullmatch(text), _POSTGRESQL.fullmatch(text)
    if not text.isprintable() or not (sqlite or server):
        raise ValueError(f"an SQLite file is written like {DEFAULT_STORE}, a PostgreSQL server like {_SERVER}")
    if sqlite and sqlite[1] and not sqlite[1].startswith("/"):
        raise ValueError(f"the file's path comes after three slashes, as in {DEFAULT_STORE}")
    if sqlite and "?" in text:
        raise ValueError("the address has a ? in it; leave out what follows")
    if server and not _SERVER_PARTS.fullmatch(server[1]):
        raise ValueError(f"a server is written like {_SERVER}, and with another @ in it, that one as %40")
    return text


def check_open_address(text: str) -> str:
    """The address, if it has the form of one and others may read it. Raises ValueError, and does not repeat it."""
    server = _POSTGRESQL.fullmatch(check_address(text))
    parts = _SERVER_PARTS.fullmatch(server[1]) if server else None
    if parts and (parts["password"] is not None or _PASSWORD_OPTION.search(parts["options"] or "")):
        raise ValueError(f"the address has a password in it; set it with {STORE}, in the environment or in .env")
    return text


def is_on_server(address: str) -> bool:
    """Whether the store is on a PostgreSQL server."""
    return _POSTGRESQL.fullmatch(address) is not None


def file_of(address: str) -> Path | None:
    """The store's file; None where it is in memory or on a server."""
    sqlite = _SQLITE.fullmatch(address)
    path = sqlite[1].removeprefix("/") if sqlite else ""
    return Path(unquote(path)) if path not in ("", ":memory:") else None


def is_there(address: str) -> bool:
    """Whether there is something at the address already: a file, or a server, which is always there."""
    file = file_of(address)
    return file.exists() if file else is_on_server(address)
