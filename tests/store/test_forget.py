"""What is forgotten is gone from every table, and on SQLite from the bytes of the file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.api.x.model import XUser
from reportgen.errors import StoreError
from reportgen.request import Grain
from reportgen.store.forget import Forgotten, forget
from reportgen.store.open import Store, open_store
from reportgen.store.schema import (
    COVERAGE,
    FACTS,
    LASTING_GAPS,
    POSTS,
    RUNS,
    SNAPSHOTS,
    TIMELINE_COVERAGE,
    TIMELINE_TWEETS,
    TIMELINES,
    TWEETS,
    USER_NAMES,
    USERS,
)
from reportgen.store.tweets import keep_owners
from reportgen.store.users import keep_users, read_users
from reportgen.timelines import TimelineOf
from tests.store.filled import ACME, AS_OF, GLOBEX, count, miss, rows, run, take
from tests.store.timelines import keep, post, span

TABLES = (FACTS, COVERAGE, SNAPSHOTS, LASTING_GAPS, TWEETS, POSTS, TIMELINE_TWEETS)
NONE = [set[int]()] * len(TABLES)
WEEK = span("2026-11-09", "2026-11-16")
OF_ACME, OF_GLOBEX = TimelineOf("12", ()), TimelineOf("34", ("replies",))


def fill(store: Store, *tweets: int) -> None:
    """Keep of each tweet something in every table."""
    for tweet in tweets:
        count(store, "2026-11-09T22:00", 1, 2, 3, 4, tweet=tweet)
        count(store, "2026-11-01", 5, 6, tweet=tweet, grain=Grain.DAY)
        take(store, "2026-11-09T12:00", 7, tweet=tweet)
        take(store, "2026-11-09T12:00", *[1] * 28, tweet=tweet)
        miss(store, "2026-11-09", tweet=tweet)
        which = OF_ACME if tweet == ACME else OF_GLOBEX
        keep(store, post(tweet, "2026-11-10", author=which.user_id), whole=WEEK, which=which)
    with store.writing() as connection:
        keep_owners(connection, {str(tweet): "@Acme" if tweet == ACME else "@globex" for tweet in tweets})


def known(store: Store) -> list[set[int]]:
    return [{tweet for (tweet,) in rows(store, table, "tweet_id")} for table in TABLES]


def test_a_tweet_is_gone_from_every_table_and_the_others_stay(store: Store) -> None:
    fill(store, ACME, GLOBEX)
    run(store, "2026-11-09T12:00", "2026-11-09T12:00")
    forgotten = forget(store, [ACME], [], AS_OF)
    assert forgotten == Forgotten(tweets=1, counts=6, snapshots=2, gaps=1, unknown_tweets=(), unknown_handles=())
    assert known(store) == [{GLOBEX}] * len(TABLES)
    assert len(rows(store, RUNS, "id")) == 1


def test_all_tweets_of_a_handle_go_whatever_its_capitals(store: Store) -> None:
    fill(store, ACME, GLOBEX, GLOBEX + 1)
    forgotten = forget(store, [], ["@GLOBEX", "@globex"], AS_OF)
    assert (forgotten.tweets, forgotten.counts, forgotten.unknown_handles) == (2, 12, ())
    assert known(store) == [{ACME}] * len(TABLES)


@pytest.mark.parametrize("only", TABLES, ids=lambda table: table.name)
def test_a_tweet_of_which_one_table_alone_knows_was_known(store: Store, only: object) -> None:
    fill(store, ACME)
    with store.writing() as connection:
        for table in TABLES:
            if table is not only:
                connection.execute(table.delete())
    assert (forget(store, [ACME], [], AS_OF).tweets, known(store)) == (1, NONE)


def test_what_is_not_known_is_named_and_nothing_is_deleted(store: Store) -> None:
    fill(store, ACME)
    forgotten = forget(store, [3, 2, 3], ["@nobody"], AS_OF)
    assert forgotten == Forgotten(0, 0, 0, 0, unknown_tweets=(3, 2), unknown_handles=("@nobody",))
    assert known(store) == [{ACME}] * len(TABLES)


def test_more_tweets_go_than_a_statement_can_name(store: Store) -> None:
    with store.writing() as connection:
        keep_owners(connection, {str(n): "@many" for n in range(1, 1_202)})
    assert forget(store, [], ["@many"], AS_OF).tweets == 1_201
    assert known(store) == NONE


def test_with_a_handle_go_its_account_its_timelines_and_the_tweets_found_there(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [XUser("12", "@Acme"), XUser("34", "@globex")], AS_OF)
    keep(store, post(ACME, "2026-11-10", author="12"), whole=WEEK, which=OF_ACME)
    keep(store, post(GLOBEX, "2026-11-10", author="34"), whole=WEEK, which=OF_GLOBEX)
    assert forget(store, [], ["@ACME"], AS_OF) == Forgotten(1, 0, 0, 0, unknown_tweets=(), unknown_handles=())
    for table in (USERS, USER_NAMES, POSTS, TIMELINES, TIMELINE_COVERAGE, TIMELINE_TWEETS):
        assert rows(store, table, "user_id") == [(34,)]


def test_a_handle_is_forgotten_that_has_no_tweet(store: Store) -> None:
    with store.writing() as connection:
        keep_users(connection, [XUser("12", "@acme")], AS_OF)
    assert forget(store, [], ["@acme"], AS_OF).unknown_handles == ("@acme",)
    with store.reading() as connection:
        assert read_users(connection, ["@acme"]) == {}


def traces(folder: Path, tweet: int) -> list[str]:
    """The files in which the bytes of the id are left, as a number or as text."""
    spellings = (struct.pack(">q", tweet), str(tweet).encode())
    return [
        path.name
        for path in sorted(folder.iterdir())
        for content in [path.read_bytes()]
        if any(spelling in content for spelling in spellings)
    ]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    """A store in a file, with two tweets; more of the one to be forgotten than a page of the file has room for."""
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        for month in range(1, 10):
            count(store, f"2026-{month:02}-01", *range(1_000, 1_700))
        fill(store, ACME, GLOBEX)
        yield store


class TestOnSQLite:
    def test_nothing_is_left_in_the_bytes_of_the_file_and_of_its_log(self, kept: Store, tmp_path: Path) -> None:
        assert traces(tmp_path, ACME) != []
        forget(kept, [ACME], [], AS_OF)
        kept.tidy()
        assert traces(tmp_path, ACME) == []
        assert traces(tmp_path, GLOBEX) == ["store.db"]

    def test_what_was_deleted_and_not_tidied_goes_the_next_time(self, kept: Store, tmp_path: Path) -> None:
        forget(kept, [ACME], [], AS_OF)
        assert traces(tmp_path, ACME) != []
        assert forget(kept, [ACME], [], AS_OF).unknown_tweets == (ACME,)
        kept.tidy()
        assert traces(tmp_path, ACME) == []

    def test_who_reads_meanwhile_is_named_as_the_reason_why_it_is_not_gone(
        self, kept: Store, tmp_path: Path, impatient: None
    ) -> None:
        with open_store(f"sqlite:///{tmp_path}/store.db") as other, other.reading() as connection:
            connection.execute(FACTS.select().limit(1)).all()
            forget(kept, [ACME], [], AS_OF)
            with pytest.raises(StoreError, match="has been in use by another process"):
                kept.tidy()
        kept.tidy()
        assert traces(tmp_path, ACME) == []
