"""Which spans of `historical` are known, of each tweet and metric, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

import polars as pl
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from reportgen.instants import ceil_day, floor_day
from reportgen.request import Grain
from reportgen.spans import Span, joined, whole_days, within, without
from reportgen.store.instants import instant_of, seconds_of
from reportgen.store.schema import COVERAGE

FINAL: Final = 0
"""What stands for the present of a run in which the counts were final."""
STEP: Final = {Grain.HOUR: timedelta(hours=1), Grain.DAY: timedelta(days=1)}

Place: TypeAlias = tuple[int, str]
"""A tweet's id and a metric."""


class Covered(NamedTuple):
    """A span of which all counts are known."""

    span: Span
    asked: int
    """When it was asked for, in seconds since 1970, or FINAL."""


Covers: TypeAlias = Mapping[Place, Sequence[Covered]]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the coverage: of these tweets and metrics, what overlaps or touches the span."""

    grain: Grain
    tweet_ids: Sequence[int]
    metrics: Sequence[str]
    span: Span

    @property
    def condition(self) -> ColumnElement[bool]:
        """What the rows of the part have in common."""
        return and_(
            COVERAGE.c.grain == self.grain.name.lower(),
            COVERAGE.c.tweet_id.in_(self.tweet_ids),
            COVERAGE.c.metric.in_(self.metrics),
            COVERAGE.c.start <= seconds_of(self.span.end),
            COVERAGE.c.end >= seconds_of(self.span.start),
        )


def covers_of(facts: pl.DataFrame, grain: Grain, asked: int, settled: datetime) -> dict[Place, list[Covered]]:
    """What these facts cover: all that they count, and nothing between. What ends by `settled` (UTC) is final."""
    step = STEP[grain]
    place = ("tweet_id", "metric")
    begins = (pl.col("start").diff() != step) | (pl.col("final") != pl.col("final").shift())
    runs = (
        facts.lazy()
        .sort(*place, "start")
        .with_columns((pl.col("start") <= settled - step).alias("final"))
        .with_columns(begins.over(place).fill_null(value=True).cum_sum().over(place).alias("run"))
        .group_by("tweet_id", "metric", "run", maintain_order=True)
        .agg(pl.col("start").first(), (pl.col("start").last() + step).alias("end"), pl.col("final").first())
        .select("tweet_id", pl.col("metric").cast(pl.String), "start", "end", "final")
        .collect()
    )
    covers: dict[Place, list[Covered]] = {}
    for tweet_id, metric, start, end, is_final in runs.iter_rows():
        covered = Covered(Span(start, end), FINAL if is_final else asked)
        covers.setdefault((tweet_id, metric), []).append(covered)
    return covers


def read_covers(connection: Connection, part: Part) -> dict[Place, list[Covered]]:
    """That part of the coverage."""
    columns = (COVERAGE.c.tweet_id, COVERAGE.c.metric, COVERAGE.c.start, COVERAGE.c.end, COVERAGE.c.asked)
    covers: dict[Place, list[Covered]] = {}
    for tweet_id, metric, start, end, asked in connection.execute(select(*columns).where(part.condition)):
        covered = Covered(Span(instant_of(start), instant_of(end)), asked)
        covers.setdefault((tweet_id, metric), []).append(covered)
    return covers


def replace_covers(connection: Connection, part: Part, covers: Covers) -> None:
    """Let that part of the coverage be this."""
    rows = [
        {
            "grain": part.grain.name.lower(),
            "tweet_id": tweet_id,
            "metric": metric,
            "start": seconds_of(covered.span.start),
            "end": seconds_of(covered.span.end),
            "asked": covered.asked,
        }
        for (tweet_id, metric), of_place in covers.items()
        for covered in of_place
    ]
    connection.execute(delete(COVERAGE).where(part.condition))
    if rows:
        connection.execute(insert(COVERAGE), rows)


def newer(known: Covers, new: Covers) -> dict[Place, list[Covered]]:
    """What of the new spans is not known from a later run, or as final, already."""
    return {place: list(_newer(known.get(place, ()), covers)) for place, covers in new.items()}


def put_together(known: Covers, new: Covers) -> dict[Place, list[Covered]]:
    """The known spans with the new ones in their places; spans that touch and are of one time are one."""
    places = dict.fromkeys(chain(known, new))
    return {place: list(_put_together(known.get(place, ()), new.get(place, ()))) for place in places}


def covers_by_day(hours: Covers) -> dict[Place, list[Covered]]:
    """The whole UTC days in coverage by the hour: final where all of the hours are, and else as old as the others."""
    return {place: list(_by_day(covers)) for place, covers in hours.items()}


def of_the_days(days: Covers, new: Covers) -> dict[Place, list[Covered]]:
    """Of these days, those of which an hour is among the new ones."""
    return {
        place: [
            Covered(span, covered.asked)
            for covered in days.get(place, ())
            for hours in joined(Span(floor_day(one.span.start), ceil_day(one.span.end)) for one in covers)
            for span in within((covered.span,), hours)
        ]
        for place, covers in new.items()
    }


def not_renewed(known: Covers, new: Covers) -> dict[Place, list[Covered]]:
    """What of the known spans is not in the new ones, or is from a later run or final where these are not."""
    renewed = newer(known, new)
    return {
        place: [
            Covered(span, old.asked)
            for old in covers
            for span in without((old.span,), [covered.span for covered in renewed.get(place, ())])
        ]
        for place, covers in known.items()
    }


def _by_day(hours: Sequence[Covered]) -> Iterator[Covered]:
    final = whole_days(joined(covered.span for covered in hours if covered.asked == FINAL))
    yield from (Covered(span, FINAL) for span in final)
    days = whole_days(joined(covered.span for covered in hours))
    yield from (Covered(span, max(covered.asked for covered in hours)) for span in without(days, final))


def _newer(known: Iterable[Covered], new: Iterable[Covered]) -> Iterator[Covered]:
    for covered in new:
        later = [old.span for old in known if _is_later(old.asked, covered.asked)]
        yield from (Covered(span, covered.asked) for span in without((covered.span,), later))


def _is_later(one: int, other: int) -> bool:
    return other != FINAL and (one == FINAL or one > other)


def _put_together(known: Iterable[Covered], new: Sequence[Covered]) -> Iterator[Covered]:
    taken = [covered.span for covered in new]
    by_time: dict[int, list[Span]] = {}
    for covered in new:
        by_time.setdefault(covered.asked, []).append(covered.span)
    for covered in known:
        by_time.setdefault(covered.asked, []).extend(without((covered.span,), taken))
    for asked, spans in by_time.items():
        yield from (Covered(span, asked) for span in joined(spans))
