"""The tables of the store. A change of them is a new version, and a step in `reportgen.store.migrations`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Date, Double, ForeignKey, Integer, MetaData, Table, Text

from reportgen.store.instants import Instant

SCHEMA_VERSION: Final = 2

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

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("as_of", Instant, nullable=False),
    Column("reports", JSON, nullable=False),
    Column("exit_code", Integer),
    Column("calls_planned", Integer, nullable=False),
    Column("calls_made", Integer),
    Column("calls_retried", Integer),
)
"""Every run, in the order in which they began. `reports` is a list of names; what only an end can tell is null until
then, for good where a run was killed. See `reportgen.ledger.RunEntry`."""

CALLS: Final = Table(
    "calls",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey(RUNS.c.id), nullable=False, index=True),
    Column("left_at", Instant, nullable=False, index=True),
    Column("seconds", Double, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("handle", Text),
    Column("tweets", Integer, nullable=False),
    Column("metrics", Integer, nullable=False),
    Column("reports", JSON, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status", Integer),
    Column("cause", Text),
)
"""Every call that came back. `handle` is null for the bearer token, and else `@name` in small letters; `tweets` and
`metrics` are how many; `reports` are the names of those that it was for. See `reportgen.ledger.CallEntry`."""
