"""What the store knows of what reports need: the spans and the gaps before the first call, and in the end the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from sys import intern
from typing import Final

import polars as pl
from sqlalchemy import Connection, select

from reportgen.catalog import HISTORICAL, TOTALS, Endpoint
from reportgen.coverage import Coverage, Known, Place, Sight
from reportgen.facts import INSTANT, METRIC, all_facts
from reportgen.gaps import Gap, Reason
from reportgen.instants import floor_day, floor_hour
from reportgen.needs import Needs
from reportgen.request import Grain
from reportgen.snowflake import posted_at
from reportgen.spans import EVER, Span, Spans, joined, whole_days, within
from reportgen.store.coverage import FINAL, STEP, Covered, Part, covers_of, read_covers
from reportgen.store.damage import DamagedRowsError, understood
from reportgen.store.facts import read_rows
from reportgen.store.instants import instant_of, seconds_of
from reportgen.store.ledger import last_call
from reportgen.store.open import Store
from reportgen.store.parts import in_parts
from reportgen.store.rows import row_start, to_facts
from reportgen.store.schema import LASTING_GAPS, SNAPSHOTS

BELIEVED: Final = timedelta(days=28)
"""So long is a gap with a lasting reason believed: a protected account may be open again, a contract have grown."""
_SECOND: Final = timedelta(seconds=1)
_SPANS: Final = pl.Schema(
    {"tweet_id": pl.Int64(), "metric": METRIC, "from": INSTANT, "until": INSTANT, "buckets": pl.Int64()}
)


def look_into(store: Store) -> Callable[[Sequence[Needs], Sight], tuple[Known, int]]:
    """What a plan has to know of the store: see `reportgen.planned.Look`. Raises StoreError."""

    def look(all_needs: Sequence[Needs], sight: Sight) -> tuple[Known, int]:
        with store.reading() as connection:
            return read_known(connection, all_needs, sight), last_call(connection)

    return look


@understood()
def read_known(connection: Connection, all_needs: Sequence[Needs], sight: Sight) -> Known:
    """The spans that are known of what the reports need, and the gaps with lasting reasons.

    Raises DamagedRowsError, which `Store` turns into StoreError.
    """
    spans: dict[tuple[Endpoint, Grain], dict[Place, Spans]] = defaultdict(dict)
    gaps: dict[tuple[Endpoint, str | None, str], tuple[Gap, ...]] = {}
    # Most tweets are known over the same spans, by the same names: one copy of each takes a third of the memory.
    alike: dict[Spans, Spans] = {}
    for needs in all_needs:
        for ids in in_parts(_ids(needs)):
            gaps |= _lasting_gaps(connection, needs.endpoint, ids, sight)
            for grain, known in _known_spans(connection, needs, ids, sight):
                of = spans[needs.endpoint, grain]
                for place, more in known.items():
                    whole = joined([*of[place], *more]) if place in of else more
                    of[intern(place[0]), intern(place[1])] = alike.setdefault(whole, whole)
    return Known(Coverage(spans), gaps)


@understood()
def read_facts(connection: Connection, needs: Needs, coverage: Coverage, sight: Sight) -> pl.DataFrame:
    """The facts of a report, at its grain (see `reportgen.facts`).

    Where the coverage has nothing, there may be older ones, which are not to be taken for known. Raises
    DamagedRowsError.
    """
    return all_facts(_whole_facts(connection, needs, ids, coverage, sight) for ids in in_parts(_ids(needs)))


def _whole_facts(
    connection: Connection, needs: Needs, ids: Sequence[int], coverage: Coverage, sight: Sight
) -> pl.DataFrame:
    """The facts of these tweets. Raises DamagedRowsError where a count is not there that the coverage says is known."""
    facts = _facts(connection, needs, ids, coverage, sight)
    rows = [
        (tweet_id, name, *span, _buckets(span, needs.grain))
        for tweet_id in ids
        for name in needs.counts
        for span in within(coverage.of(needs.endpoint, needs.grain, str(tweet_id), name), needs.tweets[str(tweet_id)])
    ]
    spans = pl.LazyFrame(rows, schema=_SPANS, orient="row")
    inside = pl.col("start").is_between("from", "until", closed="left") | pl.col("start").is_null()
    counted = facts.lazy().join(spans, on=["tweet_id", "metric"]).filter(inside).select(pl.len()).collect().item()
    if counted < sum(buckets for *_, buckets in rows):
        raise DamagedRowsError("counts are missing in spans that are known")
    return facts


def _buckets(span: Span, grain: Grain) -> int:
    return 1 if grain is Grain.TOTAL else (span.end - span.start) // STEP[grain]


def oldest_unsettled(connection: Connection, needs: Needs, sight: Sight) -> datetime | None:
    """When the oldest of the numbers that may have changed since were asked for (UTC); None where there are none."""
    asked = [seconds for ids in in_parts(_ids(needs)) for seconds in _asked(connection, needs, ids, sight)]
    oldest = instant_of(min(asked)) if asked else sight.as_of
    return oldest if oldest < sight.as_of else None


def _asked(connection: Connection, needs: Needs, ids: Sequence[int], sight: Sight) -> Iterator[int]:
    if needs.endpoint is not HISTORICAL:
        yield from (taken for *_, taken in _latest_snapshots(connection, needs, ids, sight))
        return
    for grain in {needs.grain, Grain.HOUR}:
        for (tweet_id, _), covers in read_covers(connection, _part(needs, ids, grain)).items():
            needed = needs.tweets[str(tweet_id)]
            yield from (c.asked for c in covers if c.asked != FINAL and within((c.span,), needed))


def _facts(connection: Connection, needs: Needs, ids: Sequence[int], coverage: Coverage, sight: Sight) -> pl.DataFrame:
    if needs.endpoint is not HISTORICAL:
        return to_facts([row[:-1] for row in _latest_snapshots(connection, needs, ids, sight)], needs.grain)
    facts = to_facts(read_rows(connection, _part(needs, ids, needs.grain)), needs.grain)
    if needs.grain is Grain.HOUR:
        return facts
    by_hour = to_facts(read_rows(connection, _part(needs, ids, Grain.HOUR)), Grain.HOUR)
    if by_hour.is_empty():
        return facts
    # Coverage by the day is there where that was asked for last.
    facts = _inside(facts, coverage.spans.get((HISTORICAL, Grain.DAY), {}))
    days = _days(by_hour, coverage)
    return pl.concat([facts, days.join(facts, on=["tweet_id", "metric", "start"], how="anti")])


def _days(by_hour: pl.DataFrame, coverage: Coverage) -> pl.DataFrame:
    """The UTC days of which each hour is known."""
    days = by_hour.group_by("tweet_id", "metric", pl.col("start").dt.truncate("1d"), maintain_order=True)
    return _inside(days.agg(pl.col("value").sum()), coverage.spans.get((HISTORICAL, Grain.HOUR), {}))


def _inside(facts: pl.DataFrame, spans: Mapping[Place, Spans]) -> pl.DataFrame:
    """The facts by the day that lie in the whole days of the spans."""
    places = facts.select("tweet_id", pl.col("metric").cast(pl.String)).unique().iter_rows()
    rows = [
        (tweet_id, metric, *span)
        for tweet_id, metric in places
        for span in whole_days(spans.get((str(tweet_id), metric), ()))
    ]
    schema = {"tweet_id": pl.Int64(), "metric": METRIC, "from": INSTANT, "until": INSTANT}
    return (
        facts.lazy()
        .join(pl.LazyFrame(rows, schema=schema, orient="row"), on=["tweet_id", "metric"])
        .filter(pl.col("start").is_between("from", "until", closed="left"))
        .drop("from", "until")
        .collect()
    )


def _known_spans(
    connection: Connection, needs: Needs, ids: Sequence[int], sight: Sight
) -> Iterator[tuple[Grain, Mapping[Place, Spans]]]:
    if needs.endpoint is HISTORICAL:
        for grain in {needs.grain, Grain.HOUR}:
            covers = read_covers(connection, _part(needs, ids, grain))
            yield grain, {(str(i), metric): _seen(i, of, grain, sight) for (i, metric), of in covers.items()}
        return
    facts = to_facts([row[:-1] for row in _latest_snapshots(connection, needs, ids, sight)], needs.grain)
    if needs.endpoint is TOTALS:
        pairs = facts.select("tweet_id", pl.col("metric").cast(pl.String)).iter_rows()
        yield needs.grain, {(str(tweet_id), metric): (Span(EVER, sight.as_of),) for tweet_id, metric in pairs}
        return
    covers = covers_of(facts, needs.grain, FINAL, sight.as_of)
    yield needs.grain, {(str(i), metric): tuple(c.span for c in of) for (i, metric), of in covers.items()}


def _seen(tweet_id: int, covers: Sequence[Covered], grain: Grain, sight: Sight) -> Spans:
    """What of the coverage counts; by the hour with the hours of its day before a tweet was posted, which hold nothing.

    Nobody asks for these, and some answers leave them out.
    """
    since = seconds_of(sight.since)
    seen = [covered.span for covered in covers if covered.asked == FINAL or covered.asked >= since]
    posted = floor_hour(posted_at(str(tweet_id)))
    if grain is Grain.HOUR and floor_day(posted) < posted:
        seen.append(Span(floor_day(posted), posted))
    return joined(seen)


def _latest_snapshots(
    connection: Connection, needs: Needs, ids: Sequence[int], sight: Sight
) -> list[tuple[int, str, int, str, int]]:
    """Of each tweet and metric the last snapshot that counts: tweet id, metric, first hour, counts, when taken."""
    first, since = EVER, sight.since
    if needs.endpoint.window:
        # Only those whose 28 hours are, rounded outward, the same as the report's.
        first = floor_hour(sight.as_of - needs.endpoint.window)
        hour = floor_hour(sight.as_of)
        since = max(since, hour + _SECOND if hour < sight.as_of else hour)
    of = SNAPSHOTS.c
    rows = connection.execute(
        select(of.tweet_id, of.metric, of.counts, of.taken)
        .where(
            of.endpoint == needs.endpoint.name,
            of.tweet_id.in_(ids),
            of.metric.in_(needs.counts),
            of.taken >= seconds_of(since),
            of.taken <= seconds_of(sight.as_of),
        )
        .order_by(of.taken)
    )
    latest = {(tweet_id, metric): (seconds_of(first), counts, taken) for tweet_id, metric, counts, taken in rows}
    return [(*place, *snapshot) for place, snapshot in latest.items()]


def _lasting_gaps(
    connection: Connection, endpoint: Endpoint, ids: Sequence[int], sight: Sight
) -> dict[tuple[Endpoint, str | None, str], tuple[Gap, ...]]:
    of = LASTING_GAPS.c
    rows = connection.execute(
        select(of.handle, of.tweet_id, of.metric, of.reason, of.detail)
        .where(
            of.endpoint == endpoint.name,
            of.tweet_id.in_(ids),
            of.found > seconds_of(sight.as_of - BELIEVED),
        )
        .order_by(of.tweet_id, of.metric)
    )
    gaps: dict[tuple[Endpoint, str | None, str], tuple[Gap, ...]] = {}
    for handle, tweet_id, metric, reason, detail in rows:
        key = endpoint, handle or None, str(tweet_id)
        gaps[key] = (*gaps.get(key, ()), Gap(str(tweet_id), metric or None, Reason(reason), detail))
    return gaps


def _part(needs: Needs, ids: Sequence[int], grain: Grain) -> Part:
    spans = [needs.tweets[str(tweet_id)] for tweet_id in ids]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Part(grain, ids, needs.counts, Span(row_start(start, grain), end))


def _ids(needs: Needs) -> list[int]:
    return list(map(int, needs.tweets))
