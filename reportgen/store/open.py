"""Opens the store, and begins and ends its transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from reportgen.errors import StoreError
from reportgen.store.address import is_on_server, is_there
from reportgen.store.damage import DamagedRowsError
from reportgen.store.database import Database
from reportgen.store.migrations import UnknownTablesError, bring_up_to_date, stored_version
from reportgen.store.postgresql import postgresql_database
from reportgen.store.schema import SCHEMA_VERSION
from reportgen.store.sentences import DAMAGED, GONE, SET_ANOTHER, sentence_of
from reportgen.store.sqlite import Mode, sqlite_database

IN_MEMORY: Final = "sqlite://"
"""The address of a store that is gone when it is closed."""


class Store:
    """An open store. Usable from several threads; a thread has one transaction at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def shown(self) -> str:
        """The address, without a password."""
        return self._database.shown

    def size(self) -> int:
        """How many bytes it takes. Raises StoreError."""
        with self.reading() as connection:
            return int(connection.exec_driver_sql(self._database.size).scalar_one())

    def tidy(self) -> None:
        """Give back the space of what was deleted. On SQLite, nothing of it is in the file then. Raises StoreError."""
        with self._transaction(self._database.alone) as connection:
            self._database.tidy(connection)

    def damage(self, connection: Connection) -> Sequence[str]:
        """What the database itself finds broken, a line each; in a transaction that reads."""
        return self._database.damage(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, all of it as of one moment. Raises StoreError."""
        with self._transaction(self._database.reader) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; of all processes, one at a time. Raises StoreError, and nothing is changed."""
        with self._transaction(self._database.writer) as connection:
            yield connection

    @contextmanager
    def lasting(self) -> Iterator[Connection]:
        """As `writing`; when it has ended, what was written until then is there after a power cut too."""
        with self._transaction(self._database.lasting) as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file, or of the server."""
        self._database.writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            sentence = sentence_of(error, self._database.code(error))
            if sentence is None:
                raise
            raise StoreError(self.shown, sentence) from error
        except DamagedRowsError as error:
            raise StoreError(self.shown, DAMAGED) from error


class Reopened:
    """Opens stores again and again: each is made the first time where there is none, and never after that."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def open(self, address: str) -> Store:
        """The store at the address. Raises StoreError, also where it was there and is not any more."""
        if address not in self._known:
            open_store(address).close()
            self._known.add(address)
        return open_store_there(address)


def open_store(address: str) -> Store:
    """The store at the address, an SQLAlchemy URL: made where there is none, and brought up to date.

    Raises StoreError.
    """
    return _opened(Store(_database(address, "rwc")), _version)


def open_store_there(address: str) -> Store:
    """The store that is at the address already, brought up to date. Raises StoreError, also where there is none."""
    database = _database(address, "rw")
    if not is_there(address):
        raise StoreError(database.shown, GONE)
    return _opened(Store(database), _version_there)


def _database(address: str, mode: Mode) -> Database:
    return postgresql_database(address) if is_on_server(address) else sqlite_database(address, mode)


def _opened(store: Store, version_of: Callable[[Store], int | None]) -> Store:
    try:
        _check_version(store, version_of)
    except BaseException:
        store.close()
        raise
    return store


def _version(store: Store) -> int | None:
    with store.reading() as connection:
        return stored_version(connection)


def _version_there(store: Store) -> int:
    version = _version(store)
    if version is None:
        raise StoreError(store.shown, GONE)
    return version


def _check_version(store: Store, version_of: Callable[[Store], int | None]) -> None:
    try:
        version = version_of(store)
        # Nobody has to wait for a process that writes where there is nothing to bring up to date.
        if version is None or version < SCHEMA_VERSION:
            with store.writing() as connection:
                bring_up_to_date(connection)
    except UnknownTablesError:
        raise StoreError(store.shown, f"is a database of another program; {SET_ANOTHER}") from None
    if version is not None and version > SCHEMA_VERSION:
        known = f"has version {version}, and this reportgen knows version {SCHEMA_VERSION}"
        raise StoreError(store.shown, f"{known}; update reportgen, or {SET_ANOTHER}")
