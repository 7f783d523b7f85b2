"""Brings a store to the version that this reportgen knows; forward only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from sqlalchemy import Connection, insert, inspect, select, update

from reportgen.store.schema import (
    CALLS,
    COVERAGE,
    FACTS,
    LASTING_GAPS,
    METADATA,
    POSTS,
    RUNS,
    SCHEMA_VERSION,
    SNAPSHOTS,
    STORE_VERSION,
    TIMELINE_COVERAGE,
    TIMELINE_TWEETS,
    TIMELINES,
    TWEETS,
    USER_NAMES,
    USERS,
    X_CALLS,
)
from reportgen.store.schema_of_delivery import JOBS, OUTBOX, PARCELS, SCHEDULES

Migration: TypeAlias = Callable[[Connection], None]


def _add_the_ledger(connection: Connection) -> None:
    # These are the tables as they were in version 2: who changes one in a later version leaves a copy of it here.
    METADATA.create_all(connection, [RUNS, CALLS])


def _add_facts(connection: Connection) -> None:
    # As above, of version 3.
    METADATA.create_all(connection, [FACTS, COVERAGE, SNAPSHOTS, LASTING_GAPS, TWEETS])


def _add_timelines(connection: Connection) -> None:
    # As above, of version 4.
    METADATA.create_all(connection, [USERS, USER_NAMES, POSTS, TIMELINES, TIMELINE_COVERAGE, TIMELINE_TWEETS, X_CALLS])


def _add_the_outbox(connection: Connection) -> None:
    # As above, of version 5.
    METADATA.create_all(connection, [SCHEDULES, JOBS, PARCELS, OUTBOX])


MIGRATIONS: Final[Mapping[int, Migration]] = {
    2: _add_the_ledger,
    3: _add_facts,
    4: _add_timelines,
    5: _add_the_outbox,
}
"""The steps, by the version that each leads to. A step is never changed once a release has it."""


class UnknownTablesError(Exception):
    """The database holds tables, and they are not a store's, or not a whole one's."""


def stored_version(connection: Connection) -> int | None:
    """The version of the store; None where the database is empty. Raises UnknownTablesError."""
    tables = inspect(connection).get_table_names()
    if STORE_VERSION.name in tables:
        version: int | None = connection.execute(select(STORE_VERSION.c.version)).scalar()
        if version is not None:
            return version
    if tables:
        raise UnknownTablesError
    return None


def bring_up_to_date(
    connection: Connection, wanted: int = SCHEMA_VERSION, migrations: Mapping[int, Migration] = MIGRATIONS
) -> None:
    """Make the tables where there are none, and take each missing step where they are older.

    A store that is newer stays as it is. Belongs into one writing transaction.
    """
    version = stored_version(connection)
    if version is None:
        METADATA.create_all(connection)
        connection.execute(insert(STORE_VERSION).values(version=wanted))
        return
    for step in range(version + 1, wanted + 1):
        migrations[step](connection)
        connection.execute(update(STORE_VERSION).values(version=step))
