"""The check finds each kind of damage, and says of which tweet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, update

from reportgen.request import Grain
from reportgen.store.check import Damage, Holdings, find_damage, holdings
from reportgen.store.open import Store, open_store
from reportgen.store.schema import (
    COVERAGE,
    FACTS,
    LASTING_GAPS,
    POSTS,
    SCHEMA_VERSION,
    SNAPSHOTS,
    TIMELINE_COVERAGE,
    TIMELINE_TWEETS,
    TIMELINES,
)
from reportgen.timelines import TimelineOf
from tests.store.filled import ACME, GLOBEX, at, count, miss, places, put, run, seconds, take
from tests.store.timelines import ALL, keep, post, span

DAY = seconds("2026-11-09")
HOUR = 3600
OF_ACME = {"tweet_id": ACME, "metric": "impressions"}
ROW = {**OF_ACME, "grain": "hour", "start": DAY}
SPAN = {**ROW, "end": DAY + 3 * HOUR, "asked": 0}
SNAPSHOT = {"tweet_id": ACME, "metric": "favorites", "endpoint": "totals", "taken": DAY, "counts": "1"}
GAP = {
    "endpoint": "totals",
    "handle": "",
    "tweet_id": ACME,
    "metric": "",
    "reason": "forbidden",
    "detail": "",
    "found": DAY,
}


def changed(table: Table, **values: object) -> Callable[[Store], None]:
    """All rows of the table get these values."""

    def change(store: Store) -> None:
        with store.writing() as connection:
            connection.execute(update(table).values(**values))

    return change


def added(table: Table, row: dict[str, object], **values: object) -> Callable[[Store], None]:
    return lambda store: put(store, table, **{**row, **values})


def emptied(table: Table) -> Callable[[Store], None]:
    def empty(store: Store) -> None:
        with store.writing() as connection:
            connection.execute(delete(table))

    return empty


def on(metric: str, time: str = "00:00") -> str:
    """An example of the 9th of November."""
    return f"{metric}, 9 November 2026, {time} UTC"


MIDNIGHT = on("impressions")
BAD_ROW = "rows of counts that do not begin with a day or a month, or have too few places or too many"
BAD_METRIC = "rows of a metric that this reportgen does not know"
BAD_WORD = "rows of a grain or an endpoint that this reportgen does not know"
BAD_SPAN = "spans of coverage that are empty, or not of whole hours or days"
MISSING, UNCOVERED = "spans of coverage in which counts are missing", "counts outside of the coverage"
NO_COUNT = "counts that are no whole numbers from 0 on"
REASON = "lasting gaps with a reason that this reportgen does not know"

DAMAGED = {
    "negative": (changed(FACTS, counts=places([1, -2, 3, *[None] * 21])), [(1, NO_COUNT, on("impressions", "01:00"))]),
    "a word": (changed(FACTS, counts=f"1,two,3{',' * 21}"), [(1, NO_COUNT, on("impressions", "01:00"))]),
    "too large": (changed(FACTS, counts=f"1,2,{10**19}{',' * 21}"), [(1, NO_COUNT, on("impressions", "02:00"))]),
    "too few": (changed(FACTS, counts="1,2,3"), [(1, BAD_ROW, MIDNIGHT)]),
    "too many": (changed(FACTS, counts=places([1, 2, 3, *[None] * 22])), [(1, BAD_ROW, MIDNIGHT)]),
    "no count": (added(FACTS, ROW, start=0, counts="," * 23), [(1, BAD_ROW, "impressions, 1 January 1970, 00:00 UTC")]),
    "not at midnight": (
        added(FACTS, ROW, start=HOUR, counts="," * 22 + "1,"),
        [
            (1, BAD_ROW, "impressions, 1 January 1970, 01:00 UTC"),
            (1, UNCOVERED, "impressions, 1 January 1970, 23:00 UTC"),
        ],
    ),
    "a 31st of September": (
        lambda store: (
            added(FACTS, ROW, grain="day", start=seconds("2026-09-01"), counts="," * 30 + "1")(store),
            added(COVERAGE, SPAN, grain="day", start=seconds("2026-10-01"), end=seconds("2026-10-02"))(store),
        ),
        [(1, BAD_ROW, "impressions, 1 September 2026, 00:00 UTC")],
    ),
    "a hole": (changed(FACTS, counts=places([1, None, 3, *[None] * 21])), [(1, MISSING, MIDNIGHT)]),
    "no facts": (emptied(FACTS), [(1, MISSING, MIDNIGHT)]),
    "no coverage": (emptied(COVERAGE), [(3, UNCOVERED, MIDNIGHT)]),
    "shorter coverage": (changed(COVERAGE, end=DAY + HOUR), [(2, UNCOVERED, on("impressions", "01:00"))]),
    "an empty span": (added(COVERAGE, SPAN, start=0, end=0), [(1, BAD_SPAN, "impressions, 1 January 1970, 00:00 UTC")]),
    "half an hour": (
        changed(COVERAGE, start=DAY - 1800),
        [(1, BAD_SPAN, "impressions, 8 November 2026, 23:30 UTC")],
    ),
    "asked before there was time": (changed(COVERAGE, asked=-1), [(1, BAD_SPAN, MIDNIGHT)]),
    "half a day": (
        added(COVERAGE, SPAN, grain="day", end=DAY + 12 * HOUR),
        [(1, BAD_SPAN, MIDNIGHT)],
    ),
    "an overlap": (
        added(COVERAGE, SPAN, start=DAY + HOUR),
        [(1, "spans of coverage that overlap", on("impressions", "01:00"))],
    ),
    "unknown metric of facts": (changed(FACTS, metric="stars"), [(1, BAD_METRIC, on("stars")), (1, MISSING, MIDNIGHT)]),
    "unknown metric of coverage": (
        changed(COVERAGE, metric="stars"),
        [(1, BAD_METRIC, on("stars")), (3, UNCOVERED, MIDNIGHT)],
    ),
    "unknown metric of a snapshot": (added(SNAPSHOTS, SNAPSHOT, metric="stars"), [(1, BAD_METRIC, on("stars"))]),
    "unknown metric of a gap": (added(LASTING_GAPS, GAP, metric="stars"), [(1, BAD_METRIC, on("stars"))]),
    "unknown grain": (added(FACTS, ROW, grain="week", counts="1"), [(1, BAD_WORD, MIDNIGHT)]),
    "unknown grain of coverage": (added(COVERAGE, SPAN, grain="week"), [(1, BAD_WORD, MIDNIGHT)]),
    "unknown endpoint": (added(SNAPSHOTS, SNAPSHOT, endpoint="7d"), [(1, BAD_WORD, on("favorites"))]),
    "unknown endpoint of a gap": (added(LASTING_GAPS, GAP, endpoint="7d"), [(1, BAD_WORD, on("all metrics"))]),
    "unknown reason": (added(LASTING_GAPS, GAP, reason="call_failed"), [(1, REASON, on("all metrics"))]),
    "two totals": (added(SNAPSHOTS, SNAPSHOT, counts="1,2"), [(1, BAD_ROW, on("favorites"))]),
    "27 hours": (added(SNAPSHOTS, SNAPSHOT, endpoint="28hr", counts="," * 26 + "1"), [(1, BAD_ROW, on("favorites"))]),
    "a negative total": (added(SNAPSHOTS, SNAPSHOT, counts="-1"), [(1, NO_COUNT, on("favorites"))]),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_each_kind_of_damage_is_found_with_an_example(store: Store, kind: str) -> None:
    count(store, "2026-11-09", 1, 2, 3)
    damage, found = DAMAGED[kind]
    damage(store)
    assert sorted(find_damage(store), key=lambda one: one.what) == sorted(
        (Damage(what, number, f"tweet {ACME}, {example}", ACME) for number, what, example in found),
        key=lambda one: one.what,
    )


def test_a_store_of_everything_is_sound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.store.stretches._ROWS", 1)
    for tweet in (ACME, GLOBEX):
        count(store, "2026-11-14T20:00", *range(30), tweet=tweet)
        count(store, "2026-11-14T21:00", *range(30), tweet=tweet)
        count(store, "2026-09-29", *range(40), tweet=tweet, grain=Grain.DAY)
        take(store, "2026-11-09T12:00", 7, tweet=tweet)
        take(store, "2026-11-09T12:00", *[1] * 28, tweet=tweet)
        take(store, "2026-11-09T12:01", *[1] * 29, tweet=tweet)
        miss(store, "2026-11-09", tweet=tweet)
        keep(store, post(tweet, "2026-11-10"), whole=span("2026-11-09", "2026-11-16"))
        keep(store, post(tweet, "2026-11-10"), which=TimelineOf(ALL.user_id, ("replies", "retweets")))
        keep(store, whole=span("2026-11-10", "2026-11-11"))
    run(store, "2026-11-09T12:00", "2026-11-09T12:00")
    assert find_damage(store) == ()
    assert holdings(store) == Holdings(
        version=SCHEMA_VERSION,
        tweets=2,
        counts=2 * (31 + 40),
        start=at("2026-09-29"),
        end=at("2026-11-16T03:00"),
        snapshots=6,
        gaps=2,
    )


def test_days_that_hours_have_made_whole_are_sound_without_coverage_of_their_own(store: Store) -> None:
    count(store, "2026-11-14", 5, 6, grain=Grain.DAY)
    count(store, "2026-11-14", *range(48))
    assert holdings(store).counts == 48
    assert find_damage(store) == ()
    with store.writing() as connection:
        connection.execute(delete(COVERAGE).where(COVERAGE.c.start == seconds("2026-11-15T12:00")))
    assert [(damage.what, damage.number, damage.example) for damage in find_damage(store)] == [
        (UNCOVERED, 12 + 1, f"tweet {ACME}, impressions, 15 November 2026, 12:00 UTC")
    ]


def test_a_new_store_is_sound_and_empty(store: Store) -> None:
    assert find_damage(store) == ()
    assert holdings(store) == Holdings(SCHEMA_VERSION, 0, 0, None, None, 0, 0)


def test_the_first_example_of_many_is_of_the_smallest_tweet(store: Store) -> None:
    for tweet in (9, 7, 8):
        count(store, "2026-11-09", 1, 2, tweet=tweet)
    emptied(COVERAGE)(store)
    (damage,) = find_damage(store)
    assert (damage.what, damage.number, damage.tweet_id) == (UNCOVERED, 6, 7)


WHOLE = span("2026-11-09", "2026-11-16")
USER = int(ALL.user_id)
OF_USER = {"user_id": USER, "exclude": ""}
TWEET = f"tweet {ACME}"
BAD_SPANS, BAD_EXCLUDE = (
    "spans of timelines that are empty, overlap or touch",
    "timelines that leave out what this reportgen does not know",
)
DAMAGED_TIMELINES = {
    "an empty span": (
        added(TIMELINE_COVERAGE, OF_USER, start=DAY - 9, end=DAY - 9),
        Damage(BAD_SPANS, 1, f"account {USER}", None),
    ),
    "an overlap": (
        added(TIMELINE_COVERAGE, OF_USER, start=DAY + 9, end=DAY + 99),
        Damage(BAD_SPANS, 1, f"account {USER}", None),
    ),
    "a span that touches": (
        added(TIMELINE_COVERAGE, OF_USER, start=DAY - 9, end=DAY),
        Damage(BAD_SPANS, 1, f"account {USER}", None),
    ),
    "a span without its timeline": (
        emptied(TIMELINES),
        Damage("spans of timelines that nobody asked for", 1, f"account {USER}", None),
    ),
    "an unknown kind of tweet": (
        added(TIMELINE_TWEETS, {"user_id": 5, "tweet_id": ACME}, exclude="quotes"),
        Damage(BAD_EXCLUDE, 1, "account 5", None),
    ),
    "a tweet without its time": (
        emptied(POSTS),
        Damage("tweets of timelines of which nobody knows when they were posted", 1, TWEET, ACME),
    ),
    "a tweet without its author": (
        changed(POSTS, user_id=None),
        Damage("tweets that are there and that nobody posted", 1, TWEET, ACME),
    ),
    "a text of a tweet that is gone": (
        changed(POSTS, gone=DAY),
        Damage("tweets that are gone and have a text all the same", 1, TWEET, ACME),
    ),
}


@pytest.mark.parametrize("kind", DAMAGED_TIMELINES)
def test_each_kind_of_damage_of_timelines_is_found_with_an_example(store: Store, kind: str) -> None:
    keep(store, post(ACME, "2026-11-10"), whole=WHOLE)
    damage, found = DAMAGED_TIMELINES[kind]
    damage(store)
    assert find_damage(store) == (found,)


class TestOnSQLite:
    def test_what_the_database_finds_comes_before_a_closer_look(self, tmp_path: Path) -> None:
        with open_store(f"sqlite:///{tmp_path}/store.db") as store:
            run(store, "2026-11-09T12:00", "2026-11-09T12:00")
        with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
            connection.execute("DELETE FROM runs")
            connection.commit()
        with open_store(f"sqlite:///{tmp_path}/store.db") as store:
            emptied(COVERAGE)(store)
            assert find_damage(store) == (Damage("broken places", 1, "row 1 of calls belongs to none of runs", None),)
