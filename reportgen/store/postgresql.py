"""The store on a PostgreSQL server, by psycopg 3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from reportgen.errors import StoreError
from reportgen.store.database import Database, shown_address
from reportgen.store.schema import METADATA
from reportgen.store.sentences import BUSY_SECONDS, NO_DRIVER

LOCK: Final = int.from_bytes(b"reportgn")
"""The advisory lock of those that write. It belongs to the database, so stores in several schemas take turns too."""

_SIZE: Final = (
    "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)
"""Of the schema: others may lie in the same database."""

_OPTIONS: Final[Mapping[str, str]] = {
    "application_name": "reportgen",
    "connect_timeout": "10",
    # A server that has vanished without a word is missed within half a minute, not after two hours.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""What libpq is told where the address has nothing else; seconds, the last in milliseconds."""

_ALONE: Final = "AUTOCOMMIT"
_SILENT: Final = timedelta(minutes=2)
"""A writer that says nothing for so long in the middle of a transaction is cut off: its machine may be off or asleep,
which the server would notice after hours, and all others wait for it."""

_CANNOT_REACH: Final = "08001"
_REFUSED: Final = "08004"
_LOST: Final = "08006"
_BAD_OPTION: Final = "HV00D"

_SAID: Final[Mapping[str, str]] = {
    r"password authentication failed|no password supplied": "28P01",
    r"role .* does not exist|no pg_hba\.conf entry|authentication failed|not permitted to log in": "28000",
    r"database .* does not exist": "3D000",
    r"permission denied for database": "42501",
    r"too many (clients|connections)|remaining connection slots": "53300",
    r"the database system is ": "57P03",
    r"invalid (connection option|\w+ value|integer value)|unrecognized configuration parameter": _BAD_OPTION,
    r"refused|timeout|timed out|resolve|translate|unreachable|no route|no such file|reset by|closed": _CANNOT_REACH,
}
"""What the words of a failed connection mean, as SQLSTATE: libpq tells nothing else. The first that fits counts."""


def postgresql_database(address: str) -> Database:
    """The database at the address. Raises StoreError where the driver is missing; makes no connection yet."""
    url = make_url(address)
    shown = shown_address(address)
    try:
        engine = _engine(url.set(drivername="postgresql+psycopg", query={**_OPTIONS, **url.query}))
    except ImportError as error:
        raise StoreError(shown, NO_DRIVER) from error
    event.listen(engine, "begin", _begin)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    alone = engine.execution_options(isolation_level=_ALONE)
    return Database(shown, reader, engine, engine, alone, _sqlstate, _SIZE, _tidy, _damage)


def _engine(url: URL) -> Engine:
    # A writer waits for its turn, and must then see what the one before it wrote: not the moment at which it began.
    return create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, hide_parameters=True)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("postgresql_readonly") or options.get("isolation_level") == _ALONE:
        return
    # PostgreSQL takes 0 as no limit.
    patience, silence = max(1, round(BUSY_SECONDS * 1000)), round(_SILENT.total_seconds() * 1000)
    limits = f"SET LOCAL lock_timeout = {patience}; SET LOCAL idle_in_transaction_session_timeout = {silence}"
    connection.exec_driver_sql(f"{limits}; SELECT pg_advisory_xact_lock({LOCK})")


def _tidy(connection: Connection) -> None:
    connection.exec_driver_sql(f"VACUUM {', '.join(METADATA.tables)}")


def _damage(connection: Connection) -> tuple[str, ...]:
    # The server keeps what the tables promise, and says when it reads a broken page; there is nothing to ask it for.
    del connection
    return ()


def _sqlstate(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state:
        return state
    if error.connection_invalidated:
        return _LOST
    said = str(error.orig)
    # A server of another language says it in other words.
    unknown = _REFUSED if isinstance(error, OperationalError) else None
    return next((state for words, state in _SAID.items() if re.search(words, said, re.IGNORECASE)), unknown)
