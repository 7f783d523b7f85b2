"""What calls ask for and what a store knows, in cells: one count of one tweet and metric. For stores of one present."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from reportgen.catalog import ENDPOINTS, LAST_28_HOURS
from reportgen.instants import floor_hour, parse_instant
from reportgen.simulator.server import Call
from reportgen.store.instants import instant_of
from reportgen.store.schema import COVERAGE, FACTS, LASTING_GAPS, SNAPSHOTS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Cell(NamedTuple):
    """One count: of an hour, of a UTC day, or since ever."""

    endpoint: str
    grain: str
    tweet_id: int
    metric: str
    start: datetime | None


class Stored(NamedTuple):
    """What a store has at one moment."""

    covered: frozenset[Cell]
    """What counts as known; a day is, too, of which each hour is."""
    counted: frozenset[Cell]
    """What has a number."""
    gone: frozenset[tuple[str, int]]
    """Endpoints and tweets that are refused for good."""


def asked(call: Call, as_of: datetime) -> Iterator[Cell]:
    """What a call of reportgen asks for; one that a kill has cut off asks for nothing."""
    if call.body is None:
        return
    body: dict[str, Any] = call.body  # type: ignore[assignment]
    (grouping,) = body["groupings"].values()
    grain = {2: "total", 3: "day", 4: "hour"}[len(grouping["group_by"])]
    for tweet_id in map(int, body["tweet_ids"]):
        for metric in body["engagement_types"]:
            for start in _starts(call.endpoint, grain, body, as_of):
                yield Cell(call.endpoint, grain, tweet_id, metric, start)


def _starts(endpoint: str, grain: str, body: dict[str, Any], as_of: datetime) -> Iterator[datetime | None]:
    if grain == "total":
        yield None
    elif "start" in body:
        start, end = parse_instant(body["start"]), parse_instant(body["end"])
        # Of a day of which only some hours are asked for, nothing is.
        start = start if grain == "hour" or start == _midnight(start) else _midnight(start) + DAY
        yield from _steps(grain, start, end)
    else:
        yield from _steps(grain, floor_hour(as_of - ENDPOINTS[endpoint].window), as_of)  # type: ignore[operator]


def stored(connection: Connection) -> Stored:
    """What the store has, as another program reads it. AssertionError where a cell is covered twice."""
    covered = list(_covered(connection))
    assert len(set(covered)) == len(covered), "covered twice"
    hours: dict[Cell, int] = {}
    for cell in covered:
        if cell.grain == "hour" and cell.start:
            day = cell._replace(grain="day", start=_midnight(cell.start))
            hours[day] = hours.get(day, 0) + 1
    snapshots = frozenset(_snapshots(connection))
    rows = connection.execute(
        select(LASTING_GAPS.c.endpoint, LASTING_GAPS.c.tweet_id).where(LASTING_GAPS.c.metric == "")
    )
    return Stored(
        frozenset(covered) | {day for day, count in hours.items() if count == 24} | snapshots,
        frozenset(_counted(connection)) | snapshots,
        frozenset((endpoint, tweet_id) for endpoint, tweet_id in rows),
    )


def _covered(connection: Connection) -> Iterator[Cell]:
    of = COVERAGE.c
    for grain, tweet_id, metric, start, end in connection.execute(
        select(of.grain, of.tweet_id, of.metric, of.start, of.end)
    ):
        for step in _steps(grain, instant_of(start), instant_of(end)):
            yield Cell("historical", grain, tweet_id, metric, step)


def _counted(connection: Connection) -> Iterator[Cell]:
    of = FACTS.c
    for grain, tweet_id, metric, start, counts in connection.execute(
        select(of.grain, of.tweet_id, of.metric, of.start, of.counts)
    ):
        for slot, count in enumerate(counts.split(",")):
            if count:
                at = instant_of(start) + slot * (HOUR if grain == "hour" else DAY)
                yield Cell("historical", grain, tweet_id, metric, at)


def _snapshots(connection: Connection) -> Iterator[Cell]:
    of = SNAPSHOTS.c
    for endpoint, tweet_id, metric, taken, counts in connection.execute(
        select(of.endpoint, of.tweet_id, of.metric, of.taken, of.counts)
    ):
        if endpoint != LAST_28_HOURS.name:
            yield Cell(endpoint, "total", tweet_id, metric, None)
            continue
        first = floor_hour(datetime.fromtimestamp(taken, UTC) - ENDPOINTS[endpoint].window)  # type: ignore[operator]
        for slot, count in enumerate(counts.split(",")):
            if count:
                yield Cell(endpoint, "hour", tweet_id, metric, first + slot * HOUR)


def _steps(grain: str, start: datetime, end: datetime) -> Iterator[datetime]:
    step = HOUR if grain == "hour" else DAY
    while start + step <= end or (grain == "hour" and start < end):
        yield start
        start += step


def _midnight(instant: datetime) -> datetime:
    return instant.replace(hour=0, minute=0, second=0, microsecond=0)
