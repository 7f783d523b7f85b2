"""Stores with something in them, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
from sqlalchemy import Table, insert, select

from reportgen.catalog import HISTORICAL, LAST_28_HOURS, TOTALS
from reportgen.errors import Exit
from reportgen.facts import SCHEMA
from reportgen.gaps import Gap, Reason
from reportgen.instants import floor_hour
from reportgen.ledger import CallEntry, Outcome
from reportgen.request import Grain, Request, Signer
from reportgen.store.coverage import STEP
from reportgen.store.facts import keep_facts
from reportgen.store.instants import seconds_of
from reportgen.store.lasting_gaps import keep_gaps
from reportgen.store.ledger import add_call, begin_run, end_run
from reportgen.store.open import Store
from reportgen.store.tweets import keep_owners

ACME, GLOBEX = 2_117_270_504_862_646_273, 2_122_021_380_345_036_801
"""A tweet of each handle."""
AS_OF = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
SETTLED = AS_OF - timedelta(hours=24)
SIGNER = Signer("@Acme")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def seconds(text: str) -> int:
    return seconds_of(at(text))


def count(store: Store, start: str, *values: int, tweet: int = ACME, grain: Grain = Grain.HOUR) -> None:
    """Keep the impressions of hours or days that follow each other."""
    step, begin = STEP[grain], at(start)
    request = Request(HISTORICAL, SIGNER, (str(tweet),), ("impressions",), grain, begin, begin + len(values) * step)
    starts = [begin + n * step for n in range(len(values))]
    facts = pl.DataFrame(
        [(tweet, "impressions", s, v) for s, v in zip(starts, values, strict=True)], SCHEMA, orient="row"
    )
    with store.writing() as connection:
        keep_facts(connection, request, facts, AS_OF, SETTLED)
        keep_owners(connection, {str(ACME): "@Acme"})


def take(store: Store, taken: str, *values: int, tweet: int = ACME) -> None:
    """Keep a snapshot: of one value as of `totals`, of the favorites; of more as of `28hr`."""
    moment = at(taken)
    hourly = len(values) > 1
    grain, endpoint = (Grain.HOUR, LAST_28_HOURS) if hourly else (Grain.TOTAL, TOTALS)
    first = floor_hour(moment - timedelta(hours=28))
    starts = [first + timedelta(hours=n) if hourly else None for n in range(len(values))]
    facts = pl.DataFrame(
        [(tweet, "favorites", s, v) for s, v in zip(starts, values, strict=True)], SCHEMA, orient="row"
    )
    with store.writing() as connection:
        keep_facts(connection, Request(endpoint, SIGNER, (str(tweet),), ("favorites",), grain), facts, moment, moment)


def miss(store: Store, found: str, tweet: int = ACME) -> None:
    """Keep that a tweet is gone."""
    gap = Gap(str(tweet), None, Reason.UNAVAILABLE, "deleted or protected")
    with store.writing() as connection:
        keep_gaps(connection, Request(TOTALS, SIGNER, (str(tweet),), ("favorites",), Grain.TOTAL), [gap], at(found))


def run(store: Store, started: str, *called: str, ended: bool = True) -> None:
    """Keep a run and its calls."""
    request = Request(TOTALS, SIGNER, (str(ACME),), ("favorites",), Grain.TOTAL)
    with store.writing() as connection:
        run = begin_run(connection, at(started), at(started), ["weekly"], len(called))
        for left_at in called:
            entry = CallEntry(request, (request,), at(left_at).timestamp(), 0.1, Outcome.ANSWERED, 200, None)
            add_call(connection, run, entry, ["weekly"])
        if ended:
            end_run(connection, run, at((*called, started)[0]), Exit.DONE, len(called), 0)


def rows(store: Store, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of a table, in order."""
    chosen = [table.c[name] for name in columns]
    with store.reading() as connection:
        return sorted(map(tuple, connection.execute(select(*chosen))))


def put(store: Store, table: Table, **row: object) -> None:
    """A row, as it is."""
    with store.writing() as connection:
        connection.execute(insert(table).values(**row))


def places(values: Sequence[int | None]) -> str:
    """Counts as they stand in a row."""
    return ",".join("" if value is None else str(value) for value in values)
