"""What the store knows of what reports need."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from reportgen.catalog import HISTORICAL
from reportgen.coverage import Sight
from reportgen.errors import StoreError
from reportgen.facts import SCHEMA
from reportgen.request import Grain, Request, Signer
from reportgen.snowflake import posted_at
from reportgen.store.facts import keep_facts
from reportgen.store.known import read_facts, read_known
from reportgen.store.open import Store
from reportgen.store.schema import FACTS
from tests.store.using import needs_of_request

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 9, tzinfo=UTC)


def tweet_posted_at(instant: datetime) -> str:
    return str((instant - posted_at("0")) // timedelta(milliseconds=1) << 22)


TWEET = tweet_posted_at(MIDNIGHT - DAY)
DAILY = Request(HISTORICAL, Signer("@acme"), (TWEET,), ("favorites",), Grain.DAY, MIDNIGHT, MIDNIGHT + DAY)


def counted(request: Request, an_hour: int) -> pl.DataFrame:
    """The facts of an answer with the same count in each hour."""
    assert request.start
    assert request.end
    step = HOUR if request.grain is Grain.HOUR else DAY
    count = an_hour * (step // HOUR)
    starts = [request.start + n * step for n in range((request.end - request.start) // step)]
    rows = [(int(i), name, start, count) for i in request.tweet_ids for name in request.metrics for start in starts]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def test_the_hours_since_the_post_make_its_day(store: Store) -> None:
    """Some answers leave out the hours before a tweet was there, and nobody asks for those."""
    daily = replace(DAILY, tweet_ids=(tweet_posted_at(MIDNIGHT + 21 * HOUR + timedelta(minutes=40)),))
    hourly = replace(daily, grain=Grain.HOUR, start=MIDNIGHT + 21 * HOUR)
    needs, sight = needs_of_request(daily, AS_OF), Sight(AS_OF, AS_OF)
    with store.writing() as connection:
        keep_facts(connection, hourly, counted(hourly, 5), AS_OF, AS_OF - DAY)
        coverage = read_known(connection, [needs], sight).coverage
        facts = read_facts(connection, needs, coverage, sight)
    assert coverage.missing(needs, daily.tweet_ids[0], "favorites") == ()
    assert facts.select("start", "value").rows() == [(MIDNIGHT, 15)]


@pytest.mark.parametrize(("earlier", "later"), [(Grain.HOUR, Grain.DAY), (Grain.DAY, Grain.HOUR)])
def test_of_a_day_that_is_known_by_the_hour_too_what_was_asked_for_last_counts(
    store: Store, earlier: Grain, later: Grain
) -> None:
    """As with `--refresh`: the vendor corrects counts long after the hours are over."""
    with store.writing() as connection:
        for grain, count in ((earlier, 2), (later, 3)):
            asked = replace(DAILY, grain=grain)
            keep_facts(connection, asked, counted(asked, count), AS_OF, AS_OF - DAY)
        needs, sight = needs_of_request(DAILY, AS_OF), Sight(AS_OF, AS_OF)
        coverage = read_known(connection, [needs], sight).coverage
        facts = read_facts(connection, needs, coverage, sight)
    assert coverage.missing(needs, TWEET, "favorites") == ()
    assert facts["value"].to_list() == [3 * 24]


def test_a_day_whose_hours_came_in_pieces_is_what_its_hours_are_when_the_last_of_them_came(store: Store) -> None:
    noon = MIDNIGHT + 12 * HOUR
    whole = replace(DAILY, grain=Grain.HOUR)
    afternoon = replace(whole, start=noon)
    with store.writing() as connection:
        keep_facts(connection, whole, counted(whole, 1), noon + DAY, noon)
        keep_facts(connection, DAILY, counted(DAILY, 2), noon + DAY + HOUR, noon + HOUR)
        keep_facts(connection, afternoon, counted(afternoon, 3), noon + 2 * DAY, noon + DAY)
        needs, sight = needs_of_request(DAILY, noon + 2 * DAY), Sight(noon + 2 * DAY, MIDNIGHT)
        facts = read_facts(connection, needs, read_known(connection, [needs], sight).coverage, sight)
    assert facts["value"].to_list() == [12 * 1 + 12 * 3]


def test_what_was_asked_for_anew_takes_the_place_of_what_was_final(store: Store) -> None:
    with store.writing() as connection:
        keep_facts(connection, DAILY, counted(DAILY, 2), AS_OF, AS_OF - DAY)
        keep_facts(connection, DAILY, counted(DAILY, 3), AS_OF, AS_OF - 90 * DAY)
        needs, sight = needs_of_request(DAILY, AS_OF), Sight(AS_OF, AS_OF)
        assert read_facts(connection, needs, read_known(connection, [needs], sight).coverage, sight)["value"][0] == 48
        keep_facts(connection, DAILY, counted(DAILY, 3), AS_OF, AS_OF - 90 * DAY, anew=True)
        assert read_facts(connection, needs, read_known(connection, [needs], sight).coverage, sight)["value"][0] == 72


def test_a_count_that_is_not_there_though_it_is_known_is_damage_and_no_zero(store: Store) -> None:
    with store.writing() as connection:
        keep_facts(connection, DAILY, counted(DAILY, 2), AS_OF, AS_OF - DAY)
        connection.execute(FACTS.delete())
    needs, sight = needs_of_request(DAILY, AS_OF), Sight(AS_OF, AS_OF)
    with pytest.raises(StoreError, match="is damaged"), store.reading() as connection:
        read_facts(connection, needs, read_known(connection, [needs], sight).coverage, sight)
