"""Opens the store, and begins and ends its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Final, Self

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from reportgen.errors import StoreError
from reportgen.store.address import DEFAULT_STORE, file_of
from reportgen.store.migrations import UnknownTablesError, bring_up_to_date, stored_version
from reportgen.store.schema import SCHEMA_VERSION
from reportgen.store.sentences import BUSY_SECONDS, SET_ANOTHER, primary_code, sentence_of

_DEAF_SECONDS: Final = 1.0
"""So long does SQLite itself wait for another process; it hears no Ctrl-C meanwhile."""
_BEGIN: Final = "reportgen_begin"
"""The execution option that tells how SQLite begins a transaction."""


class Store:
    """An open store. Usable from several threads; a thread has one transaction at a time."""

    def __init__(self, engine: Engine, shown: str) -> None:
        self.shown: Final = shown
        """The address, without a password."""
        self._reader = engine
        self._writer = engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises StoreError."""
        with self._in_plain_words(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; of all processes, one at a time. Raises StoreError, and nothing is changed."""
        with self._in_plain_words(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            raise StoreError(self.shown, sentence) from error


def open_store(address: str) -> Store:
    """The store at the address, an SQLAlchemy URL: made where there is none, and brought up to date.

    Raises StoreError.
    """
    url = make_url(address)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() != "sqlite":
        raise StoreError(shown, f"cannot be used: so far a store is an SQLite file, written like {DEFAULT_STORE}")
    file = file_of(address)
    if file and not file.exists():
        _make_folder(file.parent, shown)
    store = Store(_sqlite_engine(url, in_memory=file is None), shown)
    try:
        _check_version(store)
    except BaseException:
        store.close()
        raise
    return store


def _make_folder(folder: Path, shown: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.name == ".reportgen":
            # Any other folder may hold what belongs into version control.
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(shown, f"cannot be made in the folder {folder}: {error.strerror}; {SET_ANOTHER}") from error


def _check_version(store: Store) -> None:
    try:
        with store.reading() as connection:
            version = stored_version(connection)
        # Nobody has to wait for a process that writes where there is nothing to bring up to date.
        if version is None or version < SCHEMA_VERSION:
            with store.writing() as connection:
                bring_up_to_date(connection)
    except UnknownTablesError:
        raise StoreError(store.shown, f"is a database of another program; {SET_ANOTHER}") from None
    if version is not None and version > SCHEMA_VERSION:
        known = f"has version {version}, and this reportgen knows version {SCHEMA_VERSION}"
        raise StoreError(store.shown, f"{known}; update reportgen, or {SET_ANOTHER}")


def _sqlite_engine(url: URL, *, in_memory: bool) -> Engine:
    # In memory each connection is a database of its own, so there is one connection, which threads take in turn.
    one = {"pool_size": 1, "max_overflow": 0} if in_memory else {}
    # The driver begins transactions late, and none for DDL; SQLAlchemy's recipe: it begins none, and we do.
    driver = {"isolation_level": None, "timeout": min(_DEAF_SECONDS, BUSY_SECONDS), "check_same_thread": False}
    engine = create_engine(url, poolclass=QueuePool, connect_args=driver, hide_parameters=True, **one)
    event.listen(engine, "connect", _use_write_ahead_log)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A writer that begins as a reader can find, too late, that another one was quicker: SQLite refuses it at once.
    begin = connection.get_execution_options().get(_BEGIN, "BEGIN")
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.exec_driver_sql(begin)
        except OperationalError as error:
            if primary_code(error.orig) != sqlite3.SQLITE_BUSY or monotonic() >= until:
                raise
        else:
            return


def _use_write_ahead_log(connection: sqlite3.Connection, _record: object) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Others are opening a new store at this moment, and here SQLite does not wait. The mode belongs to the file: if
        # nobody gets it changed now, the store is slower with several processes until it is opened again, and as safe.
        if primary_code(error) != sqlite3.SQLITE_BUSY:
            raise
    # With the log, this is safe against a crash of the process; a power cut may cost the last moments, never the file.
    connection.execute("PRAGMA synchronous = NORMAL")
