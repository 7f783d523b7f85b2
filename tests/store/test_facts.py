"""What was kept is read again as it was, beside a naive dictionary, whatever order, grain and present it came in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeAlias

import polars as pl
import pytest

from reportgen.catalog import HISTORICAL
from reportgen.coverage import Sight
from reportgen.facts import SCHEMA
from reportgen.request import Grain, Request, Signer
from reportgen.store.facts import keep_facts
from reportgen.store.known import read_facts, read_known
from reportgen.store.open import Store
from tests.fetch.virtual import TWEETS
from tests.store.using import needs_of_request

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEP = {Grain.HOUR: HOUR, Grain.DAY: DAY}
START = datetime(2026, 11, 28, tzinfo=UTC)
"""Three days before the end of a month, long after the tweets."""
DAYS = 6
METRICS = ("impressions", "favorites")
FRESH = timedelta(minutes=15)

Cell: TypeAlias = tuple[Grain, int, str, datetime]


def call(grain: Grain, first: int, end: int, tweets: int = 3) -> Request:
    """For the hours from `first` to `end`, counted from the start."""
    return Request(
        HISTORICAL, Signer("@acme"), TWEETS[:tweets], METRICS, grain, START + first * HOUR, START + end * HOUR
    )


class Naive:
    """The store as a dictionary: the counts, when each was asked for, and whether it was final."""

    def __init__(self) -> None:
        self.cells: dict[Cell, tuple[int, datetime, bool]] = {}

    def keep(self, request: Request, facts: pl.DataFrame, as_of: datetime, settled: datetime) -> None:
        for tweet_id, metric, start, count in facts.iter_rows():
            final = start + STEP[request.grain] <= settled
            self._put((request.grain, tweet_id, metric, start), (count, as_of, final))

    def _put(self, cell: Cell, new: tuple[int, datetime, bool]) -> None:
        old = self.cells.get(cell)
        if old is None or new[2] or (not old[2] and new[1] >= old[1]):
            self.cells[cell] = new

    def seen(self, cell: Cell, sight: Sight) -> int | None:
        """The count, where it is final or fresh."""
        count, asked, final = self.cells.get(cell, (0, datetime.min.replace(tzinfo=UTC), False))
        return count if final or asked >= sight.since else None


def random_facts(random: Random, request: Request, lacking: float = 0.0) -> pl.DataFrame:
    """An answer that lacks this share of its counts, each of them another number."""
    assert request.start
    assert request.end
    step = STEP[request.grain]
    starts = [request.start + n * step for n in range((request.end - request.start) // step)]
    rows = [
        (int(tweet_id), metric, start, random.randrange(10**6))
        for tweet_id in request.tweet_ids
        for metric in request.metrics
        for start in starts
        if random.random() >= lacking
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def random_calls(random: Random, grain: Grain, step: int) -> Iterator[tuple[Request, datetime, datetime]]:
    """Calls, their presents, now and then an earlier one, and until when hours were final then."""
    as_of = START + DAYS * DAY
    for _ in range(8):
        first, end = sorted(random.sample(range(0, 24 * DAYS + 1, step), 2))
        yield call(grain, first, end, random.choice([1, 3])), as_of, as_of - random.choice([0, 24, 72]) * HOUR
        as_of += random.choice([timedelta(), timedelta(minutes=10), HOUR, 20 * HOUR, -2 * HOUR])


@pytest.mark.parametrize("grain", list(STEP))
@pytest.mark.parametrize("seed", range(3))
def test_what_is_known_and_its_counts_are_those_of_a_dictionary(store: Store, grain: Grain, seed: int) -> None:
    random, naive = Random(seed), Naive()
    whole = call(grain, 0, 24 * DAYS)
    for request, as_of, settled in random_calls(random, grain, STEP[grain] // HOUR):
        facts, sight = random_facts(random, request, lacking=0.1), Sight(as_of, as_of - FRESH)
        naive.keep(request, facts, as_of, settled)
        needs = needs_of_request(whole, as_of)
        with store.writing() as connection:
            keep_facts(connection, request, facts, as_of, settled)
            coverage = read_known(connection, [needs], sight).coverage
            kept = {(grain, *row[:3]): row[3] for row in read_facts(connection, needs, coverage, sight).iter_rows()}
        for tweet_id in whole.tweet_ids:
            for metric in METRICS:
                missing = coverage.missing(needs, tweet_id, metric)
                for n in range(DAYS * DAY // STEP[grain]):
                    start = START + n * STEP[grain]
                    cell = (grain, int(tweet_id), metric, start)
                    is_missing = any(span.start <= start < span.end for span in missing)
                    assert (None if is_missing else kept[cell]) == naive.seen(cell, sight)


@pytest.mark.parametrize("seed", range(3))
def test_a_day_is_what_was_asked_for_last_by_the_day_or_by_all_of_its_hours(store: Store, seed: int) -> None:
    """All of it final, as with `--refresh` again and again."""
    random = Random(seed)
    as_of = START + 40 * DAY
    sight, needs = Sight(as_of, as_of), needs_of_request(call(Grain.DAY, 0, 24 * DAYS), as_of)
    expected: dict[tuple[int, str, datetime], int] = {}
    for _ in range(6):
        first, end = sorted(random.sample(range(0, 24 * DAYS + 1, 24), 2))
        request = call(random.choice(list(STEP)), first, end)
        facts = random_facts(random, request)
        with store.writing() as connection:
            keep_facts(connection, request, facts, as_of, as_of)
            coverage = read_known(connection, [needs], sight).coverage
            kept = {row[:3]: row[3] for row in read_facts(connection, needs, coverage, sight).iter_rows()}
        days = facts.group_by("tweet_id", "metric", pl.col("start").dt.truncate("1d")).agg(pl.col("value").sum())
        expected |= {row[:3]: row[3] for row in days.iter_rows()}
        assert kept == expected


def test_a_day_of_which_only_some_hours_were_asked_for_is_not_kept(store: Store) -> None:
    request = call(Grain.DAY, 12, 60)
    rows = [(int(TWEETS[0]), "favorites", START + n * DAY, 5) for n in range(3)]
    with store.writing() as connection:
        keep_facts(
            connection, request, pl.DataFrame(rows, schema=SCHEMA, orient="row"), START + 9 * DAY, START + 8 * DAY
        )
        needs, sight = needs_of_request(call(Grain.DAY, 0, 72), START + 9 * DAY), Sight(START + 9 * DAY, START)
        coverage = read_known(connection, [needs], sight).coverage
    assert [(s.start, s.end) for s in coverage.missing(needs, TWEETS[0], "favorites")] == [
        (START, START + DAY),
        (START + 2 * DAY, START + 3 * DAY),
    ]
