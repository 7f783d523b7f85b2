"""The tables of the store. A change of them is a new version, and a step in `reportgen.store.migrations`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Column, Date, DateTime, Dialect, Double, Integer, MetaData, Table, Text, TypeDecorator

SCHEMA_VERSION: Final = 1


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, on every database: SQLite itself forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA: Final = MetaData()

STORE_VERSION: Final = Table("store_version", METADATA, Column("version", Integer, nullable=False))
"""One row."""

SLOTS: Final = Table(
    "slots",
    METADATA,
    Column("app", Text, primary_key=True),
    Column("last_slot", Double, nullable=False),
)
"""When the last call of an app leaves, in seconds since 1970. `app` is `Credentials.app`."""

HANDLES_ASKED: Final = Table(
    "handles_asked",
    METADATA,
    Column("month", Date, primary_key=True),
    Column("handle", Text, primary_key=True),
    Column("first_asked", Instant, nullable=False),
)
"""The handles asked about in the contract's month that begins on `month`; as `@name`, in small letters."""
