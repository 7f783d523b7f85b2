"""The store in an SQLite file, or in memory."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import URL, Connection, CursorResult, Dialect, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from reportgen.errors import StoreError
from reportgen.store.address import file_of
from reportgen.store.database import Database, shown_address
from reportgen.store.sentences import BUSY_SECONDS, SENTENCES, SET_ANOTHER

Mode: TypeAlias = Literal["rw", "rwc"]
"""How SQLite opens the file: it has to be there, or may be made."""

_DEAF_SECONDS: Final = 1.0
"""So long does SQLite itself wait for another process; it hears no Ctrl-C meanwhile."""
_SIZE: Final = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
_BEGIN: Final = "reportgen_begin"
"""The execution option that tells how SQLite begins a transaction; None: not at all."""
_SYNCHRONOUS: Final = "reportgen_synchronous"
"""The execution option that tells for what SQLite waits at the end of a transaction; `NORMAL` where there is none."""
_NO_INDEX: Final = frozenset({sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP})
_NO_TEXT: Final = "Could not decode to UTF-8"
"""The driver's own word, without a code, for text that is none: we write none such."""
_FINDINGS: Final = 100
"""So many broken places does SQLite look for at the most."""


def sqlite_database(address: str, mode: Mode) -> Database:
    """The database in the address's file, which with `rwc` need not be there yet, or in memory. Raises StoreError."""
    url = make_url(address)
    file = file_of(address)
    shown = shown_address(address)
    if file and mode == "rwc" and not file.exists():
        _make_folder(file.parent, shown)
    # Not every SQLAlchemy makes letters of the escapes in a file's name.
    engine = _engine(url.set(database=str(file)) if file else url, mode, in_memory=file is None)
    writer, alone = (engine.execution_options(**{_BEGIN: begin}) for begin in ("BEGIN IMMEDIATE", None))
    lasting = writer.execution_options(**{_SYNCHRONOUS: "FULL"})
    return Database(shown, engine, writer, lasting, alone, _code, _SIZE, partial(_tidy, shown), _damage)


def _make_folder(folder: Path, shown: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.name == ".reportgen":
            # Any other folder may hold what belongs into version control.
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(shown, f"cannot be made in the folder {folder}: {error.strerror}; {SET_ANOTHER}") from error


def _engine(url: URL, mode: Mode, *, in_memory: bool) -> Engine:
    # In memory each connection is a database of its own, so there is one connection, which threads take in turn.
    one = {"pool_size": 1, "max_overflow": 0} if in_memory else {}
    # The driver begins transactions late, and none for DDL; SQLAlchemy's recipe: it begins none, and we do.
    driver = {"isolation_level": None, "timeout": min(_DEAF_SECONDS, BUSY_SECONDS), "check_same_thread": False}
    engine = create_engine(url, poolclass=QueuePool, connect_args=driver, hide_parameters=True, **one)
    event.listen(engine, "do_connect", _connect if in_memory else partial(_connect_to_file, mode))
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A writer that begins as a reader can find, too late, that another one was quicker: SQLite refuses it at once.
    options = connection.get_execution_options()
    begin = options.get(_BEGIN, "BEGIN")
    if begin:
        # With the log, NORMAL is safe against a crash of the process; a power cut may cost the last moments, never the
        # file. The connection may have been another transaction's before.
        connection.exec_driver_sql(f"PRAGMA synchronous = {options.get(_SYNCHRONOUS, 'NORMAL')}")
        _patiently(connection, begin)


def _patiently(connection: Connection, statement: str) -> CursorResult[Any]:
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.exec_driver_sql(statement)
        except DBAPIError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or monotonic() >= until:
                raise


def _tidy(shown: str, connection: Connection) -> None:
    # Written anew without what was deleted; what is still in the log is overwritten, and the log emptied.
    _patiently(connection, "VACUUM")
    until = monotonic() + BUSY_SECONDS
    while connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
        if monotonic() >= until:
            raise StoreError(shown, SENTENCES[sqlite3.SQLITE_BUSY])


def _damage(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({_FINDINGS})").scalars()
    lines = [line for line in found if line != "ok"]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [*lines, *(f"row {row} of {table} belongs to none of {parent}" for table, row, parent, _ in orphans)]


def _connect_to_file(
    mode: Mode, dialect: Dialect, record: object, arguments: tuple[Any, ...], options: dict[str, Any]
) -> DBAPIConnection:
    # By a URI, since without one SQLite makes the file anew if somebody has moved it away.
    uri = f"{Path(arguments[0]).as_uri()}?mode={mode}"
    return _connect(dialect, record, (uri,), {**options, "uri": True})


def _connect(dialect: Dialect, _record: object, arguments: tuple[Any, ...], options: dict[str, Any]) -> DBAPIConnection:
    try:
        return _opened(dialect, arguments, options)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _NO_INDEX:
            raise
    # The disk is too full for the log's index, a file beside the store. Whoever has the store alone can do without, if
    # they say so first; and if others have it open, the file is there.
    return _opened(dialect, arguments, options, "PRAGMA locking_mode = EXCLUSIVE")


def _opened(dialect: Dialect, arguments: tuple[Any, ...], options: dict[str, Any], *first: str) -> DBAPIConnection:
    connection = dialect.connect(*arguments, **options)
    try:
        for statement in first:
            connection.execute(statement)
        _use_write_ahead_log(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_write_ahead_log(connection: DBAPIConnection) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Others are opening a new store at this moment, and here SQLite does not wait. The mode belongs to the file: if
        # nobody gets it changed now, the store is slower with several processes until it is opened again, and as safe.
        if _primary_code(error) != sqlite3.SQLITE_BUSY:
            raise


def _code(error: DBAPIError) -> int | None:
    return _primary_code(error.orig)


def _primary_code(error: BaseException | None) -> int | None:
    """The primary result code, which an extended one has in its lowest byte; None for an error of another kind."""
    if isinstance(error, sqlite3.OperationalError) and str(error).startswith(_NO_TEXT):
        return sqlite3.SQLITE_CORRUPT
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF
