"""Facts in the store: each with what it covers, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select

from reportgen.catalog import HISTORICAL
from reportgen.facts import INSTANT, METRIC, SCHEMA
from reportgen.request import Grain, Request
from reportgen.spans import Span
from reportgen.store.coverage import (
    STEP,
    Covers,
    Part,
    covers_by_day,
    covers_of,
    newer,
    not_renewed,
    of_the_days,
    put_together,
    read_covers,
    replace_covers,
)
from reportgen.store.instants import seconds_of
from reportgen.store.rows import PERIOD, to_facts, to_rows, to_snapshots
from reportgen.store.schema import FACTS, SNAPSHOTS


def keep_facts(
    connection: Connection,
    request: Request,
    facts: pl.DataFrame,
    as_of: datetime,
    settled: datetime,
    *,
    anew: bool = False,
) -> None:
    """Keep what a call brought at the present `as_of`; what ends by `settled` (both UTC) is final.

    What is there of a later present, or as final while the new is not, stays, unless it was asked for `anew`.
    """
    if request.grain is Grain.DAY and request.start and request.end:
        # A day of which only some hours were asked for is none.
        facts = facts.filter(pl.col("start") >= request.start, pl.col("start") <= request.end - STEP[Grain.DAY])
    if facts.is_empty():
        return
    if request.endpoint is HISTORICAL:
        _keep_counted(connection, request, facts, as_of, settled, anew=anew)
    else:
        _keep_snapshots(connection, request, facts, as_of)


def _keep_counted(
    connection: Connection, request: Request, facts: pl.DataFrame, as_of: datetime, settled: datetime, *, anew: bool
) -> None:
    grain = request.grain
    new = covers_of(facts, grain, seconds_of(as_of), settled)
    part = Part(grain, [int(tweet_id) for tweet_id in request.tweet_ids], request.metrics, _rows_span(facts, grain))
    known = read_covers(connection, part)
    taken = new if anew else newer(known, new)
    if taken != new:
        facts = _within(facts, taken)
    _merge(connection, part, facts)
    replace_covers(connection, part, put_together(known, taken))
    if grain is Grain.HOUR:
        _renew_days(connection, part, known, taken)


def _renew_days(connection: Connection, hours: Part, known: Covers, taken: Covers) -> None:
    """Let the days that the new hours make whole, with those that were known, be known by their hours alone."""
    part = replace(hours, grain=Grain.DAY)
    if known_days := read_covers(connection, part):
        days = of_the_days(covers_by_day(put_together(known, taken)), taken)
        replace_covers(connection, part, not_renewed(known_days, days))


def _rows_span(facts: pl.DataFrame, grain: Grain) -> Span:
    """From the start of the first row until the end of the last."""
    first = facts["start"].dt.truncate(PERIOD[grain])
    return Span(first.min(), first.dt.offset_by(PERIOD[grain]).max())  # type: ignore[arg-type]


def _within(facts: pl.DataFrame, covers: Covers) -> pl.DataFrame:
    rows = [(tweet_id, metric, *covered.span) for (tweet_id, metric), of in covers.items() for covered in of]
    schema = {"tweet_id": pl.Int64(), "metric": METRIC, "from": INSTANT, "until": INSTANT}
    spans = pl.DataFrame(rows, schema=schema, orient="row")
    inside = pl.col("start").is_between("from", "until", closed="left")
    return facts.join(spans, on=["tweet_id", "metric"]).filter(inside).select(*SCHEMA)


def _merge(connection: Connection, part: Part, facts: pl.DataFrame) -> None:
    """Put the facts into the rows that are there, in the place of what these had for the same hours."""
    if rows := read_rows(connection, part):
        kept = to_facts(rows, part.grain).join(facts, on=["tweet_id", "metric", "start"], how="anti")
        connection.execute(delete(FACTS).where(_rows_of(part)))
        facts = pl.concat([kept, facts])
    _insert(connection, to_rows(facts, part.grain), part.grain)


def _insert(connection: Connection, rows: pl.DataFrame, grain: Grain) -> None:
    if rows.height:
        connection.execute(insert(FACTS), rows.with_columns(pl.lit(grain.name.lower()).alias("grain")).to_dicts())


def read_rows(connection: Connection, part: Part) -> Sequence[Sequence[Any]]:
    """The rows of facts that begin in the part's span: tweet id, metric, start, counts."""
    columns = (FACTS.c.tweet_id, FACTS.c.metric, FACTS.c.start, FACTS.c.counts)
    return connection.execute(select(*columns).where(_rows_of(part))).all()


def _rows_of(part: Part) -> ColumnElement[bool]:
    return and_(
        FACTS.c.grain == part.grain.name.lower(),
        FACTS.c.tweet_id.in_(part.tweet_ids),
        FACTS.c.metric.in_(part.metrics),
        FACTS.c.start >= seconds_of(part.span.start),
        FACTS.c.start < seconds_of(part.span.end),
    )


def _keep_snapshots(connection: Connection, request: Request, facts: pl.DataFrame, as_of: datetime) -> None:
    """Keep them beside those of other times, in the place of those of the same."""
    taken = seconds_of(as_of)
    keys = {"endpoint": request.endpoint.name, "taken": taken}
    rows = [keys | row for row in _snapshots(request.span(as_of), facts)]
    of = SNAPSHOTS.c
    same = (of.endpoint == request.endpoint.name, of.taken == taken)
    place = (of.tweet_id == bindparam("its_id"), of.metric == bindparam("its_metric"))
    places = [{"its_id": row["tweet_id"], "its_metric": row["metric"]} for row in rows]
    connection.execute(delete(SNAPSHOTS).where(*same, *place), places)
    connection.execute(insert(SNAPSHOTS), rows)


def _snapshots(hours: Span | None, facts: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of snapshots: tweet_id, metric, counts. Totals have no hours."""
    if hours is None:
        for tweet_id, metric, _, count in facts.iter_rows():
            yield {"tweet_id": tweet_id, "metric": metric, "counts": str(count)}
        return
    length = (hours.end - hours.start) // STEP[Grain.HOUR]
    yield from to_snapshots(facts, pl.lit(hours.start, dtype=INSTANT), length).iter_rows(named=True)
