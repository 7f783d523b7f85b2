"""The tables of what is due and of what leaves, beside those of `reportgen.store.schema`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from reportgen.store.instants import Instant
from reportgen.store.schema import METADATA

SCHEDULES: Final = Table(
    "schedules",
    METADATA,
    Column("report", Text, primary_key=True),
    Column("cron", Text, primary_key=True),
    Column("timezone", Text, primary_key=True),
    Column("since", Instant, nullable=False),
)
"""Each schedule that a report was seen with, and since when: what was to happen before then is not due."""

JOBS: Final = Table(
    "jobs",
    METADATA,
    Column("report", Text, primary_key=True),
    Column("due", Instant, primary_key=True),
    Column("found", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Instant),
    Column("holder", Text),
    Column("lease_until", Instant),
    Column("outcome", Text),
    Column("said", Text),
    Column("ended", Instant),
)
"""Every report that was found due. `found` is when it was written down. See `reportgen.jobs.Job`; `holder` is who has
it, and null unless it is running."""

PARCELS: Final = Table(
    "parcels",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("tweets", JSON),
)
"""What leaves, as long as a copy of it may. `tweets` is a list of ids, empty where it tells of none, and null where
nobody knows. See `reportgen.outbox.Parcel`."""

OUTBOX: Final = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("report", Text, nullable=False),
    Column("due", Instant),
    Column("way", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("parcel", ForeignKey(PARCELS.c.id), index=True),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("next_attempt", Instant),
    Column("holder", Text),
    Column("lease_until", Instant),
    Column("said", Text),
    Column("ended", Instant),
    Index("ix_outbox_state", "state"),
    # A number that people have seen never means another delivery, not even after it was pruned.
    sqlite_autoincrement=True,
)
"""Every copy that is to leave, or has left. `parcel` is null where it was sent or canceled; `since` is when it was put
in, or let go by hand: the time for attempts counts from then. `holder` is who sends it, and null unless it is being
sent. See `reportgen.outbox.Delivery`."""
