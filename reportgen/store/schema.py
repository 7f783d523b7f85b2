"""The tables of the store. A change of them is a new version, and a step in `reportgen.store.migrations`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Double, Integer, MetaData, Table, Text

SCHEMA_VERSION: Final = 1

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
)
"""The handles asked about in the contract's month that begins on `month`; as `@name`, in small letters."""
